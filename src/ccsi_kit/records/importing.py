"""Many records at once from a file that people filled in; and all of it taken back."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final
from urllib.parse import unquote

from ccsi_kit.identifiers import Scheme, personal
from ccsi_kit.models import WITHDRAWN, Issue, Message, Record, parse_ref
from ccsi_kit.records.ids import minted, shown
from ccsi_kit.records.versions import Put, Records, Version, Visibility

_PERSON: Final = re.compile(r"[a-z][a-z0-9-]*:person:[A-Za-z0-9._~-]+")
_THING: Final = re.compile(r"[a-z][a-z0-9-]*:[a-z][a-z0-9-]*:(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+")
_NO_THING: Final = ("person", "criteria", "rule", "act", "import")
"""Kinds of ids that are no real things."""
_EMAIL: Final = re.compile(r"[\w.+-]@[\w-]+\.\w")
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


def refusals(
    records: Records, rows: Sequence[Row], known: Any, *, by: str, schemes: Iterable[Scheme] = ()
) -> Iterator[tuple[Row, Issue]]:
    """What keeps a row from being taken, all of it, at its place.

    What its type finds wrong; an id that nobody has, that `by` may not see, or that stands in another row; a step; a
    person who is not there, or a person's number where a thing is named; what does not change any more, and what
    somebody else changed in between.
    """
    numbers = {scheme.id: scheme for scheme in schemes}
    people = {person.id for person in records.people.all()}
    seen, sees = set[str](), records.sight(by)
    for row in rows:
        found = [*row.record.issues(known), *_strangers(row.record, people), *_numbers(row.record, numbers)]
        found += _misplaced(records, row, seen, sees) or filter(None, [_conflict(records, row)])
        yield from ((row, issue.replace(**row.place)) for issue in found)


def _misplaced(records: Records, row: Row, seen: set[str], sees: Callable[[Version], bool]) -> list[Issue]:
    """Whether a row changes a record that is there, that its writer may see, once, and not its state."""
    record = row.record
    state = record.steps.first
    if id := record.id:
        now = records.get(id)
        if now is None or not sees(now):
            return [Issue("no-record", severity="error", id=id)]
        if id in seen:
            return [Issue("record-twice", severity="error", id=id)]
        seen.add(id)
        base = records.get(f"{id}@{row.after}") if row.after else now
        state = base.record.state if base else now.record.state
    if record.state == state:
        return []
    return [Issue("record-state-put", severity="error", id=id or record.kind, state=state, to=record.state)]


def _numbers(record: Record, schemes: Mapping[str, Scheme]) -> Iterator[Issue]:
    """Where a thing is named by what may be a person's number; the number is not repeated."""
    for name, _ in named_persons(record, schemes):
        yield Issue("ref-of-person", severity="error", column=name)


def named_persons(record: Record, schemes: Mapping[str, Scheme]) -> Iterator[tuple[str, str]]:
    """Ids of things in a record whose number may be a natural person's, each with its place."""
    for name, text in _texts(record.content(), ""):
        if _THING.fullmatch(text):
            scheme, _, number = text.rpartition(":")
            if scheme in schemes and schemes[scheme].is_person(schemes[scheme].compact(unquote(number))):
                yield name, text


def discreet(issue: Issue, schemes: Sequence[Scheme]) -> Issue:
    """An issue that does not repeat what may be of a person."""
    said = {name: value for name, value in issue.arguments.items() if isinstance(value, str)}
    if not any(any(personal_in(text, schemes)) for text in (issue.value or "", *said.values())):
        return issue
    hidden = {name: "…" if any(personal_in(value, schemes)) else value for name, value in said.items()}
    return issue.replace(value=None, arguments={**issue.arguments, **hidden})


def _strangers(record: Record, people: Container[str]) -> Iterator[Issue]:
    """Ids of persons that nobody has."""
    for name, text in _texts(record.content(), ""):
        if _PERSON.fullmatch(text) and text not in people:
            yield Issue("no-person", severity="error", column=name, id=text)


def _conflict(records: Records, row: Row) -> Issue | None:
    """Whether a row changes what does not change any more, or what somebody else changed since its writer saw it."""
    now, base = _seen_by(records, row)
    if now is None or base is None:
        return None
    if now.record.state in (*now.record.fixed, WITHDRAWN):
        return Issue("record-fixed", severity="error", id=now.id, state=now.record.state)
    if base == now.version:
        return None
    about = {"id": now.id, "after": base, "version": now.version, "by": now.by, "when": shown(now.at)}
    return Issue("record-conflict", severity="error", **about)


def _seen_by(records: Records, row: Row) -> tuple[Version | None, int | None]:
    """The record that a row changes, and the version that its writer saw; none where it changes nothing."""
    if row.record.id:
        now = records.get(row.record.id)
        base = now.version if now and row.after is None else row.after
        same = _says(row, now, records.get(f"{row.record.id}@{base}"))
        return now, None if same else base
    _, now, base = _submitted(records, row) if row.key else ("", None, None)
    return now, base


def _says(row: Row, *versions: Version | None) -> bool:
    """Whether a row says just what one of these versions says."""
    return any(one is not None and one.record == row.record for one in versions)


def _submitted(records: Records, row: Row) -> tuple[str, Version | None, int | None]:
    """Of a submission that came before: its key, the record, and the version from which what it says now differs.

    The version is none where the submission says what it said when it came last, whatever people made of it since.
    """
    key, now = _kept(records, f"key\0{row.record.kind}\0{row.key}")
    if now is None:
        return key, None, None
    history = records.history(now.id)
    said = [one for one in history if (one.put_key or "").startswith(key)][-1]
    if said.record.replace(state=row.record.state, id=None) == row.record:
        return key, now, None
    later = (one for one in history if one.seq >= said.seq)
    same = [one.version for one in later if one.record.replace(state=said.record.state) == said.record]
    return key, now, same[-1]


def persons_in(rows: Iterable[Row], schemes: Iterable[Scheme]) -> Iterator[Issue]:
    """Texts that hold an address, a telephone number or a number of a person; what they say is not repeated."""
    numbers = tuple(schemes)
    for row in rows:
        for name, text in _texts(row.record.content(), ""):
            for what in personal_in(text, numbers):
                yield Issue("text-has-person", column=name, what=what, **row.place)


def strange_things(rows: Iterable[Row], known: Callable[[str], bool]) -> Iterator[Issue]:
    """Ids of things that are not on the map: a slip of the pen, or something that no register has."""
    for row in rows:
        for name, text in _texts(row.record.content(), ""):
            if _THING.fullmatch(text) and parse_ref(text).kind not in _NO_THING and not known(text):
                yield Issue("thing-unknown", column=name, id=text, **row.place)


def personal_in(text: str, schemes: Sequence[Scheme]) -> Iterator[Message]:
    """What of a person a text holds."""
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
            own = _own_name(part) if isinstance(part, Mapping) else ""
            yield from _texts(part, f"{name}.{own or number}")


def _own_name(part: Mapping[str, Any]) -> str:
    """What a part of a list is called, where it has a name: the criterion of an answer."""
    return next((str(part[key]) for key in ("item", "name", "lang") if key in part), "")


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
        said = f"{row.record.kind}\0{row.record.model_dump_json()}"
        if row.record.id:
            now, base = _seen_by(records, row)
            same = now is not None and base is None
            put = _seen(now, visibility, why) if now and same else Put(row.record, base or 0, why, None, visibility)
        elif row.key:
            key, now, base = _submitted(records, row)
            put = _resubmitted(key, now, base, row.record, why, visibility) if now else _new(row, why, key, visibility)
        else:
            seen[said] += 1
            key, now = _kept(records, f"{seen[said]}\0{said}")
            put = _seen(now, visibility, why) if now else _new(row, why, key, visibility)
        yield put


def _new(row: Row, why: str | None, key: str, visibility: Visibility | None) -> Put:
    return Put(row.record, 0, why, key, visibility)


def _seen(now: Version, visibility: Visibility | None, why: str | None) -> Put | None:
    """What a row changes that says nothing new: perhaps who may see the record."""
    return Put(now.record, now.version, why, None, visibility) if visibility not in (None, now.visibility) else None


def _resubmitted(
    key: str, now: Version, base: int | None, record: Record, why: str | None, visibility: Visibility | None
) -> Put | None:
    """The change that a submission makes which was corrected since it came last."""
    if base is None:
        return _seen(now, visibility, why)
    again = record.replace(id=now.id, state=now.record.state)
    told_by = f"{key}:{now.version}:{sha256(again.model_dump_json().encode()).hexdigest()}"
    return Put(again, base, why, told_by, visibility)


def _kept(records: Records, told_by: str) -> tuple[str, Version | None]:
    """The key to put a row under, and its record where that is there; what an undone import withdrew may come again.

    A row is told by the number of its submission, else by what it says and which it is among equals.
    """
    key = f"import:{sha256(told_by.encode()).hexdigest()}"
    while found := records.keyed(key):
        now = records.get(found.id)
        if now is None or now.record.state != WITHDRAWN or not (now.import_id or "").startswith("undo:"):
            return key, now
        key = f"{key}@{now.seq}"
    return key, None


def undo(records: Records, import_id: str, *, by: str, why: str) -> Undone:
    """Takes an import back: new records are withdrawn, changed ones say again what they said before.

    What says something else by now stays as it is, and is told; so imports are undone one after the other, the newest
    first.
    """
    withdrawn, left = [], []
    puts: list[Put] = []
    for version in {one.id: one for one in reversed(records.of_import(import_id))}.values():
        history = records.history(version.id)
        now, at = history[-1], [one.seq for one in history].index(version.seq)
        if now.record.state == WITHDRAWN and (now.import_id or "") == f"undo:{import_id}":
            continue
        if now.record != version.record or now.visibility != version.visibility:
            left.append(version.id)
        elif at == 0:
            withdrawn.append((version.id, now.version))
        else:
            before = history[at - 1]
            puts.append(Put(before.record, now.version, why, None, before.visibility))
    records.take_back(import_id, withdrawn, puts, by=by, why=why)
    return Undone(tuple(id for id, _ in withdrawn), tuple(str(put.record.id) for put in puts), tuple(left))
