"""Many records at once from a file that people filled in; and all of it taken back."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from ccsi_kit.identifiers import Scheme, personal
from ccsi_kit.models import WITHDRAWN, Issue, Message, Record
from ccsi_kit.records.ids import minted, shown
from ccsi_kit.records.versions import Put, Records, Version, Visibility

_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_PHONE: Final = re.compile(r"(?<![\w/.-])(?:\+|00)\d{1,3}[\s./-]?(?:\(?\d{1,4}\)?[\s./-]?){2,5}\d{2,4}(?![\w/-])")
"""A number with its country's prefix; one without looks like any other number."""


@dataclass(frozen=True)
class Row:
    """A record that a file holds."""

    record: Record
    """With an id where it changes one that is there."""
    after: int | None = None
    """The version that the writer saw; none where the file does not say."""
    key: str | None = None
    """What the file itself tells the row by: the number of a submission."""
    place: Mapping[str, Any] = field(default_factory=dict)
    """Where it stands: `file`, `row`, `line`, as an `Issue` names them."""


@dataclass(frozen=True)
class Imported:
    """What came of an import. `id` is none where nothing was written: all of it was there already."""

    id: str | None
    new: int
    changed: int
    same: int


@dataclass(frozen=True)
class Undone:
    """What came of taking an import back; `left` were changed since, and stay as they are."""

    withdrawn: tuple[str, ...]
    restored: tuple[str, ...]
    left: tuple[str, ...]


def refusals(records: Records, rows: Sequence[Row], known: Any) -> Iterator[tuple[Row, Issue]]:
    """What keeps a row from being taken: what its type finds wrong, and that somebody else changed the record since."""
    for row in rows:
        for issue in row.record.issues(known):
            yield row, issue.replace(**row.place)
        if row.record.id and (conflict := _conflict(records, row)):
            yield row, conflict.replace(**row.place)


def _conflict(records: Records, row: Row) -> Issue | None:
    now = records.get(str(row.record.id))
    if now is None or row.after is None or row.after == now.version or row.record == now.record:
        return None
    about = {"id": now.id, "after": row.after, "version": now.version, "by": now.by, "when": shown(now.at)}
    return Issue("record-conflict", severity="error", **about)


def persons_in(rows: Iterable[Row], schemes: Iterable[Scheme]) -> Iterator[Issue]:
    """Texts that hold an address, a telephone number or a number of a person; what they say is not repeated."""
    numbers = tuple(schemes)
    for row in rows:
        for name, text in _texts(row.record.content(), ""):
            for what in _personal(text, numbers):
                yield Issue("text-has-person", column=name, what=what, **row.place)


def _personal(text: str, schemes: Sequence[Scheme]) -> Iterator[Message]:
    if _EMAIL.search(text):
        yield Message("person.email")
    if _PHONE.search(text):
        yield Message("person.phone")
    if personal(text, schemes):
        yield Message("person.number")


def _texts(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every text in the content of a record, with the name of its place."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _texts(part, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value, start=1):
            yield from _texts(part, f"{name}.{number}")


def import_rows(
    records: Records, rows: Sequence[Row], *, by: str, why: str | None = None, visibility: Visibility | None = None
) -> Imported:
    """Keeps the rows of a file, all at once; what is there already, word for word, is not kept again.

    Raises `Refused` where a record was changed since the file was written.
    """
    puts = [put for put in _puts(records, rows, why, visibility) if put]
    if not puts:
        return Imported(None, 0, 0, len(rows))
    id = minted(puts[0].record.country, "import", records.now())
    records.put_all(puts, by=by, import_id=id)
    new = sum(not put.after for put in puts)
    return Imported(id, new, len(puts) - new, len(rows) - len(puts))


def _puts(
    records: Records, rows: Sequence[Row], why: str | None, visibility: Visibility | None
) -> Iterator[Put | None]:
    seen = Counter[str]()
    for row in rows:
        if row.record.id:
            now = records.get(row.record.id)
            after = now.version if now and row.after is None else row.after or 0
            same = now is not None and now.record == row.record and visibility in (None, now.visibility)
            yield None if same else Put(row.record, after, why, None, visibility)
        else:
            said = f"{row.record.kind}\0{row.record.model_dump_json()}"
            seen[said] += 1
            key, now = _kept(records, f"key\0{row.key}" if row.key else f"{seen[said]}\0{said}")
            yield _corrected(now, row.record, why, visibility) if now else Put(row.record, 0, why, key, visibility)


def _kept(records: Records, told_by: str) -> tuple[str, Version | None]:
    """The key to put a row under, and its record where that is there; what was withdrawn may come again.

    A row is told by the number of its submission, else by what it says and which it is among equals.
    """
    key = f"import:{sha256(told_by.encode()).hexdigest()}"
    while found := records.keyed(key):
        now = records.get(found.id)
        if now is None or now.record.state != WITHDRAWN:
            return key, now
        key = f"{key}@{now.seq}"
    return key, None


def _corrected(now: Version, record: Record, why: str | None, visibility: Visibility | None) -> Put | None:
    """The change that a row makes which came before; none where it says the same, or where people changed it since."""
    again = record.replace(id=now.id, state=now.record.state)
    if again != now.record and now.import_id:
        return Put(again, now.version, why, None, visibility)
    return Put(now.record, now.version, why, None, visibility) if visibility not in (None, now.visibility) else None


def undo(records: Records, import_id: str, *, by: str, why: str) -> Undone:
    """Takes an import back: new records are withdrawn, changed ones say again what they said before.

    What was changed since stays as it is, and is told.
    """
    withdrawn, restored, left = [], [], []
    puts: list[Put] = []
    for version in records.of_import(import_id):
        history = records.history(version.id)
        if history[-1].seq != version.seq:
            left.append(version.id)
        elif len(history) == 1:
            withdrawn.append(version.id)
        else:
            restored.append(version.id)
            puts.append(_before(history, why))
    records.take_back(withdrawn, puts, by=by, why=why)
    return Undone(tuple(withdrawn), tuple(restored), tuple(left))


def _before(history: Sequence[Version], why: str) -> Put:
    before = history[-2]
    return Put(before.record, history[-1].version, why, None, before.visibility)
