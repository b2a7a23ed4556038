"""The sets that ship."""

import re

import pytest

from ccsi_kit.criteria import CriteriaSet, criteria_set, criteria_sets, not_shipped
from ccsi_kit.criteria.reading import _DATA
from ccsi_kit.errors import UsageError
from ccsi_kit.i18n import LANGUAGES
from ccsi_kit.models import Text

SHIPPED = {
    "esid-4", "esfplus-si", "esfplus-exp", "si-drive-5", "openbook-6", "oecd-3s", "scale-dir", "scale-route",
    "expandnet-9", "sim-valid", "pins-gate", "ncc-core", "ccsi-grid", "msi-sat", "bept-se",
}  # fmt: skip
LEFT = {"oecd-local", "eiu-sii", "cotec-ccaa", "resindex", "indisi-region", "evpa-5", "bepa-3", "transit"}


def texts(value: object):
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))


def test_these_sets_ship_and_these_do_not():
    assert {set_.name for set_ in criteria_sets().values()} == SHIPPED
    assert set(not_shipped()) == LEFT


@pytest.mark.parametrize("set_", criteria_sets().values(), ids=lambda set_: set_.name)
def test_a_set_speaks_five_languages_and_says_where_it_comes_from(set_: CriteriaSet):
    found = list(texts(set_))
    assert len(found) >= 3 + len(set_.nodes)
    for text in found:
        assert [one.lang for one in text.wordings()] == list(LANGUAGES)
        assert all(one.text.strip() for one in text.wordings())
        assert [one.machine for one in text.wordings()] == [False, *[True] * 4]
    assert set_.references
    assert any(reference.url for reference in set_.references)


@pytest.mark.parametrize("set_", criteria_sets().values(), ids=lambda set_: set_.name)
def test_no_language_says_the_words_of_another(set_: CriteriaSet):
    """A long text that is the same in two languages is one that nobody translated."""
    for text in texts(set_):
        said = [one.text for one in text.wordings() if len(one.text) > 20]
        assert len(said) == len(set(said)), text


def test_why_a_framework_does_not_ship_is_said_in_five_languages():
    for one in not_shipped().values():
        assert [wording.lang for wording in one.why.wordings()] == list(LANGUAGES)


def test_the_numbers_of_the_published_scales():
    assert len(criteria_set("esid-4").items) == 4
    assert criteria_set("esid-4").scale("novelty").bounds == (0.0, 2.0)
    assert len(criteria_set("pins-gate").items) == 9
    assert all(item.gate == "yes" for item in criteria_set("pins-gate").items.values())
    assert len(criteria_set("expandnet-9").items) == 9
    assert criteria_set("bept-se").scale("culture").bounds == (0.0, 10.0)
    assert len(criteria_set("bept-se").items) == len(criteria_set("msi-sat").items) == 7
    assert len(criteria_set("openbook-6").scale("stage").tags) == 6
    for name in ("msi-sat", "bept-se"):
        assert re.search("after|according", criteria_set(name).title.say("en").text)
        assert criteria_set(name).aggregate == "none"


def test_the_elements_of_the_unions_definitions_are_the_facts_of_its_rules():
    facts = {"social_ends", "social_means", "novelty", "implementation", "social_need", "new_collaboration"}
    wanted = {fact.replace("_", "-") for fact in {*facts, "societal_benefit"}}
    assert set(criteria_set("esfplus-si").items) == wanted
    asked = ("policy-intervention", "small-scale", "impact-measurable", "transfer-or-scale-intended")
    assert [item for item in criteria_set("esfplus-exp").items if item in asked] == list(asked)


def test_an_experiment_has_to_aim_at_an_innovative_response_too():
    """The rule asks no fact for it; people judge it."""
    experiment = criteria_set("esfplus-exp").items
    assert list(experiment)[1] == "innovative-response" and len(experiment) == 5
    assert {item.gate for item in experiment.values()} == {"yes"}


def test_what_was_read_second_hand_says_so():
    for name in ("openbook-6", "scale-route"):
        assert "second-hand" in criteria_set(name).references[0].text


def test_a_set_that_is_not_there_is_told_with_the_nearest():
    with pytest.raises(UsageError) as unknown:
        criteria_set("esid-5")
    assert (unknown.value.code, unknown.value.arguments["nearest"]) == ("no-criteria-set", "esid-4")
    with pytest.raises(UsageError) as unknown:
        criteria_set("zzz")
    assert unknown.value.arguments["nearest"] == ""


def test_every_file_ships():
    assert len(list(_DATA.glob("*.yaml"))) == len(SHIPPED)
