"""Entries with the same scheme and number speak of the same thing; each thing has one id."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ccsi_kit.linking.ledger import Ledger
from ccsi_kit.store import Database, literal

_REF = "source || '#' || array_to_string(list_transform(string_split(key, '/'), lambda part: url_encode(part)), '/')"
_LETTERS = "translate(substr(sha256(first || repeat('*', salt)), 1, 13), '0123456789abcdef', 'abcdefghijklmnop')"


def link(
    database: Database,
    model: str,
    tables: Sequence[Path],
    ledger: Ledger,
    *,
    schemes: Sequence[str],
    on: date,
    into: Path,
) -> int:
    """Writes which thing (`id`) each entry (`source`, `key`, `ref`) of a model belongs to; says how many things.

    `schemes` is the order in which numbers name a thing. New ids are in the ledger, synced, before `into` is written.
    The result depends on the entries and the ledger alone, not on their order.
    """
    database.execute(_NODES.format(ref=_REF, tables=_list(tables)))
    _label(database)
    ledger.load(database, model)
    database.execute(_ranks(schemes))
    for statement in (*_CLAIMS, _MINTED.format(letters=_LETTERS), _REDIRECTED, _NAMED):
        database.execute(statement)
    ledger.add(database, model, on=on)
    database.execute(
        f"""COPY (SELECT id, source, key, ref FROM node JOIN named USING (cluster) ORDER BY source, key)
            TO {literal(into)} (FORMAT parquet, COMPRESSION zstd)"""
    )
    row = database.execute("SELECT count(*) FROM named").fetchone()
    return int(row[0]) if row else 0


def _list(tables: Sequence[Path]) -> str:
    return "[" + ", ".join(map(literal, tables)) + "]"


_NODES = """CREATE OR REPLACE TEMP TABLE node AS
    SELECT row_number() OVER (ORDER BY source, key) AS n, source, key, country, identifiers, {ref} AS ref,
        NULL::BIGINT AS cluster
    FROM read_parquet({tables}, union_by_name = true)"""

_SHARED = """CREATE OR REPLACE TEMP TABLE shared AS
    WITH number AS (
        SELECT DISTINCT n, part.scheme || ':' || part.number AS number FROM node, unnest(identifiers) AS u(part))
    SELECT n, number FROM number WHERE number IN (SELECT number FROM number GROUP BY number HAVING count(*) > 1)"""

_SPREAD = """CREATE OR REPLACE TEMP TABLE label AS
    WITH least AS (SELECT number, min(cluster) AS cluster FROM shared JOIN label USING (n) GROUP BY number),
         near AS (SELECT n, min(cluster) AS cluster FROM shared JOIN least USING (number) GROUP BY n)
    SELECT near.n, far.cluster FROM near JOIN label AS far ON far.n = near.cluster"""


def _label(database: Database) -> None:
    """Gives every node the least node it is connected with: labels spread over shared numbers until none changes."""
    database.execute(_SHARED)
    database.execute("CREATE OR REPLACE TEMP TABLE label AS SELECT DISTINCT n, n AS cluster FROM shared")
    total, before = _total(database), None
    while total != before:
        database.execute(_SPREAD)
        total, before = _total(database), total
    database.execute("UPDATE node SET cluster = coalesce((SELECT label.cluster FROM label WHERE label.n = node.n), n)")


def _total(database: Database) -> int:
    row = database.execute("SELECT coalesce(sum(cluster), 0)::BIGINT FROM label").fetchone()
    return int(row[0]) if row else 0


def _ranks(schemes: Sequence[str]) -> str:
    rows = ", ".join(f"({literal(scheme)}, {place})" for place, scheme in enumerate(schemes)) or "(NULL, 0)"
    return f"CREATE OR REPLACE TEMP TABLE scheme AS SELECT * FROM (VALUES {rows}) AS v(scheme, place)"


_CLAIMS = (
    """CREATE OR REPLACE TEMP TABLE candidate AS
    SELECT DISTINCT cluster, part.scheme || ':' || url_encode(part.number) AS id, coalesce(place, 1000000) AS place
    FROM node, unnest(identifiers) AS u(part) LEFT JOIN scheme ON scheme.scheme = part.scheme""",
    """CREATE OR REPLACE TEMP TABLE claim AS
    SELECT cluster, ledger.id, age, now FROM candidate JOIN ledger ON ledger.id = candidate.id AND ledger.entry IS NULL
    UNION SELECT cluster, ledger.id, age, now FROM node JOIN ledger ON ledger.entry = node.ref""",
    """CREATE OR REPLACE TEMP TABLE kept AS
    SELECT cluster, arg_min(id, age) AS id FROM claim WHERE now IS NULL GROUP BY cluster""",
)

_MINTED = """CREATE OR REPLACE TEMP TABLE minted AS
    WITH new AS (
        SELECT cluster, min(ref) AS first, arg_min(country, ref) AS country, min(source) AS source
        FROM node WHERE cluster NOT IN (SELECT cluster FROM kept) GROUP BY cluster),
    numbered AS (
        SELECT cluster, arg_min(id, (place, id)) AS id FROM candidate
        WHERE id NOT IN (SELECT id FROM ledger) GROUP BY cluster),
    hashed AS (
        SELECT cluster, salt, coalesce(country, string_split(source, '-')[1]) || ':x:' || {letters} AS id
        FROM new, range(9) AS r(salt) WHERE cluster NOT IN (SELECT cluster FROM numbered)),
    unused AS (
        SELECT cluster, arg_min(id, salt) AS id FROM hashed WHERE id NOT IN (SELECT id FROM ledger) GROUP BY cluster)
    SELECT cluster, coalesce(numbered.id, unused.id) AS id, CASE WHEN numbered.id IS NULL THEN first END AS entry
    FROM new LEFT JOIN numbered USING (cluster) LEFT JOIN unused USING (cluster)"""

_REDIRECTED = """CREATE OR REPLACE TEMP TABLE redirected AS
    SELECT DISTINCT claim.id, kept.id AS now
    FROM claim JOIN kept USING (cluster) WHERE claim.now IS NULL AND claim.id <> kept.id"""

_NAMED = """CREATE OR REPLACE TEMP TABLE named AS
    SELECT cluster, id FROM kept UNION ALL SELECT cluster, id FROM minted"""
