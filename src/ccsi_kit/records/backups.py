"""Copies of the records, made while others write; and back again.

Copying the file with `cp` while somebody writes may give half of a change: a backup is taken through the engine.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.records.engine import Engine, driver, opened, tables
from ccsi_kit.records.ids import written
from ccsi_kit.records.people import People
from ccsi_kit.store import replacing


def back_up(engine: Engine, file: Path, *, now: Callable[[], datetime]) -> None:
    """Writes the records as they are at one moment to a file of their own; others may go on writing.

    The file is whole and sound, or not there. Which backups there are is noted, because erasing a person does not reach
    them. Raises `UsageError` where the file is there already.
    """
    if file.exists():
        raise UsageError("backup-exists", file=str(file))
    _noted(engine, file, now)
    with replacing(file, aside=file.parent) as new:
        with engine.bare() as live, closing(driver().connect(str(new))) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        _refuse_unsound(new, file.name)


def _noted(engine: Engine, file: Path, now: Callable[[], datetime]) -> None:
    with engine.writing() as connection:
        connection.execute(tables().backup.insert(), {"file": str(file.resolve()), "at": written(now())})


def restore(file: Path, to: Path, *, now: Callable[[], datetime]) -> Path | None:
    """Puts the records of a backup in the place of what a workspace has, whole or not at all.

    What was there is backed up beside it first; the answer is that file, or none where nothing was there. Persons who
    were erased since the backup are erased again. Raises `Refused` for a file that is no sound backup.
    """
    if not file.is_file():
        raise UsageError("no-file", file=str(file))
    _refuse_unsound(file, file.name)
    before = None
    erased: list[str] = []
    if to.exists():
        engine = opened(to)
        before = to.with_name(f"{to.stem}.before-{written(now()).replace(':', '').replace('.', '-')}{to.suffix}")
        back_up(engine, before, now=now)
        erased, backups = _remembered(engine)
    engine = opened(to)
    with closing(driver().connect(f"file:{file}?mode=ro", uri=True)) as copy, engine.bare() as live:
        copy.backup(live)
    if before:
        _recalled(engine, erased, backups, now)
    return before


def _remembered(engine: Engine) -> tuple[list[str], list[dict[str, Any]]]:
    """Who was erased, and which backups there are."""
    kept = tables()
    with engine.reading() as connection:
        erased = [row.id for row in connection.execute(kept.erased.select())]
        backups = [{"file": row.file, "at": row.at} for row in connection.execute(kept.backup.select())]
    return erased, backups


def _recalled(engine: Engine, erased: list[str], backups: list[dict[str, Any]], now: Callable[[], datetime]) -> None:
    kept = tables()
    with engine.writing() as connection:
        there = {(row.file, row.at) for row in connection.execute(kept.backup.select())}
        if new := [row for row in backups if (row["file"], row["at"]) not in there]:
            connection.execute(kept.backup.insert(), new)
    people = People(engine, now)
    for id in erased:
        if people.get(id):
            people.erase(id)


def _refuse_unsound(file: Path, called: str) -> None:
    """Raises `Refused` for what is no file of records, or is damaged."""
    module = driver()
    try:
        with closing(module.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    except module.Error as error:
        raise Refused("records-broken", file=called, problem=str(error)) from error
    if "version" not in names:
        raise Refused("records-other-file", file=called)
    if found != "ok":
        raise Refused("records-broken", file=called, problem=found)
