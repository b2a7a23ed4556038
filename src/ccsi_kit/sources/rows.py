"""Which rows count: the key of each, and the one reason for which it is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ccsi_kit.i18n import fold
from ccsi_kit.sources.cells import sql_fold
from ccsi_kit.sources.expressions import Expressions, World
from ccsi_kit.sources.kinds import kinds
from ccsi_kit.sources.layers import Layers, Term, any_of, depth, term
from ccsi_kit.sources.manifest import MODELS, Drop, Folded, Make, Manifest
from ccsi_kit.sources.plan import Plan
from ccsi_kit.sources.values import Value
from ccsi_kit.store import Database, identifier, literal


def scheme_names(value: Value) -> tuple[str, ...]:
    """Every scheme that a value may be of."""
    if value.scheme is None:
        return ()
    return (value.scheme,) if isinstance(value.scheme, str) else tuple(dict.fromkeys(value.scheme.cases.values()))


@dataclass(frozen=True)
class Verdict:
    """The key of a row, and the reason why it is left out (NULL where it is used), over layers of its cells."""

    layers: Layers
    key: Term
    reason: Term
    guarded: bool
    """Whether a row that was padded or cut is left out: under a wrong column a person would pass every filter."""


def judged(plan: Plan, used: Sequence[str]) -> Verdict:
    """How the rows of a file are judged; unreadable ones and doubled keys are seen elsewhere."""
    manifest, world = plan.manifest, plan.world
    layers = Layers("__r")
    build = Expressions(world, layers, {})
    key = layers.once(_row_key(build, manifest, used))
    reasons = [(condition, drop.because) for drop in manifest.drop for condition in [_dropped(drop, layers)]]
    if manifest.keep is not None:
        reasons.append((Term(f"NOT coalesce(TRY(({manifest.keep.sql}\n)), FALSE)"), manifest.keep.reason))
    if plan.scope is not None:
        reasons.append((_elsewhere(build, plan, plan.scope), "out-of-scope"))
    reasons.append((term("{0} IS NULL", key), "no-key"))
    reasons += [(person, "person") for person in _persons(build, manifest)]
    reasons += [(misshapen, "no-key") for misshapen in _misshapen(build, manifest)]
    whens = " ".join(f"WHEN {condition} THEN {literal(reason)}" for condition, reason in reasons)
    reason = Term(f"CASE {whens} END", depth(*(condition for condition, _ in reasons)))
    return Verdict(layers, key, reason, _guards_persons(manifest, world))


def own_key(build: Expressions, make: Make) -> Term:
    """The own key of a thing; NULL where a part of it is blank."""
    if isinstance(make.key, Folded):
        name = build.once(Term(f"concat_ws(' ', {', '.join(map(identifier, make.key.fold))})"))
        return build.once(Term(f"nullif({sql_fold(name.sql)}, '')", name.depth))
    return build.once(_joined(build, make.key_columns, (make,)))


def settle(database: Database, manifest: Manifest, used: Sequence[str]) -> None:
    """Makes the view `judged`: every row with `__rec`, its key and the one reason why it is left out.

    Table `repeated` has the rows whose key is that of another row, `kept`. Of doubled keys the least row by content
    is used. Where the key is the content nothing is left out: equal rows get keys of their own.
    """
    if manifest.many:
        database.execute("CREATE TEMP VIEW judged AS SELECT rowid AS __rec, * FROM cells")
        return
    content = manifest.key == "content"
    order = ", ".join(["rowid"] if content else [f"{identifier(column)} NULLS FIRST" for column in sorted(used)])
    database.execute(_REPEATED.format(order=order))
    database.execute(_JUDGED.format(changed=_NUMBERED if content else _DOUBLED))


_REPEATED: Final = """CREATE TEMP TABLE repeated AS SELECT rec, kept, place, __key AS key FROM
    (SELECT rowid AS rec, __key, first_value(rowid) OVER same AS kept, row_number() OVER same AS place FROM cells
     WHERE __reason IS NULL
        AND __key IN (SELECT __key FROM cells WHERE __reason IS NULL GROUP BY __key HAVING count(*) > 1)
     WINDOW same AS (PARTITION BY __key ORDER BY {order}, rowid)) WHERE place > 1"""

_JUDGED: Final = """CREATE TEMP VIEW judged AS SELECT cells.rowid AS __rec, cells.* REPLACE ({changed})
    FROM cells LEFT JOIN repeated ON repeated.rec = cells.rowid"""

_DOUBLED: Final = "CASE WHEN rec IS NULL THEN __reason ELSE 'doubled-key' END AS __reason"
_NUMBERED: Final = "__key || coalesce('.' || place, '') AS __key"


def _guards_persons(manifest: Manifest, world: World) -> bool:
    """Whether a row with a shifted cell could show a person: rows are dropped, or a number may be a person's."""
    schemes = {name for make in manifest.makes for value in make.values for name in scheme_names(value)}
    return bool(manifest.drop) or any(world.scheme(name).person for name in schemes)


def _row_key(build: Expressions, manifest: Manifest, used: Sequence[str]) -> Term:
    if manifest.key != "content":
        return _joined(build, manifest.key, manifest.makes)
    told = ", ".join(f"{literal(column)} || chr(30) || {identifier(column)}" for column in sorted(used))
    return Term(f"substr(sha256(concat_ws(chr(31), {told})), 1, 32)")


def _joined(build: Expressions, columns: Sequence[str], makes: Sequence[Make]) -> Term:
    """The cells of the key, numbers in their one written form, with a slash between; none inside."""
    cells = [_key_cell(build, column, makes) for column in columns]
    shown = [f"CASE WHEN contains({cell}, '/') THEN replace({cell}, '/', '%2F') ELSE {cell} END" for cell in cells]
    return Term(" || '/' || ".join(shown), depth(*cells))


def _key_cell(build: Expressions, column: str, makes: Sequence[Make]) -> Term:
    scheme = _key_scheme(column, makes)
    return (
        Term(identifier(column))
        if scheme is None
        else build.once(Term(build.world.scheme(scheme).sql_compact(identifier(column))))
    )


def _key_scheme(column: str, makes: Sequence[Make]) -> str | None:
    """The scheme of a key column: that of the number which is read from it alone."""
    schemes = (value.scheme for make in makes for value in make.values if value.from_ == (column,))
    return next((scheme for scheme in schemes if isinstance(scheme, str)), None)


def _dropped(drop: Drop, layers: Layers) -> Term:
    if drop.sql is not None:
        return Term(f"coalesce(TRY(({drop.sql}\n)), FALSE)")
    tests = []
    for column, words in (drop.where or {}).items():
        folded = layers.once(Term(sql_fold(identifier(column))))
        tests.append(Term(f"{folded} IN ({', '.join(literal(fold(word)) for word in words)})", folded.depth))
    return Term(" AND ".join(test.sql for test in tests), depth(*tests))


def _elsewhere(build: Expressions, plan: Plan, scope: frozenset[str]) -> Term:
    node = next((make.fields["country"] for make in plan.manifest.makes if "country" in make.fields), None)
    said = build.one(node, kinds(MODELS["organisation"])["country"]) if isinstance(node, Value) else Term("NULL")
    inside = ", ".join(map(literal, sorted(scope))) or "NULL"
    return Term(f"coalesce(coalesce({said}, {literal(plan.country)}) NOT IN ({inside}), TRUE)", said.depth)


def _persons(build: Expressions, manifest: Manifest) -> list[Term]:
    """Whether a number of the row itself, not of an item or a thing with its own key, may be a person's."""
    numbers = [value for make in manifest.makes if make.plain for value in make.values if value.scheme is not None]
    return [any_of([build.person(value) for value in numbers])] if numbers else []


def _misshapen(build: Expressions, manifest: Manifest) -> list[Term]:
    """Where the key can be a person's: whether it has not an organisation's shape. A damaged number fits no pattern."""
    found = []
    for column in () if manifest.key == "content" else manifest.key:
        name = _key_scheme(column, [make for make in manifest.makes if make.plain])
        scheme = build.world.scheme(name) if name else None
        if scheme is not None and scheme.person:
            number = _key_cell(build, column, manifest.makes)
            found.append(Term(f"NOT {scheme.sql_shape(number.sql)}", number.depth))
    return found
