"""Every mistake is told at its cell, all of them at once, in five languages."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from ccsi_kit.errors import Refused
from ccsi_kit.forms import Form, read_form
from ccsi_kit.i18n import advice, has_words, sentence
from ccsi_kit.models import Record, Text
from tests.forms.made import LANGUAGES, Answer, Plain, Trial

NOBODY = {}.get


def made(path: Path, header, *rows) -> Path:
    if path.suffix == ".xlsx":
        book = Workbook()
        for cells in (header, *rows):
            book.active.append(cells)
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    return path


def issues(path, *forms, current=NOBODY):
    return read_form(path, forms, current=current).issues


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_all_mistakes_of_a_row_are_told_with_their_cells(tmp_path, trial, suffix):
    path = made(
        tmp_path / f"trial{suffix}",
        ["country", "title@en", "count", "score", "share", "date", "agreed", "size", "theme", "organisation"],
        ["lv", "Fine", "1", "1.5", "0,5", "24.11.2026", "jā", "Liels", "Empleo", "lv:regcode:40008000009"],
        ["lv", "Bad", "1.5", "x", "1,234", "11/24/2026", "maybe", "Bigg", "Nothing like it", ""],
    )
    filled = read_form(path, [trial], current=NOBODY)
    (row,) = filled.rows
    assert (row.record.size, row.record.agreed, row.record.theme) == ("big", True, "ccsi:theme/employment")
    found = {issue.column: issue for issue in filled.issues}
    assert {column: issue.code for column, issue in found.items()} == {
        "count": "form-whole", "score": "form-number", "share": "form-number-unclear", "date": "form-day",
        "agreed": "form-yes-no", "size": "form-choice", "theme": "form-choice",
    }  # fmt: skip
    for issue in filled.issues:
        assert (issue.row, issue.line, issue.file, issue.severity) == (2, 3, path.name, "error")
        assert issue.source == ("Sheet" if suffix == ".xlsx" else None)
        for lang in LANGUAGES:
            told, mend = sentence(issue, lang), advice(issue, lang)
            assert issue.value in told
            assert mend
            assert "{" not in told + mend
    assert found["size"].arguments["nearest"] == "Big"
    assert found["date"].arguments["cell"] == ("F3" if suffix == ".xlsx" else "")
    assert len({sentence(found["date"], lang) for lang in LANGUAGES}) == len(LANGUAGES)


def test_what_the_model_refuses_is_told_at_the_cell(tmp_path, trial):
    path = made(
        tmp_path / "t.csv",
        ["country", "title@en", "count", "share", "organisation", "period.start", "period.end", "budget.value"],
        ["lv", "A", "-1", "7", "no ref", "2024-02-01", "2024-01-01", "5"],
        ["LV", "", "", "", "", "", "", ""],
    )
    found = [(issue.row, issue.column, issue.code) for issue in issues(path, trial)]
    assert set(found) == {
        (1, "count", "form-value"), (1, "share", "form-value"), (1, "organisation", "no-ref"),
        (1, "period.start", "period-order"), (1, "budget.currency", "form-missing"),
        (2, "title@en", "form-missing"),
    }  # fmt: skip


def test_mistakes_of_parts_are_told_on_their_sheet(tmp_path, trial):
    record = Trial(id="lv:trial:1", country="lv", title={"en": "A"}, answers=(Answer(item="a:b/c", marks=3),))
    trial.xlsx(tmp_path / "t.xlsx", lang="en", records=[record])
    book = load_workbook(tmp_path / "t.xlsx")
    sheet = book["Answers"]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(3, names.index("marks") + 1).value = 11
    for at, value in (("_parent", "lv:trial:1"), ("item", "no ref")):
        sheet.cell(4, names.index(at) + 1).value = value
    for at, value in (("_parent", "lv:trial:9"), ("item", "a:b/c")):
        sheet.cell(5, names.index(at) + 1).value = value
    book.save(tmp_path / "t.xlsx")
    found = issues(tmp_path / "t.xlsx", trial, current={record.id: record}.get)
    assert {(issue.source, issue.line, issue.column, issue.code) for issue in found} == {
        ("Answers", 3, "marks", "form-value"), ("Answers", 4, "item", "no-ref"),
        ("Answers", 5, "_parent", "form-no-parent"),
    }  # fmt: skip


def test_everything_is_told_at_once_and_nothing_that_only_follows(tmp_path, trial):
    """Cells that cannot be read and what the record type refuses; not that what was left out is missing."""
    path = made(
        tmp_path / "t.csv",
        ["country", "title", "count", "share", "organisation", "period.start", "period.end", "budget.value",
         "budget.currency", "themes#1", "themes#2"],
        ["lv", "No language", "x", "7", "no ref", "2024-02-01", "soon", "much", "EUR", "Nothing", "Nor this"],
    )  # fmt: skip
    found = [(issue.column, issue.code) for issue in issues(path, trial)]
    assert sorted(found) == [
        ("budget.value", "form-number"), ("count", "form-whole"), ("organisation", "no-ref"),
        ("period.end", "form-day"), ("share", "form-value"), ("themes#1", "form-choice"), ("themes#2", "form-choice"),
        ("title", "form-no-language"),
    ]  # fmt: skip


def test_a_wrong_day_beside_a_stored_one_is_told_alone(tmp_path, trial):
    """What the record says of the other day must not make a second mistake of it."""
    period = {"start": "2024-01-01", "end": "2024-12-31"}
    record = Trial(id="lv:trial:1", country="lv", title={"en": "A"}, period=period)
    path = made(tmp_path / "t.csv", ["id", "period.start", "period.end"], [record.id, "2025-02-01", "soon"])
    found = issues(path, trial, current={record.id: record}.get)
    assert [(issue.column, issue.code) for issue in found] == [("period.end", "form-day")]


def test_a_row_of_an_unknown_record_is_told_of_its_cells_but_not_of_blank_ones(tmp_path, plain):
    path = made(tmp_path / "p.csv", ["id", "title@en", "count"], ["lv:plain:404", "", "many"], ["", "", "few"])
    assert [(issue.line, issue.column, issue.code) for issue in issues(path, plain)] == [
        (2, "id", "form-unknown-id"), (2, "count", "form-whole"),
        (3, "count", "form-whole"), (3, "country", "form-missing"), (3, "title@en", "form-missing"),
        (3, "notes", "form-missing"),
    ]  # fmt: skip


def test_the_mistakes_of_a_part_and_of_its_record_are_told_together(tmp_path, trial):
    record = Trial(id="lv:trial:1", country="lv", title={"en": "A"}, answers=(Answer(item="a:b/c", marks=3),))
    trial.xlsx(tmp_path / "t.xlsx", lang="en", records=[record])
    book = load_workbook(tmp_path / "t.xlsx")
    typed(book["Trial"], 3, count="x", organisation="no ref")
    typed(book["Answers"], 3, marks="many")
    typed(book["Answers"], 4, _parent=record.id, marks="11")
    typed(book["Answers"], 5, _parent="lv:trial:9", marks="lots")
    book.save(tmp_path / "t.xlsx")
    found = issues(tmp_path / "t.xlsx", trial, current={record.id: record}.get)
    assert {(issue.source, issue.line, issue.column, issue.code) for issue in found} == {
        ("Trial", 3, "count", "form-whole"), ("Trial", 3, "organisation", "no-ref"),
        ("Answers", 3, "marks", "form-whole"), ("Answers", 4, "item", "form-missing"),
        ("Answers", 4, "marks", "form-value"), ("Answers", 5, "_parent", "form-no-parent"),
        ("Answers", 5, "marks", "form-whole"),
    }  # fmt: skip


def typed(sheet, line, **cells):
    """Types values below the names of the columns."""
    names = [cell.value for cell in sheet[1]]
    for name, value in cells.items():
        sheet.cell(line, names.index(name) + 1).value = value


def test_a_blank_cell_that_must_be_answered_is_named(tmp_path, trial):
    trial.xlsx(tmp_path / "t.xlsx", lang="lv")
    book = load_workbook(tmp_path / "t.xlsx")
    sheet = book.worksheets[1]
    typed(sheet, 3, country="lv", count=1)
    book.save(tmp_path / "t.xlsx")
    (issue,) = read_form(tmp_path / "t.xlsx", [trial], current=NOBODY, lang="lv").issues
    assert (issue.code, issue.column, issue.value) == ("form-missing", "title@lv", None)
    names = [cell.value for cell in sheet[1]]
    assert issue.arguments["cell"] == sheet.cell(3, names.index("title@lv") + 1).coordinate


@pytest.mark.parametrize("value", ["=1+1", "#N/A"])
def test_a_cell_that_cannot_be_read_is_no_blank_one(tmp_path, plain, value):
    """An error, or a formula that no program ever calculated."""
    record = Plain(id="lv:plain:1", country="lv", title={"en": "A"}, notes="n", count=3)
    plain.xlsx(tmp_path / "p.xlsx", lang="en", records=[record])
    book = load_workbook(tmp_path / "p.xlsx")
    sheet = book.worksheets[1]
    typed(sheet, 3, count=value)
    typed(sheet, 4, id=value, notes="lost")
    sheet.cell(1, 30).value = "My own column"
    sheet.cell(3, 30).value = value
    book.save(tmp_path / "p.xlsx")
    filled = read_form(tmp_path / "p.xlsx", [plain], current={record.id: record}.get)
    assert filled.rows == ()
    assert [(issue.code, issue.severity, issue.line, issue.column, issue.value) for issue in filled.issues] == [
        ("form-column", "warning", None, "My own column", None),
        ("form-uncounted", "error", 3, "count", value), ("form-uncounted", "error", 4, "id", value),
    ]  # fmt: skip
    assert [issue.arguments.get("cell") for issue in filled.issues[1:]][1] == "A4"
    for lang in LANGUAGES:
        assert value in sentence(filled.issues[1], lang)
        assert advice(filled.issues[1], lang)


def test_a_row_with_nothing_but_such_a_cell_is_told(tmp_path, trial):
    trial.xlsx(tmp_path / "t.xlsx", lang="en")
    book = load_workbook(tmp_path / "t.xlsx")
    typed(book["Trial"], 9, notes="#REF!")
    typed(book["Answers"], 5, _parent="#N/A", item="a:b/c")
    book.save(tmp_path / "t.xlsx")
    found = [(issue.source, issue.line, issue.code) for issue in issues(tmp_path / "t.xlsx", trial)]
    assert ("Trial", 9, "form-uncounted") in found
    assert [one for one in found if one[0] == "Answers"] == [("Answers", 5, "form-uncounted")]


def test_what_the_models_refuse_is_said_in_every_language(tmp_path, trial):
    path = made(
        tmp_path / "t.csv", ["country", "title@en", "organisation", "period.start", "period.end"],
        ["lv", "A", "no ref", "2024-02-01", "2024-01-01"],
    )  # fmt: skip
    lines = tmp_path / "t.jsonl"
    lines.write_text(
        '{"country":"lv","title":{},"organisation":"no ref","period":{"start":"2024-02-01","end":"2024-01-01"}}\n',
        encoding="utf-8",
    )
    found = [*issues(path, trial), *issues(lines, trial)]
    assert {issue.code for issue in found} == {"no-ref", "period-order", "text-languages"}
    for issue in found:
        said = {sentence(issue, lang) for lang in LANGUAGES} | {advice(issue, lang) for lang in LANGUAGES}
        assert len(said) == 2 * len(LANGUAGES)
        assert not any(word is None or "{" in word or "None" in word for word in said), said


@pytest.mark.parametrize("labelled", [False, True])
def test_a_part_that_does_not_say_what_it_belongs_to_is_told(tmp_path, trial, labelled):
    """Even where there is one record only: it must never become that one's in silence."""
    trial.xlsx(tmp_path / "t.xlsx", lang="en")
    book = load_workbook(tmp_path / "t.xlsx")
    typed(book["Trial"], 3, country="lv", **{"title@en": "A"}, **({"_row": "A"} if labelled else {}))
    typed(book["Words"], 3, value="lost")
    typed(book["Words"], 4, _part=1, value="lost too")
    typed(book["Words"], 5, _part=2)
    book.save(tmp_path / "t.xlsx")
    filled = read_form(tmp_path / "t.xlsx", [trial], current=NOBODY)
    assert [row.record.tags for row in filled.rows] == [()]
    assert [(issue.code, issue.line, issue.arguments["cell"]) for issue in filled.issues] == [
        ("form-blank-parent", 4, "A4"), ("form-blank-parent", 3, "A3")
    ]  # fmt: skip


def test_unknown_columns_ids_and_sheets(tmp_path, trial):
    book = Workbook()
    book.active.append(["id", "country", "tytle@en", "title@en", "My own column"])
    book.active.append(["lv:trial:404", "lv", "", "A", "x"])
    book.create_sheet("Mine").append(["something", "else"])
    book.save(tmp_path / "t.xlsx")
    found = issues(tmp_path / "t.xlsx", trial)
    assert [(issue.code, issue.severity) for issue in found] == [
        ("form-column", "warning"), ("form-column", "warning"), ("form-sheet", "warning"), ("form-unknown-id", "error"),
    ]  # fmt: skip
    assert found[0].arguments["nearest"] == "title@en"
    assert found[1].arguments["nearest"] == ""
    assert "Leave it" in advice(found[1], "en")


def test_one_record_twice_and_one_column_twice(tmp_path, plain):
    record = Plain(id="lv:plain:1", country="lv", title={"en": "A"}, notes="n")
    path = made(tmp_path / "p.csv", ["id", "notes"], [record.id, "x"], [record.id, "y"])
    filled = read_form(path, [plain], current={record.id: record}.get)
    assert [row.record.notes for row in filled.rows] == ["x"]
    assert [(issue.code, issue.line) for issue in filled.issues] == [("form-twice", 3)]
    path = made(tmp_path / "q.csv", ["id", "notes", "Notes"], [record.id, "x", "y"])
    filled = read_form(path, [plain], current={record.id: record}.get)
    assert filled.rows == ()
    assert [issue.code for issue in filled.issues] == ["form-column-twice"]


def test_texts_need_a_language_and_an_original_that_says_something(tmp_path, plain):
    path = made(
        tmp_path / "p.csv", ["country", "notes", "title", "title@sv", "title.original"],
        ["lv", "n", "A", "", ""], ["lv", "n", "", "B", "lv"], ["lv", "n", "", "C", "sv"], ["lv", "n", "", "", "en"],
    )  # fmt: skip
    filled = read_form(path, [plain], current=NOBODY)
    assert [(issue.row, issue.code, issue.column) for issue in filled.issues] == [
        (1, "form-no-language", "title"), (2, "form-original", "title.original"),
        (4, "form-original", "title.original"),
    ]  # fmt: skip
    assert [row.record.title.original.lang for row in filled.rows] == ["sv"]


def test_the_original_can_be_changed_and_a_changed_wording_is_no_machine_s(tmp_path, plain):
    title = Text.model_validate(
        [
            {"lang": "en", "text": "A"},
            {"lang": "sv", "text": "B", "machine": True},
            {"lang": "lv", "text": "C", "machine": True},
        ]
    )
    record = Plain(id="lv:plain:1", country="lv", title=title, notes="n")
    path = made(tmp_path / "p.csv", ["id", "title@sv", "title.original"], [record.id, "Bättre", "lv"])
    (row,) = read_form(path, [plain], current={record.id: record}.get).rows
    assert [(w.lang, w.text, w.machine) for w in row.record.title.wordings()] == [
        ("lv", "C", True), ("en", "A", False), ("sv", "Bättre", False)
    ]  # fmt: skip


def test_columns_may_move_rows_may_be_sorted_and_labels_may_head_the_table(tmp_path, trial):
    records = [
        Trial(id=f"lv:trial:{n}", country="lv", title={"lv": f"T{n}"}, tags=("a", "b", f"c{n}")) for n in range(3)
    ]
    trial.xlsx(tmp_path / "t.xlsx", lang="lv", records=records)
    book = load_workbook(tmp_path / "t.xlsx")
    for name in book.sheetnames[1:3]:
        sheet = book[name]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        turned = [["A note above"], [], *([row[::-1] for row in [*rows[:1], *rows[:0:-1]]])]  # the labels now below
        sheet.delete_rows(1, sheet.max_row)
        for row in turned:
            sheet.append(row)
    book[book.sheetnames[1]].title = "My trials"
    book.save(tmp_path / "t.xlsx")
    known = {record.id: record for record in records}
    filled = read_form(tmp_path / "t.xlsx", [trial], current=known.get)
    assert filled.issues == ()
    assert {row.id: row.record for row in filled.rows} == known

    trial.xlsx(tmp_path / "t.xlsx", lang="fr", records=records)
    book = load_workbook(tmp_path / "t.xlsx")
    for name in book.sheetnames[1:-1]:
        book[name].delete_rows(1)
    book.save(tmp_path / "t.xlsx")
    filled = read_form(tmp_path / "t.xlsx", [trial], current=known.get)
    assert filled.issues == ()
    assert [row.record for row in filled.rows] == records


def test_parts_can_be_taken_out_put_in_and_put_in_order(tmp_path, trial):
    record = Trial(id="lv:trial:1", country="lv", title={"lv": "T"}, tags=("a", "b", "c"))
    trial.xlsx(tmp_path / "t.xlsx", lang="en", records=[record])
    book = load_workbook(tmp_path / "t.xlsx")
    sheet = book["Words"]
    sheet.delete_rows(4)
    sheet.cell(5, 1).value, sheet.cell(5, 3).value = record.id, "new"
    book.save(tmp_path / "t.xlsx")
    (row,) = read_form(tmp_path / "t.xlsx", [trial], current={record.id: record}.get).rows
    assert row.record.tags == ("a", "c", "new")


def test_a_new_record_is_named_by_its_label(tmp_path, trial):
    trial.xlsx(tmp_path / "t.xlsx", lang="en")
    book = load_workbook(tmp_path / "t.xlsx")
    main, tags = book["Trial"], book["Words"]
    names = [cell.value for cell in main[1]]
    for line, label in ((3, "A"), (4, "B")):
        main.cell(line, names.index("_row") + 1).value = label
        main.cell(line, names.index("title@es") + 1).value = f"Título {label}"
        tags.cell(line, 1).value, tags.cell(line, 3).value = label, f"word {label}"
    book.save(tmp_path / "t.xlsx")
    filled = read_form(tmp_path / "t.xlsx", [trial], current=NOBODY, country="es")
    assert filled.issues == ()
    assert [(row.record.country, row.record.tags) for row in filled.rows] == [("es", ("word A",)), ("es", ("word B",))]
    assert [row.place.line for row in filled.rows] == [3, 4]


def test_json_lines_tell_their_mistakes(tmp_path, trial, plain):
    record = Plain(id="lv:plain:1", country="lv", title={"en": "A"}, notes="n", count=3)
    path = tmp_path / "r.jsonl"
    path.write_text(
        '{"kind":"plain","country":"lv","title":{"en":"B"},"notes":"x"}\nno json\n[1]\n\n{"country":"lv"}\n'
        '{"kind":"plain","title":{"en":"B"},"note":"x"}\n{"id":"lv:plain:1","count":null}\n{"id":"lv:plain:2"}\n'
        '{"kind":"plain","title":{"en":"B"},"notes":"x","state":"withdrawn"}\n',
        encoding="utf-8",
    )
    filled = read_form(path, [trial, plain], current={record.id: record}.get, country="es")
    assert [(row.record.country, row.record.count, row.id) for row in filled.rows] == [
        ("lv", None, None), ("lv", None, "lv:plain:1")
    ]  # fmt: skip
    assert [(issue.line, issue.code) for issue in filled.issues] == [
        (2, "form-json"), (3, "form-json"), (5, "form-kind"), (6, "missing-key"), (6, "unknown-key"),
        (8, "form-unknown-id"), (9, "form-state"),
    ]  # fmt: skip
    for issue in filled.issues:
        assert all("{" not in sentence(issue, lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF", "form-file"),
        ("a.xlsx", b"no book", "spreadsheet-broken"),
        ("a.zip", b"no zip", "form-broken-zip"),
        ("a.csv", "notes\nāē".encode("cp1257"), "form-encoding"),
        ("a.csv", b"some;other;table\n1;2;3\n", "form-none"),
        ("a.csv", b"", "form-none"),
        ("none.csv", None, "file-unreadable"),
    ],
)
def test_a_file_that_is_no_form_is_refused(tmp_path, plain, name, data, code):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused) as refused:
        read_form(tmp_path / name, [plain], current=NOBODY)
    assert refused.value.code == code
    assert all(has_words(code, lang) for lang in LANGUAGES)


def test_a_table_that_two_forms_could_own_is_refused(tmp_path):
    class Other(Record, kind="other"):
        notes: str

    class One(Record, kind="plain"):
        notes: str

    (tmp_path / "a.csv").write_text("country,notes\nlv,x\n", encoding="utf-8")
    with pytest.raises(Refused, match="form-ambiguous"):
        read_form(tmp_path / "a.csv", [Form.of(One), Form.of(Other)], current=NOBODY)


def test_a_part_of_two_rows_of_one_label_is_of_none(tmp_path, trial):
    record = Trial(country="lv", title={"lv": "T"}, tags=("a",))
    trial.xlsx(tmp_path / "t.xlsx", lang="en", records=[record, record])
    book = load_workbook(tmp_path / "t.xlsx")
    assert book["Trial"].cell(4, 2).value == "2"
    book["Trial"].cell(4, 2).value = "1"
    book.save(tmp_path / "t.xlsx")
    found = issues(tmp_path / "t.xlsx", trial)
    assert [(issue.code, issue.line) for issue in found] == [("form-two-parents", 3), ("form-no-parent", 4)]


CELLS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        "1",
        "²",
        "9" * 5000,
        "1e999",
        "-1e-999",
        "0001-01-01",
        "31.2.2024",
        "nan",
        "inf",
        "en",
        "lv:trial:1",
        "ccsi:theme/care",
    ]
)
COLUMNS = [
    "id", "_row", "country", "title@en", "title.original", "title", "count", "score", "share", "date", "agreed", "size",
    "theme", "themes", "themes#1", "themes/ccsi:theme/care", "organisation", "period.start", "budget.value",
    "KEY", "_uuid",
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    columns=st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=8, unique=True),
    rows=st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=4),
    data=st.data(),
)
def test_whatever_stands_in_cells_gives_records_and_issues(tmp_path, trial, columns, rows, data):
    record = Trial(id="lv:trial:1", country="lv", title={"en": "T"})
    path = made(tmp_path / "t.csv", columns, *[row[: len(columns)] for row in rows])
    try:
        filled = read_form(path, [trial], current={record.id: record}.get, country="lv")
    except Refused:
        return
    lang = data.draw(st.sampled_from(LANGUAGES))
    for issue in filled.issues:
        assert sentence(issue, lang)
        assert advice(issue, lang) or issue.code in ("text-unwritable", "text-too-long")


def test_lists_of_one_name_are_those_of_the_records_in_the_file(tmp_path, trial):
    class Twin(Record, kind="twin"):
        title: Text
        size: str | None = None
        tags: tuple[str, ...] = ()

    twin = Form.of(Twin)
    record = Trial(id="lv:trial:1", country="lv", title={"lv": "T"}, tags=("a",))
    trial.xlsx(tmp_path / "t.xlsx", lang="en", records=[record])
    filled = read_form(tmp_path / "t.xlsx", [twin, trial], current={record.id: record}.get)
    assert filled.issues == ()
    assert [row.record for row in filled.rows] == [record]
