"""A spreadsheet is read as any other register, with the rows and lines that a person sees in it."""

from pathlib import Path

import openpyxl
import pytest

from ccsi_kit.errors import Refused
from ccsi_kit.models import loaded
from ccsi_kit.sources import Manifest, Source, convert, looks_like
from ccsi_kit.store import connect, literal

MANIFEST = """id: zz-ministry
title: {en: A list of a ministry}
publisher: Ministry of Nowhere
licence: CC0-1.0
language: en
format: {kind: xlsx, sheet: List, header_row: 3}
key: number
makes:
  - model: organisation
    name: {from: name}
    founded: {from: day, date: "%Y-%m-%d"}
"""


@pytest.fixture
def source(tmp_path: Path) -> Source:
    (tmp_path / "manifest.yaml").write_text(MANIFEST)
    return Source(loaded(tmp_path / "manifest.yaml", Manifest), tmp_path, "zz")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    sheet = book.create_sheet("List")
    for row in [
        ("A list of the ministry",),
        (),
        ("number", "name", "day"),
        ("0012", "Example", "2026-02-03"),
        ("0013", "Example Two", "2026-02-30"),
    ]:
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    return tmp_path / "list.xlsx"


def read(source: Source, file: Path, into: Path):
    into.mkdir()
    [books] = convert(source, [file], into=into, schemes={}, vocabularies={}, territories={})
    with connect([into], into) as database:
        rows = database.execute(
            f"SELECT key, name, founded::VARCHAR FROM read_parquet({literal(into / 'organisation.parquet')})"
        )
        issues = f"SELECT row, line, code, value FROM read_parquet({literal(into / 'issue.parquet')})"
        return books, rows.fetchall(), database.execute(issues).fetchall()


def test_title_rows_stand_above_the_header_and_an_issue_knows_its_line(source, file, tmp_path):
    books, rows, issues = read(source, file, tmp_path / "out")
    assert rows == [("0012", "Example", "2026-02-03"), ("0013", "Example Two", None)]
    assert issues == [(2, 5, "bad-date", "2026-02-30")]
    assert (books.read, books.used, books.file) == (2, 2, "list.xlsx") and books.balanced


def test_a_spreadsheet_of_unknown_kind_is_recognised(source, file):
    assert looks_like(file, [source]) == ((source, 1.0),)


@pytest.mark.parametrize(
    "content", [b"number;name;day\n1;Example;2026-01-01\n", b"<html><body>moved</body></html>", b""]
)
def test_what_is_no_spreadsheet_is_refused(source, tmp_path, content):
    file = tmp_path / "list.xlsx"
    file.write_bytes(content)
    with pytest.raises(Refused):
        read(source, file, tmp_path / "out")
