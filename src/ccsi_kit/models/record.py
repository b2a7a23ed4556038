"""What people make: the base class of every record type, and the steps that a record goes through."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, ClassVar, Final, Self

from pydantic import BaseModel, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ccsi_kit.models.base import Model, Slug
from ccsi_kit.models.message import Issue
from ccsi_kit.models.ref import Ref
from ccsi_kit.models.thing import Thing

WITHDRAWN: Final = "withdrawn"
"""The state of what was taken back: every type has it, and every state but itself leads to it."""
MOST_TEXT: Final = 32_767
"""Most UTF-16 code units of one text: what a cell of a spreadsheet holds."""
_STATE = re.compile(r"^[a-z][a-z0-9_]*$")
_UNWRITABLE = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Steps:
    """The states of a record type, the ways between them, and what a record must say to enter one.

    >>> steps = Steps("open -> matched | closed; matched -> closed", matched=("pilot",))
    >>> steps.first, steps.after("open"), steps.needs("matched")
    ('open', ('matched', 'closed', 'withdrawn'), ('pilot',))
    """

    def __init__(self, ways: str = "kept", /, **needs: Sequence[str]) -> None:
        """`ways`: chains of states, parted by `;`; each of those between `|` leads to each after the next arrow."""
        self._after: dict[str, list[str]] = {}
        for chain in ways.split(";"):
            groups = [[state.strip() for state in group.split("|")] for group in chain.split("->")]
            for state in (state for group in groups for state in group):
                if not _STATE.match(state) or state == WITHDRAWN:
                    raise ValueError(f"{state!r} is no state of its own: write lower case letters, digits and _")
                self._after.setdefault(state, [])
            for before, after in pairwise(groups):
                for state in before:
                    self._after[state] += [one for one in after if one not in self._after[state]]
        if unknown := set(needs) - set(self._after):
            raise ValueError(f"no such state: {', '.join(sorted(unknown))}")
        self._needs = {state: tuple(fields) for state, fields in needs.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """Every state, the first one first and `withdrawn` last."""
        return (*self._after, WITHDRAWN)

    @property
    def first(self) -> str:
        """The state of a new record."""
        return next(iter(self._after))

    def after(self, state: str) -> tuple[str, ...]:
        """The states that a state leads to."""
        return () if state == WITHDRAWN else (*self._after[state], WITHDRAWN)

    def needs(self, state: str) -> tuple[str, ...]:
        """The fields that must say something in a record that enters the state."""
        return self._needs.get(state, ())


Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
"""Makes the content of one schema number into that of the next."""


class Record(Model):
    """Something people make. A record type says its kind, its schema number and, where it has any, its steps.

    >>> class Need(Record, kind="need", schema=1):
    ...     wanted: str
    ...     steps: ClassVar = Steps("open -> matched")
    >>> Need(country="lv", wanted=" Mazāk vientulības ")
    Need(id=None, country='lv', state='open', wanted='Mazāk vientulības')

    Texts are trimmed, their line ends made one, and a blank one is nothing; what no cell of a spreadsheet can hold is
    refused: so every record comes back from a form as it went out. A text that need not be there is none, not "".
    """

    kind: ClassVar[str] = ""
    schema_number: ClassVar[int] = 0
    steps: ClassVar[Steps] = Steps()
    blind: ClassVar[bool] = False
    """Whether some of its records are kept from some people: see `shown_to`."""
    fixed: ClassVar[tuple[str, ...]] = ()
    """States in which what it says does not change any more; `withdrawn` is one of every type."""
    upgrades: ClassVar[Mapping[int, Upgrade]] = {}
    """By the schema number that it starts from: one for each number ever released below today's."""

    id: Ref | None = Field(
        default=None, description="The record; the store gives it.", examples=["lv:need:01KB0V1J8M4Y6R2N9T5C7E3XQA"]
    )
    country: Slug = Field(description="The country whose centre keeps it.", examples=["lv"])
    state: str = Field(default="", validate_default=True, description="How far it has come.", examples=["open"])

    def __init_subclass__(cls, *, kind: str = "", schema: int = 1) -> None:
        super().__init_subclass__()
        cls.kind, cls.schema_number = kind or cls.kind, schema
        if missing := set(range(1, schema)) - set(cls.upgrades):
            raise TypeError(f"{cls.__name__} cannot read its schema {min(missing)}: give it an upgrade")

    @field_validator("*", mode="before")
    @classmethod
    def _sayable(cls, value: Any, info: ValidationInfo) -> Any:
        return value if info.field_name == "state" else _said(value)

    @field_validator("state")
    @classmethod
    def _known(cls, state: str) -> str:
        if state and state not in cls.steps.names:
            known = ", ".join(cls.steps.names)
            raise PydanticCustomError("no-state", "no-state", {"code": "no-state", "state": state, "known": known})
        return state or cls.steps.first

    @classmethod
    def read(cls, content: Mapping[str, Any], *, schema: int) -> Self:
        """A record from content that was written under any schema number; raises pydantic's `ValidationError`.

        A number that is not known yet raises `ValueError`.
        """
        if not 1 <= schema <= cls.schema_number:
            raise ValueError(f"{cls.kind} of schema {schema}: this version reads up to {cls.schema_number}")
        said = dict(content)
        for number in range(schema, cls.schema_number):
            said = cls.upgrades[number](said)
        return cls.model_validate(said)

    def issues(self, known: Any) -> Iterator[Issue]:
        """What is wrong with it beyond its form; `known` finds rules and criteria sets by their names."""
        yield from ()

    def thing(self) -> Thing | None:
        """What it says of a real thing, if its type describes one: once public, an entry beside those of registers."""
        return None

    @property
    def author(self) -> str | None:
        """Who alone changes it as long as it is in its first state; none: anybody."""
        return None

    @classmethod
    def shown_to(cls, records: Sequence[Self], person: str) -> Sequence[Self]:
        """Those of some records that a person may see who works on them: all, unless the type is blind."""
        return records

    def content(self) -> dict[str, Any]:
        """What it says, as it is stored: everything but its id."""
        return self.model_dump(mode="json", exclude={"id"})

    def lacks(self, state: str) -> tuple[str, ...]:
        """The fields that must say something before it enters a state, and do not."""
        return tuple(name for name in self.steps.needs(state) if getattr(self, name) in (None, (), "", {}))


def _said(value: Any) -> Any:
    """Every text in a value as a record may hold it; raises what is wrong with one."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, BaseModel):
        return _said(value.model_dump())
    if isinstance(value, Mapping):
        return {name: _said(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(_said(part) for part in value)
    return value


def _text(value: str) -> str | None:
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if found := _UNWRITABLE.search(text):
        letter = f"U+{ord(found[0]):04X}"
        raise PydanticCustomError(
            "text-unwritable", "text-unwritable",
            {"code": "text-unwritable", "letter": letter, "place": found.start() + 1},
        )  # fmt: skip
    units = len(text) + sum(letter > "\uffff" for letter in text)
    if units > MOST_TEXT:
        raise PydanticCustomError(
            "text-too-long", "text-too-long", {"code": "text-too-long", "length": units, "most": MOST_TEXT}
        )
    return text or None
