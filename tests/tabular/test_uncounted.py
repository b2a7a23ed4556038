"""Cells that a reader of sheets gives as blank though they are not."""

import re
import zipfile

import pytest

from ccsi_kit.errors import Refused
from ccsi_kit.tabular import read_book

openpyxl = pytest.importorskip("openpyxl", reason="the base install reads no spreadsheets")
CELLS = """<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>
<row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3"><f>1+1</f><v/></c><c r="C3"><f>1+1</f><v>2</v></c>
<c r="D3" t="str"><f>IF(1,"","x")</f><v></v></c><c r="E3"><f>SUM(A1:A2)</f></c><c r="AA3" t="e"><v>#REF!</v></c></row>
<row r="4"><c r="A4"><f t="shared" si="0"/><v/></c><c r="B4"><v>5</v></c>
<c r="C4" t='e'><f>1/0</f><v>#DIV/0!</v></c></row>
<row><c t="e"><v>#NAME?</v></c><c/><c t="e"><v>#NUM!</v></c></row>"""


def book(path, cells, sheet="xl/worksheets/sheet2.xml"):
    """A workbook whose second sheet has these cells, as another program might write them."""
    made = openpyxl.Workbook()
    made.active.title = "First"
    made.create_sheet("Second & last")
    made.save(path.with_name("ordinary.xlsx"))
    with zipfile.ZipFile(path.with_name("ordinary.xlsx")) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == sheet:
                data = re.sub(rb"<sheetData ?(/>|></sheetData>)", b"<sheetData>%b</sheetData>" % cells.encode(), data)
                assert cells.encode() in data
            new.writestr(name, data)
    return path


def test_errors_and_formulas_without_a_value_are_told_by_their_place(tmp_path):
    sheets = read_book(book(tmp_path / "a.xlsx", CELLS))
    assert list(sheets) == ["First", "Second & last"]
    assert sheets["First"].uncounted == {}
    assert sheets["Second & last"].uncounted == {
        (2, 0): "#N/A", (2, 1): "=1+1", (2, 4): "=SUM(A1:A2)", (2, 26): "#REF!",
        (3, 0): "=", (3, 2): "#DIV/0!", (4, 0): "#NAME?", (4, 2): "#NUM!",
    }  # fmt: skip
    assert sheets["Second & last"].rows[2][:4] == ["", "", "2", ""]


@pytest.mark.parametrize("end", ["</row></oops>", "</row></sheetData></oops><sheetData>"])
def test_a_damaged_sheet_is_refused(tmp_path, end):
    """What was not seen might be there: in the first the reader of sheets sees it, in the second it does not."""
    with pytest.raises(Refused, match="spreadsheet-broken"):
        read_book(book(tmp_path / "a.xlsx", f'<row r="1"><c r="A1"><v>1</v></c>{end}'))


def test_a_long_formula_is_cut(tmp_path):
    said = read_book(book(tmp_path / "a.xlsx", f'<row r="1"><c r="A1"><f>{"1+" * 4000}1</f></c></row>'))
    assert 100 < len(said["Second & last"].uncounted[0, 0]) <= 200
