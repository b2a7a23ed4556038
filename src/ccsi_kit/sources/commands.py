"""`ccsi source`: which registers are read and how, and what would become of a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ccsi_kit.command import App, as_json, emit, plain, table, tell_groups, with_app, workspace_option
from ccsi_kit.errors import UsageError
from ccsi_kit.i18n import has_words, number, percent, sentence, words

if TYPE_CHECKING:
    from ccsi_kit.sources.catalogue import Source
    from ccsi_kit.sources.checking import Report

LIKELY = 0.5
"""Share of a source's columns that a file must have to be taken for it."""


@click.group()
def source() -> None:
    """Look at the registers that are read, and check files against them."""


COMMANDS: tuple[click.Command, ...] = (source,)


@source.command("list")
@click.option("--country", help="Only this country.")
@as_json
@with_app
def source_list(app: App, country: str | None, as_json: bool) -> None:
    """List the sources of the installed countries."""
    asked = app.plugins.country(country.lower()).country.code if country else None
    sources = [one for one in app.equipment.sources.values() if asked in (None, one.country)]
    if as_json:
        emit([_told(one) for one in sources])
        return
    table(
        [
            (one.id, one.manifest.title.say(app.lang).text, one.manifest.publisher, one.manifest.licence)
            for one in sources
        ]
    )


@source.command("show")
@click.argument("id")
@as_json
@with_app
def source_show(app: App, id: str, as_json: bool) -> None:
    """Show a source: publisher, licence, columns used and skipped, what a row makes."""
    one = _known(app, id)
    if as_json:
        emit(_told(one))
        return
    told = {**_told(one), "title": one.manifest.title.say(app.lang).text}
    told["makes"] = [f"{make['name']} ({make['model']})" for make in told["makes"]]
    table(
        [(name, ", ".join(map(str, value)) if isinstance(value, list) else str(value)) for name, value in told.items()]
    )


@source.command("check")
@click.argument("arguments", nargs=-1, metavar="[ID] [FILE]")
@workspace_option
@as_json
@with_app
def source_check(app: App, arguments: tuple[str, ...], as_json: bool) -> int:
    """Say what would become of a file, without changing anything.

    One argument is an ID if a source has it, else a FILE; without FILE the newest snapshot is checked, without ID the
    source that the file looks like. Exit code 3 when the file would be refused.
    """
    with _meant(app, arguments) as (named, file):
        guess = None if named else _likely(app, file)
        taken = named or (guess and guess[0])
        if taken is None:
            click.echo(words("report.unknown", app.lang, file=file.name), err=True)
            return 3
        report = app.check(taken, file)
        if named and report.refused:
            guess = _likely(app, file)
    if guess and (named is None or guess[0].id != named.id):
        told = {"file": file.name, "source": guess[0].id, "share": percent(guess[1], app.lang)}
        click.echo(words("report.looks-like", app.lang, **told), err=True)
    if as_json:
        emit({"source": taken.id, **plain(report)})
    else:
        _tell(app, report)
    return 3 if report.refused else 0


@contextmanager
def _meant(app: App, arguments: tuple[str, ...]) -> "Iterator[tuple[Source | None, Path]]":
    """The source, where the arguments name one, and the file that they mean."""
    if len(arguments) > 2 or not arguments:
        raise click.UsageError("ccsi source check [ID] [FILE]")
    if len(arguments) == 2:
        yield _known(app, arguments[0]), _file(arguments[1])
    elif arguments[0] in app.equipment.sources:
        with app.view.newest_file(arguments[0]) as file:
            yield _known(app, arguments[0]), file
    else:
        yield None, _file(arguments[0])


def _likely(app: App, file: Path) -> "tuple[Source, float] | None":
    """The source that a file looks like most and the share of its columns that it has, if that is enough."""
    from ccsi_kit.sources.checking import looks_like

    found = looks_like(file, list(app.equipment.sources.values()))
    return found[0] if found and found[0][1] >= LIKELY else None


def _known(app: App, id: str) -> "Source":
    if id not in app.equipment.sources:
        raise app.no_source(id)
    found: Source = app.equipment.sources[id]
    return found


def _file(path: str) -> Path:
    if not Path(path).is_file():
        raise UsageError("no-file", file=path)
    return Path(path)


def _told(one: "Source") -> dict[str, Any]:
    manifest = one.manifest
    return {
        "id": one.id,
        "country": one.country,
        "title": plain(manifest.title),
        "publisher": manifest.publisher,
        "licence": manifest.licence,
        "format": manifest.format.kind,
        "columns": sorted(manifest.columns),
        "skipped": sorted(manifest.skipped),
        "makes": [{"name": make.name, "model": make.model} for make in manifest.makes],
    }


def _tell(app: App, report: "Report") -> None:
    """The report for people: the books in one line, then issues by code."""
    lang = app.lang
    if report.refused:
        kept = app.kept_since(report.source)
        stays = f" {words('report.stays', lang, day=kept)}" if kept else ""
        click.echo(words("report.refused", lang, file=report.file, why=sentence(report.refused, lang)) + stays)
    elif books := report.books:
        out = sum(books.left_out.values())
        reasons = ", ".join(f"{number(n, lang)} {reason(name, lang)}" for name, n in books.left_out.items())
        said = words("report.issues", lang, n=sum(books.issues.values()))
        shown = f" ({reasons})" if reasons else ""
        books_line = words(
            "report.books",
            lang,
            file=report.file,
            read=books.read,
            used=books.used,
            out=out,
            reasons=shown,
            issues=said,
        )
        click.echo(f"{books_line} {words('report.unchanged', lang)}")
    tell_groups([(group.code, group.severity, group.count, group.first) for group in report.groups], lang)


def reason(name: str, lang: str) -> str:
    """Why rows were left out, in words; a reason of a country's own is its name."""
    code = f"reason.{name}"
    return words(code, lang) if has_words(code, "en") else name
