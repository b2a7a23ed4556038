"""Cells: read from text strictly or loosely, made sound, and written again."""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Final

QUOTE: Final = '"'
SPOILT: Final = "\ufffd"
LONGEST_CELL: Final = 1 << 20
"""Characters of a cell; what is longer is cut."""
_FIELD_LIMIT: Final = 1 << 26
_QUOTES: Final = re.compile('"+')

# The module's own limit of 128 KiB is below what registers hold in a cell, and it is one for the whole process: raised
# here once, never lowered.
csv.field_size_limit(max(csv.field_size_limit(), _FIELD_LIMIT))


def strict(lines: Sequence[str], delimiter: str) -> tuple[list[str], int] | None:
    """The first record of these lines and how many lines it took; None if a quote in it is open or misplaced."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        return None
    return (folded(cells) if reader.line_num > 1 else cells), reader.line_num


def loose(text: str, delimiter: str) -> list[str] | None:
    """The cells of a text in which a quote closes only before a delimiter or the end of the text.

    None if a quote never closes, or if a line breaks outside of quotes.
    """
    cells: list[str] = []
    at = 0
    while at <= len(text):
        quoted = text.startswith(QUOTE, at)
        end = _closing(text, at + 1, delimiter) if quoted else text.find(delimiter, at)
        if quoted and end < 0:
            return None
        end = end if end >= 0 else len(text)
        cell = text[at + quoted : end]
        if not quoted and ("\n" in cell or "\r" in cell):
            return None
        cells.append(cell.replace('""', QUOTE) if quoted else cell)
        at = end + 1 + quoted
    return folded(cells)


def _closing(text: str, start: int, delimiter: str) -> int:
    """Where the quoted cell that starts here closes, else -1."""
    ends = (run.end() for run in _QUOTES.finditer(text, start))
    return next((end - 1 for end in ends if end == len(text) or text.startswith(delimiter, end)), -1)


def folded(cells: list[str]) -> list[str]:
    """The cells with every line break inside as one LF."""
    return [cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell for cell in cells]


def mended(cells: list[str]) -> tuple[list[str], list[tuple[str, int]]]:
    """The cells with long ones cut, and what is wrong with which of them."""
    found = [("long-cell", at) for at, cell in enumerate(cells) if len(cell) > LONGEST_CELL]
    cells = [cell[:LONGEST_CELL] for cell in cells] if found else cells
    return cells, [("bad-bytes", at) for at, cell in enumerate(cells) if SPOILT in cell] + found


def written(cells: Iterable[str]) -> str:
    """One line of a clean copy: every cell quoted, commas between. No cell may hold NUL."""
    return '"' + "\0".join(cells).replace(QUOTE, '""').replace("\0", '","') + '"\n'
