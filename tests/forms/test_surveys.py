"""Forms as XLSForm: they convert, they validate, and their names lead back."""

import os
import shutil
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyxform.validators.odk_validate import ODKValidateError
from pyxform.xls2xform import convert

from ccsi_kit.forms.places import encoded
from tests.forms.made import LANGUAGES


@pytest.fixture
def survey(tmp_path, trial):
    trial.xlsform(tmp_path / "trial.xlsx", languages=("lv", "en", "es", "fr", "sv"), form_id="trial-1", version="7")
    return tmp_path / "trial.xlsx"


def test_it_converts_without_a_warning(survey):
    warnings = []
    made = convert(survey, warnings=warnings)
    assert not warnings
    assert not made.warnings
    root = ElementTree.fromstring(made.xform)
    data = next(node for node in root.iter() if node.tag.endswith("}data") or node.get("id") == "trial-1")
    assert data.get("id") == "trial-1"
    assert data.get("version") == "7"
    languages = [node.get("lang") for node in root.iter() if node.tag.endswith("translation")]
    assert sorted(languages) == sorted(
        ["Latviešu (lv)", "English (en)", "Español (es)", "Français (fr)", "Svenska (sv)"]
    )


def test_odk_validates_it(survey):
    if shutil.which("java") is None:
        assert os.environ.get("CI") != "true", "CI checks surveys with ODK Validate: scripts/java gives it a Java"
        pytest.skip("no java here: scripts/java gets one")
    assert not convert(survey, validate=True).warnings
    book = load_workbook(survey)
    constraint = next(cell.column for cell in book["survey"][1] if cell.value == "constraint")
    book["survey"].cell(4, constraint).value = ". >= ("
    book.save(survey)
    with pytest.raises(ODKValidateError):
        convert(survey, validate=True)


def test_every_form_of_a_plain_type_converts_in_each_language_first(tmp_path, plain):
    for lang in LANGUAGES:
        plain.xlsform(tmp_path / "p.xlsx", languages=(lang,))
        assert not convert(tmp_path / "p.xlsx").warnings


def test_groups_repeats_choices_and_bounds(survey):
    sheet = load_workbook(survey)["survey"]
    rows = [dict(zip([c.value for c in sheet[1]], [c.value for c in row], strict=True)) for row in sheet.iter_rows(2)]
    by_name = {row["name"]: row for row in rows if row["name"]}
    assert by_name["period"]["type"] == "begin group"
    assert by_name["period"]["label::Español (es)"] == "Periodo"
    assert by_name["start"]["type"] == "date"
    assert by_name["start"]["label::Latviešu (lv)"] == "pirmā diena"
    assert by_name["participants"]["type"] == "begin repeat"
    assert by_name["themes"]["type"].startswith("select_multiple ")
    assert by_name["theme"]["type"].split()[1] == by_name["themes"]["type"].split()[1], "equal lists are one"
    assert by_name["title"]["required"] == "yes"
    assert by_name["marks"]["constraint"] == ". >= 0 and . <= 10"
    assert by_name["answer_language"]["default"] == "lv"
    assert by_name["notes"]["hint::Svenska (sv)"] == "Som ni vill."
    begins = [row["type"].split()[1] for row in rows if str(row["type"]).startswith("begin")]
    ends = [row["type"].split()[1] for row in rows if str(row["type"]).startswith("end")]
    assert sorted(begins) == sorted(ends)


@given(st.text(min_size=1))
def test_a_name_in_a_survey_leads_back(name):
    made = encoded(name)
    assert made[0].isalpha() or made[0] == "_"
    assert all(letter.isascii() and (letter.isalnum() or letter in "_-.") for letter in made)
    assert unquote(made.removeprefix("_.").replace("_", "%")) == name
