"""Which columns a file has, and which version of its source that makes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ccsi_kit.errors import Refused
from ccsi_kit.i18n import fold
from ccsi_kit.models import Issue
from ccsi_kit.sources.manifest import Manifest


@dataclass(frozen=True)
class Layout:
    """The header of a file, matched with its manifest.

    `names` has a name for every column of the file in its order; `used` are those that are read, `absent` the used ones
    that this version of the file has not (their cells are NULL).
    """

    name: str
    names: tuple[str, ...]
    used: tuple[str, ...]
    absent: tuple[str, ...]
    issues: tuple[Issue, ...] = ()


def matched(manifest: Manifest, header: Sequence[str], used: Sequence[str]) -> Layout:
    """The layout of a header; names are compared without case, accents and punctuation.

    `used` are the columns that are read, those of expressions too. Raises `Refused` for a doubled column, a column both
    used and skipped, and a missing one. In JSON, where what is nothing may be left out, a skipped column may be
    missing, and it stands for all that lies beneath it.
    """
    _refuse_twice(manifest, used)
    aliases = {fold(alias): column for column, names in manifest.aliases.items() for alias in names}
    header = [aliases.get(fold(column), column) for column in header]
    _refuse_doubled(header)
    name, known = _version(manifest, used, header)
    names = tuple(known.get(fold(column), f"__unknown_{place}") for place, column in enumerate(header))
    strange = [column for column in header if fold(column) not in known and not _beneath_skipped(column, manifest)]
    issues = tuple(
        Issue("unknown-column", column=column, nearest=_nearest(column, manifest, used)) for column in strange
    )
    read = tuple(column for column in used if column in names)
    return Layout(name, names, read, tuple(column for column in used if column not in names), issues)


def _beneath_skipped(column: str, manifest: Manifest) -> bool:
    """Whether a leaf of JSON lies beneath something that is skipped as a whole."""
    stems = {fold(column[:at]) for at, mark in enumerate(column) if mark == "."}
    return manifest.format.kind == "json" and not stems.isdisjoint(map(fold, manifest.skipped))


def _refuse_twice(manifest: Manifest, used: Sequence[str]) -> None:
    twice = sorted({fold(column) for column in used} & {fold(column) for column in manifest.skipped})
    if twice:
        column = next(column for column in used if fold(column) == twice[0])
        raise Refused("column-used-and-skipped", column=column)


def _refuse_doubled(header: Sequence[str]) -> None:
    places: dict[str, int] = {}
    for place, column in enumerate(header):
        if fold(column) in places:
            raise Refused("column-doubled", column=column, first=places[fold(column)] + 1, second=place + 1)
        places[fold(column)] = place


def _version(manifest: Manifest, used: Sequence[str], header: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The layout that a header has, and every known column by its folded name."""
    everything = dict.fromkeys((*used, *manifest.skipped))
    needed = used if manifest.format.kind == "json" else everything
    particular = {column for columns in manifest.layouts.values() for column in columns}
    common = [column for column in needed if column not in particular]
    known = {fold(column): column for column in (*everything, *particular)}
    layouts = manifest.layouts or {"": ()}
    there = {fold(column) for column in header}
    lacking = {
        name: [
            column for column in (*common, *columns) if fold(column) not in there and column not in manifest.optional
        ]
        for name, columns in layouts.items()
    }
    name = min(layouts, key=lambda layout: (len(lacking[layout]), -len(layouts[layout]), layout))
    if lacking[name]:
        raise Refused(
            "missing-columns", layout=name, n=len(lacking[name]), issues=_missing(lacking[name], header, known)
        )
    return name, known


def _missing(lacking: Sequence[str], header: Sequence[str], known: Mapping[str, str]) -> list[Issue]:
    free = {fold(column): column for column in header if fold(column) not in known and not _numbered(column)}
    nearest = {column: get_close_matches(fold(column), list(free), n=1) for column in lacking}
    return [
        Issue("missing-column", severity="error", column=column, nearest=free[found[0]] if found else "")
        for column, found in nearest.items()
    ]


def _numbered(column: str) -> bool:
    """Whether a name may be a cell with a person's number, as in a file without header."""
    return sum(letter.isdigit() for letter in column) >= 6


def _nearest(column: str, manifest: Manifest, used: Sequence[str]) -> str:
    by_fold = {fold(name): name for name in (*used, *manifest.skipped)}
    found = get_close_matches(fold(column), list(by_fold), n=1)
    return by_fold[found[0]] if found else ""
