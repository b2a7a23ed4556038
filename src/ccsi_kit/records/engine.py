"""The only door to sqlalchemy and to SQLite: the file of the records, its tables, and how it is opened.

SQLite before 3.51.3 can corrupt a file in WAL mode that two processes write: it is refused.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from ccsi_kit.errors import CcsiError, Refused, need
from ccsi_kit.store import sync

OLDEST: Final = (3, 51, 3)
"""The first SQLite that is safe with several writers."""
FORMAT: Final = 1
"""Number of the layout of the tables, kept in the file as `user_version`."""
APPLICATION: Final = 0x43435349
"""What tells a file of records from any other database: `application_id`, the letters CCSI."""
PATIENCE: Final = 30
"""Seconds that a writer waits for another."""
_PRAGMAS: Final = ("synchronous=FULL", "secure_delete=ON", f"busy_timeout={PATIENCE * 1000}")


@cache
def driver() -> Any:
    """The SQLite that is safe to write with: pysqlite3's own, else Python's; raises `CcsiError` for an older one."""
    for name in ("pysqlite3", "sqlite3"):
        with suppress(ModuleNotFoundError):
            module = import_module(name)
            if module.sqlite_version_info >= OLDEST:
                return module
            found = module.sqlite_version
    raise CcsiError("sqlite-old", found=found, oldest=".".join(map(str, OLDEST)))


@dataclass(frozen=True)
class Tables:
    """The tables, as sqlalchemy knows them."""

    version: Any
    person: Any
    erased: Any
    backup: Any
    all: Any


@cache
def tables() -> Tables:
    """Text and whole numbers only, so that another engine can hold them."""
    sa = need("sqlalchemy", extra="workspace")
    every = sa.MetaData()
    text, whole = sa.Text, sa.Integer

    def table(name: str, *columns: Any, **options: Any) -> Any:
        return sa.Table(name, every, *columns, sqlite_strict=True, **options)

    version = table(
        "version",
        sa.Column("seq", whole, primary_key=True, autoincrement=True),
        sa.Column("id", text, nullable=False),
        sa.Column("kind", text, nullable=False),
        sa.Column("schema", whole, nullable=False),
        sa.Column("version", whole, nullable=False),
        sa.Column("content", text, nullable=False),
        sa.Column("at", text, nullable=False),
        sa.Column("by", text, nullable=False),
        sa.Column("why", text),
        sa.Column("visibility", text, nullable=False),
        sa.Column("import_id", text),
        sa.Column("put_key", text, unique=True),
        sa.UniqueConstraint("id", "version"),
        sqlite_autoincrement=True,
    )
    sa.Index("version_of_kind", version.c.kind, version.c.id, version.c.seq)
    sa.Index("version_of_import", version.c.import_id)
    person = table(
        "person",
        sa.Column("id", text, primary_key=True),
        *(sa.Column(name, text, nullable=name != "name") for name in ("name", "email", "phone", "scope", "until")),
        sa.Column("at", text, nullable=False),
    )
    erased = table("erased", sa.Column("id", text, primary_key=True), sa.Column("at", text, nullable=False))
    about = [sa.Column(name, text, nullable=False) for name in ("file", "at")]
    backup = table("backup", sa.Column("n", whole, primary_key=True), *about)
    return Tables(version, person, erased, backup, every)


def last_seq(connection: Any) -> int:
    """The number of the last change that there ever was, whatever was restored since; 0 where there is none."""
    found = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'version'").scalar()
    return int(found or 0)


def newest(*conditions: Any) -> Any:
    """The query for the last version of each record among those that meet the conditions."""
    sa, version = need("sqlalchemy", extra="workspace"), tables().version
    last = sa.select(sa.func.max(version.c.seq)).where(*conditions).group_by(version.c.id)
    return sa.select(version).where(version.c.seq.in_(last.scalar_subquery()))


@dataclass(frozen=True)
class Engine:
    """An open file of records."""

    path: Path
    engine: Any

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A connection that sees one state of the file."""
        with told(self.path), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """A connection that alone writes; all of it is kept, or nothing."""
        with told(self.path), self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def bare(self) -> Iterator[Any]:
        """The driver's own connection, outside of any transaction."""
        with told(self.path):
            raw = self.engine.raw_connection()
            try:
                yield raw.driver_connection
            finally:
                raw.close()


def opened(path: Path) -> Engine:
    """The file of records at a path, made where there is none; raises `Refused` for any other file."""
    module = driver()
    if not path.exists():
        _made(path, module)
    with told(path):
        refuse_other(path)
    sa = need("sqlalchemy", extra="workspace")
    engine = sa.create_engine(
        _address(sa, path), module=module, connect_args={"timeout": PATIENCE}, hide_parameters=True
    )  # no name of a person stands in an error
    sa.event.listen(engine, "connect", _prepared)
    sa.event.listen(engine, "begin", _begun)
    return Engine(path, engine)


def _address(sa: Any, path: Path) -> Any:
    return sa.URL.create("sqlite+pysqlite", database=str(path.resolve()))


def _prepared(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun by us, not guessed by the driver
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begun(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _made(path: Path, module: Any) -> None:
    """Makes an empty file of records aside and gives it its name, unless another process was faster."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{uuid4().hex}")
    sa = need("sqlalchemy", extra="workspace")
    engine = sa.create_engine(_address(sa, aside), module=module, poolclass=sa.pool.NullPool)
    try:
        with engine.begin() as connection:
            tables().all.create_all(connection)
        raw = module.connect(str(aside))
        for pragma in (f"application_id={APPLICATION}", f"user_version={FORMAT}", "journal_mode=WAL"):
            raw.execute(f"PRAGMA {pragma}")
        raw.close()
        sync(aside)
        with suppress(FileExistsError):
            os.link(aside, path)
        sync(path.parent)
    finally:
        aside.unlink(missing_ok=True)


def refuse_other(path: Path) -> None:
    """Raises `Refused` for what is no file of records, or one of a newer version."""
    raw = driver().connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)
    try:
        marks = tuple(raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    finally:
        raw.close()
    if marks[0] != APPLICATION:
        raise Refused("records-other-file", file=path.name)
    if marks[1] > FORMAT:
        raise Refused("records-newer-file", file=path.name)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What the engine complains of, as errors that have words."""
    try:
        yield
    except CcsiError:
        raise
    except Exception as error:
        cause = getattr(error, "orig", error)
        if not isinstance(cause, driver().Error):
            raise
        raise _named(cause, path) from error


def _named(cause: Any, path: Path) -> CcsiError:
    """The error by the engine's own sentence: pysqlite3 hands on no number."""
    said = str(cause)
    if "disk is full" in said or "disk I/O" in said:
        return CcsiError("records-disk", file=path.name, problem=said)
    if "locked" in said:
        return CcsiError("records-busy", file=path.name, seconds=PATIENCE)
    if "malformed" in said or "not a database" in said:
        return Refused("records-broken", file=path.name, problem=said)
    return CcsiError("records-failed", file=path.name, problem=said)
