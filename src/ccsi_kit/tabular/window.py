"""The lines of a text, a bounded stretch of them at a time."""

from io import StringIO
from itertools import accumulate
from typing import Final, TextIO

from ccsi_kit.tabular.cells import SPOILT

AHEAD: Final = 50
"""Lines that a damaged record may be joined from."""
LONGEST_LINE: Final = 1 << 24
"""Characters of a line; what is longer loses its middle, marked by U+FFFD."""
_HELD: Final = 2 * LONGEST_LINE
_BLOCK: Final = 1 << 20


class Window:
    """The next lines of a stream: `lines[0]` is the first that nobody took yet, `numbers` are their physical lines.

    A line ends at LF, CRLF or a lone CR and keeps its end; its number counts what `counted` says. NUL is U+FFFD.
    """

    def __init__(self, stream: TextIO, *, counted: str = "\n") -> None:
        self.lines: list[str] = []
        self.numbers: list[int] = []
        self._stream = stream
        self._counted = counted
        self._next = 1
        self._rest = ""
        self._ended = False

    def fill(self, wanted: int = 2 * AHEAD) -> bool:
        """Reads on until that many lines are there, the text ends or they are too long; whether any line is there."""
        while len(self.lines) < wanted and not self._ended and sum(map(len, self.lines)) < _HELD:
            self._read()
        return bool(self.lines)

    def advance(self, count: int) -> None:
        """Takes lines off the front."""
        del self.lines[:count]
        del self.numbers[:count]

    def _read(self) -> None:
        text = self._stream.read(_BLOCK)
        self._ended = not text
        lines = StringIO(self._rest + text.replace("\0", SPOILT), newline="").readlines()
        self._rest = "" if self._ended else self._held_back(lines)
        starts = accumulate((line.endswith(self._counted) for line in lines), initial=self._next)
        numbers = list(starts)
        self._next = numbers.pop()
        self.lines += lines
        self.numbers += numbers

    @staticmethod
    def _held_back(lines: list[str]) -> str:
        """Takes off the last line if it may go on in the next block; a CR may be half of a CRLF."""
        if not lines or lines[-1].endswith("\n"):
            return ""
        rest = lines.pop()
        return rest if len(rest) <= LONGEST_LINE or rest.endswith("\r") else rest[:LONGEST_LINE] + SPOILT
