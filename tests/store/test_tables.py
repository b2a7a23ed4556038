"""The door to DuckDB, and the types that models have behind it."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.models import Funding, Identifier, LegalForm, Money, Organisation, Text
from ccsi_kit.sources import MODELS
from ccsi_kit.store import columns, connect, identifier, literal, records


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_a_model_goes_into_a_table_and_comes_back(model, tmp_path):
    database = connect([], tmp_path)
    shown = ", ".join(f"{identifier(name)} {kind}" for name, kind in columns(model).items())
    database.execute(f"CREATE TABLE things ({shown})")
    thing = model.model_validate({name: field.examples[0] for name, field in model.model_fields.items()})
    database.execute(
        f"INSERT INTO things VALUES ({', '.join('?' * len(columns(model)))})", list(thing.model_dump().values())
    )
    (batch,) = records(database, "FROM things")
    assert model.model_validate(batch[0]) == thing


def test_money_keeps_its_cents_and_a_rate_its_places():
    assert columns(Funding)["amount"] == 'STRUCT("value" DECIMAL(18,2), "currency" VARCHAR)'
    assert columns(Funding)["eu_rate"] == "DECIMAL(18,6)"
    assert Money(value=Decimal("0.10"), currency="EUR").value == Decimal("0.1")


def test_a_database_reads_only_what_it_was_given(tmp_path):
    given_file, other = tmp_path / "given.csv", tmp_path / "other.csv"
    for file in (given_file, other):
        file.write_text("a\n1\n")
    (tmp_path / "out").mkdir()
    database = connect([given_file], tmp_path / "out")
    assert database.execute(f"SELECT a FROM read_csv({literal(given_file)})").fetchall() == [(1,)]
    for forbidden in (
        f"SELECT * FROM read_csv({literal(other)})",
        f"COPY (SELECT 1) TO {literal(tmp_path / 'x.csv')}",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '9GB'",
        "SELECT * FROM read_csv('https://register.example/register.csv')",
    ):
        with pytest.raises(duckdb.Error):
            database.execute(forbidden)
    database.execute(f"COPY (SELECT 1) TO {literal(tmp_path / 'out' / 'x.csv')}")


@given(text=st.text(alphabet=st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00")))
def test_any_text_can_be_a_literal_and_a_name(text):
    database = duckdb.connect()
    assert database.execute(f"SELECT {literal(text)}").fetchone() == (text,)
    if text:
        assert database.execute(f"SELECT 1 AS {identifier(text)}").description[0][0] == text


def test_rows_come_in_batches_while_other_queries_run(tmp_path):
    database = connect([], tmp_path)
    seen = 0
    for batch in records(database, "SELECT i FROM range(10) AS r(i)", batch=4):
        seen += len(batch)
        database.execute("SELECT 1").fetchall()
    assert seen == 10


def test_text_keeps_its_original_first():
    text = Text.model_validate({"lv": "viens", "en": "one"})
    organisation = Organisation(
        purpose=text,
        founded=date(2020, 1, 1),
        identifiers=(Identifier(scheme="lv:regcode", number="1"),),
        legal_form=LegalForm(national="BDR"),
    )
    assert Organisation.model_validate_json(organisation.model_dump_json()).purpose.original.lang == "lv"
