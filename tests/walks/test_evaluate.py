"""The stage that asks the rules: what registers fill, what people declare, and where it is shown."""

import json
from datetime import date
from pathlib import Path

import pytest

from ccsi_kit import Workspace
from ccsi_kit.cli.main import exit_code
from ccsi_kit.errors import UsageError
from tests.walks.conftest import ON, SOURCES, given, run, state

DECLARED = """declaration:
  - subject: zz:number:Z0001
    rule: ZZ-1
    on: 2015-01-01
    evidence: List of members
    facts: {members: 4}
"""


@pytest.fixture
def declared(tmp_path: Path) -> Path:
    file = tmp_path / "declared.yaml"
    file.write_text(DECLARED)
    return file


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The register, and projects of an association and of a foundation, which get a page by them."""
    projects = tmp_path / "projects.csv"
    projects.write_text(
        "project,title,holder,holder_number,start\n"
        "P-1,One,Example Association One,Z0001,01/02/2020\nP-2,Two,Example Foundation Two,Z0002,01/02/2020\n"
        "P-3,Three,Example Newcomer,Z0009,01/02/2020\n"
    )
    return given({"zz-register": SOURCES / "register" / "sample.csv", "zz-projects": projects})


def declare(folder: Path, file: Path, *options: str) -> int:
    """Takes the declarations of a file into the workspace; what is there already is left."""
    workspace = Workspace.open(folder)
    people = workspace.records.people
    by = people.all()[0].id if people.all() else people.add("zz", name="A. Example")
    return exit_code(["record", "import", str(file), "--by", by, "--workspace", str(folder), *options])


def outcomes(folder: Path) -> dict[str, tuple[str, dict]]:
    import duckdb

    file = folder / "outcomes" / "zz.parquet"
    rows = duckdb.execute(f"SELECT subject, verdict, facts FROM '{file}'").fetchall() if file.exists() else []
    return {subject: (verdict, json.loads(facts)) for subject, verdict, facts in rows}


def test_an_outcome_is_kept_where_it_is_decided_or_more_than_the_form_is_known(folder, files, declared) -> None:
    assert run(folder, *files) == 0
    # an association alone is not decided: how many members it has no register says
    assert set(outcomes(folder)) == {"zz:number:Z0002"}
    assert outcomes(folder)["zz:number:Z0002"] == ("not_eligible", {"form": "FOU"})
    assert declare(folder, declared) == 0
    assert run(folder, *files) == 0
    assert set(outcomes(folder)) == {"zz:number:Z0002"}  # what is internal does not reach the pages
    assert declare(folder, declared, "--public") == 0
    assert run(folder, *files) == 0
    assert outcomes(folder)["zz:number:Z0001"] == ("not_eligible", {"form": "ASS", "members": 4})


def test_the_page_says_what_the_law_says_and_who_said_each_fact(folder, files, declared) -> None:
    assert run(folder, *files) == 0
    assert declare(folder, declared, "--public") == 0
    assert run(folder, *files) == 0
    page = (folder / "hub" / "en" / "organisation" / "zz.number.Z0001.html").read_text()
    law = page[page.index("What the law says") :]
    assert "conditions not met" in law
    assert "Club Act, 1" in law
    assert "declared for 1 January 2015: List of members" in law
    assert "Register of Nowhere" in law
    assert "The answer changed once" in law
    assert law.count("Not legal advice.") == 1
    assert "What the law says" not in (folder / "hub" / "en" / "organisation" / "zz.number.Z0009.html").read_text()
    assert (folder / "hub" / "en" / "rule" / "zz.rule.club.html").exists()


def test_a_second_run_asks_nothing_anew_and_touches_nothing(folder, files, declared) -> None:
    assert run(folder, *files) == 0
    assert declare(folder, declared, "--public") == 0
    assert run(folder, *files) == 0
    before = state(folder)
    assert run(folder, *files) == 0
    assert {name: said for name, said in state(folder).items() if not name.startswith("runs/")} == {
        name: said for name, said in before.items() if not name.startswith("runs/")
    }
    records = Workspace.open(folder).records
    said = next(records.all("declaration"))
    records.withdraw(said.id, by=said.by, why="said of another club")
    assert run(folder, *files) == 0
    assert set(outcomes(folder)) == {"zz:number:Z0002"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("members: 4", "membres: 4", "membres"),
        ("ZZ-1", "ZZ-9", "ZZ-9"),
        ("members: 4", "members: many", "members"),
        ("on: ", "no: ", "no"),
    ],
)
def test_a_declaration_that_is_wrong_is_refused_with_its_line_and_nothing_changes(
    folder, files, declared, capsys, old, new, said
) -> None:
    assert run(folder, *files) == 0
    declared.write_text(DECLARED.replace(old, new))
    assert declare(folder, declared) == 3
    told = capsys.readouterr().err
    assert "declared.yaml" in told
    assert "line" in told
    assert said in told
    assert not Workspace.open(folder).recorded("declaration")


def test_from_python_registers_and_declarations_are_combined(folder, files, declared) -> None:
    assert run(folder, *files) == 0
    workspace = Workspace.open(folder)
    alone = workspace.evaluate("ZZ-1", "zz:number:Z0001", on=date.fromisoformat(ON))
    assert (alone.verdict, alone.missing) == ("undetermined", {"members"})
    assert declare(folder, declared) == 0
    both = workspace.evaluate("ZZ-1", "zz:number:Z0001", on=date(2019, 6, 1))
    assert both.verdict == "eligible"
    assert {name: one.code for name, one in both.told_by.items()} == {
        "form": "told.register",
        "members": "told.declared",
    }
    before = workspace.evaluate("ZZ-1", "zz:number:Z0001", on=date(2014, 6, 1))
    assert before.missing == {"members"}  # what is declared for a later day says nothing of an earlier one
    with pytest.raises(UsageError):
        workspace.evaluate("ZZ-1", "zz:number:Z9999", on=date(2019, 6, 1))


def test_a_declaration_that_fits_its_rule_no_longer_is_told_and_left_out(folder, files, declared, capsys) -> None:
    assert run(folder, *files) == 0
    assert declare(folder, declared, "--public") == 0
    records = Workspace.open(folder).records
    said = next(records.all("declaration"))
    facts = [{"name": "membres", "value": "4"}]
    records.put(said.record.replace(facts=facts), after=said.version, by=said.by)
    assert run(folder, *files) == 0
    assert "is not used: " in capsys.readouterr().err
    assert set(outcomes(folder)) == {"zz:number:Z0002"}


def test_a_rule_that_fails_is_told_and_disturbs_no_other(folder, files, monkeypatch, capsys) -> None:
    import ccsi_kit_zz.rules.club.rule as club

    def failing(organisation):
        raise RuntimeError("the register is closed")

    monkeypatch.setitem(club.RULES[0].__dict__, "fills", failing)
    assert run(folder, *files) == 0
    assert "The rule zz:rule:club could not be asked" in capsys.readouterr().err
    assert (folder / "hub" / "index.html").exists()


def test_declarations_that_nothing_uses_are_told_and_rules_of_the_union_are_asked(folder, files, declared, capsys):
    more = """  - {subject: "zz:number:Z0404", rule: ZZ-1, on: 2015-01-01, evidence: List, facts: {members: 4}}
  - {subject: "zz:number:Z0001", rule: ES-EI-01, on: 2015-01-01, evidence: List, facts: {registered: true}}
  - {subject: "zz:number:Z0001", rule: EU-COF-02, on: 2022-01-01, evidence: List,
     facts: {has_dedicated_priority: false}}
"""
    declared.write_text(DECLARED + more)
    assert run(folder, *files) == 0
    assert declare(folder, declared, "--public") == 0
    capsys.readouterr()
    assert run(folder, *files) == 0
    told = capsys.readouterr().err
    assert "zz:number:Z0404 for ZZ-1 is not used" in told
    assert "ES-EI-01 is a rule of another country" in told
    assert "ZZ-1 is a rule" not in told and "EU-COF-02" not in told
    page = (folder / "hub" / "en" / "organisation" / "zz.number.Z0001.html").read_text()
    assert "eu.rule.raised-rate-cap.html" in page
