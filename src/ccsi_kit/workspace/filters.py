"""Filters of lists as conditions over the merged view."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ccsi_kit.errors import UsageError
from ccsi_kit.i18n import fold
from ccsi_kit.sources import sql_fold
from ccsi_kit.store import literal
from ccsi_kit.vocabularies import crosswalk, territories

if TYPE_CHECKING:
    from ccsi_kit.workspace.opened import Workspace

_TEXT = {
    "organisation": "concat_ws(' ', name, array_to_string(other_names, ' '))",
    "initiative": "array_to_string(list_transform(title || coalesce(summary, []), lambda said: said.text), ' ')",
}
_TERRITORY = {
    "organisation": "starts_with(territory, {code})",
    "initiative": "len(list_filter(territories, lambda code: starts_with(code, {code}))) > 0",
}
_LISTS = {"form": "legal-form", "status": "status", "theme": "theme"}
"""The lists, of the core and of countries, that a filter takes its concepts from."""


def wanted(name: str, asked: Mapping[str, str | None], workspace: "Workspace") -> Iterator[str]:
    """The conditions that the filters of a list mean; a filter without a value is none.

    Raises `UsageError` for what nothing in the workspace has and neither its countries nor its lists know: such a
    filter is mistyped, and an empty list would hide that.
    """
    for filter_, value in asked.items():
        if value:
            conditions = list(_conditions(name, filter_, value))
            if filter_ != "text" and not _any(workspace, name, conditions[0]):
                _refuse_unknown(workspace, filter_, value)
            yield from conditions


def _any(workspace: "Workspace", name: str, condition: str) -> bool:
    query = f"SELECT 1 FROM {name} WHERE {condition} LIMIT 1"
    return workspace.database.execute(query).fetchone() is not None


def _refuse_unknown(workspace: "Workspace", filter_: str, value: str) -> None:
    if filter_ == "country":
        _refuse_unknown_country(workspace, value.lower())
        return
    written = value.upper() if filter_ == "territory" else value
    known = {*territories(), *crosswalk()} if filter_ == "territory" else _concepts(workspace, _LISTS[filter_])
    if written not in known:
        names = sorted(name for name in known if ("/" in name) == ("/" in value))
        nearest = next(iter(get_close_matches(written, names, n=1, cutoff=0)), "")
        raise UsageError("no-such-value", filter=filter_, value=value, nearest=nearest)


def _refuse_unknown_country(workspace: "Workspace", code: str) -> None:
    """Raises for a country that neither loads nor has anything here, also for one that is left out."""
    there = "SELECT country FROM organisation UNION SELECT country FROM initiative"
    if (code,) not in workspace.database.execute(there).fetchall():
        workspace.plugins.country(code)


def _concepts(workspace: "Workspace", list_: str) -> set[str]:
    """The concepts of all lists of that name, by their last part and as a whole."""
    lists = (one for id, one in workspace.equipment.vocabularies.items() if id.endswith(f":{list_}"))
    return {name for one in lists for code in one.concepts for name in (code, one.ref(code))}


def _conditions(name: str, filter_: str, value: str) -> Iterator[str]:
    if filter_ == "country":
        yield f"country = {literal(value.lower())}"
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
