"""What a rule asks about: typed facts, each of them known, unknown or none.

Unknown is a fact that was left out. None is known not to exist, or not claimed, and only where the field allows it.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Any, Final, Literal, Self, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BeforeValidator, ConfigDict, Field, JsonValue, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from ccsi_kit.models import Model

Unit = Literal[
    "share",
    "ratio",
    "percentage-points",
    "eur",
    "sek",
    "months",
    "years",
    "persons",
    "multiple",
    "hours",
    "count",
    "day",
]
"""What a number counts; a share is at most one, a ratio may be more."""


def exact(value: Any) -> Fraction:
    """A number without rounding, from a number or its text: `0.51`, `2/3`; anything else is refused.

    >>> exact("2/3") == exact("0.5") + Fraction(1, 6)
    True
    """
    if isinstance(value, bool | float) or value is None:
        raise PydanticCustomError("number-inexact", "number-inexact", {"code": "number-inexact"})
    try:
        return Fraction(str(value).replace(" ", "") if isinstance(value, str) else value)
    except (ValueError, ZeroDivisionError, TypeError):
        raise PydanticCustomError("number-broken", "number-broken", {"code": "number-broken"}) from None


def written(value: Fraction) -> str:
    """An exact number as text: with a decimal point where it has an end, else as a fraction.

    >>> written(Fraction(51, 100)), written(Fraction(2, 3)), written(Fraction(3))
    ('0.51', '2/3', '3')
    """
    places = next((n for n in range(13) if (value * 10**n).denominator == 1), None)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    digits = f"{abs(int(value * 10**places)):0{places + 1}d}"
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


Number = Annotated[Fraction, PlainValidator(exact), PlainSerializer(written), WithJsonSchema({"type": "string"})]
"""An exact number; in files and from Python also as text, never a float."""
Share = Annotated[Number, Field(ge=0, le=1)]
"""A share of one: `0.51` is 51 %."""
Amount = Annotated[Number, Field(ge=0)]
"""Money or another amount that is not below nothing."""


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdigit() else value


Count = Annotated[int, BeforeValidator(_whole), Field(ge=0, strict=True)]
"""How many there are."""


def fact(description: str, *, example: Any, unit: Unit | None = None) -> Any:
    """A field of `Facts`: what it says, an example as it is written in a file, and what a number counts."""
    extra: dict[str, JsonValue] = {"unit": unit or ""}
    return Field(default_factory=_unknown, description=description, examples=[example], json_schema_extra=extra)


class _Unknown:
    """Stands where a fact was left out; nobody computes with it."""

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final = _Unknown()


def _unknown() -> _Unknown:
    return UNKNOWN


class Facts(Model):
    """What is known about one case. A field that is left out is unknown; None says that there is none."""

    model_config = ConfigDict(defer_build=True)  # many rules are counted and listed; few are asked

    @property
    def unknown(self) -> frozenset[str]:
        """The names of the facts that are not known."""
        return frozenset(type(self).model_fields) - self.model_fields_set

    def replace(self, **changes: Any) -> Self:
        """A copy with some facts changed or added; what is unknown stays so."""
        return type(self).model_validate({**self.known(), **changes})

    def like_examples(self, names: Iterable[str]) -> Self:
        """A copy in which some facts are what their examples say."""
        return self.replace(**{name: (type(self).model_fields[name].examples or [None])[0] for name in names})

    def known(self) -> dict[str, Any]:
        """The facts that are known, by name."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}


def may_be_none(facts: type[Facts], name: str) -> bool:
    """Whether a fact may be known not to exist."""
    return type(None) in get_args(facts.model_fields[name].annotation)


def choices(facts: type[Facts], name: str) -> tuple[Any, ...]:
    """The values of a fact that has only a few; nothing for numbers, days and texts."""
    annotation = facts.model_fields[name].annotation
    parts = [annotation] if get_origin(annotation) is Literal else [annotation, *get_args(annotation)]
    for part in parts:
        if part is bool:
            return (True, False)
        if get_origin(part) is Literal:
            return get_args(part)
    return ()


def limits(facts: type[Facts], name: str) -> tuple[Any, Any]:
    """The least and the greatest value of a number, where the field says so."""
    field = facts.model_fields[name]
    bounds = [*field.metadata, *(bound for part in get_args(field.annotation) for bound in _bounds(part))]
    least = next((bound.ge for bound in bounds if isinstance(bound, Ge)), None)
    most = next((bound.le for bound in bounds if isinstance(bound, Le)), None)
    return least, most


def _bounds(annotation: Any) -> list[Any]:
    """The constraints inside an annotated part of a union."""
    found = []
    for part in getattr(annotation, "__metadata__", ()):
        found += [part, *getattr(part, "metadata", ())]
    return found


def is_whole(facts: type[Facts], name: str) -> bool:
    """Whether a fact is a whole number."""
    annotation = facts.model_fields[name].annotation
    return any(part is int or get_args(part)[:1] == (int,) for part in (annotation, *get_args(annotation)))


def unit(facts: type[Model], name: str) -> str:
    """What a number of the fact, or of a part of one, counts; nothing for others."""
    extra = facts.model_fields[name].json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""
