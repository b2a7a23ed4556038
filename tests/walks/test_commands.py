"""What the commands print, for people and for machines."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from ccsi_kit.cli.main import exit_code
from tests.walks.conftest import SOURCES, given, run


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A workspace in which one name is written like a formula."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "ccsi.toml").write_text('languages = ["en"]\n')
    register = folder / "register.csv"
    said = (SOURCES / "register" / "sample.csv").read_text()
    register.write_text(said + "Z0011;=HYPERLINK(1);ASS;2011-11-11\nZ0012;Éxample Ārpus;FOU;2012-12-12\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SOURCES.parents[1])
        files = {"zz-register": register, "zz-projects": SOURCES / "projects" / "sample.csv"}
        assert run(folder, *given(files)) == 0
    return folder


@pytest.fixture
def ccsi(workspace, capsys):
    def call(*words, code=0):
        assert exit_code([*words, "--workspace", str(workspace)]) == code
        return capsys.readouterr()

    return call


def ids(said: str) -> list[str]:
    return [line.split()[0] for line in said.splitlines()]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([], ["Z0001", "Z0002", "Z0003", "Z0004", "Z0009", "Z0011", "Z0012"]),
        (["--text", "EXAMPLE associátion"], ["Z0001", "Z0004"]),
        (["--text", "example arpus"], ["Z0012"]),
        (["--form", "FOU"], ["Z0002", "Z0012"]),
        (["--country", "zz", "--form", "ASS"], ["Z0001", "Z0004", "Z0011"]),
        (["--country", "lv"], []),
        (["--country", "ZZ", "--text", "arpus"], ["Z0012"]),
        (["--status", "slo"], []),
        (["--form", "f51"], []),
        (["--territory", "LV00"], []),
        (["--theme", "employment"], []),
        (["--limit", "2"], ["Z0001", "Z0002"]),
    ],
)
def test_a_list_takes_filters(ccsi, filters, found):
    said = ccsi("organisation", "list", *filters)
    assert ids(said.out) == [f"zz:number:{number}" for number in found]
    things = json.loads(ccsi("organisation", "list", *filters, "--json").out)
    assert [thing["id"] for thing in things] == ids(said.out)


def test_a_thing_shows_where_each_value_comes_from_and_its_entries(ccsi):
    said = ccsi("organisation", "show", "zz:number:Z0001").out
    assert "Example Association One" in said and "zz-register, 24 November 2026, CC0-1.0" in said
    assert "zz-projects#Z0001" in said and "EXAMPLE ASSOCIATION ONE" in said
    shown = json.loads(ccsi("organisation", "show", "zz:number:Z0001", "--json").out)
    assert shown["origins"]["name"]["source"] == "zz-register"
    assert set(shown["entries"]) == {"zz-projects#Z0001", "zz-register#Z0001"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["organisation", "list", "--country", "xx"], "es, fr, lv, se, zz"),
        (["organisation", "list", "--form", "nonsense"], "“nonsense”"),
        (["organisation", "list", "--form", "AS5"], "“AS"),
        (["organisation", "list", "--theme", "employmnt"], "“employment”"),
        (["organisation", "list", "--theme", "ccsi:theme/employmnt"], "“ccsi:theme/employment”"),
        (["organisation", "list", "--status", "sloo"], "“slo”"),
        (["organisation", "list", "--territory", "LV00X"], "“LV00"),
        (["initiative", "list", "--theme", "nonsense"], "“nonsense”"),
        (["initiative", "list", "--country", "lvv"], "“lv”"),
        (["export", "organisation", "--country", "xx"], "es, fr, lv, se, zz"),
    ],
)
def test_a_mistyped_filter_is_no_empty_list(ccsi, words, told):
    said = ccsi(*words, code=2)
    assert told in said.err and not said.out


def test_a_list_is_printed_as_it_comes(capsys):
    from ccsi_kit.command import emit_each

    printed = []

    def things():
        for place in range(3):
            printed.append(capsys.readouterr().out)
            yield {"place": place, "line": "a\u2028b\n"}

    emit_each(things())
    printed.append(capsys.readouterr().out)
    assert all(printed[1:])
    whole = [{"place": place, "line": "a\u2028b\n"} for place in range(3)]
    assert "".join(printed) == json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    emit_each([])
    assert capsys.readouterr().out == "[]\n"


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_letters_that_a_terminal_cannot_write_end_nothing(workspace, encoding):
    def call(*words):
        called = [sys.executable, "-c", "from ccsi_kit.cli.main import main; main()", *words]
        env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        return subprocess.run([*called, "--workspace", str(workspace)], capture_output=True, env=env, check=True).stdout

    shown = call("organisation", "list", "--text", "arpus")
    assert b"zz:number:Z0012" in shown and (encoding == "ascii" or b"\xc9xample \\u0100rpus" in shown)
    (thing,) = json.loads(call("organisation", "list", "--text", "arpus", "--json").decode(encoding))
    assert thing["name"] == "Éxample Ārpus"


def test_an_initiative_names_its_lead(ccsi):
    assert "zz:number:Z0009" in ccsi("initiative", "show", "zz:project:P-3").out
    assert len(json.loads(ccsi("initiative", "list", "--json").out)) == 3


def test_what_is_not_there_is_told(ccsi):
    assert "zz:number:Z9999" in ccsi("organisation", "show", "zz:number:Z9999", code=2).err


def test_a_csv_holds_no_formula(ccsi):
    rows = list(csv.DictReader(io.StringIO(ccsi("export", "organisation").out)))
    assert [row["name"] for row in rows if row["id"] == "zz:number:Z0011"] == ["'=HYPERLINK(1)"]
    assert rows[0]["identifiers"] == "zz:number:Z0001" and rows[0]["legal_form.national"] == "ASS"


def test_a_csv_for_spreadsheets_has_a_mark_and_the_delimiter_that_was_asked_for(ccsi, tmp_path):
    file = tmp_path / "out.csv"
    ccsi("export", "organisation", "--delimiter", ";", "--bom", "--output", str(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid;country;identifiers;name")


def test_every_format_holds_the_same_things(ccsi, tmp_path):
    import openpyxl
    import pyarrow.parquet

    expected = [f"zz:number:{number}" for number in ("Z0001", "Z0002", "Z0003", "Z0004", "Z0009", "Z0011", "Z0012")]
    files = {kind: tmp_path / f"out.{kind}" for kind in ("csv", "xlsx", "json", "jsonl", "parquet")}
    for kind, file in files.items():
        assert "7" in ccsi("export", "organisation", "--format", kind, "--output", str(file)).err
    sheet = openpyxl.load_workbook(files["xlsx"]).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == expected
    name = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)")
    assert name.data_type == "s"
    assert [thing["id"] for thing in json.loads(files["json"].read_text())] == expected
    assert [json.loads(line)["id"] for line in files["jsonl"].read_text().splitlines()] == expected
    assert pyarrow.parquet.read_table(files["parquet"])["id"].to_pylist() == expected
    with files["csv"].open(newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == expected


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["export", "organisation", "--format", "xlsx"], "--output"),
        (["export", "organisation", "--delimiter", "ab"], "--delimiter"),
        (["export", "organisations"], "organisations"),
    ],
)
def test_a_call_that_does_not_fit_is_told(ccsi, words, told):
    assert told in ccsi(*words, code=2).err


def test_a_folder_that_is_not_there_is_told_and_nothing_is_written(ccsi, tmp_path):
    said = ccsi("export", "organisation", "--output", str(tmp_path / "no" / "out.csv"), code=1)
    assert str(tmp_path / "no") in said.err and not (tmp_path / "no").exists()


def test_a_source_tells_about_itself(capsys):
    assert exit_code(["source", "list", "--country", "zz"]) == 0
    assert ids(capsys.readouterr().out) == ["zz-projects", "zz-register"]
    assert exit_code(["source", "list", "--country", "ZZ"]) == 0
    assert ids(capsys.readouterr().out) == ["zz-projects", "zz-register"]
    assert exit_code(["source", "list", "--country", "yy"]) == 2
    assert "es, fr, lv, se, zz" in capsys.readouterr().err
    assert exit_code(["source", "show", "zz-register", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["columns"] == ["form", "founded", "name", "number"] and shown["licence"] == "CC0-1.0"
    assert exit_code(["source", "show", "zz-registre"]) == 2
    assert "“zz-register”" in capsys.readouterr().err


def test_check_says_what_would_become_of_a_file_and_changes_nothing(ccsi, workspace, tmp_path):
    good = SOURCES / "register" / "sample.csv"
    said = ccsi("source", "check", "zz-register", str(good)).out
    assert "sample.csv: 5 rows: 4 used, 1 left out" in said and "2004-02-30" in said
    guessed = ccsi("source", "check", str(good))
    assert guessed.out == said and "sample.csv looks like zz-register: it has 100% of its columns." in guessed.err
    renamed = tmp_path / "renamed.csv"
    renamed.write_text("numbr;name;form;founded\nZ0001;Example;ASS;2001-01-01\n")
    said = ccsi("source", "check", "zz-register", str(renamed), code=3).out
    assert "renamed.csv: refused" in said and "numbr" in said
    assert "The table of 24 November 2026 stays." in said
    report = json.loads(ccsi("source", "check", "zz-register", str(renamed), "--json", code=3).out)
    assert report["refused"]["code"] == "missing-columns"


def test_a_file_given_to_the_wrong_source_is_told_which_it_looks_like(ccsi):
    said = ccsi("source", "check", "zz-register", str(SOURCES / "projects" / "sample.csv"), code=3)
    assert "looks like zz-projects" in said.err and "refused" in said.out


def test_check_of_a_file_that_nobody_knows(ccsi, tmp_path):
    unknown = tmp_path / "unknown.csv"
    unknown.write_text("a,b\n1,2\n")
    assert "unknown.csv" in ccsi("source", "check", str(unknown), code=3).err
    assert "no-such.csv" in ccsi("source", "check", "no-such.csv", code=2).err


def test_without_a_file_the_newest_snapshot_is_checked_under_its_own_name(ccsi):
    assert "register.csv: 7 rows" in ccsi("source", "check", "zz-register").out


@pytest.mark.parametrize(
    ("lang", "word"), [("es", "Aquí nada"), ("fr", "Rien ici"), ("sv", "Inget här"), ("lv", "šeit nav")]
)
def test_messages_come_in_the_language_that_is_asked_for(ccsi, lang, word):
    assert word in ccsi("--lang", lang, "organisation", "show", "zz:number:Z9999", code=2).err
    assert word in ccsi(f"--lang={lang}", "organisation", "show", "zz:number:Z9999", code=2).err


def test_a_language_that_nobody_speaks_is_told(ccsi, monkeypatch):
    for words in (["--lang", "xx"], ["--lang=xx"]):
        assert "There are: en, es," in ccsi(*words, "organisation", "list", code=2).err
    monkeypatch.setenv("CCSI_LANG", "xx")
    assert "“xx”" in ccsi("organisation", "list", code=2).err
    assert ccsi("--lang", "fr-CA", "organisation", "list").out


def test_a_trace_is_shown_only_when_asked_for(ccsi, monkeypatch):
    from ccsi_kit.workspace import Workspace

    monkeypatch.setattr(Workspace, "organisations", lambda self, **_: 1 / 0)
    said = ccsi("organisation", "list", code=1).err
    assert "ZeroDivisionError" in said and "Traceback" not in said
    assert "Traceback" in ccsi("--debug", "organisation", "list", code=1).err
