"""The table of issues: each with its row and line, none with a person's number."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from ccsi_kit.identifiers import sql_personal
from ccsi_kit.models import Issue
from ccsi_kit.sources.books import KEPT
from ccsi_kit.sources.entries import disagreements
from ccsi_kit.sources.load import Bytes, Loaded
from ccsi_kit.sources.plan import Plan
from ccsi_kit.store import Database, identifier, literal

SEVERITY: Mapping[str, str] = {
    "person": "info",
    "lines-disagree": "info",
    "equal-rows": "info",
    "outside-expect": "info",
}
"""Codes that are no warning."""


def gather_from_rows(database: Database, plan: Plan, loaded: Loaded) -> None:
    """Makes the table `found` with what is wrong with rows and with the cells of things."""
    database.execute(_FOUND)
    _from_reader(database, loaded)
    for reason, rule in (("no-key", "{}"), ("person", '{"rule": "number"}')):
        rows = f"SELECT __rec AS rec FROM judged WHERE __reason = {literal(reason)}"
        _gather(database, reason, rows, arguments=literal(rule))
    _gather(database, "person", "SELECT DISTINCT rec FROM silenced", arguments="""'{"rule": "name-in-text"}'""")
    for make in plan.manifest.makes:
        table = plan.table(make)
        withheld = f"SELECT __rec AS rec, __left FROM {table} WHERE __left IS NOT NULL"
        _gather(database, "person", withheld, arguments="""concat('{"rule": "', __left, '"}')""")
        told = f"SELECT __rec, unnest(__wrong) AS w FROM {table} WHERE __left IS NULL AND __wrong IS NOT NULL"
        database.execute(f"INSERT INTO found SELECT __rec, w.code, w.column, w.value, w.arguments, TRUE FROM ({told})")


_FOUND: Final = """CREATE TEMP TABLE found
    (rec BIGINT, code VARCHAR, "column" VARCHAR, value VARCHAR, arguments VARCHAR, of_cell BOOLEAN)"""


def _gather(
    database: Database, code: str, rows: str, *, column: str = "NULL", value: str = "NULL", arguments: str = "'{}'"
) -> None:
    """Adds an issue for each `rec` of a query."""
    told = f"SELECT rec, {literal(code)}, {column}, {value}, {arguments}, FALSE FROM ({rows})"
    database.execute(f"INSERT INTO found {told}")


def gather_doubles(database: Database, plan: Plan) -> None:
    """Adds the rows whose key was there before, or, where the key is their content, whose equal was."""
    if plan.manifest.key == "content":
        _gather(database, "equal-rows", "SELECT rec FROM repeated")
    elif not plan.manifest.many:
        kept = """concat('{"kept": ', kept + 1, '}')"""
        rows, column = "SELECT rec, key, kept FROM repeated", literal(plan.manifest.key[0])
        _gather(database, "doubled-key", rows, column=column, value="key", arguments=kept)


def gather_disagreements(database: Database, plan: Plan) -> None:
    """Adds the fields in which the lines of one entry say different things."""
    told = "concat('{\"field\": \"', field, '\"}')"
    database.execute(
        f"INSERT INTO found SELECT rec, 'lines-disagree', NULL, NULL, {told}, FALSE FROM ({disagreements(plan)})"
    )


def gather_from_file(database: Database, issues: Iterable[Issue]) -> None:
    """Adds what is wrong with the file as a whole."""
    for issue in issues:
        arguments = json.dumps(dict(issue.arguments), ensure_ascii=False)
        database.execute(
            "INSERT INTO found VALUES (NULL, ?, ?, ?, ?, FALSE)", [issue.code, issue.column, issue.value, arguments]
        )


def issues_by_code(database: Database) -> dict[str, int]:
    """How many issues of each code there are."""
    return dict(database.execute("SELECT code, count(*) FROM found GROUP BY ALL ORDER BY ALL").fetchall())


def keep_issues(database: Database, plan: Plan, read: Bytes, loaded: Loaded) -> None:
    """Makes the table of the issues of one file: at most `KEPT` of each code, with row and line.

    A value is left out where the reader mended the row, and where it is written like the number of a person.
    """
    database.execute(_KEPT)
    personal = sql_personal("value", plan.world.schemes.values())
    query = f"""SELECT {literal(plan.manifest.id)} AS source, {literal(read.name)} AS file, rec + 1 AS row,
            CASE WHEN code <> 'person' THEN line + {read.above} END AS line, "column",
            CASE WHEN NOT {personal} AND NOT coalesce(rec IN (SELECT rec FROM mended), FALSE) THEN value END AS value,
            code, {_severity()} AS severity, arguments
        FROM ({_LINE_OF_COPY if loaded.way == "tolerant" else _LINE_OF_RECORD})
        ORDER BY row NULLS FIRST, code, "column", value, arguments"""
    database.execute(f"CREATE TABLE {_table(plan)} AS {query}")


def write_issues(database: Database, plans: Sequence[Plan], into: Path) -> None:
    """Writes the issues that were kept of all files, in their order."""
    query = " UNION ALL ".join(f"SELECT * FROM {_table(plan)}" for plan in plans)
    database.execute(f"COPY ({query}) TO {literal(into / 'issue.parquet')} (FORMAT parquet, COMPRESSION zstd)")


def _table(plan: Plan) -> str:
    return identifier(f"issues {plan.part}")


_KEPT: Final = f"""CREATE TEMP TABLE kept AS SELECT * FROM found QUALIFY {KEPT} >=
    row_number() OVER (PARTITION BY code ORDER BY rec NULLS FIRST, "column", value, arguments)"""

_LINE_OF_COPY: Final = "SELECT kept.*, __line AS line FROM kept LEFT JOIN cells ON cells.rowid = kept.rec"

_LINE_OF_RECORD: Final = """SELECT kept.*, kept.rec + 2 + coalesce(breaks.n, 0) AS line
    FROM kept ASOF LEFT JOIN breaks ON kept.rec > breaks.rec"""


def _from_reader(database: Database, loaded: Loaded) -> None:
    """Adds what the reader mended, and makes the table `mended` of these rows."""
    found = loaded.copied.found if loaded.copied else ()
    told = """SELECT unnest($1::BIGINT[]) AS rec, unnest($2::VARCHAR[]) AS code, unnest($3::VARCHAR[]) AS "column\""""
    parts = [[one.record for one in found], [one.code for one in found], [one.column for one in found]]
    database.execute(f"""INSERT INTO found SELECT rec - 1, code, "column", NULL, '{{}}', FALSE FROM ({told})""", parts)
    database.execute("CREATE TEMP TABLE mended AS SELECT DISTINCT rec FROM found")


def _severity() -> str:
    whens = " ".join(f"WHEN {literal(code)} THEN {literal(severity)}" for code, severity in SEVERITY.items())
    return f"CASE code {whens} ELSE 'warning' END"
