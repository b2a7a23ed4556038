"""Cells of a workbook that say nothing that can be read: errors, and formulas that nobody ever counted out.

The reader of sheets gives both as blank, and a blank cell is an answer of its own: it leaves what was there. So the
sheets are read once more, for these cells alone.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from ccsi_kit.errors import Refused

Places = dict[tuple[int, int], str]
"""What such cells show, an error or a formula, by row and column counted from 0."""
_BLOCK: Final = 1 << 16
_LONGEST: Final = 200
"""Characters of a formula that are kept."""
_SHEET: Final = "/worksheet"
_BOOK: Final = "xl/workbook.xml"
_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ENDS: Final = frozenset({"v", "f", "c"})


def uncounted(path: Path) -> dict[str, Places]:
    """Such cells of each sheet of a workbook, by the name of the sheet; none of a book in another format.

    Raises `Refused` where the file is damaged: what was not seen might be there.
    """
    try:
        with ZipFile(path) as archive:
            files = set(archive.namelist())
            sheets = dict(_sheets(archive)) if _BOOK in files else {}
            return {name: _of(archive, file) for name, file in sheets.items() if file in files}
    except (BadZipFile, ExpatError, LookupError, ValueError, RuntimeError, EOFError) as error:
        raise Refused("spreadsheet-broken", problem=str(error)) from error


def _sheets(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet and its file."""
    files = {
        said["Id"]: normpath(join("xl", said["Target"])).lstrip("/")
        for name, said in _elements(archive, "xl/_rels/workbook.xml.rels")
        if name == "Relationship" and said.get("Type", "").endswith(_SHEET)
    }
    for name, said in _elements(archive, _BOOK):
        link = next((value for key, value in said.items() if key.rpartition(":")[2] == "id" and ":" in key), "")
        if name == "sheet" and link in files:
            yield said["name"], files[link]


def _elements(archive: ZipFile, file: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda name, said: found.append((_local(name), said))
    parser.Parse(archive.read(file), True)
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _of(archive: ZipFile, file: str) -> Places:
    scan = _Scan()
    with archive.open(file) as part:
        while block := part.read(_BLOCK):
            scan.parser.Parse(block, False)
    scan.parser.Parse(b"", True)
    return scan.found


class _Scan:
    """One sheet while it is read; a cell is judged where it ends. Cells need not say where they stand."""

    def __init__(self) -> None:
        self.found: Places = {}
        self._row, self._column = -1, -1
        self._kind = self._inside = ""
        self._texts: dict[str, str] = {}
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._said

    def _start(self, name: str, said: dict[str, str]) -> None:
        name = _local(name)
        if name == "row":
            self._row, self._column = int(said.get("r", self._row + 2)) - 1, -1
        elif name == "c":
            self._place(said.get("r", ""))
            self._kind, self._texts = said.get("t", ""), {}
        elif name in ("v", "f"):
            self._inside = name
            self._texts[name] = ""

    def _place(self, named: str) -> None:
        self._column += 1
        if found := _PLACE.fullmatch(named):
            self._row, self._column = int(found[2]) - 1, _number(found[1])

    def _said(self, text: str) -> None:
        if self._inside and len(self._texts[self._inside]) <= _LONGEST:
            self._texts[self._inside] += text

    def _end(self, name: str) -> None:
        name = _local(name)
        if name == "c" and (shown := self._shown()) is not None:
            self.found[self._row, self._column] = shown[:_LONGEST]
        if name in _ENDS:
            self._inside = ""

    def _shown(self) -> str | None:
        """What a cell shows that cannot be read. A formula may give an empty text, which then says that it is one."""
        value, formula = self._texts.get("v"), self._texts.get("f")
        if self._kind == "e":
            return value or "#"
        counted = value or (self._kind == "str" and value is not None)
        return None if formula is None or counted else f"={formula}"


def _number(letters: str) -> int:
    """The number of a column, counted from 0, by what a spreadsheet calls it."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
