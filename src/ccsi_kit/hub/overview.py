"""The first page of a language, and the page of a country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ccsi_kit.documents import (
    Bar,
    Bars,
    Block,
    Choice,
    Choices,
    Column,
    Columns,
    Figure,
    Figures,
    Heading,
    Item,
    Link,
    List,
    Note,
    Page,
    Paragraph,
    Table,
    Words,
    joined,
    plain,
)
from ccsi_kit.hub import addresses
from ccsi_kit.hub.kinds import CALL, INITIATIVE, KINDS, ORGANISATION, SERVICE, Kind
from ccsi_kit.hub.listing import cut, groups, label_of
from ccsi_kit.hub.reader import Reader
from ccsi_kit.hub.site import Site, registers
from ccsi_kit.hub.sources import source_table
from ccsi_kit.hub.things import report_error
from ccsi_kit.hub.view import SourceReport
from ccsi_kit.i18n import labelled
from ccsi_kit.models.thing import Thing


def start(view: Site, scope: None, lang: str) -> Page:
    """All countries: key figures, what initiatives work on, where to go from here."""
    reader = view.reader(lang)
    chart = _bars(view, INITIATIVE, "theme", view.initiatives, reader, cut(view, INITIATIVE, None, reader))
    return Page(
        lang=lang,
        title=reader.words("hub.start.title"),
        lead=_lead(view, view.organisations, list(view.sources.values()), reader),
        blocks=(
            Figures(tuple(_figures(view, None, reader))),
            Columns(main=chart, side=_ways(view, reader)) if chart else Columns(main=_ways(view, reader), side=()),
            *_countries(view, reader),
            Note(_pages_line(view, None, reader)),
        ),
        sources=(_books(list(view.sources.values()), reader), *report_error(view, reader)),
    )


def country(view: Site, scope: str, lang: str) -> Page:
    """One country: its figures, its legal forms and regions, its sources."""
    reader = view.reader(lang)
    organisations = [one for one in view.organisations if one.country == scope]
    sources = view.sources_in(scope)
    return Page(
        lang=lang,
        title=reader.country(scope),
        lead=_lead(view, organisations, sources, reader),
        trail=(Link(reader.words("hub.menu.start"), addresses.start(lang)),),
        blocks=(
            Figures(tuple(_figures(view, scope, reader))),
            Columns(
                main=_bars(view, ORGANISATION, "form", organisations, reader),
                side=_regions(view, organisations, reader),
            ),
            *((Heading(reader.words("hub.menu.sources")), source_table(view, sources, reader)) if sources else ()),
            Note(_pages_line(view, scope, reader)),
        ),
        sources=(_books(sources, reader), *report_error(view, reader)),
    )


def _lead(site: Site, organisations: Sequence[Thing], sources: Sequence[SourceReport], reader: Reader) -> Words:
    """How many, from how many registers, as of which day: each number a sentence of its own, as plurals want it."""
    parts = (
        reader.words("hub.start.organisations", n=len(organisations)),
        reader.words("hub.start.sources", n=len(sources)),
        reader.words("hub.as-of", day=site.view.on),
    )
    return joined(parts, " ")


def _figures(site: Site, country: str | None, reader: Reader) -> list[Figure]:
    """Key figures, each a link to its list."""
    inside = {kind.name: [one for one in kind.things(site) if country in (None, one.country)] for kind in KINDS}
    facet = ("country", country) if country else ("", "")

    def figure(kind: Kind, count: int, label: str) -> Figure:
        to = addresses.listing(reader.lang, kind.folder, *facet)
        return Figure(label, Link(reader.number(count), to) if inside[kind.name] else reader.number(count))

    known = {kind.name: site.known(kind.name, country) for kind in KINDS}
    several = sum(len(registers(one)) > 1 for one in inside["organisation"])
    figures = [figure(ORGANISATION, len(inside["organisation"]), reader.words("hub.figure.organisations"))]
    figures.append(Figure(reader.words("hub.figure.several"), reader.number(several)))
    figures.append(figure(INITIATIVE, known["initiative"], reader.words("hub.figure.initiatives")))
    if known["call"]:
        figures.append(figure(CALL, site.open_calls(country), reader.words("hub.figure.calls")))
    if known["service"]:
        figures.append(figure(SERVICE, known["service"], reader.words("hub.figure.services")))
    return figures


def _bars(
    site: Site, kind: Kind, facet: str, things: Sequence[Thing], reader: Reader, counted_of: str = ""
) -> tuple[Block, ...]:
    """How many things have each value, the most frequent first, at most eight; those without one last and dashed."""
    values = next(one for one in kind.facets if one.name == facet).values
    counts = Counter(value for thing in things for value in dict.fromkeys(values(thing, site)) or [""])
    missing = counts.pop("", 0)
    ordered = sorted(counts, key=lambda value: (-counts[value], plain(label_of(kind, facet, value, reader))))
    if not ordered:
        return ()
    bars = [
        Bar(label_of(kind, facet, value, reader), counts[value], reader.number(counts[value])) for value in ordered[:8]
    ]
    if missing:
        bars.append(Bar(reader.words("hub.not-given"), missing, reader.number(missing), missing=True))
    title = reader.words(f"hub.chart.{facet}", value=plain(reader.inside(bars[0].label)))
    counted = [*((value, counts[value]) for value in ordered), *([("", missing)] if missing else [])]
    table = Table(
        caption=title,
        columns=(Column(reader.words(f"hub.facet.{facet}")), Column(reader.words(f"hub.menu.{kind.folder}"), "number")),
        rows=tuple(
            (
                Link(label_of(kind, facet, value, reader), addresses.listing(reader.lang, kind.folder, facet, value)),
                reader.number(count),
            )
            for value, count in counted
        ),
    )
    dashed = reader.words("hub.chart.missing") if missing else ""
    caption = joined([reader.words(f"hub.chart.{facet}-caption"), dashed, counted_of], " ")
    description = ", ".join(labelled(plain(bar.label), bar.shown, reader.lang) for bar in bars)
    return (Bars(title, tuple(bars), caption, table, description),)


def _ways(site: Site, reader: Reader) -> tuple[Block, ...]:
    """What people come for, in their words."""
    present = [kind for kind in KINDS if kind.things(site)]
    items = [
        Item(
            Link(reader.words(f"hub.way.{kind.folder}"), addresses.listing(reader.lang, kind.folder)),
            reader.words(f"hub.way.{kind.folder}-how"),
        )
        for kind in present
    ]
    trust = Item(
        Link(reader.words("hub.way.sources"), addresses.sources(reader.lang)), reader.words("hub.way.sources-how")
    )
    return (Heading(reader.words("hub.look-for")), List((*items, trust)))


def _countries(site: Site, reader: Reader) -> tuple[Block, ...]:
    title = reader.words("hub.start.countries")
    names = ("organisations", "several", "initiatives")
    columns = (
        Column(reader.words("hub.facet.country")),
        *(Column(reader.words(f"hub.figure.{name}"), "number") for name in names),
        Column(reader.words("hub.oldest-source")),
    )
    return (Heading(title), Table(title, columns, tuple(_country_row(site, code, reader) for code in site.countries)))


def _country_row(site: Site, code: str, reader: Reader) -> tuple[Words, ...]:
    organisations = groups(site, ORGANISATION).get(("country", code), ())
    several = sum(len(registers(one)) > 1 for one in organisations)
    oldest = min(site.sources_in(code), key=lambda source: (source.retrieved, source.id), default=None)
    return (
        Link(reader.country(code), addresses.country(reader.lang, code)),
        *(reader.number(count) for count in (len(organisations), several, site.known("initiative", code))),
        joined([reader.text(oldest.title), reader.day(oldest.retrieved)]) if oldest else "",
    )


def _regions(site: Site, organisations: Sequence[Thing], reader: Reader) -> tuple[Block, ...]:
    """Its regions by name, with the number of organisations in each."""
    facet = next(one for one in ORGANISATION.facets if one.name == "territory")
    counts = Counter(value for thing in organisations for value in facet.values(thing, site))
    ordered = sorted(counts, key=lambda value: (reader.territory(value), value))
    choices = tuple(
        Choice(
            reader.territory(value),
            reader.number(counts[value]),
            addresses.listing(reader.lang, "organisations", "territory", value),
        )
        for value in ordered
    )
    return (Choices("territory", reader.words("hub.facet.territory"), choices, 12),) if choices else ()


def _pages_line(site: Site, country: str | None, reader: Reader) -> Words:
    """Who and what has a page, and how many that are of how many."""
    shown = sum(country in (None, one.country) for one in site.organisations)
    said = reader.words("hub.has-page", shown=shown, total=site.known("organisation", country))
    return joined([said, *(cut(site, kind, country, reader) for kind in KINDS if kind != ORGANISATION)], " ")


def _books(sources: Sequence[SourceReport], reader: Reader) -> Block:
    """Rows read and left out, with the link to how."""
    left_out = sum(sum(source.left_out.values()) for source in sources)
    read = sum(source.read for source in sources)
    said = (reader.words("hub.n-rows-read", n=read), reader.words("hub.n-rows-left-out", n=left_out))
    return Paragraph(joined([*said, Link(reader.words("hub.all-sources"), addresses.sources(reader.lang))], " "))
