"""The tables of entries: what was made, sorted by key; things with one key are one entry."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ccsi_kit.sources.kinds import Kind, kinds
from ccsi_kit.sources.manifest import MODELS, Make
from ccsi_kit.sources.plan import Plan
from ccsi_kit.store import Database, identifier, literal


def make_entries(database: Database, plan: Plan) -> dict[str, int]:
    """Makes a table or view of the entries of one file for every model; says how many each has."""
    return {model: _make(database, plan, model) for model in plan.models}


def write_entries(database: Database, plans: Sequence[Plan], into: Path) -> None:
    """Writes the entries of all files, one table a model, sorted by key; what is the same for all is not sorted."""
    for model in plans[0].models:
        said, known = _columns(database, _table(plans[0], model)), kinds(MODELS[model])
        told = {name: kind for name, kind in known.items() if name in said}
        source = " UNION ALL ".join(_select("key", told, _table(plan, model)) for plan in plans)
        shown = ", ".join(
            identifier(name) if name in told else f"{_absent(plans[0], name, kind)} AS {identifier(name)}"
            for name, kind in known.items()
        )
        entries = _merged(source, told) if len(plans) > 1 else source
        query = f"SELECT {literal(plans[0].manifest.id)} AS source, key, {shown} FROM ({entries} ORDER BY key)"
        database.execute(f"COPY ({query}) TO {literal(into / f'{model}.parquet')} (FORMAT parquet, COMPRESSION zstd)")


def disagreements(plan: Plan) -> str:
    """A query for the fields in which the lines of one entry differ: `rec` of the first line, the field's name."""
    return " UNION ALL ".join(
        f"SELECT __rec AS rec, unnest(__differ) AS field FROM {_table(plan, model)} WHERE len(__differ) > 0"
        for model in plan.models
    )


def _table(plan: Plan, model: str) -> str:
    return identifier(f"entries {model} {plan.part}")


def _columns(database: Database, table: str) -> list[str]:
    return [str(row[0]) for row in database.execute(f"DESCRIBE {table}").fetchall()]


def _make(database: Database, plan: Plan, model: str) -> int:
    makes = [make for make in plan.manifest.makes if make.model == model]
    said = {make.name: _columns(database, plan.table(make)) for make in makes}
    known = {name: kind for name, kind in kinds(MODELS[model]).items() if any(name in names for names in said.values())}
    source = " UNION ALL ".join(_told(plan, make, said[make.name], known) for make in makes)
    if _repeats(plan, makes):
        database.execute(f"CREATE TABLE {_table(plan, model)} AS {_merged(source, known)}")
    else:
        database.execute(f"CREATE VIEW {_table(plan, model)} AS SELECT *, NULL::VARCHAR[] AS __differ FROM ({source})")
    row = database.execute(f"SELECT count(*) FROM {_table(plan, model)}").fetchone()
    return int(row[0]) if row else 0


def _told(plan: Plan, make: Make, said: Sequence[str], known: Mapping[str, Kind]) -> str:
    """The things of one name, with the columns that any name of the model has."""
    absent = {name: _absent(plan, name, kind) for name, kind in known.items() if name not in said}
    return f"{_select('__key AS key', known, plan.table(make), absent)} WHERE __left IS NULL"


def _select(key: str, known: Mapping[str, Kind], table: str, absent: Mapping[str, str] | None = None) -> str:
    said = {name: f"{sql} AS {identifier(name)}" for name, sql in (absent or {}).items()}
    fields = [said.get(name, identifier(name)) for name in known]
    return f"SELECT {', '.join((key, *fields))}, __rec FROM {table}"


def _absent(plan: Plan, name: str, kind: Kind) -> str:
    return literal(plan.country) if name == "country" else kind.nothing


def _repeats(plan: Plan, makes: Sequence[Make]) -> bool:
    """Whether several things may have one key."""
    return plan.manifest.many or any(make.key for make in makes)


def _merged(source: str, known: Mapping[str, Kind]) -> str:
    """Things with one key as one: lists are the union of all, single fields the least that any says."""
    again = f"(SELECT key FROM ({source}) GROUP BY key HAVING count(*) > 1)"
    merged = "".join(f", {_merge(name, kind)} AS {identifier(name)}" for name, kind in known.items())
    differ = ", ".join(
        f"CASE WHEN min({identifier(name)}) IS DISTINCT FROM max({identifier(name)}) THEN {literal(name)} END"
        for name, kind in known.items()
        if kind.form != "list"
    )
    return (
        f"SELECT *, NULL::VARCHAR[] AS __differ FROM ({source}) WHERE key NOT IN {again} UNION ALL"
        f" SELECT key{merged}, min(__rec) AS __rec, list_filter([{differ}], lambda __d: __d IS NOT NULL) AS __differ"
        f" FROM ({source}) WHERE key IN {again} GROUP BY key"
    )


def _merge(name: str, kind: Kind) -> str:
    column = identifier(name)
    return (
        f"list_sort(list_distinct(flatten(list(coalesce({column}, [])))))" if kind.form == "list" else f"min({column})"
    )
