"""JSON read value by value, so that only the value at hand is in memory, and every place has its line and column."""

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Any, Final, TextIO

from ccsi_kit.errors import Refused

LONGEST_VALUE: Final = 1 << 26
"""Characters of one value."""
_BLOCK: Final = 1 << 20
_LONGEST_TOKEN: Final = 16
_WHITE: Final = re.compile("[ \t\n\r\ufeff]*")


class _DoubledKey(Exception):
    """One object has one key twice."""


class JsonText:
    """The place in a JSON text up to which it was read.

    Numbers stay the text they are. Raises `Refused`: `bad-json` with line and column (from 1) where the text is broken
    or cut off, `json-doubled-key`, `json-too-long` for a value above 64 Mi characters.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._ended = False
        self._counted = 0
        self._line, self._column = 1, 1
        self._decode = JSONDecoder(
            object_pairs_hook=_once, parse_float=str, parse_int=str, parse_constant=str, strict=False
        ).raw_decode

    def peek(self) -> str:
        """The next character that is no space; nothing at the end."""
        while True:
            white = _WHITE.match(self._text, self._at)
            self._at = white.end() if white else self._at
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._more()

    def took(self, mark: str) -> bool:
        """Whether that character is next; then it is passed."""
        taken = self.peek() == mark
        self._at += taken
        return taken

    def expect(self, mark: str) -> None:
        """Passes that character, which must be next."""
        if not self.took(mark):
            raise self.refusal("bad-json")

    def value(self) -> Any:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except JSONDecodeError as error:
                self._read_on(error)
            except _DoubledKey as doubled:
                raise self.refusal("json-doubled-key", self._at, key=str(doubled)) from doubled
            except RecursionError as error:
                raise self.refusal("bad-json", self._at) from error
            else:
                if end < len(self._text) or self._ended:  # else a number may go on
                    self._at = end
                    return value
                self._more()

    def items(self) -> Iterator[tuple[int, Any]]:
        """The values of the list that is next, each with the line that it begins on."""
        self.expect("[")
        going = not self.took("]")
        while going:
            yield self.line(), self.value()
            going = self.took(",")
            if not going:
                self.expect("]")

    def members(self) -> Iterator[str]:
        """The names of the object that is next; the caller takes the value of each."""
        seen: set[str] = set()
        self.expect("{")
        going = not self.took("}")
        while going:
            if self.peek() != '"':
                raise self.refusal("bad-json")
            name = str(self.value())
            if name in seen:
                raise self.refusal("json-doubled-key", key=name)
            seen.add(name)
            self.expect(":")
            yield name
            going = self.took(",")
            if not going:
                self.expect("}")

    def line(self) -> int:
        """The physical line of the next value."""
        self.peek()
        self._count(self._at)
        return self._line

    def refusal(self, code: str, at: int | None = None, **arguments: Any) -> Refused:
        """An error that names a place: the given one, else where reading stands."""
        self._count(self._at if at is None else at)
        return Refused(code, line=self._line, column=self._column, **arguments)

    def _read_on(self, error: JSONDecodeError) -> None:
        """Reads more if the value may only be cut off; else raises."""
        cut_off = error.msg.startswith("Unterminated string") or error.pos > len(self._text) - _LONGEST_TOKEN
        if self._ended or not cut_off:
            raise self.refusal("bad-json", error.pos) from error
        if len(self._text) - self._at > LONGEST_VALUE:
            raise self.refusal("json-too-long") from error
        self._more()

    def _more(self) -> None:
        self._count(self._at)
        rest = self._text[self._at :]
        read = self._stream.read(max(_BLOCK, len(rest)))
        self._text, self._at, self._counted, self._ended = rest + read, 0, 0, not read

    def _count(self, at: int) -> None:
        """Moves line and column on to that place."""
        breaks = self._text.count("\n", self._counted, at)
        self._line += breaks
        self._column = at - self._text.rfind("\n", 0, at) if breaks else self._column + at - self._counted
        self._counted = at


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise _DoubledKey(next(name for name in made if names.count(name) > 1))
    return made
