"""The process that reads a spreadsheet: takes its task from standard input, caps itself, writes the copy, and answers.

Run as `python -m ccsi_kit.tabular.sheetchild`. It ends with 0 and `{"records": ..., "header": [...]}`, or with
`{"sheets": ..., "uncounted": ...}` where the whole book is asked for, or with 1 and `{"code": ..., ...}`; or the reader
aborts it, which is why it is a process.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from ccsi_kit.errors import CcsiError, Refused, need
from ccsi_kit.tabular.copy import CleanCopy
from ccsi_kit.tabular.tolerant import Row
from ccsi_kit.tabular.uncounted import uncounted


def main() -> int:
    """Does the task; says how it went."""
    task = json.load(sys.stdin)
    for limit, most in _limits(task):
        resource.setrlimit(limit, (most, most))
    try:
        answer: dict[str, Any] = _copied(task) if task["into"] else _whole(task)
    except CcsiError as error:
        answer = {"code": error.code, **error.arguments}
    except MemoryError:
        answer = {"code": "spreadsheet-memory"}
    except OSError as error:
        answer = {"code": "spreadsheet-broken", "problem": str(error)}
    sys.stdout.write(json.dumps(answer) + "\n")
    return 1 if "code" in answer else 0


def _limits(task: dict[str, Any]) -> tuple[tuple[int, int], ...]:
    return (
        (resource.RLIMIT_AS, task["memory"]),
        (resource.RLIMIT_CPU, task["seconds"]),
        (resource.RLIMIT_FSIZE, task["output"]),
        (resource.RLIMIT_CORE, 0),
    )


def _copied(task: dict[str, Any]) -> dict[str, Any]:
    rows = _rows(task)
    header = next(islice(rows, task["header_row"] - 1, None), None)
    if header is None or not any(header):
        raise Refused("spreadsheet-no-header", row=task["header_row"])
    with CleanCopy.into(Path(task["into"]), header) as copy:
        for line, cells in enumerate(rows, task["header_row"] + 1):
            if any(cells):
                copy.add(Row(copy.written + 1, line, False, cells))
    return {"records": copy.written, "header": header}


def _whole(task: dict[str, Any]) -> dict[str, Any]:
    """Every sheet, its cells as they stand: what is written in them is neither trimmed nor folded."""
    book, left = _book(task), task["output"]
    sheets: dict[str, list[list[str]]] = {}
    for name in book.sheet_names:
        sheets[name] = []
        for row in _cells(book, name):
            cells = [cell if isinstance(cell, str) else _text(cell) for cell in row]
            left -= sum(map(len, cells)) + len(cells)
            if left < 0:
                raise Refused("spreadsheet-memory")
            sheets[name].append(cells)
    return {"sheets": sheets, "uncounted": _uncounted(task)}


def _cells(book: Any, name: str) -> list[list[Any]]:
    calamine = need("python_calamine", extra="workspace")
    try:
        cells: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except calamine.CalamineError as error:
        raise Refused("spreadsheet-broken", problem=str(error)) from error
    return cells


def _uncounted(task: dict[str, Any]) -> dict[str, list[tuple[int, int, str]]]:
    found = uncounted(Path(task["path"]))
    return {name: [(row, column, said) for (row, column), said in places.items()] for name, places in found.items()}


def _book(task: dict[str, Any]) -> Any:
    calamine = need("python_calamine", extra="workspace")
    try:
        return calamine.CalamineWorkbook.from_path(task["path"])
    except calamine.CalamineError as error:
        raise Refused("spreadsheet-broken", problem=str(error)) from error


def _rows(task: dict[str, Any]) -> Iterator[list[str]]:
    book = _book(task)
    name = task["sheet"] or next(iter(book.sheet_names), None)
    if name not in book.sheet_names:
        raise Refused("spreadsheet-no-sheet", sheet=task["sheet"], known=book.sheet_names)
    sheet = book.get_sheet_by_name(name)
    before = [[""] * sheet.width for _ in range(sheet.start[0] if sheet.start else 0)]
    yield from before
    for row in sheet.iter_rows():
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    """A cell as text, as a register would write it."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    return "" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


if __name__ == "__main__":
    sys.exit(main())
