"""The pages of sources: what was read, what was left out and why, what is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence

from ccsi_kit.documents import Block, Column, Fact, Facts, Heading, Link, Note, Page, Paragraph, Table, Words, joined
from ccsi_kit.hub import addresses
from ccsi_kit.hub.reader import Reader
from ccsi_kit.hub.site import Site
from ccsi_kit.hub.things import report_error
from ccsi_kit.hub.view import Found, SourceReport
from ccsi_kit.i18n import has_words, sentence
from ccsi_kit.models import Issue


def sources(view: Site, scope: None, lang: str) -> Page:
    """All sources with their books."""
    reader = view.reader(lang)
    reports = list(view.sources.values())
    return Page(
        lang=lang,
        title=reader.words("hub.sources.title"),
        lead=joined(
            [reader.words("hub.n-sources", n=len(reports)), reader.words("hub.sources.lead"), _as_of(view, reader)], " "
        ),
        blocks=(source_table(view, reports, reader), Note(reader.words("hub.sources.books"))),
        sources=(
            Paragraph(
                (
                    reader.words("hub.sources.how"),
                    " ",
                    Link(reader.words("hub.about.method"), addresses.about(lang, "method")),
                )
            ),
            *report_error(view, reader),
        ),
    )


def source(view: Site, scope: SourceReport, lang: str) -> Page:
    """One source: whose it is, its books, and the issues that were found."""
    reader = view.reader(lang)
    return Page(
        lang=lang,
        title=reader.text(scope.title),
        lead=_lead(scope, reader),
        trail=(Link(reader.words("hub.menu.sources"), addresses.sources(lang)),),
        blocks=(
            Facts(tuple(_facts(scope, reader))),
            *_books(scope, reader),
            *_made(scope, reader),
            *_issues(scope, reader),
        ),
        sources=(
            Paragraph(
                joined([scope.publisher, scope.licence, reader.words("hub.read-on", day=scope.retrieved)], " · ")
            ),
            *report_error(view, reader),
        ),
    )


def source_table(site: Site, reports: Sequence[SourceReport], reader: Reader) -> Table:
    """Sources, a line each."""
    text = ("source", "publisher", "licence", "read-on")
    numbers = ("rows", "left-out", "issues")
    columns = [Column(reader.words(f"hub.source.{name}")) for name in text]
    columns += [Column(reader.words(f"hub.source.{name}"), "number") for name in numbers]
    return Table(reader.words("hub.sources.title"), tuple(columns), tuple(_line(report, reader) for report in reports))


def _line(report: SourceReport, reader: Reader) -> tuple[Words, ...]:
    late = reader.words("hub.source.stale") if report.stale else ""
    return (
        Link(reader.text(report.title), addresses.source(reader.lang, report.id)),
        report.publisher,
        report.licence,
        joined([reader.day(report.retrieved), late], ", "),
        reader.number(report.read),
        reader.number(sum(report.left_out.values())),
        reader.number(sum(found.count for found in report.issues)),
    )


def _as_of(site: Site, reader: Reader) -> str:
    return reader.words("hub.as-of", day=site.view.on)


def _lead(report: SourceReport, reader: Reader) -> Words:
    left_out = sum(report.left_out.values())
    parts = (reader.words("hub.n-rows-read", n=report.read), reader.words("hub.n-rows-left-out", n=left_out))
    return joined([*parts, reader.words("hub.source.stale-note") if report.stale else ""], " ")


def _facts(report: SourceReport, reader: Reader) -> list[Fact]:
    pairs: tuple[tuple[str, Words], ...] = (
        ("publisher", report.publisher),
        ("licence", report.licence),
        ("read-on", reader.day(report.retrieved)),
        ("website", Link(report.website, report.website) if report.website else ""),
        ("mark", report.mark),
        ("id", report.id),
    )
    return [Fact(reader.words(f"hub.source.{name}"), value) for name, value in pairs if value]


def _books(report: SourceReport, reader: Reader) -> tuple[Block, ...]:
    """Rows read = used + left out, reason by reason."""
    title = reader.words("hub.source.books")
    lines = [("hub.source.used", report.used)]
    rows: list[tuple[Words, ...]] = [(reader.words(code), reader.number(count)) for code, count in lines]
    rows += [
        ((reader.words("hub.source.left-out"), ": ", reader.reason(code)), reader.number(count))
        for code, count in report.left_out.items()
    ]
    rows.append((reader.words("hub.source.read"), reader.number(report.read)))
    columns = (Column(reader.words("hub.source.rows")), Column(reader.words("hub.source.count"), "number"))
    return (Heading(title), Table(title, columns, tuple(rows)))


def _made(report: SourceReport, reader: Reader) -> tuple[Block, ...]:
    title = reader.words("hub.source.made")
    columns = (Column(reader.words("hub.source.entries")), Column(reader.words("hub.source.count"), "number"))
    rows = tuple((reader.words(f"hub.model.{name}"), reader.number(count)) for name, count in report.made.items())
    return (Heading(title), Table(title, columns, rows)) if rows else ()


def _issues(report: SourceReport, reader: Reader) -> tuple[Block, ...]:
    """What was found wrong: an example of each kind, how often, and what to do."""
    title = reader.words("hub.source.issues")
    if not report.issues:
        return (Heading(title), Paragraph(reader.words("hub.source.no-issues")))
    names = (("issue", "text"), ("count", "number"), ("place", "text"), ("mend", "text"))
    columns = tuple(Column(reader.words(f"hub.source.{name}"), kind) for name, kind in names)  # type: ignore[arg-type]
    return (Heading(title), Table(title, columns, tuple(_issue(found, reader) for found in report.issues)))


def _issue(found: Found, reader: Reader) -> tuple[Words, ...]:
    first = found.first
    return (
        _sentence(first, first.code, reader),
        reader.number(found.count),
        _place(first, reader),
        _mend(first, reader),
    )


def _sentence(issue: Issue, code: str, reader: Reader) -> str:
    return sentence(issue, reader.lang) if has_words(code, "en") else code


def _mend(issue: Issue, reader: Reader) -> str:
    code = f"{issue.code}.mend"
    return sentence(issue.replace(code=code), reader.lang) if has_words(code, "en") else ""


def _place(issue: Issue, reader: Reader) -> Words:
    line = reader.words("hub.source.line", line=issue.line) if issue.line else ""
    return joined([line, issue.column or ""])
