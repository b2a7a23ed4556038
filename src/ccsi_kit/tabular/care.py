"""One damaged record at a time: the readings of it that may be right, the likeliest first."""

from collections.abc import Iterator
from typing import NamedTuple

from ccsi_kit.tabular.cells import QUOTE, loose, strict
from ccsi_kit.tabular.evidence import Evidence
from ccsi_kit.tabular.window import AHEAD, Window


class Taken(NamedTuple):
    """A reading: its cells, the lines it takes off the window, what had to be mended."""

    cells: list[str]
    lines: int
    code: str | None = None
    ragged: bool = False


class Care:
    """Reads the record at the front of a window that is no clean one."""

    def __init__(self, window: Window, delimiter: str, evidence: Evidence) -> None:
        self._window = window
        self._delimiter = delimiter
        self._evidence = evidence

    def record(self) -> Taken | None:
        """The first reading that gives as many cells as the header has names; None for a blank line."""
        line = self._window.lines[0]
        if self._blank(line):
            return None
        return next(reading for reading in self._readings(line) if reading)

    def _blank(self, line: str) -> bool:
        return not (line.strip() if self._evidence.cells > 1 else line.rstrip("\r\n"))

    def _readings(self, line: str) -> Iterator[Taken | None]:
        text = line.rstrip("\r\n")
        alone = strict([line], self._delimiter)
        if alone:
            yield self._taken(alone[0], 1)
        else:
            yield self._joined()
            yield self._taken(loose(text, self._delimiter), 1, "stray-quote")
            yield self._taken(text.split(self._delimiter), 1, "stray-quote")
            yield self._loosely_joined()
        yield self._healed()
        yield self._ragged()

    def _taken(self, cells: list[str] | None, lines: int, code: str | None = None) -> Taken | None:
        fitting = self._evidence.fit(cells) if cells else None
        return Taken(fitting, lines, code) if fitting else None

    def _joined(self) -> Taken | None:
        """This line and the next ones, if no record is lost between them."""
        found = self._evidence.record(0)
        return Taken(*found) if found and not self._evidence.swallows(0, found[0]) else None

    def _loosely_joined(self) -> Taken | None:
        """As `_joined`, where a quote closes only before a delimiter or the end."""
        for count in range(2, len(self._window.lines[:AHEAD]) + 1):
            if self._evidence.begins(count - 1):
                return None
            if QUOTE in self._window.lines[count - 1]:
                text = "".join(self._window.lines[:count]).rstrip("\r\n")
                if reading := self._taken(loose(text, self._delimiter), count, "stray-quote"):
                    return reading
        return None

    def _healed(self) -> Taken | None:
        """This line and the next ones, joined where a line broke outside of quotes, up to where a record begins."""
        cells = self._somehow(0)
        for at in range(1, len(self._window.lines[:AHEAD])):
            more = self._somehow(at)
            if len(cells) >= self._evidence.cells or self._evidence.keyed(more) or self._evidence.begins(at):
                return None
            cells = [*cells[:-1], f"{cells[-1]}\n{more[0]}", *more[1:]]
            if reading := self._taken(cells, at + 1, "unquoted-break"):
                return reading
        return None

    def _ragged(self) -> Taken:
        """This line alone, padded or cut."""
        cells, wanted = self._somehow(0), self._evidence.cells
        padded = cells[:wanted] + [""] * (wanted - len(cells))
        return Taken(padded, 1, "short-row" if len(cells) < wanted else "long-row", ragged=True)

    def _somehow(self, at: int) -> list[str]:
        """The cells of one line, strictly if that works, else loosely, else with every quote as a letter."""
        line = self._window.lines[at]
        text = line.rstrip("\r\n")
        read = strict([line], self._delimiter)
        return (read[0] if read else loose(text, self._delimiter) or text.split(self._delimiter)) or [""]
