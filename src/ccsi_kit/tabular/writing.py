"""Writes rows as CSV, JSON, JSON Lines and XLSX; a cell is text or a number, never a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from types import NoneType
from typing import IO, Any, Final, get_args, get_origin
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ccsi_kit.errors import need
from ccsi_kit.models import Model, Text

_RISKY: Final = tuple("=+-@\t\r＝＋－＠'")
_WHEN: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*)>[^<]*<")
_CELL: Final = 32_767
"""Most characters that a spreadsheet keeps in one cell."""


def cell(value: object) -> object:
    """A value as a spreadsheet may hold it: what it would take for a formula gets a `'` in front.

    >>> cell("=1+1"), cell("Parauga biedrība")
    ("'=1+1", 'Parauga biedrība')
    """
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(_RISKY) else value
    return value


def flat(thing: Model) -> dict[str, object]:
    """A thing as one row: a part is dotted columns, a list is joined by ` | `, a text is its original and its language.

    The columns are the same for every thing of a model.
    """
    row: dict[str, object] = {}
    for name, field in type(thing).model_fields.items():
        row.update(_columns(name, getattr(thing, name), _bare(field.annotation)))
    return row


def flat_columns(model: type[Model]) -> list[str]:
    """The columns of a row of a model none of whose fields is required."""
    return list(flat(model()))


def _bare(annotation: Any) -> Any:
    """What a field holds when it holds something."""
    parts = get_args(annotation)
    return next(part for part in parts if part is not NoneType) if NoneType in parts else annotation


def _columns(name: str, value: Any, kind: Any) -> Iterator[tuple[str, object]]:
    if kind is Text:
        yield name, value and value.original.text
        yield f"{name}.lang", value and value.original.lang
    elif isinstance(kind, type) and issubclass(kind, Model):
        for field in kind.model_fields:
            yield f"{name}.{field}", None if value is None else _scalar(getattr(value, field))
    elif get_origin(kind) is tuple:
        yield name, " | ".join(map(_joined, value)) or None
    else:
        yield name, _scalar(value)


def _joined(value: object) -> str:
    """A part of a list in one word: its own parts with colons between."""
    return ":".join(_joined(part) for _, part in value if part is not None) if isinstance(value, Model) else str(value)


def _scalar(value: object) -> object:
    return value if value is None or isinstance(value, str | int | float | bool | Decimal) else str(value)


def write_csv(rows: Iterable[Sequence[object]], columns: Sequence[str], into: IO[str], *, delimiter: str = ",") -> int:
    """Writes rows as CSV with a header; says how many. `into` is opened with newline=''."""
    writer = csv.writer(into, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    return sum(bool(writer.writerow(["" if value is None else cell(value) for value in row])) for row in rows)


def write_json(things: Iterable[Model], into: IO[str]) -> int:
    """Writes models as one JSON list, one a line; says how many."""
    n = 0
    into.write("[")
    for n, thing in enumerate(things, 1):
        into.write(("\n" if n == 1 else ",\n") + thing.model_dump_json())
    into.write("\n]\n")
    return n


def write_jsonl(things: Iterable[Model], into: IO[str]) -> int:
    """Writes models as JSON Lines; says how many."""
    return sum(bool(into.write(thing.model_dump_json() + "\n")) for thing in things)


def write_xlsx(rows: Iterable[Sequence[object]], columns: Sequence[str], into: Path | IO[bytes], *, title: str) -> int:
    """Writes rows as a spreadsheet with one sheet; long texts are cut where a cell ends; says how many rows.

    Equal rows give equal bytes: nothing in the file says when it was written.
    """
    openpyxl = need("openpyxl", extra="workspace")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.append(list(columns))
    written = 0
    for row in rows:
        sheet.append([_xlsx(sheet, openpyxl, value) for value in row])
        written += 1
    saved = BytesIO()
    book.save(saved)
    without_time(saved, into)
    return written


def without_time(saved: BytesIO, into: Path | IO[bytes]) -> None:
    """Copies a spreadsheet, all days in it set to one: of its parts and of its properties."""
    with ZipFile(saved) as old, ZipFile(into, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                data = _WHEN.sub(b"\\1>2000-01-01T00:00:00Z<", data)
            new.writestr(ZipInfo(part.filename), data, ZIP_DEFLATED)


def _xlsx(sheet: Any, openpyxl: Any, value: object) -> Any:
    """A typed cell: a string stays a string whatever it begins with."""
    if isinstance(value, str):
        clean = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:_CELL]
        made = openpyxl.cell.WriteOnlyCell(sheet, value=clean)
        made.data_type = "s"
        return made
    return value if isinstance(value, int | float | Decimal | date) else None
