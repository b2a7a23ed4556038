"""What every record type has: steps, schema numbers, and texts that every form can hold."""

from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ccsi_kit.models import MOST_TEXT, Record, Steps, Text


class Note(Record, kind="note", schema=2):
    said: str
    more: str | None = None
    words: Text | None = None
    parts: tuple[str, ...] = ()
    steps: ClassVar = Steps("open -> read | lost -> shut; lost -> open", read=("more", "parts"))
    upgrades: ClassVar = {1: lambda old: {"country": old["country"], "said": old["text"]}}


def test_steps_say_what_leads_where():
    steps = Note.steps
    assert steps.names == ("open", "read", "lost", "shut", "withdrawn") and steps.first == "open"
    assert steps.after("open") == ("read", "lost", "withdrawn")
    assert steps.after("lost") == ("shut", "open", "withdrawn")
    assert steps.after("shut") == ("withdrawn",) and steps.after("withdrawn") == ()
    assert Note(country="lv", said="x").lacks("read") == ("more", "parts")
    assert Note(country="lv", said="x", more="y", parts=["z"]).lacks("read") == ()


@pytest.mark.parametrize(("ways", "needs"), [("Open", {}), ("a -> withdrawn", {}), ("a -> ", {}), ("a", {"b": ("x",)})])
def test_steps_that_cannot_be_are_refused(ways, needs):
    with pytest.raises(ValueError):
        Steps(ways, **needs)


def test_a_type_reads_every_schema_number_that_it_ever_had():
    assert Note.read({"country": "lv", "text": "old"}, schema=1).said == "old"
    with pytest.raises(ValueError):
        Note.read({}, schema=3)
    with pytest.raises(TypeError, match="cannot read its schema 1"):

        class Forgotten(Record, kind="forgotten", schema=2):
            pass


def test_a_state_is_one_of_the_type():
    assert Note(country="lv", said="x").state == "open"
    with pytest.raises(ValidationError) as told:
        Note(country="lv", said="x", state="gone")
    assert told.value.errors()[0]["type"] == "no-state"


def test_texts_are_trimmed_and_blank_ones_are_nothing():
    note = Note(country="lv", said=" a\r\nb\rc ", more="  ", words={"lv": " x "}, parts=[" p "])
    assert (note.said, note.more, note.words.original.text, note.parts) == ("a\nb\nc", None, "x", ("p",))
    with pytest.raises(ValidationError):
        Note(country="lv", said=" ")


@pytest.mark.parametrize("bad", ["\0", "\x0b", "\x1f", "\x7f", "\ud800", "\ufffe", "\uffff"])
def test_what_no_cell_can_hold_is_refused_wherever_it_stands(bad):
    for name, value in {"said": f"a{bad}b", "words": {"lv": f"a{bad}b"}, "parts": [f"a{bad}b"]}.items():
        with pytest.raises(ValidationError) as told:
            Note(**{"country": "lv", "said": "x", name: value})
        problem = told.value.errors()[0]
        assert (problem["type"], problem["ctx"]["place"], problem["loc"]) == ("text-unwritable", 2, (name,))


def test_the_longest_text_is_a_cell_of_a_spreadsheet_in_its_own_units():
    assert len(Note(country="lv", said="x" * MOST_TEXT).said) == MOST_TEXT
    for said in ("x" * (MOST_TEXT + 1), "😀" * (MOST_TEXT // 2 + 1)):
        with pytest.raises(ValidationError) as told:
            Note(country="lv", said=said)
        assert told.value.errors()[0]["type"] == "text-too-long"


@given(said=st.text(), more=st.none() | st.text(), parts=st.lists(st.text()))
def test_what_is_taken_comes_back_from_its_content(said, more, parts):
    try:
        note = Note(country="lv", said=said, more=more, parts=parts)
    except ValidationError:
        return
    assert Note.read(note.content(), schema=2) == note
    assert "id" not in note.content()
