"""The table of issues: each with its row and line, none with a person's number."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ccsi_kit.identifiers import Scheme, sql_personal
from ccsi_kit.models import Issue
from ccsi_kit.sources.books import KEPT
from ccsi_kit.sources.entries import disagreements
from ccsi_kit.sources.load import Bytes, Loaded
from ccsi_kit.sources.plan import Plan
from ccsi_kit.store import Database, literal

SEVERITY: Mapping[str, str] = {
    "person": "info",
    "lines-disagree": "info",
    "equal-rows": "info",
    "outside-expect": "info",
}
"""Codes that are no warning."""

_MENDED = ("stray-quote", "unquoted-break", "short-row", "long-row", "bad-bytes", "long-cell")


def gather_from_rows(database: Database, plan: Plan, loaded: Loaded) -> None:
    """Makes the table `found` with what is wrong with rows and with the cells of things."""
    database.execute(_FOUND)
    _from_reader(database, loaded)
    for reason, rule in (("no-key", "{}"), ("person", '{"rule": "number"}')):
        rows = f"SELECT __rec FROM judged WHERE __reason = {literal(reason)}"
        _gather(database, reason, rows, arguments=literal(rule))
    _gather(database, "person", "SELECT DISTINCT rec FROM silenced", arguments="""'{"rule": "name-in-text"}'""")
    for make in plan.manifest.makes:
        table = plan.table(make)
        withheld = f"SELECT __rec, __left FROM {table} WHERE __left IS NOT NULL"
        _gather(database, "person", withheld, arguments="""concat('{"rule": "', __left, '"}')""")
        told = f"SELECT __rec, unnest(__wrong) AS w FROM {table} WHERE __left IS NULL AND __wrong IS NOT NULL"
        database.execute(
            f"INSERT INTO found SELECT __rec, w.code, w.column, w.value, w.arguments, TRUE FROM ({told})"
        )


_FOUND: Final = """CREATE TEMP TABLE found
    (rec BIGINT, code VARCHAR, "column" VARCHAR, value VARCHAR, arguments VARCHAR, of_cell BOOLEAN)"""


def _gather(
    database: Database, code: str, rows: str, *, column: str = "NULL", value: str = "NULL", arguments: str = "'{}'"
) -> None:
    """Adds an issue for each row of a query, whose first column is the record."""
    first = rows.split()[1 if "DISTINCT" not in rows else 2].rstrip(",")
    database.execute(
        f"INSERT INTO found SELECT {first}, {literal(code)}, {column}, {value}, {arguments}, FALSE FROM ({rows})"
    )


def gather_doubles(database: Database, plan: Plan) -> None:
    """Adds the rows whose key was there before, or, where the key is their content, whose equal was."""
    if plan.manifest.key == "content":
        _gather(database, "equal-rows", "SELECT rec FROM repeated")
    elif not plan.manifest.many:
        kept = """concat('{"kept": ', kept + 1, '}')"""
        rows, column = "SELECT rec, key, kept FROM repeated", literal(plan.manifest.key[0])
        _gather(database, "doubled-key", rows, column=column, value="key", arguments=kept)


def gather_disagreements(database: Database, models: Sequence[str]) -> None:
    """Adds the fields in which the lines of one entry say different things."""
    told = "concat('{\"field\": \"', field, '\"}')"
    database.execute(
        f"INSERT INTO found SELECT rec, 'lines-disagree', NULL, NULL, {told}, FALSE FROM ({disagreements(models)})"
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


def write_issues(database: Database, plan: Plan, read: Bytes, loaded: Loaded, into: Path) -> None:
    """Writes at most `KEPT` issues of each code, with row and line.

    A value is left out where the reader mended the row, and where it is written like the number of a person.
    """
    database.execute(
        f"""CREATE TEMP TABLE kept AS SELECT * FROM found
        QUALIFY row_number() OVER (PARTITION BY code ORDER BY rec NULLS FIRST, "column", value, arguments) <= {KEPT}"""
    )
    hidden = f"rec IN (SELECT rec FROM mended) OR {_personal('value', plan.world.schemes)}"
    told = "code <> 'person'"
    query = f"""SELECT {literal(plan.manifest.id)} AS source, {literal(read.name)} AS file, rec + 1 AS row,
            CASE WHEN {told} THEN line + {read.above} END AS line, "column",
            CASE WHEN NOT ({hidden}) THEN value END AS value, code, {_severity()} AS severity, arguments
        FROM ({_with_lines(loaded)}) ORDER BY row NULLS FIRST, code, "column", value, arguments"""
    database.execute(f"COPY ({query}) TO {literal(into / 'issue.parquet')} (FORMAT parquet, COMPRESSION zstd)")


def _from_reader(database: Database, loaded: Loaded) -> None:
    found = loaded.copied.found if loaded.copied else ()
    database.execute(
        """INSERT INTO found SELECT rec - 1, code, "column", NULL, '{}', FALSE
        FROM (SELECT unnest($1::BIGINT[]) AS rec, unnest($2::VARCHAR[]) AS code, unnest($3::VARCHAR[]) AS "column")""",
        [[one.record for one in found], [one.code for one in found], [one.column for one in found]],
    )
    database.execute(
        f"CREATE TEMP TABLE mended AS SELECT DISTINCT rec FROM found WHERE code IN ({', '.join(map(literal, _MENDED))})"
    )


def _with_lines(loaded: Loaded) -> str:
    """The kept issues with the physical line on which their row begins."""
    if loaded.way == "tolerant":
        return "SELECT kept.*, cells.__line AS line FROM kept LEFT JOIN cells ON cells.rowid = kept.rec"
    return "SELECT kept.*, kept.rec + 2 + coalesce(breaks.n, 0) AS line FROM kept ASOF LEFT JOIN breaks ON kept.rec > breaks.rec"


def _personal(column: str, schemes: Mapping[str, Scheme]) -> str:
    return sql_personal(column, schemes.values())


def _severity() -> str:
    whens = " ".join(f"WHEN {literal(code)} THEN {literal(severity)}" for code, severity in SEVERITY.items())
    return f"CASE code {whens} ELSE 'warning' END"
