"""A campaign of assessments as people run it: assigned, blind, submitted, scored, explained, reconciled."""

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ccsi_kit import Workspace
from ccsi_kit.cli.main import exit_code
from ccsi_kit.criteria import Assessment
from tests.walks.conftest import ON, SOURCES, given, run

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
    for chosen in ((), ("--subject", SUBJECT)):
        assert called(folder, "assessment", "agree", "esid-4", *chosen) == 0
        assert (
            f"{SUBJECT}  Innovativeness: {assessed[0]}: 1 (partly); {assessed[1]}: 2 (fully)" in capsys.readouterr().out
        )
    assert called(folder, "assessment", "agree", "esid-4", "--subject", "zz:number:Z0002") == 0
    assert SUBJECT not in capsys.readouterr().out
    ask = ("assessment", "reconcile", "esid-4", SUBJECT, "--on", "2026-11-24", "--why", "met", "--by", people[2])
    assert called(folder, *ask, "novelty=2") == 3
    told = capsys.readouterr().err  # what they differ on and nobody set is told
    assert f"Objectives (objectives) differently: {assessed[0]}: 1 (partly); {assessed[1]}: 2 (fully)" in told
    assert called(folder, *ask, "novelty=pilnībā", "objectives=plenamente", "outcomes=1") == 0
    made = Workspace.open(folder).records.get(capsys.readouterr().out.split()[-1]).record
    chosen = {one.item: (one.by, one.of) for one in made.reconciled.chosen}
    assert made.state == "reconciled" and set(made.reconciled.of) == set(assessed)
    assert chosen["actors"][0] is None and chosen["novelty"] == (people[2], (assessed[1],))
    assert chosen["outcomes"] == (people[2], (assessed[0],))
    assert called(folder, "assessment", "score", "esid-4", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["reconciled"] and found["nodes"]["total"]["value"] == 5.0
    assert (found["nodes"]["total"]["n"], found["gate"]) == (2, None)


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
    out = tmp_path / f"out-{len(list(tmp_path.iterdir()))}"
    filled = [word.format(other=other, out=out) for word in words]
    capsys.readouterr()
    called(folder, *filled, "--as", person)
    printed = capsys.readouterr()
    found = (printed.out + printed.err).encode()
    for file in tmp_path.glob(f"{out.name}.*"):
        found += unpacked(file)
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


def test_an_import_is_no_way_to_guess_the_others_answers(assessed, folder, people, tmp_path, capsys):
    """Whatever is guessed, right or wrong, of an assessment that one may not see: its id is unknown."""
    submit(folder, assessed[1], people[1])
    file, said = tmp_path / "ccsi:criteria:esid-4.csv", []
    for guess in (0, 1, 2):
        file.write_text(f"id,objectives,actors\n{assessed[1]}@2,{guess},0\n")
        capsys.readouterr()
        assert called(folder, "record", "import", str(file), "--by", people[2], "--dry-run") == 3
        said.append(capsys.readouterr().err)
    assert len(set(said)) == 1 and assessed[1] in said[0]


def test_old_versions_are_as_blind_as_the_last_one(workspace, folder, people, capsys):
    """B's first words were about something that A has not assessed."""
    records = workspace.records
    of_b = Assessment.model_validate({
        "subject": "zz:number:Z0002", "set": "ccsi:criteria:esid-4", "version": 1, "assessor": people[1], "on": ON,
        "answers": [{"item": "novelty", "value": 2, "note": TWOS}],
    })  # fmt: skip
    first = records.put(of_b, by=people[1])
    answers = [{"item": "novelty", "value": 1}]
    moved = records.put(first.record.replace(subject=SUBJECT, answers=answers), after=1, by=people[1])
    submit(folder, moved.id, people[1])
    mine = of_b.replace(assessor=people[0], subject=SUBJECT, answers=answers)
    submit(folder, records.put(mine, by=people[0]).id, people[0])
    capsys.readouterr()
    assert called(folder, "record", "show", f"{moved.id}@3", "--as", people[0]) == 0
    assert called(folder, "record", "show", f"{moved.id}@1", "--as", people[0]) == 2
    assert called(folder, "record", "history", moved.id, "--as", people[0], "--json") == 0
    printed = capsys.readouterr()
    assert TWOS not in printed.out + printed.err


def test_who_is_still_to_assess_does_not_reconcile_and_pages_wait(assessed, folder, people, capsys):
    files = given({"zz-register": SOURCES / "register" / "sample.csv"})
    ask = ("assessment", "assign", "esid-4", "--subject", SUBJECT, "--assessor", people[2], "--by", people[0])
    assert called(folder, *ask) == 0
    for id, by in zip(assessed, people, strict=False):
        submit(folder, id, by)
        assert called(folder, "record", "publish", id, "--by", by) == 0
    reconcile = ("assessment", "reconcile", "esid-4", SUBJECT, "--on", ON, "--why", "met", "--by", people[2])
    capsys.readouterr()
    assert called(folder, *reconcile) == 3
    told = capsys.readouterr().err
    assert "has not submitted yet" in told and "objectives" not in told and "Objectives" not in told
    assert run(folder, *files) == 0
    assert not (folder / "hub" / "en" / "profile").exists()
    (assignment,) = Workspace.open(folder).recorded("assignment")
    assert called(folder, "record", "advance", assignment.id, "declined", "--by", people[2], "--why", "no time") == 0
    assert run(folder, *files) == 0
    assert (folder / "hub" / "en" / "profile" / "zz.number.Z0001.html").exists()


def test_what_is_submitted_changes_no_more(assessed, folder, people, tmp_path, capsys):
    submit(folder, assessed[0], people[0])
    file = tmp_path / "ccsi:criteria:esid-4.csv"
    file.write_text(f"id,objectives,actors\n{assessed[0]},2,2\n")
    assert called(folder, "record", "import", str(file), "--by", people[0]) == 3
    assert "does not change any more" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "code"), [("--assessor", "lv:person:nobody"), ("--subject", "A. Example")])
def test_an_assignment_that_cannot_be_is_told_without_a_trace(workspace, folder, people, capsys, name, code):
    ask = {"--subject": SUBJECT, "--assessor": people[0], "--by": people[0], name: code}
    assert called(folder, "assessment", "assign", "esid-4", *(word for pair in ask.items() for word in pair)) == 2
    assert "inside the program" not in capsys.readouterr().err
    assert not workspace.recorded("assignment")


def test_an_erased_person_is_nowhere_in_the_workspace_nor_in_what_was_exported(assessed, folder, people, tmp_path):
    submit(folder, assessed[1], people[1])
    assert called(folder, "record", "publish", assessed[1], "--by", people[1]) == 0
    exports = [tmp_path / f"out.{kind}" for kind in ("xlsx", "csv", "jsonl")]
    name = b"B. Example"

    def holding() -> list[Path]:
        for file in exports:
            file.unlink(missing_ok=True)
            assert called(folder, *EXPORT, str(file)) == 0
        assert run(folder, *given({"zz-register": SOURCES / "register" / "sample.csv"})) == 0
        return [file for file in [*folder.rglob("*"), *exports] if file.is_file() and name in unpacked(file)]

    there = {file.name for file in holding()}
    assert there and there <= {"records.db", "records.db-wal"}
    assert called(folder, "person", "erase", people[1]) == 0
    assert holding() == []
    assert Workspace.open(folder).records.get(assessed[1]).by == people[1]


def unpacked(file: Path) -> bytes:
    """The bytes of a file, and of what is packed in it."""
    found = file.read_bytes()
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            found += b"".join(archive.read(name) for name in archive.namelist())
    return found
