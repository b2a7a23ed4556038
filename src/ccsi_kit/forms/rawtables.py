"""Files that come back, as plain tables: workbooks, CSV in any of the usual writings, and zips of them."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from ccsi_kit.errors import Refused
from ccsi_kit.tabular import read_book

MOST_BYTES: Final = 1 << 28
"""Most bytes of text that are read of one file, or of all files in a zip."""
_MOST_FILES: Final = 500
_BOOKS: Final = frozenset({".xlsx", ".xlsm", ".ods"})
_DELIMITERS: Final = ",;\t"
_LOOKED_AT: Final = 20
"""Lines that tell the delimiter: a title or a `sep=` above the table has none."""
_RISKY: Final = tuple("=+-@\t\r＝＋－＠'")


@dataclass(frozen=True)
class RawTable:
    """A table as it stands in a file: its name, and cells by row with the physical line of each row."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    book: bool = False
    """Whether cells have the names that spreadsheets give them."""
    uncounted: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    """What cells show that hold an error or a formula without a value, by row and column; in `rows` they are blank."""


def raw_tables(path: Path) -> tuple[RawTable, ...]:
    """The tables of a file; raises `Refused` where it is none that can be read."""
    readers: Mapping[str, Callable[[Path], Iterator[RawTable]]] = {
        **dict.fromkeys(_BOOKS, _book), ".csv": _csv, ".tsv": _csv, ".txt": _csv, ".zip": _zip
    }  # fmt: skip
    if path.suffix.lower() not in readers:
        raise Refused("form-file", file=path.name, known=sorted({*readers, ".jsonl"}))
    try:
        return tuple(readers[path.suffix.lower()](path))
    except OSError as error:
        raise Refused("file-unreadable", file=path.name) from error


def _book(path: Path) -> Iterator[RawTable]:
    for name, sheet in read_book(path).items():
        uncounted: dict[int, dict[int, str]] = {}
        for (row, column), shown in sheet.uncounted.items():
            uncounted.setdefault(row, {})[column] = shown
        rows = [*map(tuple, sheet.rows), *[()] * (max(uncounted, default=-1) + 1 - len(sheet.rows))]
        yield RawTable(name, tuple(rows), tuple(range(1, len(rows) + 1)), book=True, uncounted=uncounted)


def _csv(path: Path) -> Iterator[RawTable]:
    if path.stat().st_size > MOST_BYTES:
        raise Refused("form-too-big", file=path.name, most=MOST_BYTES >> 20)
    yield _table(path.name, path.stem, path.read_bytes())


def _zip(path: Path) -> Iterator[RawTable]:
    """The CSV files of a zip; photographs and the like are passed over."""
    left = MOST_BYTES
    try:
        with ZipFile(path) as archive:
            for part in archive.infolist()[:_MOST_FILES]:
                if not part.filename.lower().endswith(".csv"):
                    continue
                with archive.open(part) as file:
                    data = file.read(left + 1)
                if (left := left - len(data)) < 0:
                    raise Refused("form-too-big", file=path.name, most=MOST_BYTES >> 20)
                yield _table(part.filename, Path(part.filename).stem, data)
    except (BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:  # broken, locked, or packed unusually
        raise Refused("form-broken-zip", file=path.name, problem=str(error)) from error


def _table(file: str, name: str, data: bytes) -> RawTable:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("form-encoding", file=file, place=error.start) from error
    try:
        rows = list(_read(text, max(_DELIMITERS, key=lambda one: _fits(text, one))))
    except csv.Error as error:
        raise Refused("form-broken-csv", file=file, problem=str(error)) from error
    return RawTable(name, tuple(cells for cells, _ in rows), tuple(line for _, line in rows))


def _fits(text: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter parts the first lines: how many rows are of one width, and how wide; then the widest."""
    widths: Counter[int] = Counter()
    try:
        widths.update(len(cells) for cells, _ in islice(_read(text, delimiter), _LOOKED_AT))
    except csv.Error:
        return 0, 0
    return max((rows * rows * (wide - 1) for wide, rows in widths.items()), default=0), max(widths, default=0)


def _read(text: str, delimiter: str) -> Iterator[tuple[tuple[str, ...], int]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        yield tuple(cells), line
        line = reader.line_num + 1


def unguarded(cell: str) -> str:
    """A cell of our own CSV without the one `'` that keeps spreadsheets from taking it for a formula.

    >>> unguarded("'=1+1"), unguarded("''tis"), unguarded("'tis")
    ('=1+1', "'tis", "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(_RISKY) else cell
