"""Filters of lists as conditions over the merged view."""

from collections.abc import Iterator, Mapping

from ccsi_kit.i18n import fold
from ccsi_kit.sources import sql_fold
from ccsi_kit.store import literal
from ccsi_kit.vocabularies import crosswalk

_TEXT = {
    "organisation": "concat_ws(' ', name, array_to_string(other_names, ' '))",
    "initiative": "array_to_string(list_transform(title || coalesce(summary, []), lambda said: said.text), ' ')",
}
_TERRITORY = {
    "organisation": "starts_with(territory, {code})",
    "initiative": "len(list_filter(territories, lambda code: starts_with(code, {code}))) > 0",
}


def wanted(name: str, asked: Mapping[str, str | None]) -> Iterator[str]:
    """The conditions that the filters of a list mean; a filter without a value is none."""
    for filter_, value in asked.items():
        if value:
            yield from _conditions(name, filter_, value)


def _conditions(name: str, filter_: str, value: str) -> Iterator[str]:
    if filter_ == "country":
        yield f"country = {literal(value)}"
    elif filter_ == "form":
        yield f"({_concept('legal_form.common', value)} OR legal_form.national = {literal(value)})"
    elif filter_ == "status":
        yield f"len(list_filter(statuses, lambda status: {_concept('status.kind', value)})) > 0"
    elif filter_ == "theme":
        yield f"len(list_filter(themes, lambda theme: {_concept('theme', value)})) > 0"
    elif filter_ == "territory":
        code = value.upper()
        yield _TERRITORY[name].format(code=literal(crosswalk().get(code, code)))
    else:
        yield from (f"contains({sql_fold(_TEXT[name])}, {literal(word)})" for word in fold(value).split())


def _concept(expression: str, value: str) -> str:
    """Whether an expression is a concept, named whole or by its last part."""
    return f"{expression} = {literal(value)}" if "/" in value else f"ends_with({expression}, {literal('/' + value)})"
