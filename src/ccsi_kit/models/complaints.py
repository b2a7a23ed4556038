"""What pydantic complains of, as codes that have words."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel

from ccsi_kit.models.message import Issue, Message

_WORDS: Final = {
    "too_short": "value.too-few",
    "too_long": "value.too-many",
    "string_too_short": "value.too-short",
    "string_too_long": "value.too-long",
    "string_pattern_mismatch": "value.pattern",
    "string_type": "value.text",
    "int_parsing": "value.whole",
    "int_parsing_size": "value.whole",
    "int_from_float": "value.whole",
    "int_type": "value.whole",
    "float_parsing": "value.number",
    "float_type": "value.number",
    "finite_number": "value.number",
    "decimal_parsing": "value.number",
    "decimal_type": "value.number",
    "decimal_max_digits": "value.digits",
    "decimal_max_places": "value.digits",
    "decimal_whole_digits": "value.digits",
    "bool_parsing": "value.yes-no",
    "bool_type": "value.yes-no",
    "date_parsing": "value.day",
    "date_type": "value.day",
    "date_from_datetime_parsing": "value.day",
    "date_from_datetime_inexact": "value.day",
    "literal_error": "value.choice",
    "enum": "value.choice",
    "greater_than": "value.more-than",
    "greater_than_equal": "value.at-least",
    "less_than": "value.less-than",
    "less_than_equal": "value.at-most",
    "tuple_type": "value.list",
    "list_type": "value.list",
    "set_type": "value.list",
    "frozen_set_type": "value.list",
    "dict_type": "value.parts",
    "mapping_type": "value.parts",
    "model_type": "value.parts",
    "model_attributes_type": "value.parts",
}
"""The words for what pydantic calls the kinds of its complaints."""

_GAPS: Final = {"min_length": "least", "max_length": "most", "ge": "limit", "gt": "limit", "le": "limit", "lt": "limit"}


def complaint(problem: Mapping[str, Any], model: type[BaseModel], *, key: str, **place: Any) -> Issue:
    """What is wrong at a key, in words of the catalogues; in pydantic's own only where they have none."""
    place = {"severity": "error", "key": key, **place}
    if problem["type"] == "extra_forbidden":
        return Issue(
            "unknown-key", nearest=_nearest(str(problem["loc"][-1]), _keys(model, problem["loc"][:-1])), **place
        )
    if problem["type"] == "missing":
        return Issue("missing-key", **place)
    context = dict(problem.get("ctx") or {})
    if code := context.pop("code", None):  # a complaint of our own, which has words
        return Issue(str(code), **place, **context)
    shown = problem["input"] if isinstance(problem["input"], str) else None
    return Issue("bad-value", value=shown, problem=_why(problem, context), **place)


def _why(problem: Mapping[str, Any], context: Mapping[str, Any]) -> Message | str:
    code = _WORDS.get(str(problem["type"]))
    if code is None:
        return str(problem["msg"]).removeprefix("Value error, ")
    said = {
        _GAPS.get(name, name): value
        for name, value in context.items()
        if isinstance(value, str | int | float | Decimal)
    }
    if "expected" in said:
        said["expected"] = ", ".join(re.findall("'([^']*)'", str(said["expected"])))
    return Message(code, **said)


def _keys(model: type[BaseModel], place: Sequence[int | str]) -> set[str]:
    """The keys that can be written at a place of the model."""
    whole = model.model_json_schema(by_alias=True)
    parts: list[Mapping[str, Any]] = [whole]
    for step in place:
        parts = [below for part in parts for below in _below(part, step, whole)] or parts  # a union's name is no step
    return {name for part in parts for name in _resolved(part, whole).get("properties", {})}


def _below(part: Mapping[str, Any], step: int | str, whole: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    schema = _resolved(part, whole)
    found = schema.get("properties", {}).get(step) or schema.get("additionalProperties") or schema.get("items")
    if isinstance(found, Mapping):
        return [found]
    return [below for other in schema.get("anyOf", ()) for below in _below(other, step, whole)]


def _resolved(part: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(part.get("$ref", "")).rpartition("/")[2]
    found: Mapping[str, Any] = whole["$defs"][name] if name else part
    return found


def _nearest(key: str, known: set[str]) -> str:
    """The known key that is written most like it."""
    return next(iter(get_close_matches(key, sorted(known - {key}), n=1, cutoff=0.5)), "")
