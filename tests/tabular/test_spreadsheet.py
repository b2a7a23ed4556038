"""A spreadsheet becomes a clean copy, and one that kills its reader kills a child process only."""

import csv
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from ccsi_kit.errors import Refused
from ccsi_kit.tabular.spreadsheet import read_sheet

openpyxl = pytest.importorskip("openpyxl", reason="the base install reads no spreadsheets")
SAMPLE = Path(__file__).parent


def written(path: Path, *rows, title="List", more=()) -> Path:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name in more:
        book.create_sheet(name)
    book.save(path)
    return path


def copy(path: Path, into: Path, **options):
    copied = read_sheet(path, into=into, **options)
    with into.open(encoding="utf-8", newline="") as file:
        return copied, list(csv.reader(file))


def test_every_cell_is_text_and_a_row_knows_its_place(tmp_path):
    rows = [
        ("number", "name", "day", "share", "open"),
        ("0012", "Parauga\r\nbiedrība", date(2026, 1, 2), 0.5, True),
        (None, None, None, None, None),
        (12, "NA", datetime(2026, 1, 2, 3, 4), 3.0, None),
    ]
    copied, (header, *cells) = copy(written(tmp_path / "a.xlsx", *rows), tmp_path / "out.csv")
    assert copied.header == ("number", "name", "day", "share", "open") and copied.records == 2
    assert header == ["__record", "__line", "__ragged", *copied.header]
    assert cells == [
        ["1", "2", "0", "0012", "Parauga\nbiedrība", "2026-01-02", "0.5", "true"],
        ["2", "4", "0", "12", "NA", "2026-01-02T03:04:00", "3", ""],
    ]


def test_title_rows_above_the_header_and_a_named_sheet(tmp_path):
    file = written(
        tmp_path / "a.xlsx", ("A list of the ministry",), (None,), ("number", "name"), ("1", "x"), more=["Other"]
    )
    copied, rows = copy(file, tmp_path / "out.csv", header_row=3, sheet="List")
    assert copied.header == ("number", "name") and rows[1][:2] == ["1", "4"]
    with pytest.raises(Refused) as told:
        read_sheet(file, into=tmp_path / "out.csv", sheet="Liste")
    assert (told.value.code, told.value.arguments["known"]) == ("spreadsheet-no-sheet", ["List", "Other"])
    with pytest.raises(Refused, match="spreadsheet-no-header"):
        read_sheet(file, into=tmp_path / "out.csv", header_row=40)


def test_what_is_no_spreadsheet_is_refused(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_text("<html>moved</html>")
    with pytest.raises(Refused, match="spreadsheet-broken"):
        read_sheet(file, into=tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def hostile(path: Path) -> Path:
    """A spreadsheet of some 2 kB with one cell in the last corner: a reader that makes room for all before it dies."""
    ordinary = written(path.with_name("ordinary.xlsx"), ("number",), ("1",))
    with zipfile.ZipFile(ordinary) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b'r="A2"', b'r="XFD1048576"').replace(b'<row r="2"', b'<row r="1048576"')
            new.writestr(name, data)
    return path


def test_a_file_that_kills_its_reader_is_refused_and_this_process_lives(tmp_path):
    file = hostile(tmp_path / "hostile.xlsx")
    assert file.stat().st_size < 10_000
    with pytest.raises(Refused) as told:
        read_sheet(file, into=tmp_path / "out.csv")
    assert told.value.code in ("spreadsheet-killed", "spreadsheet-memory")
    assert told.value.arguments["file"] == "hostile.xlsx"
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(("cap", "code"), [({"output": 100}, "spreadsheet"), ({"memory": 1 << 24}, "spreadsheet")])
def test_the_child_may_take_only_so_much(tmp_path, cap, code):
    file = written(tmp_path / "a.xlsx", ("number", "name"), *((str(n), f"{n}" * 100) for n in range(9000)))
    with pytest.raises(Refused) as told:
        read_sheet(file, into=tmp_path / "out.csv", **cap)
    assert told.value.code.startswith(code)
    assert not (tmp_path / "out.csv").exists()
