"""Expressions that a manifest writes: one each, over the cells of a row, with functions known to be harmless."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from ccsi_kit.errors import Refused
from ccsi_kit.models import Issue
from ccsi_kit.store import Database

_NAMES: Final = """
    + - * / // % || ~~ !~~ ~~* !~~* ~ ^@ abs array_extract array_to_string ceil coalesce concat concat_ws
    contains date_part datediff day ends_with epoch_ms floor greatest if ifnull instr least left len length
    list_aggregate list_concat list_contains list_distinct list_extract list_filter list_has_any list_slice
    list_sort list_transform list_value lower lpad ltrim make_date md5 month nullif prefix regexp_extract
    regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array replace reverse right
    round rpad rtrim sha256 split_part starts_with str_split strftime string_split strip_accents strpos substr
    substring suffix translate trim trunc try_strptime upper url_decode year
"""
FUNCTIONS: Final = frozenset(_NAMES.split())
"""Functions and operators that an expression may use: no files, no settings, no clock, no chance."""

_CLASSES: Final = frozenset(
    (
        "COLUMN_REF",
        "CONSTANT",
        "FUNCTION",
        "OPERATOR",
        "COMPARISON",
        "CONJUNCTION",
        "CASE",
        "CAST",
        "BETWEEN",
        "LAMBDA",
        "LAMBDA_REF",
        "TYPE",
    )
)


@dataclass(frozen=True)
class Formula:
    """What an expression reads: its columns, and those that its value comes from, conditions aside."""

    columns: tuple[str, ...]
    told: tuple[str, ...]


def read_formulas(database: Database, expressions: Sequence[str]) -> dict[str, Formula]:
    """What each expression reads; raises `Refused` with every expression that may not run."""
    found: dict[str, Formula] = {}
    issues: list[Issue] = []
    for expression in expressions:
        try:
            tree = _parsed(database, expression)
            found[expression] = Formula(_columns(tree), _columns(_answers(tree)))
        except ValueError as error:
            code, *hint = error.args
            issues.append(Issue(code, severity="error", value=expression, **dict(hint)))
    if issues:
        raise Refused("bad-expressions", n=len(issues), issues=issues)
    return found


def _parsed(database: Database, expression: str) -> dict[str, Any]:
    """The tree of one expression. It is read inside the parentheses in which it will stand."""
    row = database.execute("SELECT json_serialize_sql(?)", [f"SELECT ({expression}\n)"]).fetchone()
    tree: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    if tree["error"]:
        raise ValueError("expression-broken", ("problem", str(tree.get("error_message", ""))))
    nodes: list[dict[str, Any]] = [statement["node"] for statement in tree["statements"]]
    if len(nodes) != 1 or nodes[0].get("type") != "SELECT_NODE" or not _bare(nodes[0]):
        raise ValueError("expression-not-one")
    return dict(nodes[0]["select_list"][0])


def _bare(node: dict[str, Any]) -> bool:
    """Whether it selects one thing from nowhere: a closing parenthesis may have let in a table or a second column."""
    clauses = ("where_clause", "having", "qualify", "sample", "group_expressions", "modifiers")
    empty = node["from_table"]["type"] == "EMPTY" and not any(node.get(clause) for clause in clauses)
    return empty and len(node["select_list"]) == 1 and not node["cte_map"]["map"]


def _answers(tree: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of an expression that its value is one of: the answers of a choice, or the whole."""
    if tree["class"] != "CASE":
        return [tree]
    answers = [*(check["then_expr"] for check in tree["case_checks"]), tree["else_expr"]]
    return [part for answer in answers for part in _answers(answer)]


def _columns(tree: Any) -> tuple[str, ...]:
    """The columns of an expression; those that are parameters of a function inside it are none."""
    own: set[str] = set()
    for part in _parts(tree):
        kind = part["class"]
        if kind not in _CLASSES:
            raise ValueError("expression-forbidden", ("part", kind.lower()))
        if kind == "LAMBDA":
            own |= {name for inner in _parts(part["lhs"]) for name in inner.get("column_names", ())}
        if kind == "FUNCTION" and part["function_name"].lower() not in FUNCTIONS:
            name = part["function_name"]
            raise ValueError("expression-function", ("function", name), ("nearest", _nearest(name)))
        if kind == "COLUMN_REF" and len(part["column_names"]) != 1:
            raise ValueError("expression-column", ("column", ".".join(part["column_names"])))
    named = (name for part in _parts(tree) for name in part.get("column_names", ()))
    return tuple(dict.fromkeys(name for name in named if name not in own))


def _parts(tree: Any) -> Iterator[dict[str, Any]]:
    """Every expression inside a tree, outermost first."""
    if isinstance(tree, dict):
        if "class" in tree:
            yield tree
        for part in tree.values():
            yield from _parts(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from _parts(part)


def _nearest(name: str) -> str:
    return next(iter(get_close_matches(name, sorted(FUNCTIONS), n=1)), "")
