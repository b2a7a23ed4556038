"""Copies of the records, made while others write; and back again.

Copying the file with `cp` while somebody writes may give half of a change: a backup is taken through the engine.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.records.engine import Engine, driver, opened, refuse_other, tables, told
from ccsi_kit.records.ids import written
from ccsi_kit.records.people import UNFINISHED, People
from ccsi_kit.store import sync


def back_up(engine: Engine, file: Path, *, now: Callable[[], datetime]) -> None:
    """Writes the records as they are at one moment to a file of their own; others may go on writing.

    The file is whole and sound, or not there. Which backups there are is noted first, because erasing a person does not
    reach them. Raises `UsageError` where the file is there already, or its folder is not.
    """
    if file.exists():
        raise UsageError("backup-exists", file=str(file))
    if not file.parent.is_dir():
        raise UsageError("no-folder", folder=str(file.parent))
    with engine.writing() as connection:
        connection.execute(tables().backup.insert(), _note(file, now))
    _copied(engine.path, file)


def _note(file: Path, now: Callable[[], datetime]) -> dict[str, str]:
    return {"file": str(file.resolve()), "at": written(now())}


def _copied(source: Path, file: Path) -> None:
    """A sound copy of one state of a file of records, whole or not there."""
    new = file.with_name(f"{file.name}{UNFINISHED}")
    new.unlink(missing_ok=True)
    with told(file), closing(_reader(source)) as live, closing(driver().connect(str(new))) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    _refuse_unsound(new, file.name)
    sync(new)
    new.rename(file)
    sync(file.parent)


def _reader(file: Path) -> Any:
    return driver().connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def restore(file: Path, to: Path, *, now: Callable[[], datetime]) -> Path | None:
    """Puts the records of a backup in the place of what a workspace has, whole or not at all; others may be at work.

    What was there is backed up beside it, to the last change; the answer is that file, or none where nothing was there.
    A damaged file is set aside. Persons who were erased since the backup stay erased, numbers of changes go on rising.
    Raises `Refused` for a file that is no sound backup.
    """
    if not file.is_file():
        raise UsageError("no-file", file=str(file))
    _refuse_unsound(file, file.name)
    stamp = written(now()).translate(str.maketrans(":.", "--"))
    if not to.exists():
        to.parent.mkdir(parents=True, exist_ok=True)
        _copied(file, to)
        opened(to)
        return None
    try:
        engine = opened(to)
    except Refused:
        return _set_aside(file, to, to.with_name(f"{to.stem}.broken-{stamp}{to.suffix}"))
    before = to.with_name(f"{to.stem}.before-{stamp}{to.suffix}")
    with engine.bare() as live:
        live.execute("ATTACH DATABASE ? AS copy", (str(file.resolve()),))
        try:
            live.execute("BEGIN IMMEDIATE")
            _copied(to, before)  # nobody else can write until the end
            _replaced(live, _note(before, now))
            live.execute("COMMIT")
        finally:
            if live.in_transaction:
                live.execute("ROLLBACK")
            live.execute("DETACH DATABASE copy")
    People(engine, now).overwrite()
    return before


def _replaced(live: Any, note: dict[str, str]) -> None:
    """All records and persons of the copy in the place of those that there are, but for the erased."""
    for statement in (
        "INSERT OR IGNORE INTO erased SELECT * FROM copy.erased",
        "INSERT INTO backup (file, at) SELECT file, at FROM copy.backup EXCEPT SELECT file, at FROM main.backup",
        "DELETE FROM version",
        "INSERT INTO version SELECT * FROM copy.version",
        "DELETE FROM person",
        "INSERT INTO person SELECT * FROM copy.person WHERE id NOT IN (SELECT id FROM main.erased)",
    ):
        live.execute(statement)
    live.execute("INSERT INTO backup (file, at) VALUES (:file, :at)", note)


def _set_aside(file: Path, to: Path, aside: Path) -> Path:
    """Puts a backup in the place of a file that cannot be read, which stays under another name."""
    for ending in ("", "-wal", "-shm"):
        old = to.with_name(f"{to.name}{ending}")
        if old.exists():
            old.rename(aside.with_name(f"{aside.name}{ending}"))
    _copied(file, to)
    opened(to)
    return aside


def _refuse_unsound(file: Path, called: str) -> None:
    """Raises `Refused` for what is no file of records, is of a newer version, or damaged."""
    with told(file.with_name(called)):
        refuse_other(file)
        with closing(_reader(file)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if found != "ok" or not names >= {table.name for table in tables().all.sorted_tables}:
        raise Refused("records-broken", file=called, problem=str(found))
