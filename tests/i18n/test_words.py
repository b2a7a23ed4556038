"""Words, numbers and names in every language."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.errors import CcsiError, UsageError
from ccsi_kit.i18n import (
    LANGUAGES,
    PSEUDO,
    add_catalogues,
    advice,
    chain,
    day,
    fold,
    has_words,
    language_name,
    money,
    number,
    sentence,
    unreadable_catalogues,
    words,
)
from ccsi_kit.models import Issue, Message


def test_the_languages_are_tried_in_order():
    assert chain("fr-CA", default="es") == ("fr-CA", "fr", "es", "en")
    assert chain("lv") == ("lv", "en")
    assert words("state.stale", "fr-CA") == words("state.stale", "fr") != words("state.stale", "en")
    assert words("state.stale", "de", default="sv") == words("state.stale", "sv")
    assert words("state.stale", "de") == words("state.stale", "en")


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0 avotu"), (1, "1 avots"), (2, "2 avoti"), (11, "11 avotu"), (21, "21 avots"), (1000, "1000 avotu")],
)
def test_latvian_has_three_plural_forms(n, said):
    assert words("count-sources", "lv", n=n).replace("\xa0", "") == said


def test_gaps_are_filled_as_the_language_writes():
    said = words("source-stale", "es", source="x", day=date(2026, 10, 2), n=1234, why="…")
    assert "2 de octubre de 2026" in said and "1.234 días" in said
    assert words("no-file", "en") == "There is no file {file}."


def test_a_code_without_words_is_an_error_of_the_program():
    with pytest.raises(UsageError) as told:
        words("no such code", "lv")
    assert told.value.arguments["message"] == "no such code"


def test_the_pseudo_language_marks_every_word_of_a_catalogue():
    assert words("state.ok", PSEUDO) == "⟦ok⟧"


def test_an_issue_says_its_place_and_arguments():
    issue = Issue("yaml-doubled-key", file="manifest.yaml", line=3, key="id", first=1)
    assert sentence(issue, "sv") == "”id” står här och på rad 1."
    assert sentence(CcsiError("no-file", file="a.csv"), "lv") == "Faila a.csv nav."


def test_an_application_brings_its_own_words(tmp_path):
    from babel.messages import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale="fi")
    catalogue.add("state.ok", "kunnossa")
    folder = tmp_path / "fi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "own.mo").open("wb") as file:
        write_mo(file, catalogue)
    add_catalogues(tmp_path)
    assert words("state.ok", "fi") == "kunnossa" and has_words("state.ok", "fi")
    assert words("state.stale", "fi") == "stale"


@pytest.mark.parametrize("rubbish", [b"", b"no catalogue", b"\xde\x12\x04\x95\x00"])
def test_a_catalogue_that_cannot_be_read_says_nothing_and_ends_nothing(tmp_path, rubbish):
    folder = tmp_path / "lv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "a.mo").write_bytes(rubbish)
    (folder / "b.mo").mkdir()
    assert unreadable_catalogues(tmp_path) == [folder / "a.mo", folder / "b.mo"]
    add_catalogues(tmp_path)
    assert words("state.stale", "lv") == "novecojis"


def test_a_message_inside_a_message_is_said_in_the_same_language():
    inner = Message("value.at-least", limit=2)
    issue = Issue("bad-value", key="pages", problem=inner)
    assert sentence(issue, "sv") == "”pages” kan inte vara det: det måste vara 2 eller mer."
    again = Issue.model_validate_json(issue.model_dump_json())
    assert sentence(again, "sv") == sentence(issue, "sv")


def test_what_to_do_speaks_of_the_nearest_only_where_there_is_one():
    assert advice(Issue("missing-column", column="a", nearest="b"), "en").endswith("write that name in the manifest.")
    assert "nearest" not in advice(Issue("missing-column", column="a", nearest=""), "en")
    assert advice(Issue("bad-value", key="a"), "en") is None


def test_numbers_never_break():
    assert number(184200, "lv") == number(184200, "sv") == number(184200, "fr") == "184\xa0200"
    assert money(Decimal("184200.50"), "EUR", "es") == "184.200,50\xa0EUR"
    assert [day(date(2026, 11, 24), lang) for lang in LANGUAGES] == [
        "24 November 2026",
        "24 de noviembre de 2026",
        "24 novembre 2026",
        "24 november 2026",
        "2026. gada 24. novembris",
    ]
    assert [language_name(lang) for lang in LANGUAGES] == ["English", "Español", "Français", "Svenska", "Latviešu"]


@given(text=st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(words_=st.lists(st.text(alphabet=st.characters(whitelist_categories=("Ll", "Lu")), min_size=1), min_size=1))
def test_folding_does_not_see_case_marks_and_what_stands_between_words(words_):
    assert fold("".join(f"„{word.upper()}”, " for word in words_)) == fold(" ".join(word.upper() for word in words_))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ābele", "ABELE"), ("Malmö kommun", "malmo  kommun"), ("L'Économie", "l economie"), ("Straße", "STRASSE")],
)
def test_names_that_people_take_for_the_same(one, other):
    assert fold(one) == fold(other)
