"""What a run promises: nothing is done twice, nothing depends on order, and a bad file changes nothing."""

import json
import random
from pathlib import Path

import pytest

from tests.walks.conftest import SOURCES, given, run, state, touched


@pytest.fixture
def ran(folder):
    assert run(folder, "--sample") == 0
    return folder


def test_a_second_run_adds_one_record_and_touches_nothing_else(ran):
    before = touched(ran)
    assert run(ran, "--sample") == 0
    after = touched(ran)
    new = set(after) - set(before)
    assert len(new) == 1 and next(iter(new)).startswith("runs/")
    assert {name: after[name] for name in before} == before


def test_the_record_tells_what_came_of_each_source(ran):
    record = json.loads(max((ran / "runs").iterdir()).read_text())
    books = record["sources"]["zz-register"]["books"][0]
    assert (books["read"], books["used"], books["left_out"]) == (5, 4, {"no-key": 1})
    assert {name: n for name, n in record["things"].items() if n} == {"organisation": 5, "initiative": 3}
    assert set(record["seconds"]) == {"fetch", "convert", "link", "publish"}
    assert record["versions"]["ccsi-kit"]


def test_two_workspaces_are_equal_byte_for_byte_whatever_the_order_of_sources(ran, tmp_path, monkeypatch):
    from ccsi_kit.pipeline import equipment

    other = tmp_path / "other"
    other.mkdir()
    (other / "ccsi.toml").write_text((ran / "ccsi.toml").read_text())
    found = equipment.find_sources
    monkeypatch.setattr(equipment, "find_sources", lambda *place: tuple(reversed(found(*place))))
    assert run(other, "--sample") == 0
    assert state(other) == state(ran)


def shuffled(source: str, into: Path) -> Path:
    header, *rows = (SOURCES / source / "sample.csv").read_text().splitlines()
    random.Random(1).shuffle(rows)
    into.mkdir(exist_ok=True)
    file = into / "sample.csv"
    file.write_text("\n".join([header, *rows]) + "\n")
    return file


def test_shuffled_rows_give_equal_tables_and_links(tmp_path):
    names = ("register", "projects")
    ordered, other = tmp_path / "ordered", tmp_path / "other"
    assert run(ordered, *given({f"zz-{name}": SOURCES / name / "sample.csv" for name in names})) == 0
    assert run(other, *given({f"zz-{name}": shuffled(name, tmp_path / name) for name in names})) == 0
    parts = ("tables/organisation", "tables/initiative", "links", "ledger.jsonl")
    assert state(other, *parts) == state(ordered, *parts) != {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("renamed", "nummer;name;form;founded\nZ0001;Example;ASS;2001-01-01\n"),
        ("page", "<!DOCTYPE html><html><body>Moved</body></html>"),
        ("empty", ""),
        ("header", "number;name;form;founded\n"),
    ],
)
def test_a_bad_file_is_refused_and_the_old_table_stays(ran, tmp_path, capsys, name, text):
    before = state(ran, "tables", "links", "ledger.jsonl")
    bad = tmp_path / f"{name}.csv"
    bad.write_text(text)
    assert run(ran, "--file", f"zz-register={bad}") == 3
    assert state(ran, "tables", "links", "ledger.jsonl") == before
    assert "zz-register: its last good table stays." in capsys.readouterr().err
    record = json.loads(max((ran / "runs").iterdir()).read_text())
    assert record["sources"]["zz-register"]["state"] == "stale" and record["sources"]["zz-projects"]["state"] != "stale"


def test_offline_without_a_snapshot_is_stale(folder, capsys):
    assert run(folder, "--offline") == 3
    assert "never fetched" in capsys.readouterr().err


def test_offline_takes_the_newest_snapshot(ran):
    before = state(ran)
    assert run(ran, "--offline") == 0
    assert state(ran) == before


def test_stages_can_be_run_one_by_one(folder, tmp_path, ran):
    one_by_one = tmp_path / "stages"
    one_by_one.mkdir()
    (one_by_one / "ccsi.toml").write_text((ran / "ccsi.toml").read_text())
    for stage in ("fetch", "convert", "link", "publish"):
        assert run(one_by_one, "--sample", "--stage", stage) == 0
    assert state(one_by_one) == state(ran)


def test_a_dry_run_says_what_it_would_read_and_makes_nothing(tmp_path, capsys):
    assert run(tmp_path / "nowhere", "--sample", "--dry-run") == 0
    assert "zz-register" in capsys.readouterr().out
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--file", "zz-regster=x"], 2, "zz-register"),
        (["--file", "zz-register=no-such-file.csv"], 2, "no-such-file.csv"),
        (["--file", "zz-register"], 2, "SOURCE_ID=PATH"),
        (["--country", "qq"], 2, "qq"),
        (["--stage", "dance"], 2, "dance"),
    ],
)
def test_a_call_that_names_what_is_not_there_is_told(folder, capsys, words, code, told):
    assert run(folder, *words) == code
    assert told in capsys.readouterr().err


def test_settings_that_are_wrong_are_told_and_nothing_is_published(ran, capsys):
    before = state(ran)
    (ran / "ccsi.toml").write_text("languages = []\nadress = 'x'\n")
    assert run(ran, "--sample") == 3
    told = capsys.readouterr().err
    assert "languages" in told and "adress" in told
    assert state(ran) == before
