"""Records put, read and listed as of a time, against plain SQLite with the same tables in the same run."""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from ccsi_kit.forms import Form, read_form
from ccsi_kit.mapping import Fiche
from ccsi_kit.models import Record
from ccsi_kit.records import Put, Records
from ccsi_kit.records.engine import driver

MANY, FORMS, RUNS = 10_000, 1_000, 5
_LATEST = """SELECT * FROM version WHERE seq IN
    (SELECT max(seq) FROM version WHERE kind = 'note' AND seq <= ? GROUP BY id) ORDER BY seq"""


class Note(Record, kind="note", schema=1):
    said: str
    more: str | None = None


def fiches() -> list[Fiche]:
    """Fiches with every kind of field, as many as a centre has."""
    return [
        Fiche.model_validate({
            "id": f"lv:fiche:{n:026}", "country": "lv", "stage": "active",
            "title": {"lv": f"Parauga virtuve {n}", "en": f"Sample kitchen {n}"},
            "summary": {"lv": "Kaimiņi gatavo kopā. " * 10}, "lead": "lv:regcode:40008000009",
            "participants": [{"organisation": "lv:regcode:40008000009", "role": "ccsi:role/support"}] * (n % 3),
            "period": {"start": "2024-01-01"}, "themes": ["ccsi:theme/exclusion"], "territories": ["LV00C"],
        })
        for n in range(FORMS)
    ]  # fmt: skip


def workbook(folder: Path) -> tuple[float, float]:
    """How long fiches take into a workbook and back; ends the run where one comes back otherwise."""
    form, file, out = Form.of(Fiche), folder / "fiches.xlsx", fiches()
    written, _ = timed(lambda: form.xlsx(file, lang="lv", records=out))
    known = {one.id: one for one in out}
    read, filled = timed(lambda: read_form(file, [form], current=known.get))
    if filled.issues or [row.record for row in filled.rows] != out:
        raise SystemExit(f"{len(filled.rows)} of {FORMS} came back, {len(filled.issues)} issues")
    return written, read


def clock() -> Callable[[], datetime]:
    seconds = iter(range(10**9))
    return lambda: datetime(2026, 11, 25, tzinfo=UTC) + timedelta(seconds=next(seconds))


def ours(folder: Path) -> list[float]:
    store = Records.open(folder / "ours.db", [Note], now=clock())
    me = store.people.add("lv", name="A. Parauga")
    notes = [Put(Note(country="lv", said=f"note {n}", more="x" * 200)) for n in range(MANY)]
    put, kept = timed(lambda: store.put_all(notes, by=me))
    ids = [one.id for one in kept]
    read, found = timed(lambda: [store.get(id) for id in ids])
    listed, then = timed(lambda: list(store.as_of(MANY // 2).all("note")))
    assert len(found) == MANY and len(then) == MANY // 2
    return [put, read, listed]


def plain(folder: Path) -> list[float]:
    """The same rows, tables, journal and durability, without models."""
    old = driver().connect(str(folder / "ours.db"))
    schema = old.execute("SELECT sql FROM sqlite_schema WHERE sql NOTNULL").fetchall()
    base = driver().connect(str(folder / "plain.db"), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        base.execute(f"PRAGMA {pragma}")
    for (sql,) in schema:
        if "sqlite_sequence" not in sql:
            base.execute(sql)
    rows = old.execute("SELECT * FROM version ORDER BY seq").fetchall()

    def put() -> None:
        base.execute("BEGIN IMMEDIATE")
        base.executemany(f"INSERT INTO version VALUES ({', '.join('?' * 12)})", rows)
        base.execute("COMMIT")

    written, _ = timed(put)
    one = "SELECT * FROM version WHERE id = ? ORDER BY seq"
    read, _ = timed(lambda: [base.execute(one, [row[1]]).fetchall() for row in rows])
    listed, then = timed(lambda: base.execute(_LATEST, [MANY // 2]).fetchall())
    assert len(then) == MANY // 2
    return [written, read, listed]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = work()
    return time.perf_counter() - began, done


def records() -> None:
    """How long records take, against the same rows in plain SQLite."""
    taken: list[tuple[list[float], list[float]]] = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            taken.append((ours(Path(folder)), plain(Path(folder))))
    print(f"\n{MANY:,} records, against plain SQLite {sqlite_version()} with the same tables")
    for place, what in enumerate(("put in one transaction", "read one by one", "listed as of the middle")):
        mine, base = (median(run[side][place] for run in taken) for side in (0, 1))
        print(f"{what:<28}{mine:>8.2f} s{base:>8.3f} s{mine / base:>8.1f}")
    with tempfile.TemporaryDirectory() as folder:
        books = [workbook(Path(folder)) for _ in range(RUNS)]
    out, back = (median(book[side] for book in books) for side in (0, 1))
    print(f"{FORMS:,} fiches into a workbook: {out:.2f} s; back, all equal: {back:.2f} s")


def sqlite_version() -> str:
    found: str = getattr(driver(), "sqlite_version", sqlite3.sqlite_version)
    return found
