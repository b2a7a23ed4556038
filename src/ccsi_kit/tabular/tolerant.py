"""Reads a damaged table row by row: what is whole stays whole, each mend is told, nothing is lost in silence.

Memory stays bounded whatever the file holds: a quote that never closes costs a look at the next lines, not the file.
"""

import csv
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.tabular.care import Care, Taken
from ccsi_kit.tabular.cells import LONGEST_CELL, SPOILT, folded, mended
from ccsi_kit.tabular.evidence import Evidence
from ccsi_kit.tabular.shape import Dialect, header, header_of, opened
from ccsi_kit.tabular.window import AHEAD, Window

RUN: Final = 1000
"""Lines of a clean run, and so of the longest clean record."""
SHARE: Final = 0.01
_FEW: Final = 1000


class Row(NamedTuple):
    """One record: its number, from 1; the physical line it begins on; whether it had too few or too many cells."""

    record: int
    line: int
    ragged: bool
    cells: list[str]


class Found(NamedTuple):
    """What was wrong with a record. It holds no value: persons are not yet dropped."""

    code: str
    record: int
    line: int
    column: str | None


class TolerantReader:
    """The rows of a table that need not be well-formed, each followed by what was found in it.

    A finding is one of `stray-quote`, `unquoted-break`, `short-row` (padded), `long-row` (cut), `bad-bytes` and
    `long-cell` (cut at 1,048,576 characters). `key` names the columns whose shape tells a record from prose. Once 1,000
    records are damaged and they are more than `share` of those read so far, `Refused` says so.
    """

    def __init__(self, path: Path, dialect: Dialect, *, key: tuple[str, ...] = (), share: float = SHARE) -> None:
        self.header = header(path, dialect)
        self.records = self.damaged = self.blank_lines = 0
        self._path = path
        self._dialect = dialect
        self._share = share
        self._key = _places(key, self.header)

    def __iter__(self) -> Iterator[Row | Found]:
        self.records = self.damaged = self.blank_lines = 0
        delimiter = self._dialect.delimiter
        with opened(self._path, self._dialect.encoding) as stream:
            window = Window(stream, counted=_line_end(self._path, self._dialect))
            header_of(window, delimiter)
            evidence = Evidence(window, delimiter, len(self.header), self._key)
            care = Care(window, delimiter, evidence)
            while window.fill(RUN + AHEAD):
                if (yield from self._clean_run(window, evidence)):
                    yield from self._with_care(window, care)

    def _clean_run(self, window: Window, evidence: Evidence) -> Generator[Row | Found, None, bool]:
        """The next rows for as long as they are clean; whether damage ended them."""
        run, numbers = window.lines[:RUN], window.numbers
        odd = any(SPOILT in line or len(line) > LONGEST_CELL for line in run)
        reader = csv.reader(run, delimiter=self._dialect.delimiter, strict=True)
        taken, damage = 0, False
        try:
            for read in reader:
                end = reader.line_num
                cells = evidence.fit(read if end == taken + 1 else folded(read))
                if cells is None and read:
                    damage = True
                elif cells is None:
                    self.blank_lines += 1
                elif end > taken + 1 or odd:
                    damage = evidence.swallows(taken, cells)
                    yield from () if damage else self._row(numbers[taken], Taken(cells, end - taken))
                else:
                    self.records += 1
                    yield Row(self.records, numbers[taken], False, cells)
                if damage:
                    break
                taken = end
        except csv.Error:
            damage = taken == 0 or reader.line_num < len(run)  # else the record may go on after the run
        window.advance(taken)
        return damage

    def _with_care(self, window: Window, care: Care) -> Iterator[Row | Found]:
        taken = care.record()
        if taken:
            yield from self._row(window.numbers[0], taken)
        else:
            self.blank_lines += 1
        window.advance(taken.lines if taken else 1)

    def _row(self, line: int, taken: Taken) -> Iterator[Row | Found]:
        """The row and what was found in it."""
        self.records += 1
        cells, troubles = mended(taken.cells)
        found = [Found(taken.code, self.records, line, None)] if taken.code else []
        found += [Found(code, self.records, line, self.header[at]) for code, at in troubles]
        yield Row(self.records, line, taken.ragged, cells)
        yield from found
        self.damaged += bool(found)
        if self.damaged >= _FEW and self.damaged > self._share * self.records:
            raise Refused("too-damaged", damaged=self.damaged, records=self.records, line=line, share=self._share)


def _places(key: tuple[str, ...], names: tuple[str, ...]) -> tuple[int, ...]:
    missing = [name for name in key if name not in names]
    if missing:
        raise UsageError("missing-column", column=missing[0])
    return tuple(names.index(name) for name in key)


def _line_end(path: Path, dialect: Dialect) -> str:
    """What counts the lines: LF, or CR in a file that has none."""
    with opened(path, dialect.encoding) as stream:
        while block := stream.read(1 << 20):
            if "\n" in block:
                return "\n"
    return "\r"
