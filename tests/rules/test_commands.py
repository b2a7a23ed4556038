"""`ccsi rule` as a user calls it."""

import json
from pathlib import Path

import pytest

from ccsi_kit.cli.main import exit_code

FACTS = """company_type: mercantil
promoter_share: 0.51
year_of_activity: 2
staff_base: 10
insertion_workers: 3
reinvestment_share: 0.8
registered: true
exclusive_object: true
social_balance: true
means: true
accompaniment: true
promoter_experience_years: 2
stage: final
qualified_since: none
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    file = tmp_path / "company.yaml"
    file.write_text(FACTS)
    return file


def check(file: Path, on: str, *more: str) -> int:
    return exit_code([*more, "rule", "check", "ES-EI-01", "--facts", str(file), "--on", on])


def test_the_same_company_on_two_days(company: Path, capsys) -> None:
    assert check(company, "2026-04-09") == 0
    assert "conditions met as far as known" in capsys.readouterr().out
    assert check(company, "2026-04-10") == 0
    after = capsys.readouterr().out
    assert "not met: Capital held by promoting bodies: 51%; 100%" in after
    assert "(Ley 44/2007, 5.a)" in after
    assert after.count("Not legal advice.") == 1


def test_json_says_everything(company: Path, capsys) -> None:
    exit_code(
        ["rule", "check", "es:rule:empresa-de-insercion", "--facts", str(company), "--on", "2026-12-01", "--json"]
    )
    told = json.loads(capsys.readouterr().out)
    assert {"verdict", "value", "reasons", "missing", "warnings", "flags"} <= told.keys()
    assert told["verdict"] == "not_eligible"
    unmet = {reason["clause"]: reason for reason in told["reasons"] if reason["met"] is False}
    assert unmet.keys() == {"sole_promoter", "whole_reinvestment"}
    assert unmet["sole_promoter"]["parameters"]["promoter_share"]["ref"] == "es:act:ley-44-2007/5.a"
    assert unmet["sole_promoter"]["facts"]["promoter_share"] == "0.51"


def test_json_facts_are_exact_and_null_is_none(company: Path, capsys) -> None:
    facts = {
        "company_type": "mercantil",
        "promoter_share": 0.51,
        "qualified_since": None,
        "stage": "final",
        "registered": True,
    }
    file = company.with_suffix(".json")
    file.write_text(json.dumps(facts))
    assert exit_code(["rule", "check", "ES-EI-01", "--facts", str(file), "--on", "2025-01-01", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "undetermined"
    assert told["missing"] == [
        "exclusive_object", "insertion_workers", "means", "reinvestment_share", "social_balance", "staff_base",
        "year_of_activity",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("promoter_share", "promoter_shar", "promoter_share"),
        ("0.51", "half", "no number"),
        ("0.51", "1.51", "1"),
        ("mercantil", "sociedad", "cooperativa"),
        ("means: true", "means: none", "means"),
        ("means: true", "means:", "means"),
        ("stage: final", "means: false", "means"),
    ],
)
def test_wrong_facts_are_refused_with_their_line(company: Path, capsys, old: str, new: str, said: str) -> None:
    assert old in FACTS
    company.write_text(FACTS.replace(old, new, 1))
    assert check(company, "2026-04-10") == 3
    told = capsys.readouterr().err
    assert "company.yaml" in told
    assert "line" in told
    assert said in told


def test_a_rule_that_is_not_there_names_the_nearest(company: Path, capsys) -> None:
    assert exit_code(["rule", "show", "ES-EI-1"]) == 2
    assert "ES-EI-01" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "es", "fr", "sv", "lv"])
def test_a_rule_is_shown_in_every_language(lang: str, capsys) -> None:
    assert exit_code(["--lang", lang, "rule", "show", "ES-EI-01"]) == 0
    shown = capsys.readouterr().out
    assert "empresa de inserción" in shown
    assert "Ley 44/2007, 5.a" in shown
    assert "{" not in shown


def test_rules_are_listed_by_country(capsys) -> None:
    assert exit_code(["rule", "list", "--country", "ES", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["id"].partition(":")[0] for one in told} == {"es"}
    assert "ES-EI-01" in {one["code"] for one in told}
    assert exit_code(["rule", "show", "ES-EI-01", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["parameters"]["promoter_share"]["values"][1]["from"] == "2026-04-10"


def test_what_changes_between_two_days(capsys) -> None:
    words = ["rule", "diff", "--from", "2026-04-09", "--to", "2026-04-10", "--country", "es"]
    assert exit_code([*words, "--json"]) == 0
    change = next(one for one in json.loads(capsys.readouterr().out) if one["rule"] == "es:rule:empresa-de-insercion")
    assert {"name": "promoter_share", "before": "0.51", "after": "1"} in change["parameters"]
    assert "sole_promoter" in change["begun"]
    assert "promoter" in change["ended"]
    (first,) = [one for one in change["cases"] if one["case"] == "1"]
    assert (first["before"]["verdict"], first["after"]["verdict"]) == ("eligible", "not_eligible")
    assert "sole_promoter" in first["why"] and not first["time_passes"]
    assert exit_code(words) == 0
    assert "case 1: conditions met as far as known → conditions not met" in capsys.readouterr().out
    assert exit_code(["rule", "diff", "--from", "2022-06-01", "--to", "2023-06-01", "--country", "fr"]) == 0
    told = capsys.readouterr().out
    assert "80% → 75%" in told and "(no change of law: only time passes)" not in told.split("FR-SIAE-03")[1]
    assert exit_code(["rule", "diff", "--from", "2026-11-25", "--to", "2027-11-25", "--country", "lv", "--json"]) == 0
    assert {one["time_passes"] for change in json.loads(capsys.readouterr().out) for one in change["cases"]} == {True}
    assert exit_code(["rule", "diff", "--from", "2027-04-10", "--to", "2027-04-11", "--country", "es", "--json"]) == 0
    (change,) = json.loads(capsys.readouterr().out)  # the year of transition ends
    assert {one["time_passes"] for one in change["cases"]} == {False}
    assert exit_code(["rule", "diff", "--from", "2026-05-01", "--to", "2026-05-02", "--country", "es"]) == 0
    assert "Nothing changes" in capsys.readouterr().err


def test_a_sheet_has_every_value_with_its_address_and_room_to_sign(capsys) -> None:
    from ccsi_kit.plugins import country

    pytest.importorskip("jinja2", reason="pages need the extra `workspace`")
    assert exit_code(["--lang", "es", "rule", "sheet", "es"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert '<html lang="es">' in page
    for rule in country("es").rules.values():
        for name in rule.reads:
            for value in rule.parameters[name].values:
                assert rule.acts[value.ref.partition("/")[0]].address in page
                assert name in page
    assert "Leído y conforme" in page


def test_parts_of_a_fact_are_told_as_a_language_writes_them(tmp_path: Path, capsys) -> None:
    file = tmp_path / "aid.yaml"
    file.write_text(
        "regime: general\nmember_state: LV\ngrants: [{granter_state: LV, date: 2024-03-01, amount: 120000},"
        " {granter_state: LV, date: 2025-03-02, amount: '20000.50'}]\nnew_amount: 80000\n"
        "single_undertaking_confirmed: true\n"
    )
    assert exit_code(["--lang", "fr", "rule", "check", "EU-DM-01", "--facts", str(file), "--on", "2026-01-05"]) == 0
    told = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert "LV : 1er mars 2024 : 120 000 EUR, LV : 2 mars 2025 : 20 000,50 EUR" in told
    assert "d’après ce que l’on sait : 79 999,50 EUR" in told


def test_a_sheet_explains_a_value_by_the_clause_of_its_first_day() -> None:
    from ccsi_kit.documents import Table, plain
    from ccsi_kit.plugins import country
    from ccsi_kit.rules.pages import sheet

    tables = [
        block
        for block in sheet([country("es").rules["empresa-de-insercion"]], "Spain", "en").blocks
        if isinstance(block, Table)
    ]
    rows = [[plain(cell) for cell in row] for table in tables for row in table.rows]
    told = {(value, since): used for used, value, since, *_ in rows if used.startswith("promoter_share")}
    assert "at least 51%" in told["51%", "13 January 2008"]
    assert "100% is asked" in told["100%", "10 April 2026"]


def test_the_sheet_of_the_union_has_every_region_to_sign(capsys) -> None:
    from ccsi_kit.eu.rules.cofinancing.regions import regions

    pytest.importorskip("jinja2", reason="pages need the extra `workspace`")
    assert exit_code(["rule", "sheet", "eu"]) == 0
    page = capsys.readouterr().out
    assert len(regions()) == 55
    assert not [code for code in regions() if page.count(f">{code}<") != 2]  # its category, and the one before
    assert "outermost region" in page
