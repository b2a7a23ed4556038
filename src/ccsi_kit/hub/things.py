"""What the pages of all things have in common: facts with their marks, who says what, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from ccsi_kit.documents import (
    Block,
    Column,
    Differs,
    Fact,
    Heading,
    Item,
    Link,
    List,
    Mark,
    Note,
    Paragraph,
    Table,
    Words,
    joined,
    plain,
)
from ccsi_kit.hub import addresses
from ccsi_kit.hub.kinds import Kind
from ccsi_kit.hub.reader import Reader
from ccsi_kit.hub.site import Site, registers
from ccsi_kit.hub.values import Values
from ccsi_kit.models.thing import Thing


def facts(site: Site, kind: Kind, thing: Thing, values: Values) -> Iterator[Fact]:
    """The numbers of a thing, then every fact that it has, each marked with the source that says so."""
    entries = site.entries_of(thing)
    places = _places(entries)
    for one in thing.identifiers:
        said = [ref for ref, entry in entries.items() if one in entry.identifiers]
        marks = tuple(_mark(site, ref, places, values.reader) for ref in said)
        yield Fact(values.reader.scheme(one.scheme), one.number, marks)
    for field in kind.facts:
        if value := values.show(thing, field):
            origin = thing.origin(field)
            yield Fact(
                values.reader.words(f"hub.field.{field}"),
                value,
                (_mark(site, origin.ref, places, values.reader),) if origin else (),
            )


def _places(entries: Mapping[str, Thing]) -> dict[str, int]:
    """The column of each entry in "who says what"."""
    return {ref: place for place, ref in enumerate(entries, start=1)}


def _mark(site: Site, ref: str, places: dict[str, int], reader: Reader) -> Mark:
    """The mark of an entry; it leads to the entry below, else to its source."""
    source = ref.split("#")[0]
    report = site.sources.get(source)
    to = f"#entry-{places[ref]}" if ref in places else addresses.source(reader.lang, source) if report else "#sources"
    return Mark(report.mark if report else source, to, plain(reader.text(report.title)) if report else source)


def who_says_what(site: Site, kind: Kind, thing: Thing, values: Values) -> tuple[Block, ...]:
    """The entries side by side, what differs from the merged value marked; of a single entry only where it stands."""
    reader = values.reader
    entries = site.entries_of(thing)
    if not entries:
        return ()
    heads = [Column(_head(site, ref, reader), anchor=f"entry-{place}") for ref, place in _places(entries).items()]
    fields = kind.said if len(entries) > 1 else ()
    rows = [_row(reader.words(f"hub.field.{field}"), thing, field, list(entries.values()), values) for field in fields]
    table = Table(
        caption=reader.words("hub.said.title"),
        columns=(Column(""), *heads),
        rows=(*(row for row in rows if row), *_provenance(site, list(entries), reader)),
        side_by_side=True,
    )
    count = reader.words("hub.said.lead", n=len(entries)) if len(entries) > 1 else reader.words("hub.said.single")
    return (Heading(reader.words("hub.said.title"), anchor="said"), Note(count), table)


def _head(site: Site, ref: str, reader: Reader) -> Words:
    source = ref.split("#")[0]
    report = site.sources.get(source)
    return Link(reader.text(report.title), addresses.source(reader.lang, source)) if report else source


def _row(label: str, thing: Thing, field: str, entries: Sequence[Any], values: Values) -> tuple[Words, ...]:
    """A field as each entry says it, marked where the merged value does not say so; nothing where all are silent."""
    cells = [values.show(entry, field) for entry in entries]
    if not any(cells):
        return ()
    merged = values.parts(thing, field)
    differ = [bool(values.parts(entry, field) - merged) for entry in entries]
    return (label, *(Differs(cell) if cell and other else cell for cell, other in zip(cells, differ, strict=True)))


def _provenance(site: Site, refs: Sequence[str], reader: Reader) -> tuple[tuple[Words, ...], ...]:
    reports = [site.sources.get(ref.split("#")[0]) for ref in refs]
    return (
        (reader.words("hub.source.key"), *(unquote(ref.split("#")[1]) for ref in refs)),
        (reader.words("hub.source.read-on"), *(reader.day(report.retrieved) if report else "" for report in reports)),
        (reader.words("hub.source.licence"), *(report.licence if report else "" for report in reports)),
    )


def where_from(site: Site, thing: Thing, reader: Reader) -> tuple[Block, ...]:
    """The sources of a thing, and how to say that something is wrong."""
    heard = registers(thing)
    known = [source for name, source in site.sources.items() if name in heard]
    items = (
        Item(
            Link(reader.text(source.title), addresses.source(reader.lang, source.id)),
            joined([source.publisher, source.licence, reader.words("hub.read-on", day=source.retrieved)], " · "),
        )
        for source in known
    )
    return (List(tuple(items)), *report_error(site, reader))


def report_error(site: Site, reader: Reader) -> tuple[Block, ...]:
    """Whom to tell about an error."""
    contact = site.view.centre.contact
    if contact is None:
        return ()
    address = contact if ":" in contact else f"mailto:{contact}"
    return (Paragraph((reader.words("hub.error.ask"), " ", Link(reader.words("hub.error.link"), address))),)
