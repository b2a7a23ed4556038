"""Spreadsheets, read in a process of their own: a small file can make the reader take all memory, or abort."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ccsi_kit.errors import CcsiError, Refused
from ccsi_kit.tabular.copy import Copied

MEMORY: Final = 2 << 30
"""Most bytes of memory that the child may take."""
SECONDS: Final = 120
"""Longest time that it may take."""
OUTPUT: Final = 1 << 30
"""Most bytes that it may write."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as it stands: rows of cells, from the first row and column on.

    `uncounted` are the cells that are blank there and are not: errors, and formulas without a value. By row and column,
    counted from 0, what they show.
    """

    rows: list[list[str]]
    uncounted: dict[tuple[int, int], str]


def read_sheet(
    path: Path,
    *,
    into: Path,
    sheet: str | None = None,
    header_row: int = 1,
    memory: int = MEMORY,
    seconds: int = SECONDS,
    output: int = OUTPUT,
) -> Copied:
    """Writes the clean copy of one sheet, the first if none is named; its header stands in row `header_row`.

    Every cell becomes text: a number without a fraction has none, a date is ISO, true and false are words. Raises
    `Refused` where the file is no spreadsheet, has no such sheet or row, takes more than it may, or where the reader
    dies of it; nothing is left of the copy then.
    """
    task = {
        "path": str(path), "into": str(into), "sheet": sheet, "header_row": header_row,
        "memory": memory, "seconds": seconds, "output": output,
    }  # fmt: skip
    try:
        answer = _asked(path.name, task)
    except CcsiError:
        into.unlink(missing_ok=True)
        raise
    return Copied(answer["records"], answer["records"], tuple(answer["header"]), ())


def read_book(
    path: Path, *, memory: int = MEMORY, seconds: int = SECONDS, output: int = OUTPUT >> 3
) -> dict[str, Sheet]:
    """Every sheet of a book by its name.

    A text is neither trimmed nor folded; other cells become text as in `read_sheet`. Raises `Refused` as that does.
    """
    task = {"path": str(path), "into": None, "memory": memory, "seconds": seconds, "output": output}
    answer = _asked(path.name, task)
    uncounted = answer["uncounted"]
    return {
        name: Sheet(rows, {(row, column): said for row, column, said in uncounted.get(name, ())})
        for name, rows in answer["sheets"].items()
    }


def _asked(file: str, task: dict[str, Any]) -> dict[str, Any]:
    """What the child answers; raises why it does not."""
    command = [sys.executable, "-m", "ccsi_kit.tabular.sheetchild"]
    try:
        done = subprocess.run(
            command, input=json.dumps(task), capture_output=True, text=True, timeout=task["seconds"], check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise Refused("spreadsheet-slow", file=file, seconds=task["seconds"]) from slow
    if done.returncode == 0:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    raise _why(file, done)


def _why(file: str, done: "subprocess.CompletedProcess[str]") -> CcsiError:
    """What the child said before it ended, or what ended it."""
    last = done.stdout.strip().splitlines()[-1:] or [""]
    if last[0].startswith("{"):
        said = json.loads(last[0])
        if said["code"] == "missing-extra":
            return CcsiError("missing-extra", module=said["module"], extra="workspace")
        return Refused(said.pop("code"), file=file, **said)
    if done.returncode < 0:
        return Refused("spreadsheet-killed", file=file, signal=signal.Signals(-done.returncode).name)
    return Refused("spreadsheet-killed", file=file, signal=str(done.returncode))
