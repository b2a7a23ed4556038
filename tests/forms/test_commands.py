"""`ccsi form make`."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from ccsi_kit.errors import UsageError
from ccsi_kit.forms import form_of
from ccsi_kit.forms.commands import form
from tests.forms.made import LANGUAGES


@pytest.fixture
def app(trial, plain):
    return SimpleNamespace(lang="lv", forms={"trial": trial, "ccsi:criteria:plain": plain})


def test_it_makes_a_form_in_every_shape(tmp_path, app):
    for shape in ("xlsx", "xlsform", "html"):
        for lang in LANGUAGES:
            output = tmp_path / f"{shape}-{lang}"
            arguments = ["make", "trial", "--lang", lang, "--format", shape, "--output", str(output)]
            done = CliRunner().invoke(form, arguments, obj=app)
            assert done.exit_code == 0, done.output
            assert done.stdout == ""
            assert str(output) in done.stderr
    (tmp_path / "book.xlsx").write_bytes((tmp_path / "xlsx-sv").read_bytes())
    (tmp_path / "survey.xlsx").write_bytes((tmp_path / "xlsform-sv").read_bytes())
    assert load_workbook(tmp_path / "book.xlsx").sheetnames[1] == "Försök"
    assert "default-lang" not in convert(tmp_path / "survey.xlsx").xform
    assert '<html lang="sv">' in (tmp_path / "html-sv").read_text(encoding="utf-8")


def test_a_form_is_found_by_the_last_part_of_its_id_and_the_nearest_is_named(app, plain):
    assert form_of(app.forms, "plain") is plain
    with pytest.raises(UsageError) as wrong:
        form_of(app.forms, "trail")
    assert wrong.value.arguments["nearest"] == "trial"
