"""What a run promises: nothing is done twice, nothing depends on order, and a bad file changes nothing."""

import json
import random
from pathlib import Path

import pytest

from ccsi_kit.cli.main import exit_code
from tests.walks.conftest import ON, SOURCES, given, run, state, touched


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
    assert set(record["seconds"]) == {"fetch", "convert", "link", "evaluate", "publish"}
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


def test_a_run_for_one_country_keeps_what_the_union_says_of_the_others(tmp_path):
    workspace = tmp_path / "demo"
    workspace.mkdir()
    (workspace / "ccsi.toml").write_text('languages = ["en"]\n')
    stages = ["--stage", "fetch", "--stage", "convert", "--stage", "link"]
    assert exit_code(["run", "--workspace", str(workspace), "--on", ON, "--sample", *stages]) == 0
    before = state(workspace, "tables", "links")
    for country in ("lv", "se"):
        again = ["run", "--workspace", str(workspace), "--on", ON, "--sample", "--country", country, *stages]
        assert exit_code(again) == 0
        assert state(workspace, "tables", "links") == before


def test_a_run_for_a_second_country_adds_its_rows_of_the_union(tmp_path):
    workspace = tmp_path / "demo"
    words = ["run", "--workspace", str(workspace), "--on", ON, "--sample", "--stage", "fetch", "--stage", "convert"]
    counts = []
    for country in ("lv", "se"):
        assert exit_code([*words, "--country", country]) == 0
        record = json.loads(max((workspace / "runs").iterdir()).read_text())["sources"]["eu-kohesio"]
        counts.append(sum(book["entries"]["initiative"] for book in record["books"]))
        scope = record["scope"]
    assert 0 < counts[0] < counts[1] and scope == ["lv", "se"]


def test_a_record_that_cannot_be_read_is_as_if_it_were_not_there(ran):
    before = state(ran)
    (ran / "runs" / "9999-12-31.json").write_text('{"of": "another version"}')
    assert exit_code(["organisation", "list", "--workspace", str(ran)]) == 0
    assert run(ran, "--sample") == 0
    assert state(ran) == before


def test_a_refused_file_does_not_become_what_the_source_says(ran, tmp_path):
    before = state(ran)
    bad = tmp_path / "bad.csv"
    bad.write_text("nummer;name\n1;x\n")
    assert run(ran, "--file", f"zz-register={bad}", "--stage", "fetch", "--stage", "convert") == 3
    assert run(ran, "--offline") == 0
    assert state(ran) == before


def test_the_same_bytes_under_another_name_are_known_by_that_name(ran, tmp_path):
    named = tmp_path / "register-2026-12.csv"
    named.write_bytes((SOURCES / "register" / "sample.csv").read_bytes())
    assert run(ran, "--file", f"zz-register={named}") == 0
    record = json.loads(max((ran / "runs").iterdir()).read_text())["sources"]["zz-register"]
    assert [(one["name"], one["kind"]) for one in record["snapshots"]] == [("register-2026-12.csv", "file")]


def test_an_error_that_nobody_foresaw_in_one_source_leaves_the_others(ran, capsys, monkeypatch):
    from ccsi_kit.pipeline import stages

    convert = stages.convert

    def failing(source, *words, **more):
        if source.id == "zz-register":
            raise MemoryError("no room")
        return convert(source, *words, **more)

    monkeypatch.setattr(stages, "convert", failing)
    changed = ran / "changed.csv"
    changed.write_text((SOURCES / "register" / "sample.csv").read_text() + "Z0042;Example;ASS;2020-01-01\n")
    assert run(ran, "--file", f"zz-register={changed}") == 3
    assert "MemoryError: no room" in capsys.readouterr().err


def test_a_model_that_no_source_makes_any_more_is_an_empty_list(ran):
    (ran / "tables" / "initiative" / "zz-projects.parquet").unlink()
    for table in (ran / "tables" / "initiative").iterdir():
        table.unlink()
    assert exit_code(["organisation", "list", "--workspace", str(ran)]) == 0
    assert exit_code(["initiative", "list", "--workspace", str(ran)]) == 0


def test_pages_that_a_dying_process_moved_aside_come_back(ran):
    before = state(ran)
    (ran / "hub").rename(ran / "hub.old")
    assert run(ran, "--sample", "--stage", "convert") == 0
    assert state(ran) == before and not (ran / "hub.old").exists()
