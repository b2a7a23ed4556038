"""What a workbook looks like to those who fill it in."""

from html import escape
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ccsi_kit.criteria import CriteriaForm, criteria_sets
from ccsi_kit.errors import UsageError
from ccsi_kit.forms import Choice, Form, Question, read_form, said
from ccsi_kit.forms.places import sheet_name
from ccsi_kit.i18n import words
from ccsi_kit.models import Message, Record
from tests.forms.made import LANGUAGES, Trial

RECORD = Trial(
    id="lv:trial:1", country="lv", title={"lv": "=1+1", "en": "@one"}, notes="+cmd|' /C calc'!A0", tags=("-1", "=2"),
    size="big", agreed=True,
)  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path, trial):
    trial.xlsx(tmp_path / "t.xlsx", lang=request.param, records=[RECORD])
    return load_workbook(tmp_path / "t.xlsx"), request.param


def test_no_cell_is_a_formula(tmp_path, trial):
    trial.xlsx(tmp_path / "t.xlsx", lang="lv", records=[RECORD])
    sheets = load_workbook(tmp_path / "t.xlsx")
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {"=1+1", "=2", "+cmd|' /C calc'!A0"} <= {cell.value for cell in cells}
    with ZipFile(tmp_path / "t.xlsx") as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(part).replace(b"<formula1>", b""), part


def test_drop_downs_point_at_the_sheet_of_choices_well_below_the_last_record(book):
    sheets, _ = book
    found = {}
    for sheet in sheets:
        for one in sheet.data_validations.dataValidation:
            assert one.type == "list"
            assert one.formula1.startswith("'choices'!$")
            (cells,) = one.sqref.ranges
            assert cells.max_row - cells.min_row >= 200
            found[sheet.cell(1, cells.min_col).value] = [
                cell[0].value for cell in sheets["choices"][one.formula1.partition("!")[2].replace("$", "")]
            ]
    assert len(found["size"]) == len(found["agreed"]) == 2
    assert "title.original" in found
    assert found["themes#1"] == found["theme"]


def test_names_labels_notes_and_sheets(book):
    sheets, lang = book
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in sheets.sheetnames)
    assert len({name.casefold() for name in sheets.sheetnames}) == len(sheets.sheetnames)
    assert sheets.sheetnames[-1] == "choices"
    sheet = sheets[sheets.sheetnames[1]]
    names = [cell.value for cell in sheet[1]]
    assert names[:3] == ["id", "_row", "country"]
    assert {f"title@{lang}", "title.original", "period.start", "budget.value", "themes#8"} <= set(names)
    assert "computed" not in names
    notes = sheet.cell(2, names.index("notes") + 1)
    assert notes.comment.text
    values = dict(zip(names, [cell.value for cell in sheet[3]], strict=True))
    assert values["id"] == "lv:trial:1"
    assert values["title.original"] == "lv"
    assert values["size"] in found_labels(lang)


def found_labels(lang):
    from tests.forms.made import WORDS

    return {WORDS["record.trial.size.big"][LANGUAGES.index(lang)]}


def test_a_title_that_no_sheet_may_have(tmp_path, plain):
    plain.xlsx(tmp_path / "p.xlsx", lang="en")
    assert load_workbook(tmp_path / "p.xlsx").sheetnames[1] == "Plain a b"


def test_the_name_of_a_sheet_is_cut_after_a_word(tmp_path):
    form = Form.of(CriteriaForm(criteria_sets()["ccsi:criteria:esid-4"]))
    for lang in LANGUAGES:
        form.xlsx(tmp_path / "f.xlsx", lang=lang)
        name, title = load_workbook(tmp_path / "f.xlsx").sheetnames[1], said(form.title, lang)
        assert len(name) <= 31
        assert title == name or title.removeprefix(name)[:1] == " ", name
        assert form.places[0].called(name)


@settings(max_examples=200)
@given(title=st.text(st.sampled_from("ab[]:*?/' ,"), max_size=60))
def test_any_title_becomes_a_name_that_a_sheet_may_have(title):
    name = sheet_name(title)
    assert 0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") and name.strip(" '") == name
    assert sheet_name(name) == name


def explained(form, lang, path, **more) -> str:
    form.xlsx(path, lang=lang, **more)
    return "\n".join(str(row[0].value) for row in load_workbook(path).worksheets[0].iter_rows())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_sheet_explains_what_the_form_has_and_nothing_else(tmp_path, trial, plain, lang):
    """A list without any row stays as it was: that is said where there are lists."""
    of_lists, of_all = {"parts", "lists", "row"}, {"rows", "blank", "id"}
    all_, few = explained(trial, lang, tmp_path / "t.xlsx"), explained(plain, lang, tmp_path / "p.xlsx")
    form = Form.of(CriteriaForm(criteria_sets()["ccsi:criteria:esid-4"]))
    one = explained(form, lang, tmp_path / "e.xlsx")
    for what in {"choices", "several", "texts", *of_lists, *of_all}:
        line = words(f"form.how.{what}", lang)
        assert line in all_
        assert (line in few) is (what in {"texts", *of_all})
        assert (line in one) is (what in {"choices", *of_all})


def test_more_choices_than_columns_may_be_added(tmp_path, trial):
    """Eight columns; where there are more choices the form says which column comes next, and takes it."""
    themes = [choice.value for question in trial.questions if question.name == "themes" for choice in question.choices]
    assert len(themes) > 9
    record = RECORD.replace(themes=themes[:8])
    assert "themes#9" in explained(trial, "lv", tmp_path / "t.xlsx", records=[record])
    book = load_workbook(tmp_path / "t.xlsx")
    sheet = book.worksheets[1]
    names = [cell.value for cell in sheet[1]]
    assert "themes#9" not in names
    assert "themes#9" in sheet.cell(2, names.index("themes#8") + 1).comment.text
    sheet.cell(1, len(names) + 1).value, sheet.cell(3, len(names) + 1).value = "themes#9", themes[8]
    book.save(tmp_path / "t.xlsx")
    (row,) = read_form(tmp_path / "t.xlsx", [trial], current={RECORD.id: record}.get).rows
    assert row.record.themes == tuple(themes[:9])
    assert "themes#10" in explained(trial, "lv", tmp_path / "u.xlsx", records=[record.replace(themes=themes[:9])])


def test_a_choice_of_few_has_no_more_columns_than_choices(tmp_path):
    question = Question(
        name="size", label=Message("record.notes"), kind="choices",
        choices=tuple(Choice(value=value, label=Message(f"form.{value}")) for value in ("yes", "no")),
    )  # fmt: skip
    asks = Form.of(Trial).asks
    asks.questions = (question,)
    said_ = explained(Form(asks), "en", tmp_path / "f.xlsx")
    names = [cell.value for cell in load_workbook(tmp_path / "f.xlsx").worksheets[1][1]]
    assert names == ["id", "_row", "size#1", "size#2"]
    assert "size#" not in said_ and words("form.how.several", "en") in said_


@pytest.mark.parametrize("lang", LANGUAGES)
def test_short_answers_have_little_room_on_paper_and_the_country_is_explained(plain, lang):
    page = plain.html(lang)
    country = page[page.index("<section>") :].partition("</section>")[0]
    assert '<div class="short">' in country and "room" not in country
    assert escape(words("record.country.help", lang)) in country
    assert page.count('<div class="room">') == 2, "title and notes"
    form = Form.of(CriteriaForm(criteria_sets()["ccsi:criteria:esid-4"]))
    heading = form.html(lang).split("</section>")
    assert '<div class="short">' in heading[0] and '<div class="short">' in heading[3], "country and day"
    assert escape(words("record.country.help", lang)) in heading[0]


def test_a_field_without_words_is_an_error_of_the_program():
    class Mute(Record, kind="mute"):
        colour: str

    with pytest.raises(UsageError, match="no-words"):
        Form.of(Mute)


def test_a_field_that_no_form_asks_is_an_error_of_the_program():
    class Odd(Record, kind="odd"):
        title: dict[str, str]

    with pytest.raises(UsageError, match="form-unaskable"):
        Form.of(Odd)


def test_a_printed_form_asks_everything_in_each_language(trial):
    for lang in LANGUAGES:
        page = trial.html(lang)
        assert page.startswith(f'<!doctype html>\n<html lang="{lang}">')
        for question in trial.questions:
            assert said(question.label, lang).replace("'", "&#x27;") in page
            for choice in question.choices:
                assert (
                    said(choice.label, lang).replace("'", "&#x27;").replace("&", "&amp;").replace("&amp;#", "&#")
                    in page
                )
        assert "{" not in page.partition("</style>")[2]
