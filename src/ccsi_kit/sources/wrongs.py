"""What was wrong with a thing, as a list of its table."""

from ccsi_kit.sources.expressions import Check, Expressions
from ccsi_kit.sources.layers import Term, any_of, depth
from ccsi_kit.store import literal

WRONGS = 'STRUCT(code VARCHAR, "column" VARCHAR, value VARCHAR, arguments VARCHAR)[]'
"""The type of such a list."""


def wrong(code: str, column: str, value: str, arguments: str) -> str:
    """SQL for one thing that is wrong; all but the code are SQL themselves."""
    return f"{{'code': {literal(code)}, 'column': {column}, 'value': {value}, 'arguments': {arguments}}}"


def wrongs(build: Expressions, listed: Term | None = None) -> Term:
    """All that was wrong with a thing, `listed` too; a list only where something was, because lists are dear."""
    lists = [_single([check for check in build.checks if not check.many])]
    lists += [_several(check) for check in build.checks if check.many]
    conditions = [check.wrong for check in build.checks]
    if listed is not None:
        lists.append(f"coalesce({listed}, [])")
        conditions.append(Term(f"{listed} IS NOT NULL", listed.depth))
    guard = any_of(conditions)
    whole = " || ".join(f"({part})::{WRONGS}" for part in lists)
    below = depth(guard, *(check.value for check in build.checks))
    return Term(f"CASE WHEN {guard} THEN list_filter({whole}, lambda __w: __w IS NOT NULL) END", below)


def _single(checks: list[Check]) -> str:
    told = (f"CASE WHEN {check.wrong} THEN {_told(check, str(check.value))} END" for check in checks)
    return f"[{', '.join(told)}]"


def _several(check: Check) -> str:
    return f"coalesce(list_transform({check.value}, lambda __v: {_told(check, '__v')}), [])"


def _told(check: Check, value: str) -> str:
    return wrong(check.code, check.column, value, check.arguments)
