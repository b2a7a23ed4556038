"""Which columns a file has, and which version of its source that makes it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ccsi_kit.errors import Refused
from ccsi_kit.i18n import fold
from ccsi_kit.identifiers import Scheme, personal
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


def matched(manifest: Manifest, header: Sequence[str], used: Sequence[str], schemes: Iterable[Scheme] = ()) -> Layout:
    """The layout of a header; names are compared without case, accents and punctuation.

    `used` are the columns that are read, those of expressions too. Raises `Refused` for a doubled column, a column both
    used and skipped, and a missing one. In JSON, where what is nothing may be left out, a skipped column may be
    missing, and it stands for all that lies beneath it. A header that may be a row of data, since the manifest has none
    of its names or a cell holds a person's number in one of the schemes, shows no name of its own, only places.
    """
    _refuse_twice(manifest, used)
    aliases = {fold(alias): column for column, names in manifest.aliases.items() for alias in names}
    header = [aliases.get(fold(column), column) for column in header]
    known = _known(manifest, used)
    shown = _shown(header, known, schemes)
    _refuse_doubled(header, shown)
    free = [column for column in header if column in shown and fold(column) not in known]
    name = _version(manifest, used, header, free)
    names = tuple(known.get(fold(column), f"__unknown_{place}") for place, column in enumerate(header))
    issues = tuple(
        Issue("unknown-column", column=column, nearest=_nearest(column, manifest, used))
        if column in free
        else Issue("unnamed-column", place=place)
        for place, column in enumerate(header, 1)
        if fold(column) not in known and not _beneath_skipped(column, manifest)
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


def _known(manifest: Manifest, used: Sequence[str]) -> dict[str, str]:
    """Every column that the manifest names, by its folded name."""
    particular = (column for columns in manifest.layouts.values() for column in columns)
    return {fold(column): column for column in (*used, *manifest.skipped, *particular)}


def _shown(header: Sequence[str], known: Mapping[str, str], schemes: Iterable[Scheme]) -> set[str]:
    """The names of a header that may be shown: those that cannot say anything of a person."""
    schemes = tuple(schemes)
    data = not any(fold(column) in known for column in header) or any(personal(column, schemes) for column in header)
    return {
        column for column in header if fold(column) in known or (column.strip() and not data and not _numbered(column))
    }


def _refuse_doubled(header: Sequence[str], shown: Collection[str]) -> None:
    places: dict[str, int] = {}
    for place, column in enumerate(header, 1):
        if first := places.get(fold(column)):
            if column in shown:
                raise Refused("column-doubled", column=column, first=first, second=place)
            raise Refused("unnamed-doubled", first=first, second=place)
        places[fold(column)] = place


def _version(manifest: Manifest, used: Sequence[str], header: Sequence[str], free: Sequence[str]) -> str:
    """The layout that a header has; `free` are names that may stand for one that is lacking."""
    everything = dict.fromkeys((*used, *manifest.skipped))
    needed = used if manifest.format.kind == "json" else everything
    particular = {column for columns in manifest.layouts.values() for column in columns}
    common = [column for column in needed if column not in particular]
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
        raise Refused("missing-columns", layout=name, n=len(lacking[name]), issues=_missing(lacking[name], free))
    return name


def _missing(lacking: Sequence[str], free: Sequence[str]) -> list[Issue]:
    by_fold = {fold(column): column for column in free}
    nearest = {column: get_close_matches(fold(column), list(by_fold), n=1) for column in lacking}
    return [
        Issue("missing-column", severity="error", column=column, nearest=by_fold[found[0]] if found else "")
        for column, found in nearest.items()
    ]


def _numbered(column: str) -> bool:
    """Whether a name may be a cell with a person's number, as in a file without header."""
    return sum(letter.isdigit() for letter in column) >= 6


def _nearest(column: str, manifest: Manifest, used: Sequence[str]) -> str:
    by_fold = {fold(name): name for name in (*used, *manifest.skipped)}
    found = get_close_matches(fold(column), list(by_fold), n=1)
    return by_fold[found[0]] if found else ""
