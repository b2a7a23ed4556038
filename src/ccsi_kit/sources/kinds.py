"""What a field of a model can hold, and whether a node of a manifest fits it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from ccsi_kit.models import Identifier, Ref, Text
from ccsi_kit.sources.values import Node, Value, problem, values
from ccsi_kit.store import column_type

_REF = r"[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)?[:/#]([A-Za-z0-9._~-]|%[0-9A-F]{2})+(/([A-Za-z0-9._~-]|%[0-9A-F]{2})+)*"


@dataclass(frozen=True)
class Kind:
    """What a field holds: one value, a text, a part with fields, or a list of one of these."""

    form: Literal["one", "text", "part", "list"]
    sql: str
    annotation: Any = str
    item: "Kind | None" = None
    fields: Mapping[str, "Kind"] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    choices: tuple[str, ...] = ()
    pattern: str | None = None

    @property
    def nothing(self) -> str:
        """SQL for a field that nothing is said about."""
        return f"{'[]' if self.form == 'list' else 'NULL'}::{self.sql}"

    @property
    def is_identifier(self) -> bool:
        """Whether it is a number with its scheme, which is made as a whole."""
        return self.annotation is Identifier

    @property
    def items(self) -> "Kind":
        """What a list holds."""
        if self.item is None:
            raise TypeError(f"{self.form} is no list")
        return self.item


def kinds(model: type[BaseModel]) -> dict[str, Kind]:
    """What each field of a model holds; a thing's `id` is not told by a source."""
    return {name: _kind(info.annotation, info.metadata) for name, info in model.model_fields.items() if name != "id"}


def _kind(annotation: Any, metadata: Sequence[Any] = ()) -> Kind:
    if get_origin(annotation) in (Union, UnionType):
        return _kind(next(part for part in get_args(annotation) if part is not NoneType), metadata)
    if annotation == Ref:
        return Kind("one", "VARCHAR", annotation, pattern=_REF)
    if get_origin(annotation) is Annotated:
        return _kind(get_args(annotation)[0], (*get_args(annotation)[1:], *metadata))
    if get_origin(annotation) is tuple:
        item = _kind(get_args(annotation)[0])
        return Kind("list", item.sql + "[]", annotation, item=item)
    if annotation is Text:
        return Kind("text", column_type(Text), annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _part(annotation)
    return _one(annotation, metadata)


def _part(model: type[BaseModel]) -> Kind:
    required = frozenset(name for name, info in model.model_fields.items() if info.is_required())
    return Kind("part", column_type(model), model, fields=kinds(model), required=required)


def _one(annotation: Any, metadata: Sequence[Any]) -> Kind:
    places = next((part.decimal_places for part in metadata if getattr(part, "decimal_places", None)), None)
    sql = f"DECIMAL(18,{places})" if places else column_type(annotation)
    pattern = next((part.pattern for part in metadata if getattr(part, "pattern", None)), None)
    choices = get_args(annotation) if get_origin(annotation) is Literal else ()
    whole = Annotated[(annotation, *metadata)] if metadata else annotation
    return Kind("one", sql, whole, choices=choices, pattern=pattern and pattern.removeprefix("^").removesuffix("$"))


def misfits(
    fields: Mapping[str, Node], known: Mapping[str, Kind], required: frozenset[str], at: tuple[Any, ...]
) -> list[InitErrorDetails]:
    """What is wrong with the nodes of a model's or a part's fields, each with its place."""
    found = [misplaced(problem("required-field", field=name), at) for name in sorted(required - set(fields))]
    for name, node in fields.items():
        if name in known:
            found += _misfit(node, known[name], (*at, name))
        else:
            nearest = next(iter(get_close_matches(name, sorted(known), n=1, cutoff=0.5)), "")
            found.append(misplaced(problem("unknown-field", field=name, nearest=nearest), (*at, name)))
    return found


def _misfit(node: Node, kind: Kind, at: tuple[Any, ...]) -> list[InitErrorDetails]:
    if kind.form == "list" or (kind.form == "text" and not isinstance(node, Value)):
        if not isinstance(node, tuple):
            return [misplaced(problem("node-list"), at)]
        item = Kind("text", "") if kind.form == "text" else kind.items
        return [wrong for number, part in enumerate(node) for wrong in _item_misfit(part, item, (*at, number))]
    if kind.form == "part" and not kind.is_identifier:
        if not isinstance(node, Mapping):
            return [misplaced(problem("node-part"), at)]
        return misfits(node, kind.fields, kind.required, at)
    if not isinstance(node, Value):
        return [misplaced(problem("node-value"), at)]
    return [misplaced(wrong, at) for wrong in _value_misfit(node, kind)]


def _item_misfit(node: Node, kind: Kind, at: tuple[Any, ...]) -> list[InitErrorDetails]:
    """An item of a list may be a list itself where it is split; inside a part at most one value may be."""
    if isinstance(node, Value):
        return _misfit(node, kind, at)
    if sum(1 for value in values(node) if value.split) > 1:
        return [misplaced(problem("part-split-twice"), at)]
    return _misfit(node, kind, at)


def _value_misfit(value: Value, kind: Kind) -> list[PydanticCustomError]:
    if kind.form == "text" and value.lang is None:
        return [problem("text-without-lang")]
    if kind.form != "text" and value.lang is not None:
        return [problem("lang-without-text")]
    if kind.is_identifier and value.scheme is None:
        return [problem("identifier-without-scheme")]
    if kind.sql == "DATE" and value.origin == "from" and value.date is None:
        return [problem("date-without-format")]
    if kind.sql.startswith("DECIMAL") and value.origin == "from" and value.number is None:
        return [problem("number-without-sign")]
    return _constant_misfit(value, kind)


def _constant_misfit(value: Value, kind: Kind) -> list[PydanticCustomError]:
    if value.is_ is None or kind.form != "one":
        return []
    try:
        TypeAdapter(kind.annotation).validate_python(value.is_)
    except ValidationError:
        return [problem("bad-constant", value=value.is_)]
    return []


def misplaced(error: PydanticCustomError, at: tuple[Any, ...]) -> InitErrorDetails:
    """A complaint at a place of the file."""
    return InitErrorDetails(type=error, loc=at, input=None)
