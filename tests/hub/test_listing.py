from collections import Counter

import pytest

from ccsi_kit.documents import Choices, Columns, Foreign, Link, List, plain
from ccsi_kit.hub.kinds import KINDS, ORGANISATION, letter
from ccsi_kit.hub.listing import SIZE, Chain, chains, groups, listing
from ccsi_kit.hub.search import pieces
from ccsi_kit.hub.site import Site
from tests.hub.made import Made


@pytest.fixture(scope="module")
def big() -> Site:
    return Site(Made(times=14), ("lv", "en"))


def shown(page_list: Columns) -> list[str]:
    return [item.text.to for block in page_list.main if isinstance(block, List) for item in block.items]


def test_a_chain_shows_each_of_its_things_once_and_in_order(big: Site) -> None:
    found: dict[tuple[str, str, str], list[str]] = {}
    for chain in chains(big):
        columns = listing(big, chain, "lv").blocks[0]
        assert isinstance(columns, Columns)
        found.setdefault((chain.kind.name, chain.facet, chain.value), []).extend(shown(columns))
        assert 1 <= len(shown(columns)) <= SIZE
    for kind in KINDS:
        for (facet, value), things in groups(big, kind).items():
            links = found[kind.name, facet, value]
            assert len(links) == len(set(links)) == len(things)


def test_the_count_beside_a_choice_is_the_length_of_its_list(big: Site) -> None:
    columns = listing(big, Chain(ORGANISATION), "lv").blocks[0]
    assert isinstance(columns, Columns)
    for block in columns.side:
        assert isinstance(block, Choices)
        for choice in block.choices:
            assert int(choice.count.replace("\xa0", "")) == len(groups(big, ORGANISATION)[block.name, choice.value])


def test_what_is_not_given_is_a_choice_of_its_own_and_comes_last(big: Site) -> None:
    columns = listing(big, Chain(ORGANISATION), "en").blocks[0]
    forms = next(block for block in columns.side if isinstance(block, Choices) and block.name == "form")
    assert plain(forms.choices[-1].text) == "Not given"
    assert sum(int(choice.count) for choice in forms.choices) == len(big.organisations)


def test_letters_are_a_partition(big: Site) -> None:
    counts = Counter(letter(one.name or "") for one in big.organisations)
    assert sum(counts.values()) == sum(
        len(things) for (facet, _), things in groups(big, ORGANISATION).items() if facet == "letter"
    )


def test_a_chosen_value_leads_back_to_the_whole_list(big: Site) -> None:
    columns = listing(big, Chain(ORGANISATION, "country", "lv"), "lv").blocks[0]
    countries = next(block for block in columns.side if isinstance(block, Choices) and block.name == "country")
    chosen = [choice for choice in countries.choices if choice.chosen]
    assert [choice.to for choice in chosen] == ["/lv/organisations/index.html"]
    assert [choice.value for choice in countries.choices] == ["es", "fr", "se", "lv"]


def test_the_script_gets_texts_in_another_language_with_that_language() -> None:
    words = (Link(Foreign("Taller", "es"), "/x"), " · ", "a", Foreign("?", "und"))
    assert list(pieces(words)) == [["Taller", "es", "Español"], " · a", ["?", "und", ""]]
