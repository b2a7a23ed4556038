"""What the entries of all samples say in codes is said in five languages."""

from collections.abc import Iterator
from typing import Any

import pytest

from ccsi_kit.vocabularies import core_vocabularies
from tests.sources.country import Row, equipment, sample

LISTS = {**core_vocabularies(), **equipment().vocabularies}
NATIONAL = {id: list_ for id, list_ in LISTS.items() if not id.startswith(("ccsi:", "eu:"))}
CONCEPTS = {list_.ref(code): concept for list_ in LISTS.values() for code, concept in list_.concepts.items()}
LANGUAGES = {"en", "es", "fr", "sv", "lv"}
FIELDS = ("themes", "audiences", "modes", "cost", "kind", "statuses", "instrument", "legal_form")
UNLISTED = {"fr:legal-form/9999", "lv:legal-form/XYZ"}
"""Codes that samples have on purpose and no list knows."""
SOURCES = sorted(equipment().sources)


def coded(row: Row) -> Iterator[str]:
    """The Refs in the fields of an entry that hold codes, and that of its national legal form."""
    for field in FIELDS:
        yield from refs(row.get(field))
    national = (row.get("legal_form") or {}).get("national")
    if national:
        yield f"{row['country']}:legal-form/{national}"


def refs(value: Any) -> Iterator[str]:
    """The texts at any depth that are the Ref of a concept."""
    if isinstance(value, str):
        yield from (value,) * (value in CONCEPTS)
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from refs(part)


def used(source: str) -> set[str]:
    tables = sample(source).tables
    return {ref for model, rows in tables.items() if model != "issue" for row in rows for ref in coded(row)}


def spoken(ref: str) -> set[str]:
    return {wording.lang for wording in CONCEPTS[ref].label.wordings()}


@pytest.mark.parametrize("source", SOURCES)
def test_concepts_of_samples_have_labels_in_five_languages(source):
    assert [ref for ref in used(source) - UNLISTED if ref not in CONCEPTS or not spoken(ref) >= LANGUAGES] == []


def test_samples_use_the_lists_of_the_countries():
    """The test above is about something: every list that a field of a sample looks up is met."""
    met = {ref.partition("/")[0] for source in SOURCES for ref in used(source)}
    assert met >= {
        *("ccsi:theme", "ccsi:legal-form", "ccsi:instrument"),
        *("fr:theme", "fr:public", "fr:mode", "fr:cost", "fr:service-kind", "fr:status", "fr:network", "fr:legal-form"),
        *("es:beneficiary-type", "es:legal-form", "lv:status", "lv:legal-form"),
    }


@pytest.mark.parametrize("list_", NATIONAL.values(), ids=list(NATIONAL))
def test_national_lists_are_whole_and_keep_the_words_of_the_register_first(list_):
    assert set(list_.languages) == LANGUAGES
    country = list_.id.partition(":")[0]
    assert {concept.label.original.lang for concept in list_.concepts.values()} == {{"se": "sv"}.get(country, country)}
