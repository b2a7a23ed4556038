"""From a number to the last answer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.criteria import Answer, CriteriaSet, explained, explanation, reconcile, score
from ccsi_kit.i18n import LANGUAGES
from tests.criteria.made import TREE, assessed, campaigns, set_of


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> CriteriaSet:
    return set_of(tmp_path_factory.mktemp("sets"), TREE)


def two(tree: CriteriaSet):
    answers = (
        Answer(item="alone", value=2, note="Everybody says so.", evidence=("https://a.lv/b",)),
        Answer(item="ways", value=("out", "up")),
        Answer(item="sure", value="unclear"),
        Answer(item="why", value="because"),
        Answer(item="wide", value=12.5),
    )
    return [assessed(tree, who="a").replace(answers=answers), assessed(tree, who="b", answers={"alone": 1})]


@given(st.data())
def test_every_number_of_an_explanation_is_the_scores(tree, data):
    for scores in score(tree, data.draw(campaigns(tree))).values():
        step = explained(scores)
        assert step.node == "total"
        assert {part.node for part in step.walk()} == set(scores)
        for part in step.walk():
            assert part.result == scores[part.node]
            values = [given_.value for given_ in part.given if given_.value is not None]
            if part.result.value is not None:
                assert part.result.value == pytest.approx(sum(values) / len(values))
            assert len(part.given) == len(scores.counted)


def test_it_leads_to_the_answers_with_why_and_what_shows_it(tree):
    step = explained(score(tree, two(tree))["lv:x:s"], "alone")
    assert [(given_.assessment, given_.value) for given_ in step.given] == [
        ("lv:assessment:s-a", 2.0), ("lv:assessment:s-b", 1.0),
    ]  # fmt: skip
    assert step.given[0].answer is not None
    assert step.given[0].answer.note == "Everybody says so."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_in_every_language(tree, lang):
    lines = list(explanation(tree, explained(score(tree, two(tree))["lv:x:s"]), lang))
    said = "\n".join(lines)
    assert "Everybody says so." in said
    assert "https://a.lv/b" in said
    assert "lv:assessment:s-b" in said
    assert "criteria." not in said
    assert "answer." not in said


def test_the_words_of_an_explanation(tree):
    lines = list(explanation(tree, explained(score(tree, two(tree))["lv:x:s"]), "en"))
    how = "weighted mean of what was answered · mean of 2 assessors’ values · two assessors, 1 apart"
    assert lines[0].startswith(f"A tree: 1.5 (0–2) · {how} · ")
    at = lines.index("    - lv:assessment:s-a (25 November 2026): 2 (all)")
    assert lines[at + 1] == "        why: Everybody says so."  # below what it is said of
    assert lines[at + 2] == "        shown by: https://a.lv/b"
    assert "      - lv:assessment:s-a (25 November 2026): out, up" in lines
    assert "      - lv:assessment:s-a (25 November 2026): unclear" in lines
    assert "      - lv:assessment:s-a (25 November 2026): 12.5" in lines


def test_one_assessors_value_is_no_mean_of_several(tree):
    told = "\n".join(explanation(tree, explained(score(tree, two(tree)[:1])["lv:x:s"], "alone"), "en"))
    assert "mean of" not in told and "one assessor" in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reconciled_answer_says_who_set_it_and_from_what(tree, lang):
    singles = two(tree)
    chosen = {item: Answer(item=item, value=value) for item, value in (("alone", 1), ("sure", "yes"), ("why", "so"))}
    more = {"ways": Answer(item="ways", value="out"), "wide": Answer(item="wide", value=50)}
    agreed = reconcile(tree, singles, {**chosen, **more}, by="lv:person:m", on=date(2026, 11, 26))
    scores = score(tree, [*singles, agreed.replace(id="lv:assessment:m")])["lv:x:s"]
    step = explained(scores, "alone")
    assert (step.result.value, step.result.spread, step.reconciled) == (1, 1, True)
    assert step.given[0].chosen is not None
    assert (step.given[0].chosen.by, step.given[0].chosen.of) == ("lv:person:m", ("lv:assessment:s-b",))
    said = "\n".join(explanation(tree, step, lang))
    assert "lv:person:m" in said
    assert "lv:assessment:s-b" in said


def test_a_node_that_is_not_there_has_no_explanation(tree):
    with pytest.raises(KeyError):
        explained(score(tree, two(tree))["lv:x:s"], "nowhere")
