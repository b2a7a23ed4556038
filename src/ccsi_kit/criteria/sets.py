"""A set of criteria as data: what is asked, on which scales, how it adds up, where it comes from."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, PrivateAttr, ValidationInfo, model_validator
from pydantic_core import InitErrorDetails, ValidationError

from ccsi_kit.criteria.scales import BUILT_IN, NodeId, Number, Scale, wrong
from ccsi_kit.models import Language, Model, Ref, Text, parse_ref

TOTAL: Final = "total"
"""The name of the topmost node: what the whole set adds up to."""
_Named = BeforeValidator(lambda value: "none" if value is None else value)
"""In YAML `none` is nothing."""
Aggregate = Annotated[Literal["mean", "sum", "min", "count", "none"], _Named]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Path = tuple[str | int, ...]


def _set_id(ref: str) -> str:
    if parse_ref(ref).kind != "criteria":
        raise wrong("set-id", ref=ref)
    return ref


SetId = Annotated[Ref, AfterValidator(_set_id)]
"""`ccsi:criteria:esid-4`."""


class Citation(Model):
    """Where something was read."""

    text: str = Field(description="How it is cited.", min_length=1, examples=["European Social Innovation Database"])
    url: str | None = Field(
        default=None, description="Its address.", pattern="^https?://", examples=["https://eur-lex.europa.eu"]
    )


class Band(Model):
    """A named range of a node's value: from a number up to the next band."""

    from_: Number = Field(alias="from", description="Its least value.", examples=[6])
    label: Text = Field(description="What the range is called.", examples=[{"en": "strong"}])


class Criterion(Model):
    """One thing to judge."""

    id: NodeId = Field(description="Its id, which no other node of the set has.", examples=["novelty"])
    label: Text = Field(description="What is judged.", examples=[{"en": "Innovativeness"}])
    about: Text | None = Field(default=None, description="How to judge it.", examples=[{"en": "New for its place."}])
    scale: str = Field(
        description="A scale of the set, `yes-no` (yes, no, unclear) or `text`.", examples=["none-partly-fully"]
    )
    weight: Weight = Field(default=1, description="How much it counts among its siblings.", examples=[2])
    better: Literal["higher", "lower"] = Field(
        default="higher", description="Which end of the scale is the good one.", examples=["lower"]
    )
    gate: str | None = Field(
        default=None, description="What must be answered to pass: `yes`, or a number to reach.", examples=["yes"]
    )


class Group(Model):
    """Criteria and dimensions, and how they add up."""

    aggregate: Aggregate = Field(
        default="none", description="How its parts add up; `none`: they stand side by side.", examples=["mean"]
    )
    at_least: Number | None = Field(
        default=None, description="The value from which `count` counts a part.", examples=[1]
    )
    missing: Annotated[Literal["none", "zero", "rescale"], _Named] = Field(
        default="none",
        description="What a sum with a gap is: nothing, the sum with 0 there, or the answered ones scaled up.",
        examples=["rescale"],
    )
    bands: tuple[Band, ...] = Field(
        default=(), description="Named ranges of its value, the least first.", examples=[[]]
    )
    criteria: tuple[Criterion, ...] = Field(default=(), description="What is judged.", examples=[[]])
    dimensions: "tuple[Dimension, ...]" = Field(default=(), description="Groups inside.", examples=[[]])

    @property
    def parts(self) -> "tuple[Criterion | Dimension, ...]":
        """What it adds up, in order."""
        return (*self.criteria, *self.dimensions)


class Dimension(Group):
    """A group of criteria with a name."""

    id: NodeId = Field(description="Its id, which no other node of the set has.", examples=["credibility"])
    label: Text = Field(description="What it is about.", examples=[{"en": "Credibility"}])
    about: Text | None = Field(default=None, description="What belongs to it.", examples=[{"en": "Is it believed?"}])
    weight: Weight = Field(default=1, description="How much it counts among its siblings.", examples=[1])


Node = Criterion | Dimension


class CriteriaSet(Group):
    """Questions with scales, weights, gates and bands; with reference, licence and version. Data, not code.

    A wording is a machine's until a person has reviewed its language; the original is nobody's translation.
    """

    id: SetId = Field(description="Its id.", examples=["ccsi:criteria:esid-4"])
    version: int = Field(ge=1, description="Goes up whenever an answer would mean something else.", examples=[1])
    date: datetime.date = Field(description="The day of this version.", examples=["2026-11-25"])
    title: Text = Field(description="What it is called.", examples=[{"en": "Is it a social innovation?"}])
    about: Text = Field(description="What it is for, and what it is not.", examples=[{"en": "A profile, no ranking."}])
    references: tuple[Citation, ...] = Field(default=(), description="What it follows.", examples=[[]])
    licence: Text = Field(description="Whose words these are.", examples=[{"en": "Own wording, EUPL-1.2."}])
    reviewed: tuple[Language, ...] = Field(
        default=(), description="The languages whose wording a person has reviewed.", examples=[["sv"]]
    )
    paired: bool = Field(
        default=False, description="Whether it is answered for a source context and a target context.", examples=[True]
    )
    assessors: int = Field(default=1, ge=1, description="How many must assess before one is reconciled.", examples=[2])
    normalise: bool = Field(
        default=False, description="Whether values are brought to 0..1 by the bounds of their scales.", examples=[True]
    )
    scales: Mapping[NodeId, Scale] = Field(default={}, description="Its scales by name.", examples=[{}])
    extends: SetId | None = Field(
        default=None, description="The set that it adds national criteria to.", examples=["ccsi:criteria:esid-4"]
    )
    core: Dimension | None = Field(
        default=None, description="The set that it extends, unchanged; filled in when it is read.", examples=[None]
    )

    _nodes: Mapping[str, Node] = PrivateAttr(default_factory=dict)
    _items: Mapping[str, Criterion] = PrivateAttr(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _with_core(cls, data: Any, info: ValidationInfo) -> Any:
        """Puts what is extended inside, with its scales."""
        find: Callable[[str], CriteriaSet | None] | None = (info.context or {}).get("find")
        wanted = data.get("extends") if isinstance(data, Mapping) else None
        core = find(wanted) if find and isinstance(wanted, str) and not data.get("core") else None
        if core is None:
            return data
        own = {name: scale for name, scale in data.get("scales", {}).items() if name not in core.scales}
        same = {"normalise": core.normalise, "paired": core.paired}
        return {**data, **same, "scales": {**core.scales, **own}, "core": core.as_dimension()}

    @model_validator(mode="after")
    def _sound(self) -> Self:
        from ccsi_kit.criteria.soundness import complaints

        found = [InitErrorDetails(type=problem, loc=path, input=self.id) for path, problem in complaints(self)]
        if found:
            raise ValidationError.from_exception_data(self.id, found)
        return self._reviewed()

    def _reviewed(self) -> Self:
        """Marks the wordings of its own; those of what it extends are marked already."""
        of_core = {node.scale for _, node in walk(self.core) if isinstance(node, Criterion)} if self.core else set()
        for name in type(self).model_fields.keys() - {"core", "scales"}:
            object.__setattr__(self, name, _marked(getattr(self, name), self.reviewed))
        own = {name: _marked(scale, self.reviewed) for name, scale in self.scales.items() if name not in of_core}
        object.__setattr__(self, "scales", {**self.scales, **own})
        self._nodes = {node.id: node for _, node in walk(self)}
        self._items = {id: node for id, node in self._nodes.items() if isinstance(node, Criterion)}
        return self

    @property
    def name(self) -> str:
        """The last part of its id."""
        return self.id.rpartition(":")[2]

    @property
    def country(self) -> str:
        """Whose it is: `ccsi`, or a country's code."""
        return self.id.partition(":")[0]

    @property
    def parts(self) -> tuple[Node, ...]:
        """What it adds up, what it extends first."""
        return (*((self.core,) if self.core else ()), *self.criteria, *self.dimensions)

    @property
    def nodes(self) -> Mapping[str, Node]:
        """Every criterion and dimension by id, each before its parts."""
        return self._nodes

    @property
    def items(self) -> Mapping[str, Criterion]:
        """Every criterion by id, in order."""
        return self._items

    def scale(self, item: str) -> Scale:
        """The scale of a criterion."""
        return scales(self)[self.items[item].scale]

    def group(self, node: str) -> Group:
        """A dimension, or the set itself for `total`; raises `KeyError` for a criterion."""
        found = self if node == TOTAL else self.nodes[node]
        if isinstance(found, Criterion):
            raise KeyError(node)
        return found

    def label(self, node: str) -> Text:
        """What a node is called; the set's title for `total`."""
        return self.title if node == TOTAL else self.nodes[node].label

    def as_dimension(self) -> Dimension:
        """The set as a part of another one."""
        own = {name: getattr(self, name) for name in Group.model_fields}
        return Dimension(id=self.name, label=self.title, about=self.about, **own)


def scales(set_: CriteriaSet) -> Mapping[str, Scale]:
    """The scales of a set, with those that every set has."""
    return {**BUILT_IN, **set_.scales}


def walk(group: Group, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every node below a group with its path in the file, each before its parts; what is extended is at `core`."""
    if isinstance(group, CriteriaSet) and group.core:
        yield (*path, "core"), group.core
        yield from walk(group.core, (*path, "core"))
    for number, criterion in enumerate(group.criteria):
        yield (*path, "criteria", number), criterion
    for number, dimension in enumerate(group.dimensions):
        yield (*path, "dimensions", number), dimension
        yield from walk(dimension, (*path, "dimensions", number))


def _marked(value: Any, reviewed: tuple[str, ...]) -> Any:
    """The same with every translation marked as a machine's whose language nobody has reviewed."""
    if isinstance(value, Text):
        return Text.model_validate(
            [
                wording.replace(machine=place > 0 and wording.lang not in reviewed)
                for place, wording in enumerate(value.wordings())
            ]
        )
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return value.model_copy(update={name: _marked(getattr(value, name), reviewed) for name in fields})
    if isinstance(value, Mapping):
        return {name: _marked(part, reviewed) for name, part in value.items()}
    return tuple(_marked(part, reviewed) for part in value) if isinstance(value, tuple) else value
