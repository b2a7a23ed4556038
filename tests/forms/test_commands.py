"""`ccsi form make`."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from ccsi_kit.criteria import CriteriaForm, criteria_sets
from ccsi_kit.errors import UsageError
from ccsi_kit.forms import Form, form_of
from ccsi_kit.forms.commands import form
from ccsi_kit.i18n import advice, sentence
from tests.forms.made import LANGUAGES


@pytest.fixture
def app(trial, plain):
    return SimpleNamespace(lang="lv", forms={"trial": trial, "ccsi:criteria:plain": plain})


def test_it_makes_a_form_in_every_shape(tmp_path, app):
    for shape in ("xlsx", "xlsform", "html"):
        for lang in LANGUAGES:
            output = tmp_path / f"{shape}-{lang}.{'html' if shape == 'html' else 'xlsx'}"
            arguments = ["make", "trial", "--lang", lang, "--format", shape, "--output", str(output)]
            done = CliRunner().invoke(form, arguments, obj=app)
            assert done.exit_code == 0, done.output
            assert done.stdout == ""
            assert str(output) in done.stderr
    assert load_workbook(tmp_path / "xlsx-sv.xlsx").sheetnames[1] == "Försök"
    assert "default-lang" not in convert(tmp_path / "xlsform-sv.xlsx").xform
    assert '<html lang="sv">' in (tmp_path / "html-sv.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("shape", "name", "lang", "code"),
    [
        ("xlsx", "a.html", "lv", "form-ending"),
        ("xlsx", "a", "lv", "form-ending"),
        ("xlsform", "a.csv", "lv", "form-ending"),
        ("html", "a.xlsx", "lv", "form-ending"),
        ("html", "a.html", "xx", "no-language"),
        ("html", "a.html", "lat", "no-language"),
        ("xlsx", "A.XLSX", "lv-LV", None),
        ("html", "a.htm", "qps", None),
    ],
)
def test_it_refuses_a_file_of_another_kind_and_a_language_that_nobody_speaks(tmp_path, app, shape, name, lang, code):
    arguments = ["make", "trial", "--lang", lang, "--format", shape, "--output", str(tmp_path / name)]
    done = CliRunner().invoke(form, arguments, obj=app)
    assert (tmp_path / name).exists() is (code is None)
    if code:
        assert isinstance(done.exception, UsageError) and done.exception.code == code
        told = [say(done.exception, one) for one in LANGUAGES for say in (sentence, advice)]
        assert not any("{" in one for one in told)


def test_a_form_is_found_by_the_last_part_of_its_id_and_the_nearest_is_named(app, plain):
    assert form_of(app.forms, "plain") is plain
    with pytest.raises(UsageError) as wrong:
        form_of(app.forms, "trail")
    assert wrong.value.arguments["nearest"] == "trial"


def test_a_form_of_assessments_is_asked_for_by_its_set():
    forms = {set_.id: Form.of(CriteriaForm(set_)) for set_ in criteria_sets().values()}
    with pytest.raises(UsageError) as wrong:
        form_of(forms, "assessment")
    assert wrong.value.code == "form-of-set"
    assert all("esid-4" in advice(wrong.value, lang) for lang in LANGUAGES)
