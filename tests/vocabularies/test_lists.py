"""Every code list that is installed: words, pointers, and ids that never change."""

from pathlib import Path
from typing import get_args

import pytest

from ccsi_kit import models
from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.models import Initiative, Organisation, Service, Status, parse_ref
from ccsi_kit.plugins import discover
from ccsi_kit.vocabularies import (
    Vocabulary,
    check_vocabularies,
    core_vocabularies,
    read_vocabularies,
    vocabulary,
)

COUNTRIES = discover().countries
LISTS = {
    **core_vocabularies(),
    **{
        name: each
        for country in COUNTRIES.values()
        for name, each in read_vocabularies(country.folder / "vocabularies").items()
    },
}
PREFIXES = {"ccsi", *COUNTRIES}
LANGUAGES = {"en", "es", "fr", "sv", "lv"}


def noted(name: str) -> list[str]:
    """The Refs in a file beside this one that belong to what is installed."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.partition(":")[0] in PREFIXES]


def refs(lists=LISTS):
    return {list_.ref(code) for list_ in lists.values() for code in list_.concepts}


def example(**concepts) -> dict[str, Vocabulary]:
    """A made list."""
    facts = {
        "title": {"en": "Made"},
        "publisher": "nobody",
        "licence": "none",
        "date": "2026-01-01",
        "languages": ["en"],
    }
    return {"xx:made": Vocabulary.model_validate({"id": "xx:made", **facts, "concepts": concepts})}


def test_lists_hold_together():
    assert list(check_vocabularies(LISTS)) == []


@pytest.mark.parametrize(
    ("concepts", "code"),
    [
        ({"a": {"label": {"lv": "Viens"}}}, "no-label"),
        ({"a": {"label": {"en": "One"}, "match": ["ccsi:theme/nothing"]}}, "no-concept"),
        ({"a": {"label": {"en": "One"}, "broader": "xx:made/b"}}, "no-concept"),
        ({"a": {"label": {"en": "One"}, "deprecated_by": "xx:made/b"}}, "no-concept"),
        (
            {"a": {"label": {"en": "One"}, "written": ["x"]}, "b": {"label": {"en": "Two"}, "written": ["x"]}},
            "written-twice",
        ),
        ({"a": {"label": {"en": "One"}, "written": ["b"]}, "b": {"label": {"en": "Two"}}}, "written-twice"),
    ],
)
def test_lists_that_do_not_are_found(concepts, code):
    (issue,) = check_vocabularies({**LISTS, **example(**concepts)})
    assert (issue.code, issue.at) in ((code, "xx:made/a"), (code, "xx:made/b"))


def test_ids_never_change():
    """A concept that is added is added to ids.txt too, and to the changelog; none is ever taken out."""
    assert sorted(refs()) == noted("ids.txt")


def test_what_has_no_match_is_known():
    """A code of a list that matches a common one either does so, or stands in unmatched.txt."""
    found = [
        list_.ref(code)
        for list_ in LISTS.values()
        if not list_.id.startswith("ccsi:") and any(concept.match for concept in list_.concepts.values())
        for code, concept in list_.concepts.items()
        if not any(ref.startswith("ccsi:") for ref in concept.match)
    ]
    assert sorted(found) == noted("unmatched.txt")


@pytest.mark.parametrize("list_", LISTS.values(), ids=list(LISTS))
def test_titles_speak_five_languages(list_):
    assert {wording.lang for wording in list_.title.wordings()} == LANGUAGES
    assert list_.id.startswith("ccsi:") <= (set(list_.languages) == LANGUAGES)


@pytest.mark.parametrize(
    ("model", "field", "list_", "more"),
    [
        (Organisation, "state", "ccsi:organisation-state", False),
        (Status, "state", "ccsi:organisation-state", False),
        (Initiative, "state", "ccsi:initiative-state", False),
        (Service, "audience", "ccsi:audience", True),
    ],
)
def test_words_of_the_models_have_labels(model, field, list_, more):
    literal = model.model_fields[field].annotation
    words = {
        word
        for part in (get_args(literal) or (literal,))
        for word in (get_args(part) or (part,))
        if isinstance(word, str)
    }
    known = set(vocabulary(list_).concepts)
    assert words and (words <= known if more else words == known)


def test_examples_of_the_models_are_concepts():
    texts = {text for name in models.__all__ for text in examples(getattr(models, name))}
    shown = {text for text in texts if text.count("/") == 1 and is_concept(text)}
    assert len(shown) > 5 and shown <= refs()


def examples(model) -> list[str]:
    """All texts in the examples of a model's fields."""

    def within(value):
        if isinstance(value, str):
            yield value
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from within(part)

    fields = getattr(model, "model_fields", {}).values() if isinstance(model, type) else ()
    return [text for field in fields for text in within(field.examples or [])]


def is_concept(text: str) -> bool:
    try:
        parts = parse_ref(text)
    except ValueError:
        return False
    return parts.form == "concept" and parts.prefix in PREFIXES


def test_associations_belong_to_the_social_economy_by_form_in_france_only():
    common = vocabulary("ccsi:legal-form").matches("ccsi:social-economy")
    assert common["ccsi:legal-form/f51"] == "ccsi:social-economy/conditional"
    assert set(common) == {f"ccsi:legal-form/{code}" for code in vocabulary("ccsi:legal-form").concepts}
    if "fr:legal-form" in LISTS:
        assert LISTS["fr:legal-form"].matches("ccsi:social-economy")["fr:legal-form/9220"] == "ccsi:social-economy/yes"


def test_refs_are_found_by_code_and_by_what_registers_write():
    made = example(
        a={"label": {"en": "One"}, "written": ["EINS"], "match": ["ccsi:theme/care", "ccsi:theme/health"]},
        b={"label": {"en": "Two"}},
    )
    assert made["xx:made"].refs() == {"a": "xx:made/a", "EINS": "xx:made/a", "b": "xx:made/b"}
    assert made["xx:made"].matches("ccsi:theme") == {"xx:made/a": "ccsi:theme/care"}
    assert made["xx:made"].matches("ccsi:them") == {}


def test_a_list_that_is_not_there_names_the_nearest():
    with pytest.raises(UsageError) as error:
        vocabulary("ccsi:teme")
    assert error.value.arguments["nearest"] == "ccsi:theme"
    for wrong in ("theme", "lv:theme", "ccsi:../data/theme", ""):
        with pytest.raises(UsageError):
            vocabulary(wrong)


GOOD = """id: xx:made
title: {en: Made}
publisher: nobody
licence: none stated
date: 2026-01-01
languages: [en]
concepts:
  "01": {label: {en: One}}
"""


def test_codes_stay_text(tmp_path):
    (tmp_path / "made.yaml").write_text(GOOD, encoding="utf-8")
    assert list(read_vocabularies(tmp_path)["xx:made"].concepts) == ["01"]
    assert read_vocabularies(tmp_path / "nowhere") == {}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("xx:made", "xx:other", "vocabulary-name", None),
        ('"01"', '"0/1"', "bad-value", 8),
        ("publisher: nobody", "publishers: nobody", "unknown-key", 3),
        ("{label: {en: One}}", "{}", "missing-key", 8),
        ("2026-01-01", "2026-02-30", "bad-value", 5),
    ],
)
def test_bad_lists_are_refused(tmp_path, old, new, code, line):
    (tmp_path / "made.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(Refused) as error:
        read_vocabularies(tmp_path)
    assert (code, line) in [(issue.code, issue.line) for issue in error.value.issues]
