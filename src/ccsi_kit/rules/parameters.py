"""The dated values of a law: each with where it stands, how sure it is, and when to look again."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import (
    AfterValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ccsi_kit.errors import Refused
from ccsi_kit.models import Issue, Language, Model, Ref, loaded, parse_ref
from ccsi_kit.rules.asking import NoParameter
from ccsi_kit.rules.days import later
from ccsi_kit.rules.facts import Unit, exact, written

Sure = Literal["law", "secondary", "to-check"]
"""How a fact of law was read: in the law or on an official page, in a secondary source, or not yet."""
REVIEW = {"law": 12, "secondary": 12, "to-check": 3}
"""Months after which a value is looked at again."""


class Act(Model):
    """A law, decree or official page that parameters and clauses refer to."""

    short: str = Field(description="How it is cited.", examples=["Ley 44/2007"])
    title: str = Field(description="Its title, in its language.", examples=["Ley para la regulación del régimen ..."])
    language: Language = Field(description="Its language.", examples=["es"])
    address: str = Field(
        description="Where it can be read.",
        examples=["https://www.boe.es/eli/es/l/2007/12/13/44"],
        pattern="^https?://",
    )


class Acts(Model):
    """The acts of a country by their id: `ley-44-2007` is `es:act:ley-44-2007`."""

    acts: Mapping[str, Act] = Field(description="The acts.", min_length=1, examples=[{"ley-44-2007": {}}])


@cache
def read_acts(folder: Path, country: str) -> Mapping[str, Act]:
    """The acts in `acts.yaml` of a folder by their Refs; raises `Refused` with line where the file is broken."""
    return {f"{country}:act:{id}": act for id, act in loaded(folder / "acts.yaml", Acts).acts.items()}


def act_of(ref: str) -> tuple[str, str]:
    """The Ref of an act, and the article in it.

    >>> act_of("es:act:ley-44-2007/5.a")
    ('es:act:ley-44-2007', '5.a')
    """
    act, _, article = ref.partition("/")
    return act, article


def _cited(ref: str, info: ValidationInfo) -> str:
    known = (info.context or {}).get("acts")
    if parse_ref(ref).kind != "act" or (known is not None and act_of(ref)[0] not in known):
        raise PydanticCustomError("no-such-act", "no-such-act", {"code": "no-such-act", "ref": ref})
    return ref


def _number_or_day(value: Any) -> Fraction | date:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and "-" in value else exact(value)
    except ValueError:
        return exact(value)


NumberOrDay = Annotated[
    Fraction | date,
    PlainValidator(_number_or_day),
    PlainSerializer(lambda value: value.isoformat() if isinstance(value, date) else written(value)),
    WithJsonSchema({"type": "string"}),
]
"""An exact number, or a day."""


class Value(Model):
    """What a parameter is from a day on; the next value ends it."""

    from_: date = Field(alias="from", description="The first day.", examples=["2026-04-10"])
    until: date | None = Field(
        default=None, description="The last day, of one that ends by itself.", examples=["2029-12-31"]
    )
    value: NumberOrDay = Field(description="The number, written as text or a fraction, or the day.", examples=["2/3"])
    ref: Annotated[Ref, AfterValidator(_cited)] = Field(
        description="Act and article.", examples=["es:act:ley-44-2007/5.a"]
    )
    sure: Sure = Field(description="How it was read.", examples=["law"])
    checked: date = Field(description="When somebody last read it.", examples=["2026-11-25"])
    review_by: date | None = Field(
        default=None,
        description="When to look again; a year later, three months if to be checked.",
        examples=["2027-11-25"],
    )
    start_unknown: bool = Field(
        default=False, description="Whether `from` is only the day of the text that was read.", examples=[True]
    )
    note: str | None = Field(default=None, description="What to know about it.", examples=["entry computed"])

    @property
    def review(self) -> date:
        """When to look at it again."""
        found: date = self.review_by or later(self.checked, months=REVIEW[self.sure])
        return found

    def holds(self, on: date) -> bool:
        """Whether it is the value of a day on or after its first."""
        return self.until is None or on <= self.until


class Parameter(Model):
    """A value of a law over time."""

    unit: Unit = Field(description="What the number counts.", examples=["share"])
    values: tuple[Value, ...] = Field(description="Its values, the oldest first.", min_length=1, examples=[[]])

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [value.from_ for value in self.values]
        if days != sorted(set(days)):
            raise PydanticCustomError("values-order", "values-order", {"code": "values-order"})
        if any((self.unit == "day") != isinstance(value.value, date) for value in self.values):
            raise PydanticCustomError("value-unit", "value-unit", {"code": "value-unit", "unit": self.unit})
        nexts = [*days[1:], None]
        if any(_ends_wrongly(value, after) for value, after in zip(self.values, nexts, strict=True)):
            raise PydanticCustomError("value-until", "value-until", {"code": "value-until"})
        most = 1 if self.unit in ("share", "percentage-points") else None
        for value in self.values:
            if isinstance(value.value, Fraction) and (value.value < 0 or (most is not None and value.value > most)):
                told = {"code": "value-range", "unit": self.unit, "value": written(value.value)}
                raise PydanticCustomError("value-range", "value-range", told)
        return self

    def on(self, day: date) -> Value | None:
        """The value of a day; none where the law has none or nobody read it."""
        place = bisect_right(self.values, day, key=lambda value: value.from_)
        found = self.values[place - 1] if place else None
        return found if found and found.holds(day) else None

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it changes."""
        ends = [later(value.until, days=1) for value in self.values if value.until]
        return tuple(sorted({*(value.from_ for value in self.values), *ends}))


def _ends_wrongly(value: Value, after: date | None) -> bool:
    """Whether it ends before it begins, or where the next value ends it anyway."""
    return value.until is not None and (value.until < value.from_ or (after is not None and value.until >= after))


class ParameterFile(Model):
    """`parameters.yaml` of a law."""

    parameters: Mapping[str, Parameter] = Field(description="By name.", min_length=1, examples=[{"promoter_share": {}}])


def read_parameters(file: Path, acts: Iterable[str], reads: Iterable[str] = ()) -> Mapping[str, Parameter]:
    """The parameters of a file; raises `Refused` with the line of every unknown key and every act that nobody knows.

    `reads`: the names that have to be there.
    """
    found = loaded(file, ParameterFile, context={"acts": frozenset(acts)}, called=in_law(file)).parameters
    if lacking := sorted({*reads} - found.keys()):
        issues = [
            Issue(
                "no-such-parameter", severity="error", file=in_law(file), parameter=name,
                nearest=next(iter(get_close_matches(name, found, n=1, cutoff=0.5)), ""),
            )
            for name in lacking
        ]  # fmt: skip
        raise Refused("bad-file", file=in_law(file), n=len(issues), issues=issues)
    return found


def in_law(file: Path) -> str:
    """A file of a law, as messages call it: the files of all laws have the same names."""
    return f"{file.parent.name}/{file.name}"


class Listed(NamedTuple):
    """A row of a list that a law has beside its parameters."""

    name: str
    """What it is about: the code of a region."""
    values: tuple[str, ...]
    """What the law says of it, as codes that have words: `eu:value:<code>`."""
    since: date
    ref: str
    sure: Sure
    checked: date


class Parameters:
    """The values of a law on one day, as attributes, and `on`, the day itself."""

    def __init__(self, known: Mapping[str, Parameter], on: date) -> None:
        self.on = on
        self._known = known

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._known:
            raise AttributeError(f"no parameter {name!r}")
        found = self._known[name].on(self.day)
        if found is None:
            raise NoParameter(name)
        self.__dict__[name] = found.value  # asked once a day
        return found.value

    @cached_property
    def day(self) -> date:
        """The day, and nothing but a day."""
        return date.fromordinal(self.on.toordinal())

    @cached_property
    def found(self) -> dict[str, Value | None]:
        """Every parameter with its value on the day."""
        return {name: parameter.on(self.day) for name, parameter in self._known.items()}


class Noted:
    """The values of a day, which notes what is read of them."""

    def __init__(self, values: Parameters) -> None:
        self.on = values.on
        self.names = set[str]()
        self._values = values

    def __getattr__(self, name: str) -> Any:
        self.names.add(name)
        return getattr(self._values, name)
