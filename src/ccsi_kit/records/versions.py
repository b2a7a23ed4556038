"""Every version of every record: put, read, history, as it was."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from ccsi_kit.errors import Incompatible, Refused, UsageError
from ccsi_kit.models import WITHDRAWN, Record
from ccsi_kit.records.engine import Engine, newest, opened, tables
from ccsi_kit.records.ids import read_time, written

if TYPE_CHECKING:
    from ccsi_kit.records.people import People

Visibility = Literal["internal", "public"]
"""Who may see a record: pages and exports take public ones only."""
_CHUNK: Final = 500
"""Ids that are looked up at a time."""


@dataclass(frozen=True)
class Version:
    """What one record said from one change to the next: by whom, when, why, and the store's own order of changes."""

    seq: int
    record: Record
    version: int
    at: datetime
    by: str
    why: str | None
    visibility: Visibility
    import_id: str | None
    put_key: str | None = None

    @property
    def id(self) -> str:
        """The record."""
        return str(self.record.id)


@dataclass(frozen=True)
class Put:
    """A record to put: new where it has no id, else the change of one whose version `after` was read.

    `put_key`: what tells this change from any other; putting it again puts nothing. `visibility`: none leaves it as it
    is, `internal` at first.
    """

    record: Record
    after: int = 0
    why: str | None = None
    put_key: str | None = None
    visibility: Visibility | None = None


@dataclass(frozen=True)
class Records:
    """The records of a workspace.

    >>> import tempfile
    >>> from datetime import UTC, datetime
    >>> class Need(Record, kind="need", schema=1):
    ...     wanted: str
    >>> file, clock = Path(tempfile.mkdtemp(), "records.db"), lambda: datetime(2026, 11, 25, tzinfo=UTC)
    >>> records = Records.open(file, [Need], now=clock)
    >>> me = records.people.add("lv", name="A. Parauga")
    >>> first = records.put(Need(country="lv", wanted="less loneliness"), by=me)
    >>> again = records.put(first.record.replace(wanted="company"), after=first.version, by=me, why="her words")
    >>> [version.record.wanted for version in records.history(first.id)]
    ['less loneliness', 'company']
    """

    engine: Engine
    types: Mapping[str, type[Record]]
    now: Callable[[], datetime]
    until: int | datetime | None = None
    """Only what was put up to then is seen: a number of the store's order, or a time."""

    @classmethod
    def open(cls, path: Path, types: Iterable[type[Record]], *, now: Callable[[], datetime]) -> "Records":
        """The records in a file, which is made where there is none. `types`: the record types that it may hold."""
        return cls(opened(path), {one.kind: one for one in types}, now)

    @property
    def people(self) -> "People":
        """Who writes records."""
        from ccsi_kit.records.people import People

        return People(self.engine, self.now)

    def put(
        self, record: Record, *, by: str, why: str | None = None, after: int = 0, put_key: str | None = None,
        visibility: Visibility | None = None, through: Sequence[str] = (),
    ) -> Version:  # fmt: skip
        """Keeps a record as a new version; on return it is on the disk.

        `through`: states that it is taken to at once, one step after the other, all of it or nothing. Raises `Refused`
        where somebody else changed it after version `after`, and says who and when.
        """
        from ccsi_kit.records.writing import advance, put_all

        self._refuse_past()
        with self.engine.writing() as connection:
            kept = put_all(connection, self, [Put(record, after, why, put_key, visibility)], by=by)[0]
            for state in through:
                kept = advance(connection, self, kept.id, state, by=by, why=why or "", after=None)
        return kept

    def put_all(self, puts: Sequence[Put], *, by: str, import_id: str | None = None) -> list[Version]:
        """Keeps many records at once: all of them, or none."""
        from ccsi_kit.records.writing import put_all

        self._refuse_past()
        with self.engine.writing() as connection:
            return put_all(connection, self, puts, by=by, import_id=import_id)

    def advance(self, id: str, state: str, *, by: str, why: str, after: int | None = None) -> Version:
        """Takes a record to another state; raises `Refused` where no step leads there, or with what it lacks."""
        from ccsi_kit.records.writing import advance

        self._refuse_past()
        with self.engine.writing() as connection:
            return advance(connection, self, id, state, by=by, why=why, after=after)

    def withdraw(self, id: str, *, by: str, why: str, after: int | None = None) -> Version:
        """Takes a record back; its history stays."""
        return self.advance(id, WITHDRAWN, by=by, why=why, after=after)

    def take_back(
        self, import_id: str, withdrawn: Sequence[tuple[str, int]], puts: Sequence[Put], *, by: str, why: str
    ) -> None:
        """Withdraws the new records of an import and puts others as they were, all of it or nothing.

        `withdrawn`: each id with the version that was seen.
        """
        from ccsi_kit.records.writing import advance, put_all

        self._refuse_past()
        undone = f"undo:{import_id}"
        with self.engine.writing() as connection:
            for id, seen in withdrawn:
                advance(connection, self, id, WITHDRAWN, by=by, why=why, after=seen, import_id=undone)
            put_all(connection, self, puts, by=by, import_id=undone)

    def _refuse_past(self) -> None:
        if self.until is not None:
            raise UsageError("records-past")

    def as_of(self, when: int | datetime) -> "Records":
        """The records as they were: up to a number of the store's order, or to a time; they can only be read."""
        return replace(self, until=when)

    @property
    def last(self) -> int:
        """The number of the last change; 0 where there is none."""
        version = tables().version
        seq = version.c.seq
        with self.engine.reading() as connection:
            query = version.select().with_only_columns(seq).where(*self.seen()).order_by(seq.desc()).limit(1)
            return int(connection.execute(query).scalar() or 0)

    def get(self, id: str) -> Version | None:
        """A record as it is, or was; none where there is none. `id` may name a version: `...@2`."""
        bare, _, number = id.partition("@")
        found = self.history(bare)
        if number:
            return next((version for version in found if str(version.version) == number), None)
        return found[-1] if found else None

    def history(self, id: str) -> list[Version]:
        """Every version of a record, the first one first."""
        return self._where(tables().version.c.id == id)

    def all(
        self, kind: str, *, visibility: Visibility | None = None, country: str | None = None, withdrawn: bool = False
    ) -> Iterator[Version]:
        """The records of a kind in the order in which they were last changed, but for those that were withdrawn."""
        self._refuse_unknown(kind)
        latest = self._latest(kind)
        with self.engine.reading() as connection:
            for row in connection.execution_options(yield_per=_CHUNK).execute(latest).mappings():
                if visibility in (None, row["visibility"]) and country in (None, row["id"].partition(":")[0]):
                    version = self.read(row)
                    if withdrawn or version.record.state != WITHDRAWN:
                        yield version

    def may_see(self, version: Version, person: str) -> bool:
        """Whether a person may see a version: what they entered, and what its type lets them see."""
        kind = self.types[version.record.kind]
        if not kind.blind or self._entered(version.id, person):
            return True
        others = [one.record for one in self.all(kind.kind) if one.id != version.id]
        return any(one is version.record for one in kind.shown_to([*others, version.record], person))

    def sight(self, person: str) -> Callable[[Version], bool]:
        """`may_see` for many versions: what a person may see of each kind is looked up once."""
        seen: dict[str, dict[str, int]] = {}

        def sees(version: Version) -> bool:
            kind = version.record.kind
            if not self.types[kind].blind:
                return True
            if kind not in seen:
                seen[kind] = {one.id: one.version for one in self.visible(kind, person, withdrawn=True)}
            return seen[kind].get(version.id) == version.version or self.may_see(version, person)

        return sees

    def visible(self, kind: str, person: str, *, withdrawn: bool = False) -> list[Version]:
        """The records of a kind that a person may see."""
        every = list(self.all(kind, withdrawn=withdrawn))
        if not self.types[kind].blind:
            return every
        shown = {one.id for one in self.types[kind].shown_to([one.record for one in every], person)}
        return [one for one in every if one.id in shown or self._entered(one.id, person)]

    def _entered(self, id: str, person: str) -> bool:
        version = tables().version.c
        first = self._where((version.id == id) & (version.version == 1) & (version.by == person))
        return bool(first)

    def authors(self) -> set[str]:
        """Everybody who ever wrote a version."""
        version = tables().version
        with self.engine.reading() as connection:
            return {row.by for row in connection.execute(version.select().with_only_columns(version.c.by).distinct())}

    def of_import(self, import_id: str) -> list[Version]:
        """The versions that an import put."""
        return self._where(tables().version.c.import_id == import_id)

    def keyed(self, put_key: str) -> Version | None:
        """The version that was put under a key."""
        return next(iter(self._where(tables().version.c.put_key == put_key)), None)

    def _where(self, condition: Any) -> list[Version]:
        version = tables().version
        with self.engine.reading() as connection:
            query = version.select().where(condition, *self.seen()).order_by(version.c.seq)
            return [self.read(row) for row in connection.execute(query).mappings()]

    def _latest(self, kind: str) -> Any:
        version = tables().version
        return newest(version.c.kind == kind, *self.seen()).order_by(version.c.seq)

    def seen(self) -> list[Any]:
        """What limits a query to the time that is looked at."""
        columns = tables().version.c
        if self.until is None:
            return []
        if isinstance(self.until, datetime):
            return [columns.at <= written(self.until)]
        return [columns.seq <= self.until]

    def read(self, row: Mapping[str, Any]) -> Version:
        """A version from its row; raises `Incompatible` where its kind or schema is not known here."""
        id, schema = row["id"], row["schema"]
        self._refuse_unknown(row["kind"])
        type_ = self.types[row["kind"]]
        if schema > type_.schema_number:
            raise Incompatible("record-newer", id=id, schema=schema, known=type_.schema_number)
        try:
            record = type_.read({**json.loads(row["content"]), "id": id}, schema=schema)
        except ValueError as error:
            raise Refused("record-unreadable", id=id, problem=str(error)) from error
        return version_of(record, row)

    def _refuse_unknown(self, kind: str) -> None:
        if kind not in self.types:
            raise Incompatible("record-kind", kind=kind, known=", ".join(sorted(self.types)))


def version_of(record: Record, row: Mapping[str, Any]) -> Version:
    """The version whose row and record these are."""
    at = read_time(row["at"])
    return Version(
        row["seq"], record, row["version"], at, row["by"], row["why"], row["visibility"], row["import_id"],
        row["put_key"],
    )  # fmt: skip
