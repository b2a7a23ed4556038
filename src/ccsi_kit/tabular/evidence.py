"""What tells a record from prose that only looks like one: its number of cells and the shape of its key."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from ccsi_kit.tabular.cells import QUOTE, strict
from ccsi_kit.tabular.window import AHEAD, Window

_SAMPLE: Final = 1000
_SAMPLE_LINES: Final = 5000
_DIGITS: Final = re.compile(r"\d+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


class Evidence:
    """The record test for the lines of a window.

    Key shapes are those that a tenth of the first 1,000 well-formed records have. A table without a key, or with one
    that has no such shape (free text), is judged by its most regular column of numbers, dates or codes; if it has none,
    by the number of cells and by quotes that pair.
    """

    def __init__(self, window: Window, delimiter: str, cells: int, key: Sequence[int]) -> None:
        self._window = window
        self._delimiter = delimiter
        self.cells = cells
        sample = list(self._sample())
        self._key, self._shapes = _evident(sample, key) or _most_regular(sample, cells) or ((), frozenset())

    def fit(self, cells: list[str]) -> list[str] | None:
        """The cells if they are as many as the header's names, empty ones too many cut; else None."""
        if len(cells) > self.cells and not any(cells[self.cells :]):
            return cells[: self.cells]
        return cells if len(cells) == self.cells else None

    def record(self, at: int) -> tuple[list[str], int] | None:
        """The record that strict reading finds at that line of the window, and how many lines it took."""
        read = strict(self._window.lines[at : at + AHEAD], self._delimiter)
        cells = self.fit(read[0]) if read else None
        return (cells, read[1]) if read and cells is not None else None

    def begins(self, at: int, inside: int | None = None) -> bool:
        """Whether a whole record begins at that line, of one line or several.

        `inside` is the column of the longer record that may hold this line. The end of such a record shows the cells to
        the right of that column as they are: a key among them proves nothing, so its quotes must pair too.
        """
        line = self._window.lines[at]
        if QUOTE not in line and line.count(self._delimiter) + 1 < self.cells:
            return False
        found = self.record(at)
        if found is None or (self._key and not self.keyed(found[0])):
            return False
        return (bool(self._key) and (inside is None or min(self._key) <= inside)) or self._paired(at, found[1])

    def swallows(self, at: int, cells: list[str]) -> bool:
        """Whether a whole record begins inside the record of these cells, which begins at that line."""
        inside = (column for column, cell in enumerate(cells) for _ in range(cell.count("\n")))
        return any(self.begins(inner, column) for inner, column in enumerate(inside, start=at + 1))

    def keyed(self, cells: list[str]) -> bool:
        """Whether the key of these cells has a key shape."""
        return bool(self._key) and len(cells) > max(self._key) and _shape(cells, self._key) in self._shapes

    def _paired(self, at: int, lines: int) -> bool:
        return sum(line.count(QUOTE) for line in self._window.lines[at : at + lines]) % 2 == 0

    def _sample(self) -> Iterator[list[str]]:
        self._window.fill(_SAMPLE_LINES)
        at = taken = 0
        while at < len(self._window.lines) and taken < _SAMPLE:
            found = self.record(at)
            at += found[1] if found else 1
            if found:
                taken += 1
                yield found[0]


def _shape(cells: list[str], columns: Sequence[int]) -> str:
    """The key with each run of digits as one 9 and each run of letters as one a; a line break stays."""
    return _LETTERS.sub("a", _DIGITS.sub("9", "/".join(cells[at].strip(" ") for at in columns)))


def _counted(sample: list[list[str]], columns: Sequence[int]) -> dict[str, int]:
    """How often each key shape was seen; a key that is blank has none."""
    seen = Counter(_shape(cells, columns) for cells in sample if any(cells[at].strip() for at in columns))
    return {shape: count for shape, count in seen.items() if count * 10 >= len(sample)}


def _evident(sample: list[list[str]], key: Sequence[int]) -> tuple[Sequence[int], frozenset[str]] | None:
    shapes = _counted(sample, key)
    return (key, frozenset(shapes)) if shapes else None


def _most_regular(sample: list[list[str]], cells: int) -> tuple[Sequence[int], frozenset[str]] | None:
    """The first column in which the most records have a key shape with digits, if they are more than half."""
    counted = [{shape: n for shape, n in _counted(sample, (at,)).items() if "9" in shape} for at in range(cells)]
    best = max(range(cells), key=lambda at: sum(counted[at].values()), default=0)
    return ((best,), frozenset(counted[best])) if counted and sum(counted[best].values()) * 2 > len(sample) else None
