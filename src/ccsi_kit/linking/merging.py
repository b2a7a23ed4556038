"""The merged view of a thing: which entry speaks for which field.

One rule for all fields: the entry of the best source (its `rank`, 1 before 5) speaks; between equals the one retrieved
last, then the source and key that sort first. A field that holds one value takes it, whole, from the first entry that
has it. A field that holds several (numbers, other names, statuses, activities, themes, participants, territories,
audiences, sectors, modes) is the union of what all entries say, and its origin is the first entry that says anything.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ccsi_kit.models import Text, Thing
from ccsi_kit.store import Database, column_type, columns, identifier, literal

POINTERS: Mapping[str, str] = {
    "lead": "organisation",
    "funder": "organisation",
    "recipient": "organisation",
    "provider": "organisation",
    "initiative": "initiative",
    "call": "call",
}
"""Fields that point at a thing, and the model of that thing."""


_TEXT = column_type(Text)


def entries_sql(tables: Sequence[Path]) -> str:
    """A query for the entries of a model, from the tables of its sources."""
    return f"SELECT * FROM read_parquet([{', '.join(map(literal, tables))}], union_by_name = true)"


def merge_things(
    database: Database, name: str, model: type[Thing], tables: Sequence[Path], links: Path, origins: Path
) -> None:
    """Makes the table `<name>`: one row a thing, with `entries` (their Refs, the best first) and `origins` by field.

    Reads the tables of entries, the links of the model and the origin table. Pointers still name entries: `point` turns
    them into things once the things of every model are there.
    """
    fields = {field: kind for field, kind in columns(model).items() if field != "id"}
    database.execute(
        f"""CREATE OR REPLACE TABLE {name}_place AS
        SELECT l.id AS thing, l.ref, e.*,
            row_number() OVER (PARTITION BY l.id ORDER BY rank, retrieved DESC, e.source, e.key) AS place
        FROM ({entries_sql(tables)}) AS e JOIN read_parquet({literal(links)}) AS l USING (source, key)
        JOIN read_parquet({literal(origins)}) AS o ON o.source = e.source"""
    )
    alone = f"SELECT thing FROM {name}_place GROUP BY thing HAVING count(*) = 1"
    values = ", ".join(_value(field, kind) for field, kind in fields.items())
    spoken = ", ".join(f"{literal(field)}: {_speaker(field, kind)}" for field, kind in fields.items())
    same = ", ".join(map(identifier, fields))
    none = ", ".join(f"{literal(field)}: CASE WHEN {_said(field, kind)} THEN ref END" for field, kind in fields.items())
    database.execute(
        f"""CREATE OR REPLACE TABLE {name} AS
        SELECT thing AS id, {values}, list(ref ORDER BY place) AS entries, {{{spoken}}} AS origins
        FROM {name}_place WHERE thing NOT IN ({alone}) GROUP BY thing
        UNION ALL
        SELECT thing AS id, {same}, [ref] AS entries, {{{none}}} AS origins
        FROM {name}_place WHERE thing IN ({alone})"""
    )


def no_things(database: Database, name: str, model: type[Thing]) -> None:
    """Makes the tables of a model that no source has."""
    fields = {field: kind for field, kind in columns(model).items() if field != "id"}
    shown = ", ".join(f"{identifier(field)} {kind}" for field, kind in fields.items())
    spoken = ", ".join(f"{identifier(field)} VARCHAR" for field in fields)
    database.execute(
        f"CREATE OR REPLACE TABLE {name}_place (thing VARCHAR, ref VARCHAR, source VARCHAR, key VARCHAR, {shown})"
    )
    database.execute(
        f"CREATE OR REPLACE TABLE {name} (id VARCHAR, {shown}, entries VARCHAR[], origins STRUCT({spoken}))"
    )


def _said(field: str, kind: str) -> str:
    column = identifier(field)
    return f"len({column}) > 0" if kind.endswith("[]") else f"{column} IS NOT NULL"


def _speaker(field: str, kind: str) -> str:
    return f"arg_min(ref, place) FILTER ({_said(field, kind)})"


def _value(field: str, kind: str) -> str:
    column = identifier(field)
    if not kind.endswith("[]") or kind == _TEXT:
        return f"arg_min({column}, place) FILTER ({_said(field, kind)}) AS {column}"
    union = f"list_distinct(flatten(coalesce(list({column}) FILTER ({_said(field, kind)}), [])))"
    return f"{_NATIONAL_FIRST.format(union=union) if field == 'identifiers' else f'list_sort({union})'} AS {column}"


_NATIONAL_FIRST = """list_transform(
    list_sort(list_transform({union}, lambda one: {{'last': starts_with(one.scheme, 'eu:'), 'one': one}})),
    lambda told: told.one)"""


def point(database: Database, name: str, model: type[Thing]) -> None:
    """Turns the pointers of the table `<name>` from entries into things, by the table `link` (model, ref, id).

    A pointer to an entry that no table has any more becomes nothing. Participants of the same thing and role are one.
    """
    fields = [field for field in model.model_fields if field in POINTERS]
    if "participants" in model.model_fields:
        database.execute(_PARTICIPANTS.format(name=name))
        taken = f"coalesce((SELECT taking FROM {name}_participants AS p WHERE p.id = {name}.id), []) AS participants"
        database.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * REPLACE ({taken}) FROM {name}")
    for field in fields:
        known = f"link.model = {literal(POINTERS[field])} AND link.ref = {name}.{identifier(field)}"
        found = f"(SELECT link.id FROM link WHERE {known}) AS {identifier(field)}"
        database.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * REPLACE ({found}) FROM {name}")


_PARTICIPANTS = """CREATE OR REPLACE TABLE {name}_participants AS
    WITH taking AS (
        SELECT DISTINCT t.id, link.id AS organisation, part.role AS role
        FROM {name} AS t, unnest(t.participants) AS u(part)
        JOIN link ON link.model = 'organisation' AND link.ref = part.organisation)
    SELECT id, list({{'organisation': organisation, 'role': role}} ORDER BY organisation, role) AS taking
    FROM taking GROUP BY id"""
