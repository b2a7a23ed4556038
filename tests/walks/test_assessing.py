"""A campaign of assessments as people run it: assigned, blind, submitted, scored, explained, reconciled."""

import json
from pathlib import Path

import openpyxl
import pytest

from ccsi_kit import Workspace
from ccsi_kit.cli.main import exit_code
from tests.walks.conftest import SOURCES, given, run

SUBJECT = "zz:number:Z0001"
ONES, TWOS = "My own reasons, zebra", "Her own reasons, giraffe"


@pytest.fixture
def workspace(folder) -> Workspace:
    assert run(folder, *given({"zz-register": SOURCES / "register" / "sample.csv"})) == 0
    return Workspace.open(folder)


@pytest.fixture
def people(workspace) -> list[str]:
    return [workspace.records.people.add("zz", name=name) for name in ("A. Example", "B. Example", "C. Example")]


def called(folder: Path, *words: str) -> int:
    return exit_code([*words, "--workspace", str(folder)])


def fill(file: Path, assessor: str, answers: dict[str, object], note: str) -> None:
    """Types answers into the first free row of an empty form, below the names of the columns."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[1]
    column = {cell.value: cell.column for cell in sheet[1]}
    typed = {
        "country": "zz",
        "subject": SUBJECT,
        "assessor": assessor,
        "on": "2026-11-20",
        **answers,
        "novelty.note": note,
    }
    for name, value in typed.items():
        sheet.cell(row=3, column=column[name], value=value)
    book.save(file)


def assess(folder: Path, tmp_path: Path, assessor: str, answers: dict[str, object], note: str) -> str:
    """Fills a form in, imports it; the id of the assessment."""
    file = tmp_path / f"{assessor[-3:]}.xlsx"
    assert exit_code(["form", "make", "esid-4", "--lang", "lv", "--output", str(file)]) == 0
    fill(file, assessor, answers, note)
    assert called(folder, "record", "import", str(file), "--by", assessor) == 0
    found = [one for one in Workspace.open(folder).recorded("assessment") if one.record.assessor == assessor]
    return found[-1].id


LOW = {"objectives": "daļēji", "actors": "nemaz", "outcomes": "daļēji", "novelty": "daļēji"}
HIGH = {"objectives": "pilnībā", "actors": "nemaz", "outcomes": "pilnībā", "novelty": "pilnībā"}


@pytest.fixture
def assessed(workspace, folder, people, tmp_path) -> list[str]:
    """Two assessments, as drafts."""
    return [
        assess(folder, tmp_path, people[0], LOW, ONES),
        assess(folder, tmp_path, people[1], HIGH, TWOS),
    ]


def submit(folder: Path, id: str, by: str) -> None:
    assert called(folder, "record", "advance", id, "submitted", "--by", by, "--why", "done") == 0


def test_an_assignment_is_made_once(workspace, folder, people, capsys):
    ask = ("assessment", "assign", "esid-4", "--subject", SUBJECT, "--by", people[0])
    for _ in range(2):
        assert called(folder, *ask, "--assessor", people[0], "--assessor", people[1], "--until", "2026-12-18") == 0
    said = capsys.readouterr().out.split()
    assert said[:2] == said[2:] and len(workspace.recorded("assignment")) == 2


def test_scores_lead_to_their_answers_and_reconciling_keeps_who_set_what(assessed, folder, people, capsys):
    for id, by in zip(assessed, people, strict=False):
        submit(folder, id, by)
    capsys.readouterr()
    assert called(folder, "assessment", "score", "esid-4", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    novelty, total = found["nodes"]["novelty"], found["nodes"]["total"]
    assert (novelty["value"], novelty["n"], novelty["spread"], novelty["coverage"]) == (1.5, 2, 1.0, 1.0)
    assert (total["value"], total["basis"]) == (4.5, sorted(assessed, key=lambda id: people[assessed.index(id)]))
    assert called(folder, "assessment", "explain", "esid-4", SUBJECT, "--node", "novelty") == 0
    told = capsys.readouterr().out
    assert "1.5" in told and ONES in told and TWOS in told and all(id in told for id in assessed)
    assert called(folder, "assessment", "agree", "esid-4") == 0
    assert SUBJECT in capsys.readouterr().out
    ask = ("assessment", "reconcile", "esid-4", SUBJECT, "--on", "2026-11-24", "--why", "met", "--by", people[2])
    assert called(folder, *ask, "novelty=2") == 3
    assert "objectives" in capsys.readouterr().err  # what they differ on and nobody set is told
    assert called(folder, *ask, "novelty=2", "objectives=2", "outcomes=1") == 0
    made = Workspace.open(folder).records.get(capsys.readouterr().out.split()[-1]).record
    chosen = {one.item: (one.by, one.of) for one in made.reconciled.chosen}
    assert made.state == "reconciled" and set(made.reconciled.of) == set(assessed)
    assert chosen["actors"][0] is None and chosen["novelty"] == (people[2], (assessed[1],))
    assert chosen["outcomes"] == (people[2], (assessed[0],))
    assert called(folder, "assessment", "score", "esid-4", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["reconciled"] and found["nodes"]["total"]["value"] == 5.0


EXPORT = ("record", "export", "esid-4", "--internal", "--output")
COMMANDS = [
    ("record", "list", "assessment", "--json"),
    ("record", "show", "{other}", "--json"),
    ("record", "show", "{other}@1"),
    ("record", "history", "{other}", "--json"),
    ("assessment", "score", "esid-4", "--json"),
    ("assessment", "agree", "esid-4", "--json"),
    ("assessment", "explain", "esid-4", SUBJECT),
    *((*EXPORT, f"{{out}}.{kind}") for kind in ("xlsx", "csv", "jsonl")),
]


def saw(folder: Path, tmp_path: Path, capsys, words: tuple[str, ...], person: str, other: str) -> bytes:
    """Everything that a command prints and writes for a person, unpacked."""
    import zipfile

    out = tmp_path / f"out-{len(list(tmp_path.iterdir()))}"
    filled = [word.format(other=other, out=out) for word in words]
    capsys.readouterr()
    called(folder, *filled, "--as", person)
    printed = capsys.readouterr()
    found = (printed.out + printed.err).encode()
    for file in tmp_path.glob(f"{out.name}.*"):
        found += file.read_bytes()
        if zipfile.is_zipfile(file):
            found += b"".join(zipfile.ZipFile(file).read(name) for name in zipfile.ZipFile(file).namelist())
    return found


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_who_has_not_submitted_finds_no_byte_of_the_others_answers(words, assessed, folder, people, tmp_path, capsys):
    """Until A has submitted; then both see both. The same commands show B's words then, so the check can fail."""
    submit(folder, assessed[1], people[1])
    hidden = saw(folder, tmp_path, capsys, words, people[0], assessed[1])
    assert b"giraffe" not in hidden and b'"value": 2' not in hidden
    submit(folder, assessed[0], people[0])
    shown = saw(folder, tmp_path, capsys, words, people[0], assessed[1])
    if words[1] not in ("score", "agree", "list"):
        assert b"giraffe" in shown
    assert assessed[1].encode() in shown


def test_a_conflict_of_interest_is_told_wherever_the_score_is(workspace, folder, people, tmp_path, capsys):
    declared = {**LOW, "conflict": "jā", "conflict_note": "Sits on the board"}
    submit(folder, id := assess(folder, tmp_path, people[0], declared, ONES), people[0])
    for words in (("score", "esid-4"), ("explain", "esid-4", SUBJECT)):
        assert called(folder, "assessment", *words) == 0
        assert f"{id} Sits on the board" in capsys.readouterr().out


def test_a_countrys_set_is_asked_and_scored_like_any_other(workspace, folder, people, tmp_path, capsys):
    file = tmp_path / "form.csv"
    file.write_text(f"country,subject,assessor,on,objectives\nzz,{SUBJECT},{people[0]},2026-11-20,2\n")
    assert called(folder, "record", "import", str(file), "--by", people[0]) == 3
    assert "ccsi:criteria:esid-4, zz:criteria:esid-4" in capsys.readouterr().err  # both ask just that
    whole = tmp_path / "whole.xlsx"
    assert exit_code(["form", "make", "zz:criteria:esid-4", "--output", str(whole)]) == 0
    fill(whole, people[0], {"objectives": "2", "zz-islands": "yes"}, ONES)
    assert called(folder, "record", "import", str(whole), "--by", people[0]) == 0
    (one,) = Workspace.open(folder).recorded("assessment")
    assert one.record.set == "zz:criteria:esid-4"
    submit(folder, one.id, people[0])
    capsys.readouterr()
    assert called(folder, "assessment", "score", "zz:criteria:esid-4", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["nodes"]["zz-islands"]["value"] == 1.0 and found["nodes"]["objectives"]["value"] == 2.0


def test_the_pages_show_what_is_public_only(assessed, folder, people, capsys):
    files = given({"zz-register": SOURCES / "register" / "sample.csv"})
    for id, by in zip(assessed, people, strict=False):
        submit(folder, id, by)
    assert called(folder, "record", "publish", assessed[0], "--by", people[0]) == 0
    assert run(folder, *files) == 0
    page = (folder / "hub" / "en" / "profile" / "zz.number.Z0001.html").read_text()
    assert ONES in page and "one assessor" in page
    everything = b"".join(file.read_bytes() for file in (folder / "hub").rglob("*") if file.is_file())
    assert TWOS.encode() not in everything and b"A. Example" not in everything and people[0].encode() not in everything
