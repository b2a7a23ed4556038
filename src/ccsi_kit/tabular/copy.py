"""The clean copy of a table: what an engine can read without losing a row."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, TextIO

from ccsi_kit.tabular.cells import written
from ccsi_kit.tabular.shape import Dialect
from ccsi_kit.tabular.tolerant import SHARE, Found, Row, TolerantReader

PLACE: Final = ("__record", "__line", "__ragged")
"""The first columns of a clean copy: record number, physical line, and 1 for a row that was padded or cut, else 0."""
_LINES_AT_ONCE: Final = 1000


@dataclass(frozen=True)
class Copied:
    """What came of copying a table: `records` were read, `written` of them stand in the copy.

    `header` has the table's own names, without `PLACE`. `ragged` rows are counted whether they were written or not.
    """

    records: int
    written: int
    header: tuple[str, ...]
    found: tuple[Found, ...]
    blank_lines: int = 0
    ragged: int = 0


class CleanCopy:
    """A clean copy while it is written: UTF-8, commas, every cell quoted, LF only, `PLACE` before the own columns."""

    def __init__(self, file: TextIO, header: Sequence[str]) -> None:
        self._file = file
        self._lines = [written((*PLACE, *header))]
        self.written = 0

    @classmethod
    @contextmanager
    def into(cls, path: Path, header: Sequence[str]) -> Iterator[Self]:
        """The copy in a new file, which is taken away again if anything fails."""
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                copy = cls(file, header)
                yield copy
                copy.flush()
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def add(self, row: Row) -> None:
        """Writes one row."""
        self._lines.append(written((str(row.record), str(row.line), "1" if row.ragged else "0", *row.cells)))
        self.written += 1
        if len(self._lines) >= _LINES_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Hands the lines on to the file."""
        self._file.write("".join(self._lines))
        self._lines.clear()


def clean_copy(
    source: Path, dialect: Dialect, into: Path, *, key: tuple[str, ...], drop_ragged: bool, share: float = SHARE
) -> Copied:
    """Copies a table that need not be well-formed to a new file, row by row, with record and physical line.

    `drop_ragged` leaves out the rows that had too few or too many cells: in them a value may stand under another
    column's name, so that no filter for persons can be trusted. Raises `Refused` if the table is too damaged.
    """
    reader = TolerantReader(source, dialect, key=key, share=share)
    found: list[Found] = []
    ragged = 0
    with CleanCopy.into(into, reader.header) as copy:
        for item in reader:
            if isinstance(item, Found):
                found.append(item)
                continue
            ragged += item.ragged
            if not (item.ragged and drop_ragged):
                copy.add(item)
    return Copied(reader.records, copy.written, reader.header, tuple(found), reader.blank_lines, ragged)
