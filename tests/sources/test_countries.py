"""What holds for the sample of every source, of the core and of the countries that are installed."""

import re

import pytest

from tests.sources.country import equipment, golden, sample, source, wrong_numbers

SOURCES = sorted(equipment().sources)
CHOSEN = [id for id in SOURCES if (source(id).folder / "golden.jsonl").exists()]


@pytest.mark.parametrize("id", SOURCES)
def test_every_number_is_one(id: str) -> None:
    assert wrong_numbers(id) == []


@pytest.mark.parametrize("id", CHOSEN)
def test_chosen_entries_come_out_as_they_must(id: str) -> None:
    pairs = list(golden(id))
    assert pairs
    assert [made for _, made in pairs] == [wanted for wanted, _ in pairs]


@pytest.mark.parametrize("id", SOURCES)
def test_codes_that_came_out_are_in_their_lists(id: str) -> None:
    known = {list_.ref(code) for list_ in equipment().vocabularies.values() for code in list_.concepts}
    prefixes = "|".join({list_.id.partition(":")[0] for list_ in equipment().vocabularies.values()})
    found = set(re.findall(rf'"((?:{prefixes}):[a-z-]+/[^"#]+)"', sample(id).written()))
    assert found
    assert found <= known
