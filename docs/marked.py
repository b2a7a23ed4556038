"""Text, tables and models as Markdown."""

import inspect
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, JsonValue, RootModel

from ccsi_kit import models
from ccsi_kit.documents import Facts, Foreign, Heading, Link, List, Note, Page, Paragraph, Table, plain
from ccsi_kit.models import Language, Ref, SchemeId, Slug
from ccsi_kit.models.parts import Currency
from ccsi_kit.sources.values import Names

ALIASES: Sequence[tuple[Any, str]] = (
    (Ref, "Ref"),
    (Slug, "short name"),
    (Language, "language"),
    (SchemeId, "scheme"),
    (Currency, "currency"),
    (Names, "one name or several"),
    (JsonValue, "anything"),
    (Any, "value, part or list"),
)
PLAIN: Mapping[Any, str] = {
    str: "text", bool: "true or false", int: "whole number", float: "number", Decimal: "number", date: "day",
    datetime: "moment", Path: "path", NoneType: "none",
}  # fmt: skip


def intro(title: str, text: str) -> Iterator[str]:
    """How a page begins."""
    yield from (f"# {title}", "", text)


def escaped(text: object) -> str:
    """Text as Markdown writes it; what stands in backticks stays code."""
    parts = re.split(r"(`[^`]*`)", " ".join(str(text).split()))
    return "".join(
        part.replace("|", "\\|") if part.startswith("`") else re.sub(r"([\\*_<>\[\]{}|#$])", r"\\\1", part)
        for part in parts
    )


def code(text: object) -> str:
    """Text as code, in a cell of a table too."""
    plain = str(text).replace("|", "\\|")
    return f"``{plain}``" if "`" in plain else f"`{plain}`"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table; nothing where there are no rows."""
    kept = list(rows)
    if kept:
        yield from ("", f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}")
        yield from (f"| {' | '.join(cell or ' ' for cell in row)} |" for row in kept)
        yield ""


def first_sentence(documented: object) -> str:
    """The first paragraph of a docstring, in one line."""
    return escaped((inspect.getdoc(documented) or "").split("\n\n", maxsplit=1)[0])


def type_name(annotation: Any, known: Sequence[type[BaseModel]]) -> str:
    """A type in words; a model that is on the page is a link."""
    alias = next((name for alias, name in ALIASES if annotation == alias), None)
    if alias:
        return alias
    arguments, origin = get_args(annotation), get_origin(annotation)
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(type_name(part, known) for part in arguments if part is not NoneType))
    if origin is Literal:
        return " or ".join(code(value) for value in arguments)
    if origin is tuple:
        return f"list of {type_name(arguments[0], known)}"
    if origin is not None and issubclass(origin, Mapping):
        return f"{type_name(arguments[1], known)} by {type_name(arguments[0], known)}"
    if hasattr(annotation, "__metadata__"):
        return type_name(arguments[0], known)
    if annotation in known:
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return PLAIN.get(annotation) or str(getattr(annotation, "__name__", annotation))


def fields(model: type[BaseModel], known: Sequence[type[BaseModel]]) -> Iterator[str]:
    """A table of the fields of a model, by the names that are written."""
    hints = get_type_hints(model, include_extras=True)
    rows = [
        (
            code(field.alias or name),
            type_name(hints[name], known) + (" (required)" if field.is_required() else ""),
            escaped(field.description or ""),
            code(json.dumps(field.examples[0], ensure_ascii=False, default=str)) if field.examples else "",
        )
        for name, field in model.model_fields.items()
    ]
    return table(("Field", "Type", "What it is", "Example"), rows)


def parts_of(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models that a model's fields are made of, outermost first; the shared models aside."""
    for hint in get_type_hints(model, include_extras=True).values():
        for found in _models_in(hint):
            if found.__name__ not in models.__all__:
                yield found
                yield from parts_of(found)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def described(model: type[BaseModel], known: Sequence[type[BaseModel]]) -> Iterator[str]:
    """A model: its sentence and its fields."""
    yield from ("", f"## {model.__name__}", "", first_sentence(model))
    if issubclass(model, RootModel):
        yield from ("", f"A list of {type_name(get_args(model.model_fields['root'].annotation)[0], known)}.")
    else:
        yield from fields(model, known)


def rendered(page: Page) -> Iterator[str]:
    """A page of the site as Markdown; links between its pages become text."""
    yield from (f"# {escaped(plain(page.title))}", "", linked(page.lead))
    for block in page.blocks:
        yield ""
        if isinstance(block, Heading):
            yield f"{'#' * block.level} {linked(block.text)}"
        elif isinstance(block, Paragraph | Note):
            yield linked(block.text)
        elif isinstance(block, Facts):
            yield from (f"- {escaped(fact.label)}: {code(plain(fact.value))}" for fact in block.facts)
        elif isinstance(block, List):
            yield from (
                f"- {linked(item.text)}" + (f" — {linked(item.detail)}" if item.detail else "") for item in block.items
            )
        elif isinstance(block, Table):
            yield from table(
                [escaped(plain(one.title)) for one in block.columns], (map(linked, row) for row in block.rows)
            )
        else:
            raise TypeError(f"no Markdown for {type(block).__name__}")


def linked(text: Any) -> str:
    """Words with their links to other sites."""
    if isinstance(text, tuple):
        return "".join(linked(part) for part in text)
    if isinstance(text, Link) and text.to.startswith("http"):
        return f"[{escaped(plain(text.text))}]({text.to})"
    return escaped(plain(text.text if isinstance(text, Link | Foreign) else text))
