"""What is asked of a register on a day: the files, and the first address of each series of pages in them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Final
from urllib.parse import quote, urlencode

from ccsi_kit.sources.asking import Fetch, Listed, Windows
from ccsi_kit.sources.days import GAP, day, filled
from ccsi_kit.sources.manifest import Manifest

_OTHER_CODES: Final = {"el": "gr", "uk": "gb"}
"""Codes of the Union's offices for countries that have another one in ISO 3166."""
_FILE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}\.(csv|json|xlsx)")
_UNFIT: Final = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True)
class Wanted:
    """A file to fetch: what it is called, and the first address of each of its series; mostly there is one."""

    name: str
    series: tuple[str, ...]


def wanted(
    manifest: Manifest,
    *,
    on: date,
    scope: frozenset[str] | None = None,
    listed: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Wanted, ...]:
    """The files of a source on a day, those of other countries than `scope` left out; names never repeat.

    `listed` are the values of each parameter whose values another source lists.
    """
    fetch = manifest.fetch
    if fetch is None:
        return ()
    split = {name: (listed or {}).get(name, ()) if isinstance(of, Listed) else of for name, of in fetch.split.items()}
    chosen = {gap: _in_scope(gap, words, scope) for gap, words in fetch.files.items()}
    seen: Counter[str] = Counter()
    found = []
    for url in fetch.url:
        for words in _choices(chosen):
            name = _name(manifest, url, words)
            seen[name] += 1
            name = name if seen[name] == 1 else f"{seen[name]}-{name}"
            found.append(Wanted(name, tuple(_series(fetch, url, words, on, split))))
    return tuple(found)


def with_parameters(url: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The address with parameters added.

    >>> with_parameters("https://register.example/search?q=a", [("page", "2")])
    'https://register.example/search?q=a&page=2'
    """
    query = urlencode(pairs)
    return f"{url}{'&' if '?' in url else '?'}{query}" if query else url


def _in_scope(gap: str, words: tuple[str, ...], scope: frozenset[str] | None) -> tuple[str, ...]:
    if gap != "country" or scope is None:
        return words
    return tuple(word for word in words if _OTHER_CODES.get(word.lower(), word.lower()) in scope)


def _choices(values: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    """Every way to choose one value for each name."""
    return (dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))


def _series(
    fetch: Fetch, url: str, words: Mapping[str, str], on: date, split: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    for days in _windows(fetch.windows, on):
        quoted = {name: quote(word, safe="") for name, word in words.items()}
        address = filled(url, days, quoted)
        fixed = [(name, filled(value, days, words)) for name, values in fetch.parameters.items() for value in values]
        for chosen in _choices(split):
            yield with_parameters(address, [*fixed, *chosen.items()])


def _windows(windows: Windows | None, on: date) -> Iterator[dict[str, date]]:
    days = {"on": on}
    first, last = (day(windows.first, days), day(windows.last, days)) if windows else (None, None)
    if windows is None or first is None or last is None:
        yield days
        return
    while first <= last:
        until = min(first + timedelta(days=windows.days - 1), last)
        yield {**days, "since": first, "until": until}
        first = until + timedelta(days=1)


def _name(manifest: Manifest, url: str, words: Mapping[str, str]) -> str:
    """The last part of the address where that is the name of a file, the same on every day; else the source's own."""
    last = filled(url.rsplit("/", 1)[-1], {}, words)
    if not GAP.search(last) and _FILE.fullmatch(last) and not (manifest.fetch and manifest.fetch.pages):
        return last
    stem = "-".join((manifest.id, *(_UNFIT.sub("-", word) for word in words.values())))
    return f"{stem}.{'jsonl' if manifest.fetch and manifest.fetch.pages else manifest.format.kind}"
