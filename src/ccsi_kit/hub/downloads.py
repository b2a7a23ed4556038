"""Lists as files: CSV with the words of a language, JSON with everything; both say source, licence and day."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from ccsi_kit.documents import plain
from ccsi_kit.hub import addresses
from ccsi_kit.hub.kinds import KINDS, Kind
from ccsi_kit.hub.listing import groups
from ccsi_kit.hub.site import Site, registers
from ccsi_kit.hub.values import Values
from ccsi_kit.models.thing import Thing
from ccsi_kit.tabular import cell, write_xlsx


def downloads(site: Site) -> Iterator[tuple[str, str | bytes]]:
    """Every file with its path: each list whole, in three formats, and each value of each facet, in two."""
    for kind in KINDS:
        chosen = {key: things for key, things in groups(site, kind).items() if key[0] != "letter"}
        documents = {str(thing.id): _document(thing) for thing in kind.things(site)}
        for (facet, value), things in chosen.items():
            yield (
                addresses.download("", kind.folder, "json", facet, value),
                _json(site, kind, [documents[str(one.id)] for one in things], things, (facet, value)),
            )
        for lang in site.languages:
            yield from _tables(site, kind, chosen, lang)


def _tables(
    site: Site, kind: Kind, chosen: Mapping[tuple[str, str], Sequence[Thing]], lang: str
) -> Iterator[tuple[str, str | bytes]]:
    reader = site.reader(lang)
    values = Values(site, reader)
    fields = ("id", "country", *dict.fromkeys((*kind.said, *kind.facts)))
    tail = ("source", "licence", "read-on")
    names = [
        *(reader.words(f"hub.field.{field}") for field in fields),
        *(reader.words(f"hub.source.{name}") for name in tail),
    ]
    head = _line(names)
    cells = {str(thing.id): _cells(site, fields, thing, values) for thing in kind.things(site)}
    lines = {id: _line(row) for id, row in cells.items()}
    for (facet, value), things in chosen.items():
        yield (
            addresses.download(lang, kind.folder, "csv", facet, value),
            "\ufeff" + head + "".join(lines[str(one.id)] for one in things),
        )
    if cells:
        title = reader.words(f"hub.menu.{kind.folder}")
        book = BytesIO()
        write_xlsx(cells.values(), names, book, title=title)
        yield addresses.download(lang, kind.folder, "xlsx"), book.getvalue()


def _cells(site: Site, fields: Sequence[str], thing: Thing, values: Values) -> list[str]:
    reports = [site.sources[name] for name in registers(thing) if name in site.sources]
    said = [
        (thing.id if field == "id" else thing.country if field == "country" else plain(values.show(thing, field))) or ""
        for field in fields
    ]
    titles = "; ".join(plain(values.reader.text(report.title)) for report in reports)
    licences = "; ".join(dict.fromkeys(report.licence for report in reports))
    return [*said, titles, licences, max((report.retrieved.isoformat() for report in reports), default="")]


def _line(cells: Sequence[str]) -> str:
    """A record; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    line = StringIO()
    csv.writer(line).writerow(list(map(cell, cells)))
    return line.getvalue()


def _document(thing: Thing) -> str:
    """A thing with the entry that each field comes from, as JSON."""
    fields: dict[str, Any] = thing.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    origins = {field: origin.ref for field, origin in sorted(thing.origins.items())}
    return json.dumps({**fields, "origins": origins, "entries": list(thing.entries)}, ensure_ascii=False)


def _json(site: Site, kind: Kind, documents: Sequence[str], things: Sequence[Thing], part: tuple[str, str]) -> str:
    """A list as JSON; where not everything has a page, `with_page` and `known` tell how many there are in all."""
    country = part[1] if part[0] == "country" else None
    held = len(groups(site, kind)[part if country else ("", "")])
    names = sorted({name for thing in things for name in registers(thing)} & set(site.sources))
    head = {
        "centre": {wording.lang: wording.text for wording in site.view.centre.name.wordings()},
        "sample": site.view.centre.sample,
        "on": site.view.on.isoformat(),
        "with_page": held,
        "known": site.known(kind.name, country),
        "sources": [
            {
                "id": source.id,
                "title": {wording.lang: wording.text for wording in source.title.wordings()},
                "publisher": source.publisher,
                "licence": source.licence,
                "retrieved": source.retrieved.isoformat(),
            }
            for source in (site.sources[name] for name in names)
        ],
    }
    body = ",\n".join(documents)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "{kind.folder}": [\n{body}\n]}}\n'
