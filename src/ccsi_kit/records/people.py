"""Persons, apart from what they write: names, how to reach them, what they agreed to; and how they are erased."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from pydantic import Field

from ccsi_kit.errors import CcsiError, Refused, UsageError
from ccsi_kit.models import Model
from ccsi_kit.records.engine import PATIENCE, Engine, tables
from ccsi_kit.records.ids import minted, read_time, written

UNFINISHED: Final = ".part"
"""How the name of a backup ends that is being written, or whose writer died."""
_WAIT: Final = 2000
"""Milliseconds that the erasing of the log waits for others who read."""


class Consent(Model):
    """What a person agreed to, and until when."""

    scope: str = Field(description="For what their data may be used.", examples=["assessments of 2026"])
    until: date | None = Field(
        default=None, description="Last day; none where no end was said.", examples=["2027-12-31"]
    )


class Person(Model):
    """Somebody who writes records. Nothing but the opaque id stands in a record."""

    id: str = Field(description="Says nothing of the person.", examples=["lv:person:01KB0V1J8M4Y6R2N9T5C7E3XQA"])
    name: str = Field(description="What they are called.", examples=["A. Parauga"])
    email: str | None = Field(default=None, description="Address.", examples=["a@example.org"])
    phone: str | None = Field(default=None, description="Number.", examples=["+371 00000000"])
    consent: Consent | None = Field(default=None, description="What they agreed to.", examples=[None])


@dataclass(frozen=True)
class Erased:
    """What came of erasing a person."""

    backups: tuple[tuple[str, datetime], ...]
    """Backups made before, file and time: they still hold the person, and nobody but their keeper can change that."""


@dataclass(frozen=True)
class People:
    """The one table with names, and the only one from which anything is ever deleted."""

    engine: Engine
    now: Callable[[], datetime]

    def add(
        self, country: str, *, name: str, email: str | None = None, phone: str | None = None,
        consent: Consent | None = None,
    ) -> str:  # fmt: skip
        """Notes a person; the answer is the id that records carry."""
        id = minted(country, "person", self.now())
        if not name.strip():
            raise UsageError("person-without-name")
        self.note(Person(id=id, name=name, email=email, phone=phone, consent=consent))
        return id

    def note(self, person: Person) -> None:
        """Notes a person under an id that is given, unless somebody has it already."""
        table = tables().person
        with self.engine.writing() as connection:
            if connection.execute(table.select().where(table.c.id == person.id)).first() is None:
                connection.execute(table.insert(), {**_row(person), "at": written(self.now())})

    def replace(self, person: Person) -> None:
        """Notes a person anew: another address, another consent."""
        table = tables().person
        with self.engine.writing() as connection:
            done = connection.execute(table.update().where(table.c.id == person.id).values(**_row(person)))
            if not done.rowcount:
                raise Refused("no-person", id=person.id)
        self.overwrite()

    def get(self, id: str) -> Person | None:
        """A person; none where there is none, or no longer."""
        table = tables().person
        with self.engine.reading() as connection:
            row = connection.execute(table.select().where(table.c.id == id)).first()
        return _person(row) if row else None

    def all(self) -> list[Person]:
        """Everybody, in the order in which they were noted."""
        table = tables().person
        with self.engine.reading() as connection:
            return [_person(row) for row in connection.execute(table.select().order_by(table.c.at, table.c.id))]

    def erase(self, id: str) -> Erased:
        """Deletes a person, and overwrites every byte of them in the file and its log; their records stay, by nobody.

        Raises `Refused` where there is no such person, and `CcsiError` where others keep the log from being
        overwritten: the person is deleted then, and erasing again finishes it.
        """
        kept = tables()
        with self.engine.writing() as connection:
            gone = connection.execute(kept.person.delete().where(kept.person.c.id == id)).rowcount
            before = connection.execute(kept.erased.select().where(kept.erased.c.id == id)).first()
            if not gone and not before:
                raise Refused("no-person", id=id)
            if not before:
                connection.execute(kept.erased.insert(), {"id": id, "at": written(self.now())})
            backups = connection.execute(kept.backup.select().order_by(kept.backup.c.n)).fetchall()
        self.overwrite()
        every = [(name, row.at) for row in backups for name in (row.file, f"{row.file}{UNFINISHED}")]
        there = [(name, at) for name, at in every if not name.endswith(UNFINISHED) or Path(name).exists()]
        return Erased(tuple((name, read_time(at)) for name, at in there))

    def overwrite(self) -> None:
        """Moves the log into the file and empties it, so that no old page is left in it."""
        with self.engine.bare() as connection:
            connection.execute(f"PRAGMA busy_timeout={_WAIT}")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            connection.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
        if busy:
            raise CcsiError("person-in-log", file=self.engine.path.name)


def _row(person: Person) -> dict[str, Any]:
    consent = person.consent
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "scope": consent and consent.scope,
        "until": consent.until.isoformat() if consent and consent.until else None,
    }


def _person(row: Any) -> Person:
    consent = Consent(scope=row.scope, until=row.until) if row.scope else None
    return Person(id=row.id, name=row.name, email=row.email, phone=row.phone, consent=consent)
