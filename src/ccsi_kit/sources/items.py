"""Lists that run in parallel: parted together, one item a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from ccsi_kit.identifiers import sql_personal
from ccsi_kit.sources.cells import parts
from ccsi_kit.sources.layers import Layers, Term, any_of, depth, term
from ccsi_kit.sources.manifest import Each, Make
from ccsi_kit.sources.plan import Plan
from ccsi_kit.sources.rows import scheme_names
from ccsi_kit.sources.wrongs import WRONGS, wrong
from ccsi_kit.store import identifier, literal


@dataclass(frozen=True)
class _Beside:
    """A list beside the leading one, and whether it has another count, so that nobody knows what belongs together."""

    column: str
    listed: Term
    uneven: Term


def items(plan: Plan, make: Make, each: Each, source: str) -> str:
    """A query for the items: the columns are the item's, `__at` its place, `__lead` whether it is there.

    A list with another count than the first is left out for the whole row; `__uneven` of the first item says so.
    `__shield` says that such a list holds a person's number.
    """
    layers = Layers("__l")
    leading = layers.once(_listed(plan, each, each.columns[0]))
    beside = [_beside(plan, each, column, leading, layers) for column in each.columns[1:]]
    shield = layers.once(_shield(plan, make, beside))
    names = [identifier(column) for column in each.columns]
    lists = ", ".join([str(leading), *(f"CASE WHEN {one.uneven} THEN [] ELSE {one.listed} END" for one in beside)])
    unpacked = f"unnest(list_zip({lists})) AS __item, unnest(range(1, len({leading}) + 1)) AS __at"
    kept = f"* EXCLUDE ({', '.join(names)}), {shield} AS __shield, {_uneven(leading, beside)} AS __uneven"
    taken = ", ".join(f"__item[{number}] AS {name}" for number, name in enumerate(names, start=1))
    parted = f"SELECT {kept}, {unpacked} FROM {layers.over(source)}"
    return f"(SELECT *, __item[1] IS NOT NULL AS __lead, {taken} FROM ({parted}))"


def _listed(plan: Plan, each: Each, column: str) -> Term:
    return Term(f"coalesce({parts(identifier(column), each.split, plan.world.blank)}, [])")


def _beside(plan: Plan, each: Each, column: str, leading: Term, layers: Layers) -> _Beside:
    listed = layers.once(_listed(plan, each, column))
    return _Beside(column, listed, layers.once(term("len({0}) NOT IN (0, len({1}))", listed, leading)))


def _shield(plan: Plan, make: Make, beside: Sequence[_Beside]) -> Term:
    """Whether a list of numbers that cannot be paired holds a person's: then nobody knows whose name is a person's."""
    numbered = {column for value in make.values if scheme_names(value) for column in value.columns}
    tests = []
    for one in beside:
        if one.column in numbered:
            personal = sql_personal(f"array_to_string({one.listed}, chr(10))", plan.world.schemes.values())
            tests.append(Term(f"CASE WHEN {one.uneven} THEN {personal} ELSE FALSE END", depth(one.listed, one.uneven)))
    return any_of(tests)


def _uneven(leading: Term, beside: Sequence[_Beside]) -> str:
    """SQL for what is told of lists with another count."""
    if not beside:
        return f"NULL::{WRONGS}"
    told = []
    for one in beside:
        counts = f"""concat('{{"found": ', len({one.listed}), ', "wanted": ', len({leading}), '}}')"""
        told.append(f"CASE WHEN {one.uneven} THEN {wrong('uneven-lists', literal(one.column), 'NULL', counts)} END")
    return f"CASE WHEN {any_of([one.uneven for one in beside])} THEN [{', '.join(told)}]::{WRONGS} END"
