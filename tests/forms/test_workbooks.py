"""What a workbook looks like to those who fill it in."""

from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from ccsi_kit.errors import UsageError
from ccsi_kit.forms import Form
from ccsi_kit.models import Record
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
    assert {f"title@{lang}", "title.original", "period.start", "budget.value", "themes#3"} <= set(names)
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
    from ccsi_kit.forms.asking import said

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
