"""Whether a file is as its source used to be: columns that broke overnight, too many or too few rows."""

from collections.abc import Iterator, Sequence
from typing import Final

from ccsi_kit.errors import Refused
from ccsi_kit.models import Issue
from ccsi_kit.sources.books import Books, Cells
from ccsi_kit.sources.manifest import Manifest

SHARE: Final = 0.05
TIMES: Final = 3
FEWEST: Final = 20
"""Cells of which fewer are no drift, whatever their share."""


def baseline(books: Sequence[Books], file: str) -> Books | None:
    """The books that a file is compared with: of the file of that name, else of the only one there was.

    Of a register that comes in several files, a file of a new name has none: it may be of another kind.
    """
    named = next((one for one in books if one.file == file), None)
    return named or (books[0] if len(books) == 1 else None)


def refuse_drift(manifest: Manifest, books: Books, previous: Books | None) -> None:
    """Raises `Refused` when a share of wrong or blank cells is over 5 % and three times that of the last good file.

    Where there was none, wrong cells over 5 % are refused, blank ones not: nobody knows how many are usual. The
    manifest may allow a column a share of its own.
    """
    issues = [issue for column, cells in books.columns.items() for issue in _drifted(manifest, column, cells, previous)]
    if issues:
        raise Refused("drift", n=len(issues), issues=issues)


def refuse_unexpected(manifest: Manifest, read: int, *, fetched: bool) -> Iterator[Issue]:
    """Raises `Refused` when a fetched file has fewer or more rows than expected; of others it is an Issue."""
    expected = manifest.expect
    if expected is None or (expected.min <= read and (expected.max is None or read <= expected.max)):
        return
    if fetched:
        raise Refused("outside-expect", read=read, fewest=expected.min, most=expected.max)
    yield Issue("outside-expect", severity="info", read=read, fewest=expected.min, most=expected.max)


def _drifted(manifest: Manifest, column: str, cells: Cells, previous: Books | None) -> Iterator[Issue]:
    before = previous.columns.get(column) if previous else None
    for kind in ("wrong", "blank"):
        count = getattr(cells, kind)
        if count < FEWEST or (before is None and kind == "blank"):
            continue
        share, usual = count / cells.cells, _share(before, kind)
        if share > max(SHARE, TIMES * usual, manifest.allow.get(column, 0)):
            shares = {"share": _percent(share), "usual": _percent(usual)}
            yield Issue(f"drift-{kind}", severity="error", column=column, n=count, **shares)


def _share(cells: Cells | None, kind: str) -> float:
    return getattr(cells, kind) / cells.cells if cells is not None and cells.cells else 0.0


def _percent(share: float) -> float:
    return round(share * 100, 1)
