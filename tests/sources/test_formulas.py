"""Expressions of a manifest: one each, over cells, with harmless functions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ccsi_kit.errors import Refused
from ccsi_kit.sources.formulas import FUNCTIONS, read_formulas
from ccsi_kit.store import Database, connect


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with connect([], tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("expression", "columns", "told"),
    [
        ("a", ("a",), ("a",)),
        ("a -- a remark", ("a",), ("a",)),
        ("CASE WHEN a IS NULL THEN b ELSE coalesce(c, 'x') END", ("a", "b", "c"), ("b", "c")),
        ("\"seat.town\" || ' ' || TRY_CAST(b AS DATE)", ("seat.town", "b"), ("seat.town", "b")),
        ("list_transform(string_split(a, ';'), lambda part: part || b)", ("a", "b"), ("a", "b")),
        ("a IN ('1', '2') AND b BETWEEN 'x' AND 'y' OR c LIKE '%z'", ("a", "b", "c"), ("a", "b", "c")),
    ],
)
def test_the_columns_that_are_read(
    database: Database, expression: str, columns: tuple[str, ...], told: tuple[str, ...]
) -> None:
    formula = read_formulas(database, [expression])[expression]
    assert (formula.columns, formula.told) == (columns, told)


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("a) FROM t, (SELECT 1", "expression-not-one"),
        ("a), (b", "expression-not-one"),
        ("a) UNION (SELECT 1", "expression-not-one"),
        ("a) WHERE (TRUE", "expression-not-one"),
        ("a; SELECT 1", "expression-broken"),
        ("a +", "expression-broken"),
        ("", "expression-function"),  # a row of nothing
        ("(SELECT 1)", "expression-forbidden"),
        ("a IN (SELECT b FROM t)", "expression-forbidden"),
        ("*", "expression-forbidden"),
        ("$1", "expression-forbidden"),
        ("row_number() OVER ()", "expression-forbidden"),
        ("sum(a)", "expression-function"),
        ("random()", "expression-function"),
        ("now()", "expression-function"),
        ("getenv('HOME')", "expression-function"),
        ("read_text('/etc/passwd')", "expression-function"),
        ("lower(read_blob(a)::VARCHAR)", "expression-function"),
        ("t.a", "expression-column"),
    ],
)
def test_what_may_not_run(database: Database, expression: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_formulas(database, ["a", expression])
    (issue,) = caught.value.issues
    assert (issue.code, issue.value) == (code, expression)


def test_every_allowed_function_is_a_pure_one_of_the_engine(database: Database) -> None:
    """What may give another answer the next time, or writes and reads something, is not among them."""
    rows = database.execute("SELECT DISTINCT function_name, stability FROM duckdb_functions()").fetchall()
    syntax = {"coalesce", "if", "nullif", "ifnull"}
    for name in FUNCTIONS - syntax:
        found = {stability for known, stability in rows if known == name}
        assert found, name
        assert "VOLATILE" not in found, name
        assert found & {"CONSISTENT", None}, (
            name,
            found,
        )  # other forms are of points in time with a zone, which cells are not
