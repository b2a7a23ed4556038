"""Ids are promises: minted once, kept when things merge, redirected, never used again.

`ledger.jsonl` is only ever added to, one JSON object a line, the oldest first:
`{"model": ..., "id": ..., "entry": ..., "on": ...}` mints an id (`entry` where no official number did), and
`{"model": ..., "id": ..., "now": ..., "on": ...}` says that an id leads to another since.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ccsi_kit.store import Database, append, literal

_COLUMNS = "{'model': 'VARCHAR', 'id': 'VARCHAR', 'entry': 'VARCHAR', 'now': 'VARCHAR', 'on': 'DATE'}"
_EMPTY = (
    "SELECT NULL::BIGINT AS age, NULL AS model, NULL AS id, NULL AS entry, NULL AS now, NULL::DATE AS on WHERE false"
)


@dataclass(frozen=True)
class Ledger:
    """The ids of a workspace."""

    path: Path

    def load(self, database: Database, model: str) -> None:
        """Makes the table `ledger` (id, entry, age, now): every id of a model, how old it is, where it leads now."""
        database.execute(
            f"""CREATE OR REPLACE TEMP TABLE ledger AS
            SELECT id, any_value(entry) AS entry, min(age) AS age, arg_max(now, age) FILTER (now IS NOT NULL) AS now
            FROM ({self._lines()}) WHERE model = {literal(model)} GROUP BY id"""
        )

    def _lines(self) -> str:
        if not self.path.exists() or not self.path.stat().st_size:
            return _EMPTY
        shape = f"columns = {_COLUMNS}, format = 'newline_delimited', ignore_errors = true"
        return f"SELECT row_number() OVER () AS age, * FROM read_json({literal(self.path)}, {shape})"

    def add(self, database: Database, model: str, *, on: date) -> int:
        """Writes down what the tables `minted` (id, entry) and `redirected` (id, now) hold; says how many lines."""
        lines = database.execute(
            f"""SELECT to_json({{'model': {literal(model)}, 'id': id, 'entry': entry, 'on': DATE {literal(on)}}})
                FROM minted ORDER BY id""",
        ).fetchall()
        lines += database.execute(
            f"""SELECT to_json({{'model': {literal(model)}, 'id': id, 'now': now, 'on': DATE {literal(on)}}})
                FROM redirected ORDER BY id""",
        ).fetchall()
        if lines:
            append(self.path, _first(lines))
        return len(lines)


def _first(rows: list[tuple[str]]) -> Iterator[str]:
    return (row[0] for row in rows)


def redirects(path: Path) -> dict[str, str]:
    """Where each id leads that was merged into another."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as lines:
        moved = (json.loads(line) for line in lines if '"now":' in line and line.endswith("\n"))
        return {line["id"]: line["now"] for line in moved if line.get("now")}
