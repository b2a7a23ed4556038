"""The tables of entries: what was made, sorted by key; things with one key are one entry."""

from collections.abc import Sequence
from pathlib import Path

from ccsi_kit.sources.kinds import Kind, kinds
from ccsi_kit.sources.manifest import MODELS, Make
from ccsi_kit.sources.plan import Plan
from ccsi_kit.store import Database, identifier, literal


def make_entries(database: Database, plan: Plan) -> dict[str, int]:
    """Makes a table or view `entries <model>` for every model; says how many entries each has."""
    models = sorted({make.model for make in plan.manifest.makes})
    return {model: _make(database, plan, model) for model in models}


def write_entries(database: Database, plan: Plan, model: str, into: Path) -> None:
    """Writes the entries of a model, sorted by key, with all its fields; what is the same for all is not sorted."""
    told = _columns(database, _table(model))
    same = {name: _absent(plan, name, kind) for name, kind in kinds(MODELS[model]).items()}
    shown = ", ".join(
        identifier(name) if name in told else f"{sql} AS {identifier(name)}" for name, sql in same.items()
    )
    query = (
        f"SELECT {literal(plan.manifest.id)} AS source, key, {shown} FROM (SELECT * FROM {_table(model)} ORDER BY key)"
    )
    database.execute(f"COPY ({query}) TO {literal(into / f'{model}.parquet')} (FORMAT parquet, COMPRESSION zstd)")


def disagreements(models: Sequence[str]) -> str:
    """A query for the fields in which the lines of one entry differ: `rec` of the first line, the field's name."""
    return " UNION ALL ".join(
        f"SELECT __rec AS rec, unnest(__differ) AS field FROM {_table(model)} WHERE len(__differ) > 0"
        for model in models
    )


def _table(model: str) -> str:
    return identifier(f"entries {model}")


def _columns(database: Database, table: str) -> list[str]:
    return [str(row[0]) for row in database.execute(f"DESCRIBE {table}").fetchall()]


def _make(database: Database, plan: Plan, model: str) -> int:
    makes = [make for make in plan.manifest.makes if make.model == model]
    told = {make.name: _columns(database, plan.table(make)) for make in makes}
    known = {name: kind for name, kind in kinds(MODELS[model]).items() if any(name in names for names in told.values())}
    source = " UNION ALL ".join(_told(plan, make, told[make.name], known) for make in makes)
    repeats = _repeats(plan, makes)
    query = _merged(source, known) if repeats else _each(source, known)
    kind = "TABLE" if repeats else "VIEW"
    database.execute(f"CREATE TEMP {kind} {_table(model)} AS SELECT __key AS key, * EXCLUDE (__key) FROM ({query})")
    row = database.execute(f"SELECT count(*) FROM {_table(model)}").fetchone()
    return int(row[0]) if row else 0


def _told(plan: Plan, make: Make, columns: Sequence[str], known: dict[str, Kind]) -> str:
    """The things of one name, with the columns that any name of the model has."""
    fields = "".join(
        f", {identifier(name) if name in columns else f'{_absent(plan, name, kind)} AS {identifier(name)}'}"
        for name, kind in known.items()
    )
    return f"SELECT __rec, __key{fields} FROM {plan.table(make)} WHERE __left IS NULL"


def _absent(plan: Plan, name: str, kind: Kind) -> str:
    return literal(plan.country) if name == "country" else kind.nothing


def _repeats(plan: Plan, makes: Sequence[Make]) -> bool:
    """Whether several things may have one key."""
    return plan.manifest.many or any(make.key for make in makes)


def _each(source: str, known: dict[str, Kind]) -> str:
    return (
        f"SELECT {', '.join(['__key', *map(identifier, known), '__rec'])}, NULL::VARCHAR[] AS __differ FROM ({source})"
    )


def _merged(source: str, known: dict[str, Kind]) -> str:
    """Things with one key as one: lists are the union of all, single fields the least that any says."""
    once = f"SELECT __key FROM ({source}) GROUP BY __key HAVING count(*) = 1"
    merged = "".join(f", {_merge(name, kind)} AS {identifier(name)}" for name, kind in known.items())
    differ = ", ".join(
        f"CASE WHEN min({identifier(name)}) IS DISTINCT FROM max({identifier(name)}) THEN {literal(name)} END"
        for name, kind in known.items()
        if kind.form != "list"
    )
    return (
        f"WITH things AS MATERIALIZED ({source}), once AS MATERIALIZED ({once.replace(f'({source})', 'things')})"
        f" {_each('SELECT * FROM things WHERE __key IN (FROM once)', known)} UNION ALL"
        f" SELECT __key{merged}, min(__rec) AS __rec, list_filter([{differ}], lambda __d: __d IS NOT NULL) AS __differ"
        " FROM things WHERE __key NOT IN (FROM once) GROUP BY __key"
    )


def _merge(name: str, kind: Kind) -> str:
    column = identifier(name)
    return (
        f"list_sort(list_distinct(flatten(list(coalesce({column}, [])))))" if kind.form == "list" else f"min({column})"
    )
