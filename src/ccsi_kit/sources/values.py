"""What a field of a model is made from: one origin, at most one transform."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from ccsi_kit.models import Language, Model, SchemeId


def problem(code: str, **arguments: object) -> PydanticCustomError:
    """A complaint about a manifest: a code with arguments, whose words are in the catalogues."""
    return PydanticCustomError(code, code, {"code": code, **arguments})


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _some(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names or len(set(names)) != len(names):
        raise problem("names-empty-or-doubled")
    return names


Names = Annotated[tuple[str, ...], BeforeValidator(_listed), AfterValidator(_some)]
"""One name or several, each once."""


class Cases(Model):
    """A choice by what a column says; where no case fits there is none."""

    by: Names = Field(
        description="Columns; the first that is not blank decides.", examples=[["CountryCode", "Country"]]
    )
    cases: Mapping[str, str] = Field(description="What each word of the column chooses.", examples=[{"SE": "se:orgnr"}])


class Lookup(Model):
    """A code list in which a code is looked up, and the other list whose concept is wanted."""

    from_: str = Field(alias="from", description="List of the code.", examples=["lv:legal-form"])
    to: str | None = Field(default=None, description="List of the concept it matches.", examples=["ccsi:legal-form"])


class Condition(Model):
    """A condition on the cells of a row."""

    sql: str = Field(description="One expression; NULL is not true.", examples=["summary_mark = 'machine'"])


def _lookup(value: Any) -> Any:
    return {"from": value} if isinstance(value, str) else value


ORIGINS = ("from", "is", "sql", "made")
TRANSFORMS = ("date", "number", "scheme", "lookup")


class Value(Model):
    """One origin (`from`, `is`, `sql`, `made`) and at most one transform (`date`, `number`, `scheme`, `lookup`)."""

    from_: Names | None = Field(
        default=None, alias="from", description="Columns; the first that is not blank.", examples=["regcode"]
    )
    is_: str | None = Field(default=None, alias="is", description="A constant.", examples=["EUR"])
    sql: str | None = Field(
        default=None, description="One expression over cells: trimmed, blank is NULL.", examples=["terminated IS NULL"]
    )
    made: str | None = Field(
        default=None, description="Another thing of this row, by its `as`.", examples=["beneficiary"]
    )
    date: Names | None = Field(
        default=None, description="Formats; the first that fits the whole cell.", examples=["%Y-%m-%d"]
    )
    number: Annotated[str, Field(pattern=r"^[.,]$")] | None = Field(
        default=None, description="The decimal sign.", examples=["."]
    )
    scheme: SchemeId | Cases | None = Field(default=None, description="Who issues the number.", examples=["lv:regcode"])
    lookup: Annotated[Lookup, BeforeValidator(_lookup)] | None = Field(
        default=None, description="List in which the code is looked up.", examples=["lv:legal-form"]
    )
    lang: Language | Cases | None = Field(
        default=None, description="Language of a text; `und` where unknown.", examples=["lv"]
    )
    machine: bool | Condition = Field(
        default=False, description="Whether a machine translated the text.", examples=[True]
    )
    split: str | None = Field(
        default=None, description="What parts the cell into a list; `list` for a list in JSON.", examples=["|"]
    )

    @property
    def origin(self) -> str:
        """Which of the four origins it has."""
        return next(name for name in ORIGINS if self._given(name))

    @property
    def transform(self) -> str | None:
        """Which of the four transforms it has."""
        return next((name for name in TRANSFORMS if self._given(name)), None)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it names (those of an expression are not among them)."""
        chosen = (part.by for part in (self.scheme, self.lang) if isinstance(part, Cases))
        return (*(self.from_ or ()), *(name for names in chosen for name in names))

    @property
    def expressions(self) -> tuple[str, ...]:
        """The expressions it has."""
        flag = self.machine.sql if isinstance(self.machine, Condition) else None
        return tuple(text for text in (self.sql, flag) if text is not None)

    def _given(self, name: str) -> bool:
        return getattr(self, f"{name}_" if name in ("from", "is") else name) is not None

    @model_validator(mode="after")
    def _one(self) -> Self:
        origins = [name for name in ORIGINS if self._given(name)]
        transforms = [name for name in TRANSFORMS if self._given(name)]
        if len(origins) != 1:
            raise problem("value-origins", found=", ".join(origins))
        if len(transforms) > 1 or (transforms and origins[0] in ("is", "made")):
            raise problem("value-transforms", found=", ".join((*origins, *transforms)))
        if self.split is not None and (origins not in (["from"], ["sql"]) or transforms not in ([], ["lookup"])):
            raise problem("value-split")
        return self


Node: TypeAlias = "Value | Mapping[str, Node] | tuple[Node, ...]"
"""What a field is made from: a value, the fields of a part, or the items of a list."""


def _node(raw: Any) -> Node:
    if isinstance(raw, list | tuple):
        return _LIST.validate_python(raw)
    if not isinstance(raw, Mapping):
        raise problem("node-scalar", value=str(raw))
    if set(ORIGINS) & set(raw) or any(get_close_matches(str(key), _KEYS, n=1, cutoff=0.7) for key in raw):
        return Value.model_validate(raw)
    return _STRUCT.validate_python(raw)


_KEYS = [info.alias or name for name, info in Value.model_fields.items()]
NodeField = Annotated[Any, PlainValidator(_node, json_schema_input_type=Value)]
_LIST: TypeAdapter[tuple[Node, ...]] = TypeAdapter(tuple[NodeField, ...])
_STRUCT: TypeAdapter[dict[str, Node]] = TypeAdapter(dict[str, NodeField])


def values(node: Node) -> tuple[Value, ...]:
    """Every value in a node."""
    if isinstance(node, Value):
        return (node,)
    parts = node.values() if isinstance(node, Mapping) else node
    return tuple(value for part in parts for value in values(part))
