"""What follows from another mistake is not told, and what stands in a cell is told there."""

import pytest
from openpyxl import load_workbook
from pydantic import model_validator

from ccsi_kit.forms import Form, Question
from ccsi_kit.models import Message, Record, Ref
from tests.forms.test_mistakes import issues, made, typed


class Noted(Record, kind="plain"):
    """Its country is that of its first link, and its form asks for the links in one cell."""

    notes: str
    links: tuple[Ref, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_its_links(cls, said):
        links = said.get("links") or ("",)
        return {**said, "country": said.get("country") or links[0].partition(":")[0] or None}


class NotedAsks:
    id, title, record = "noted", Message("record.notes"), Noted
    questions = tuple(
        Question(name=name, label=Message(f"record.{name}"), kind="text", required=name == "notes")
        for name in ("country", "notes", "summary")
    )

    def fits(self, record):
        return isinstance(record, Noted)

    def answers(self, record):
        return {}

    def content(self, answers):
        links = {"links": tuple(answers["summary"].split("\n"))} if "summary" in answers else {}
        return {name: value for name, value in answers.items() if name != "summary"} | links


NOTED = Form(NotedAsks())


def told(path):
    return [(issue.line, issue.column, issue.code, issue.value) for issue in issues(path, NOTED)]


@pytest.fixture
def noted(tmp_path):
    def write(*rows):
        header = ["country", "notes", "summary"]
        return made(tmp_path / "n.csv", header, *rows)

    return write


def test_a_value_that_stands_in_one_cell_is_told_there_though_no_question_is_called_so(noted):
    """Beside other mistakes too; where it stands in two cells, only the line is known, and only alone."""
    ref = "lv:regcode:1"
    path = noted(
        ["lv", "n", f"{ref}\na b"], ["1 2 3 4", "", f"{ref}\na b"], ["lv", "a b", f"{ref}\na b"], ["lv", "n", ref]
    )
    assert told(path) == [
        (2, "summary", "no-ref", "a b"),
        (4, "country", "form-country", "1 2 3 4"), (4, "notes", "form-missing", None), (4, "summary", "no-ref", "a b"),
        (6, None, "no-ref", "a b"),
    ]  # fmt: skip


def test_what_a_record_type_would_have_worked_out_is_missing_only_where_nothing_else_is_wrong(noted):
    assert told(noted(["", "n", ""], ["", "", ""], ["", "", ":"], ["", "n", "lv:regcode:1"])) == [
        (2, "country", "form-missing", None), (4, "notes", "form-missing", None), (4, "summary", "no-ref", ":"),
    ]  # fmt: skip


def test_a_text_with_a_wording_that_cannot_be_read_is_told_once(tmp_path, plain):
    plain.xlsx(tmp_path / "p.xlsx", lang="en")
    book = load_workbook(tmp_path / "p.xlsx")
    typed(
        book.worksheets[1], 3, country="lv", notes="n", **{"title@lv": "A", "title@en": "#N/A", "title.original": "en"}
    )
    book.save(tmp_path / "p.xlsx")
    found = issues(tmp_path / "p.xlsx", plain)
    assert [(issue.code, issue.column) for issue in found] == [("form-uncounted", "title@en")]
