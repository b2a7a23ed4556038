"""What the script of a list searches: rows in files that a page may load from anywhere, a disk too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ccsi_kit.documents import Foreign, Words, plain
from ccsi_kit.hub import addresses
from ccsi_kit.hub.kinds import KINDS, Kind, title_of
from ccsi_kit.hub.listing import Chain
from ccsi_kit.hub.site import Site
from ccsi_kit.hub.values import Values
from ccsi_kit.i18n import fold, language_name

SHARD = 2000
"""Rows in one file."""


@dataclass(frozen=True)
class Search:
    """What a list page tells its script: the files, and the part of the list that it shows."""

    index: str
    files: tuple[str, ...]
    facet: str
    value: str
    is_index: bool
    facets: tuple[str, ...]


def search(site: Site, scope: Chain, lang: str) -> Search:
    """The search of one page of a list."""
    count = len(scope.kind.things(site))
    numbers = range(1, -(-count // SHARD) + 1)
    return Search(
        index=addresses.listing(lang, scope.kind.folder),
        files=tuple(_file(lang, scope.kind, number) for number in numbers),
        facet=scope.facet,
        value=scope.value,
        is_index=not scope.facet and scope.number == 1,
        facets=_facets(scope.kind),
    )


def shards(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    """Every file of a language with its path."""
    values = Values(site, site.reader(lang))
    for kind in KINDS:
        rows = [_row(kind, thing, values) for thing in kind.things(site)]
        for first in range(0, len(rows), SHARD):
            yield _file(lang, kind, first // SHARD + 1), _script(rows[first : first + SHARD])


def _file(lang: str, kind: Kind, number: int) -> str:
    return f"/data/{lang}/{kind.folder}-{number}.js"


def _facets(kind: Kind) -> tuple[str, ...]:
    return tuple(facet.name for facet in kind.facets if facet.name != "letter")


def _script(rows: Sequence[Sequence[Any]]) -> str:
    body = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f"(window.ccsiRows ??= []).push(\n{body}\n);\n"


def _row(kind: Kind, thing: Any, values: Values) -> list[Any]:
    """Address from the list, pieces of the title, of the detail, values of each facet, folded words to find it by."""
    title = title_of(kind, thing, values.reader)
    found = [list(facet.values(thing, values.site)) or [""] for facet in kind.facets if facet.name != "letter"]
    detail = kind.detail(thing, values)
    numbers = " ".join(one.number for one in thing.identifiers)
    others = " ".join(getattr(thing, "other_names", ()))
    return [
        "../" + addresses.thing("", kind.name, str(thing.id)).removeprefix("//"),
        list(pieces(title)),
        list(pieces(detail)),
        found,
        fold(f"{plain(title)} {others} {plain(detail)} {numbers}"),
    ]


def pieces(words: Words) -> Iterator[str | list[str]]:
    """A text as the script writes it: what is in another language comes with that language and its name."""
    plain_ones = ""
    for part in _flat(words):
        if isinstance(part, str):
            plain_ones += part
            continue
        if plain_ones:
            yield plain_ones
        plain_ones = ""
        yield [part.text, part.lang, "" if part.lang == "und" else language_name(part.lang)]
    if plain_ones:
        yield plain_ones


def _flat(words: Words) -> Iterator[str | Foreign]:
    if isinstance(words, tuple):
        for part in words:
            yield from _flat(part)
    elif isinstance(words, str | Foreign):
        yield words
    else:
        yield from _flat(words.text)
