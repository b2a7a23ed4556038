"""What an answer can be: labelled levels, a range of numbers, yes/no/unclear, tags, text."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from ccsi_kit.models import Model, Text

NONE: Final = "answer/none"
"""The answer of somebody who was asked and does not say."""
NA: Final = "answer/na"
"""The answer that the question does not apply."""
YES, NO, UNCLEAR = "yes", "no", "unclear"
Value = float | str | tuple[str, ...]
"""A number, a word or text, or tags."""
NodeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Number = Annotated[float, Field(allow_inf_nan=False)]
_NEEDS: Final = {"ordinal": ("levels",), "number": ("least", "most"), "tags": ("tags",), "yes-no": (), "text": ()}
_TAKES: Final = {**_NEEDS, "number": ("least", "most", "step"), "tags": ("tags", "several")}


def wrong(code: str, /, **arguments: Any) -> PydanticCustomError:
    """A complaint that the catalogues have words for."""
    return PydanticCustomError(code, code, {"code": code, **arguments})


class Level(Model):
    """A step of a scale."""

    value: Number = Field(description="The number that counts.", examples=[2])
    label: Text = Field(description="What it means.", examples=[{"en": "fully"}])


class Tag(Model):
    """A word to choose."""

    id: NodeId = Field(description="Its id.", examples=["out"])
    label: Text = Field(description="What it means.", examples=[{"en": "Scale out"}])


class Scale(Model):
    """What the answers to a criterion can be.

    >>> Scale(kind="yes-no").read("unclear"), Scale(kind="number", least=0, most=10, step=1).read("7.5")
    ('unclear', None)
    """

    kind: Literal["ordinal", "number", "yes-no", "tags", "text"] = Field(
        description="Levels with labels, a range of numbers, yes/no/unclear, tags, or free text.", examples=["ordinal"]
    )
    levels: tuple[Level, ...] = Field(default=(), description="The levels, from the least.", examples=[[]])
    least: Number | None = Field(default=None, description="Least number.", examples=[0])
    most: Number | None = Field(default=None, description="Greatest number.", examples=[10])
    step: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = Field(
        default=None, description="What the numbers go up by; any number between where none is said.", examples=[1]
    )
    tags: tuple[Tag, ...] = Field(default=(), description="What to choose from.", examples=[[]])
    several: bool = Field(default=False, description="Whether several tags may be chosen.", examples=[True])

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for name in _NEEDS[self.kind]:
            if getattr(self, name) in (None, ()):
                raise wrong("scale-needs", kind=self.kind, needs=name)
        for name in ("levels", "least", "most", "step", "tags", "several"):
            if name not in _TAKES[self.kind] and getattr(self, name) not in (None, (), False):
                raise wrong("scale-takes-no", kind=self.kind, name=name)
        values = [level.value for level in self.levels]
        if values and (len(values) < 2 or values != sorted(set(values))):
            raise wrong("levels-order")
        if self.least is not None and self.most is not None and self.least >= self.most:
            raise wrong("range-empty", least=self.least, most=self.most)
        names = [tag.id for tag in self.tags]
        if len(names) != len(set(names)):
            raise wrong("tag-doubled", tag=next(name for name in names if names.count(name) > 1))
        return self

    @property
    def scored(self) -> bool:
        """Whether its answers are numbers that can be added up."""
        return self.kind in ("ordinal", "number", "yes-no")

    @property
    def bounds(self) -> tuple[float, float]:
        """Its least and its greatest number, whatever was answered."""
        if self.levels:
            return self.levels[0].value, self.levels[-1].value
        return (self.least or 0.0, self.most) if self.most is not None else (0.0, 1.0)

    def read(self, value: Value) -> Value | None:
        """The answer in the one way that it is kept; none where it is not on the scale."""
        if self.kind == "yes-no":
            return value if value in (YES, NO, UNCLEAR) else None
        if self.kind == "text":
            return value if isinstance(value, str) and value.strip() else None
        return self._tags(value) if self.kind == "tags" else self._number(value)

    def number(self, value: Value) -> float | None:
        """What an answer counts; none where it is no number, such as "unclear"."""
        if self.kind == "yes-no":
            return {YES: 1.0, NO: 0.0}.get(str(value))
        found = self.read(value)
        return found if isinstance(found, float) else None

    def _number(self, value: Value) -> float | None:
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return None
        if self.levels:
            return number if any(level.value == number for level in self.levels) else None
        least, most = self.bounds
        steps = (number - least) / self.step if self.step else 0
        return number if least <= number <= most and abs(steps - round(steps)) < 1e-9 else None

    def _tags(self, value: Value) -> tuple[str, ...] | None:
        chosen: Sequence[Any] = (value,) if isinstance(value, str | float) else value
        known = [tag.id for tag in self.tags]
        if not chosen or not {*chosen} <= {*known} or (len(chosen) > 1 and not self.several):
            return None
        return tuple(tag for tag in known if tag in chosen)


BUILT_IN: Final = {"yes-no": Scale(kind="yes-no"), "text": Scale(kind="text")}
"""The scales that every set has."""
