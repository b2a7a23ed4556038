"""What cells may say, and what it means: days, numbers, countries, versions, what stands above a table."""

from datetime import datetime
from typing import Literal

import pytest
from openpyxl import load_workbook

from ccsi_kit.forms import Choice, Form, Question, read_form
from ccsi_kit.i18n import advice, sentence
from ccsi_kit.models import Message, Record, Text
from tests.forms.made import LANGUAGES, Plain, Trial
from tests.forms.test_mistakes import NOBODY, issues, made, typed


def test_labels_that_were_worded_anew_make_no_record(tmp_path, trial):
    trial.xlsx(tmp_path / "t.xlsx", lang="lv")
    book = load_workbook(tmp_path / "t.xlsx")
    sheet = book.worksheets[1]
    typed(sheet, 2, notes="What you want to add", count="How many (if known)")
    typed(sheet, 3, country="lv", **{"title@lv": "Cik"}, count=2)
    book.save(tmp_path / "t.xlsx")
    filled = read_form(tmp_path / "t.xlsx", [trial], current=NOBODY)
    assert filled.issues == ()
    assert [(row.record.count, row.place.line) for row in filled.rows] == [(2, 3)]


def test_a_record_with_a_label_among_its_answers_stays_a_record(tmp_path, plain):
    path = made(tmp_path / "p.csv", ["country", "notes", "title@en"], ["lv", "Notes", "Title (English)"])
    assert len(read_form(path, [plain], current=NOBODY).rows) == 0  # two of three: nobody could tell them apart
    path = made(tmp_path / "q.csv", ["country", "notes", "title@en", "count"], ["lv", "Notes", "Title (English)", "1"])
    assert len(read_form(path, [plain], current=NOBODY).rows) == 1


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("LV", "lv"), (" lv ", "lv"), ("Latvija", "lv"), ("latvia", "lv"), ("LETTLAND", "lv"), ("Francia", "fr"),
        ("Suède", "se"), ("Spānija", "es"), ("Norge", "no"), ("eu", "eu"), ("zz", "zz"), ("scotland", "scotland"),
        ("Latvja", None), ("lativa", None), ("Nowhere at all", None), ("L V", None),
    ],
)  # fmt: skip
def test_a_country_is_said_by_its_code_or_its_name_in_any_language(tmp_path, plain, cell, code):
    path = made(tmp_path / "p.csv", ["country", "title@en", "notes"], [cell, "A", "n"])
    filled = read_form(path, [plain], current=NOBODY, lang="sv")
    assert [row.record.country for row in filled.rows] == ([code] if code else [])
    assert [issue.code for issue in filled.issues] == ([] if code else ["form-country"])
    for issue in filled.issues:
        assert issue.arguments["nearest"] == ("Lettland" if cell.casefold().startswith("la") else "")
        assert all(cell in sentence(issue, lang) and "^" not in advice(issue, lang) for lang in LANGUAGES)


@pytest.mark.parametrize("ending", [".xlsx", ".zip", ".jsonl"])
def test_an_id_with_a_version_is_what_its_writer_saw(tmp_path, trial, ending):
    """What `current` gives for `...@2` is the base of the row, and its parts name it so."""
    seen = Trial(id="lv:trial:1", country="lv", title={"lv": "T"}, notes="seen", tags=("a", "b"), count=1)
    file, out = tmp_path / f"t{ending}", seen.model_copy(update={"id": "lv:trial:1@2"})
    if ending == ".xlsx":
        trial.xlsx(file, lang="lv", records=[out])
    else:
        getattr(trial, "csv" if ending == ".zip" else "jsonl")(file, records=[out])
    asked = []
    filled = read_form(file, [trial], current=lambda id: asked.append(id) or seen)
    assert filled.issues == () and asked == ["lv:trial:1@2"]
    assert [(row.id, row.record.replace(id=None)) for row in filled.rows] == [("lv:trial:1@2", seen.replace(id=None))]


def test_blank_cells_leave_what_the_writer_saw_and_parts_may_name_the_bare_id(tmp_path, trial):
    seen = Trial(id="lv:trial:1", country="lv", title={"lv": "T"}, notes="seen", tags=("a",))
    trial.xlsx(tmp_path / "t.xlsx", lang="en", records=[seen.model_copy(update={"id": "lv:trial:1@2"})])
    book = load_workbook(tmp_path / "t.xlsx")
    typed(book["Trial"], 3, notes=None, count=7)
    typed(book["Words"], 4, _parent="lv:trial:1", value="b")
    book.save(tmp_path / "t.xlsx")
    filled = read_form(tmp_path / "t.xlsx", [trial], current={"lv:trial:1@2": seen}.get)
    assert filled.issues == ()
    assert [(row.record.notes, row.record.count, row.record.tags) for row in filled.rows] == [("seen", 7, ("a", "b"))]


def test_two_versions_of_one_record_are_one_record(tmp_path, plain):
    seen = Plain(id="lv:plain:1", country="lv", title={"lv": "T"}, notes="n")
    path = made(tmp_path / "p.csv", ["id", "count"], ["lv:plain:1@1", "1"], ["lv:plain:1@2", "2"])
    lines = tmp_path / "p.jsonl"
    lines.write_text('{"id":"lv:plain:1@1","count":1}\n{"id":"lv:plain:1@2","count":2}\n', encoding="utf-8")
    for file in (path, lines):
        assert [issue.code for issue in issues(file, plain, current=lambda _: seen)] == ["form-twice"]


@pytest.mark.parametrize(
    "cell", ["2026-11-24T09:30:00", "2026-11-24 09:30", "24.11.2026 9:30", "2026-11-24T09:30:00.250+02:00"]
)
def test_a_day_with_a_time_is_the_day(tmp_path, trial, cell):
    path = made(tmp_path / "t.csv", ["country", "title@en", "date"], ["lv", "A", cell])
    (row,) = read_form(path, [trial], current=NOBODY).rows
    assert row.record.date.isoformat() == "2026-11-24"


def test_a_day_cell_with_a_time_is_the_day(tmp_path, trial):
    path = made(tmp_path / "t.xlsx", ["country", "title@en", "date"], ["lv", "A", datetime(2026, 11, 24, 9, 30)])
    (row,) = read_form(path, [trial], current=NOBODY).rows
    assert row.record.date.isoformat() == "2026-11-24"


@pytest.mark.parametrize(
    ("cell", "value"),
    [("2,0", "2"), ("2.0", "2"), (2.0, "2"), ("7.00", "7"), ("0,50", "0.5"), ("2,5", None), ("27", None)],
)
def test_a_number_with_zeros_behind_is_the_same_choice(tmp_path, cell, value):
    class Marked(Record, kind="plain"):
        notes: Literal["2", "7", "20", "0.5"]

    path = made(tmp_path / "m.xlsx", ["country", "notes"], ["lv", cell])
    filled = read_form(path, [numbered(Marked, ("2", "7", "20", "0.5"))], current=NOBODY)
    assert [row.record.notes for row in filled.rows] == ([value] if value else [])
    for issue in filled.issues:
        assert (issue.code, issue.arguments["nearest"]) == ("form-choice", "")
        assert advice(issue, "en").startswith("Write one of these: 2; 7")


def numbered(record, choices):
    """A form that asks for a country and one of some numbers."""
    question = Question(
        name="notes", label=Message("record.notes"), kind="choice", required=True,
        choices=tuple(Choice(value=value, label=Text.model_validate({"en": value})) for value in choices),
    )  # fmt: skip
    asks = Form.of(Plain).asks
    asks.record, asks.questions = record, (asks.questions[0], question)
    return Form(asks)


@pytest.mark.parametrize("above", ["", "sep=;\n", "Our trials, of 2026, and more, much more\n", ",,,\n\n"])
def test_what_stands_above_the_table_does_not_tell_its_delimiter(tmp_path, plain, above):
    text = f"{above}country;title@lv;notes\nlv;Ābele, liepa;a,b,c\nlv;Bērzs;d,e\n"
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    rows = read_form(tmp_path / "p.csv", [plain], current=NOBODY).rows
    assert [row.record.notes for row in rows] == ["a,b,c", "d,e"]


def test_separators_and_encodings_that_spreadsheets_write(tmp_path, plain):
    text = 'country{0}title@lv{0}notes\r\nlv{0}Ābele{0}"a{0}b"\r\n'
    for separator in ",;\t":
        for encoding in ("utf-8", "utf-8-sig", "utf-16"):
            (tmp_path / "p.csv").write_bytes(text.format(separator).encode(encoding))
            (row,) = read_form(tmp_path / "p.csv", [plain], current=NOBODY).rows
            assert row.record.notes == f"a{separator}b"
            assert str(row.record.title) == "Ābele"


def test_a_choice_that_a_record_has_already_may_stay_though_no_list_has_it(tmp_path, trial):
    odd = {"theme": "lv:theme/odd", "themes": ("lv:theme/odd", "ccsi:theme/care")}
    record = Trial(id="lv:trial:1", country="lv", title={"lv": "T"}, **odd)
    trial.xlsx(tmp_path / "t.xlsx", lang="en", records=[record])
    filled = read_form(tmp_path / "t.xlsx", [trial], current={record.id: record}.get)
    assert [row.record for row in filled.rows] == [record]
    trial.xlsx(tmp_path / "t.xlsx", lang="en", records=[record.replace(id=None)])
    found = issues(tmp_path / "t.xlsx", trial)
    assert [(issue.code, issue.column) for issue in found] == [("form-choice", "theme"), ("form-choice", "themes#1")]
