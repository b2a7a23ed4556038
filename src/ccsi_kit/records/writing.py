"""Changes of records inside one transaction: what may be put, and which steps a record may take."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from ccsi_kit.errors import Incompatible, Refused, UsageError
from ccsi_kit.models import WITHDRAWN, Record, parse_ref
from ccsi_kit.records.engine import last_seq, newest, tables
from ccsi_kit.records.ids import minted, read_time, shown, written

if TYPE_CHECKING:
    from ccsi_kit.records.versions import Put, Records, Version

Row = Mapping[str, Any]
_AT_ONCE: Final = 500
"""Ids or keys that one query looks up."""


def put_all(
    connection: Any, records: "Records", puts: "Sequence[Put]", *, by: str, import_id: str | None = None
) -> "list[Version]":
    """Keeps records as new versions; the answer has one for each put, an old one where its key was put before."""
    current = _current(connection, [put.record.id for put in puts if put.record.id])
    return _kept(connection, records, puts, current, by=by, import_id=import_id)


def advance(
    connection: Any,
    records: "Records",
    id: str,
    state: str,
    *,
    by: str,
    why: str,
    after: int | None,
    import_id: str | None = None,
) -> "Version":
    """Takes a record to another state."""
    from ccsi_kit.records.versions import Put

    current = _current(connection, [id])
    if id not in current:
        raise Refused("no-record", id=id)
    record = records.read(current[id]).record
    allowed = record.steps.after(record.state)
    if state not in allowed:
        raise Refused("step-not-allowed", id=id, state=record.state, to=state, allowed=", ".join(allowed) or "-")
    if missing := record.lacks(state):
        raise Refused("step-lacks", id=id, to=state, fields=", ".join(missing))
    if not why.strip():
        raise UsageError("step-without-why", id=id, to=state)
    put = Put(record.replace(state=state), current[id]["version"] if after is None else after, why)
    return _kept(connection, records, [put], current, by=by, import_id=import_id, steps=True)[0]


def _kept(
    connection: Any,
    records: "Records",
    puts: "Sequence[Put]",
    current: dict[str, Row],
    *,
    by: str,
    import_id: str | None = None,
    steps: bool = False,
) -> "list[Version]":
    _refuse_nobody(connection, by)
    known = _keyed(connection, [put.put_key for put in puts if put.put_key])
    stamp = {"at": written(records.now()), "by": by, "import_id": import_id}
    seq, rows, answers = last_seq(connection), [], []
    for put in puts:
        if put.put_key in known:
            answers.append(_again(records, put, known[put.put_key]))
            continue
        before = current.get(str(put.record.id))
        if not steps:
            _refuse_step(records, put.record, before)
        if before:
            _refuse_others(connection, put.record, records.read(before).record, by)
        seq += 1
        row = {"seq": seq, **_row(records, put, current), **stamp}
        rows.append(row)
        current[row["id"]] = row
        known |= {put.put_key: row} if put.put_key else {}
        answers.append(_answer(put.record, row))
    if rows:
        connection.execute(tables().version.insert(), rows)
    return answers


def _row(records: "Records", put: "Put", current: Mapping[str, Row]) -> dict[str, Any]:
    """What a put writes; raises `Refused` where it does not follow on what is there."""
    record = put.record
    if records.types.get(record.kind) is not type(record):
        raise Incompatible("record-kind", kind=record.kind, known=", ".join(sorted(records.types)))
    id = record.id or minted(record.country, record.kind, records.now())
    before = current.get(id)
    if (before["version"] if before else 0) != put.after:
        raise _conflict(id, before, put.after)
    if parse_ref(id)[1:3] != (record.country, record.kind):
        raise UsageError("record-other-id", id=id, country=record.country, kind=record.kind)
    return {
        "id": id,
        "kind": record.kind,
        "schema": record.schema_number,
        "version": put.after + 1,
        "content": record.model_dump_json(exclude={"id"}),
        "why": (put.why or "").strip() or None,
        "visibility": put.visibility or (before["visibility"] if before else "internal"),
        "put_key": put.put_key,
    }


def _conflict(id: str, before: Row | None, after: int) -> Refused:
    if before is None:
        return Refused("no-record", id=id)
    when = shown(read_time(before["at"]))
    return Refused("record-conflict", id=id, after=after, version=before["version"], by=before["by"], when=when)


def _refuse_step(records: "Records", record: Record, before: Row | None) -> None:
    """A record begins at the first step, only `advance` takes it to another, and in a fixed one nothing changes."""
    now = records.read(before).record if before else None
    state = now.state if now else record.steps.first
    if record.state != state:
        raise UsageError("record-state-put", id=record.id or "", state=state, to=record.state)
    if now and state in (*record.fixed, WITHDRAWN) and now != record:
        raise Refused("record-fixed", id=record.id, state=state)


def _refuse_others(connection: Any, record: Record, before: Record, by: str) -> None:
    """What is somebody's own is changed, and taken on, by them and by whoever entered it; anybody may withdraw it."""
    if before.author is None or before.state != before.steps.first or record.state == WITHDRAWN or record == before:
        return
    version = tables().version
    first = version.select().with_only_columns(version.c.by).where(version.c.id == before.id, version.c.version == 1)
    if by not in (before.author, connection.execute(first).scalar()):
        raise Refused("record-not-yours", id=before.id)


def _again(records: "Records", put: "Put", row: Row) -> "Version":
    """The version that was put under the same key; raises `Refused` where it said something else."""
    same = (row["kind"], row["content"]) == (put.record.kind, put.record.model_dump_json(exclude={"id"}))
    if not same or put.record.id not in (None, row["id"]):
        raise Refused("put-key-taken", id=row["id"], version=row["version"])
    return _answer(put.record, row)


def _answer(record: Record, row: Row) -> "Version":
    from ccsi_kit.records.versions import version_of

    return version_of(record if record.id else record.model_copy(update={"id": row["id"]}), row)


def _refuse_nobody(connection: Any, by: str) -> None:
    person = tables().person
    if connection.execute(person.select().where(person.c.id == by)).first() is None:
        raise Refused("no-person", id=by)


def _current(connection: Any, ids: Sequence[str]) -> dict[str, Row]:
    """The last version of each of these records."""
    column = tables().version.c.id
    found = (connection.execute(newest(column.in_(some))) for some in _chunks(ids))
    return {row["id"]: row for rows in found for row in rows.mappings()}


def _keyed(connection: Any, keys: Sequence[str]) -> dict[str | None, Row]:
    """The versions that were put under these keys."""
    version = tables().version
    found = (connection.execute(version.select().where(version.c.put_key.in_(some))) for some in _chunks(keys))
    return {row["put_key"]: row for rows in found for row in rows.mappings()}


def _chunks(all_of: Sequence[str]) -> Iterable[Sequence[str]]:
    unique = list(dict.fromkeys(all_of))
    return (unique[start : start + _AT_ONCE] for start in range(0, len(unique), _AT_ONCE))
