"""One assessment out of several; and who sees whose answers until then."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.criteria import NONE, Answer, Assessment, blind, reconcile, score
from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.i18n import LANGUAGES, advice, sentence
from tests.criteria.made import assessed, campaigns, flat

ON = date(2026, 11, 26)
SET = flat("sum", 3, assessors=2)


def pair(**second):
    first = assessed(SET, who="a", answers={"c0": 2, "c1": 1})
    return [first, assessed(SET, who="b", answers={"c0": 2, "c1": 0, **second})]


def test_what_all_say_stands_and_the_rest_is_set_by_somebody_who_is_named():
    chosen = {"c1": Answer(item="c1", value=1, note="Seen together.")}
    found = reconcile(SET, pair(), chosen, by="lv:person:m", on=ON)
    assert found.state == "reconciled"
    assert {answer.item: answer.value for answer in found.answers} == {"c0": 2, "c1": 1}
    assert found.reconciled is not None
    assert found.reconciled.of == ("lv:assessment:s-a", "lv:assessment:s-b")
    by_item = {one.item: one for one in found.reconciled.chosen}
    assert (by_item["c0"].by, by_item["c0"].of) == (None, ("lv:assessment:s-a", "lv:assessment:s-b"))
    assert (by_item["c1"].by, by_item["c1"].of) == ("lv:person:m", ("lv:assessment:s-a",))
    assert found.lacks("reconciled") == ()
    assert Assessment.read(found.content(), schema=1) == found


def refusal(assessments, chosen=None):
    with pytest.raises(Refused) as refused:
        reconcile(SET, assessments, chosen or {}, by="lv:person:m", on=ON)
    return {(issue.code, issue.arguments.get("item")) for issue in refused.value.issues}


def test_what_is_left_open_is_told():
    assert refusal(pair(c2=2)) == {("reconcile-open", "c1"), ("reconcile-open", "c2")}
    assert refusal(pair(), {"c1": Answer(item="c1", value=9)}) == {("answer-off-scale", "c1")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_names_the_criterion_and_what_each_assessor_said(lang):
    with pytest.raises(Refused) as refused:
        reconcile(SET, pair(), {}, by="lv:person:m", on=ON, lang=lang)
    (issue,) = refused.value.issues
    told = sentence(issue, lang)
    for part in ("C1", "c1", "lv:assessment:s-a", "1 (1)", "lv:assessment:s-b", "0 (0)"):
        assert part in told
    assert "c1=" in (advice(issue, lang) or "")


def test_too_few_assessors_drafts_and_what_is_reconciled_already_are_refused():
    assert ("reconcile-too-few", None) in refusal(pair()[:1])
    first, second = pair(c1=1)
    assert refusal([first, second.replace(state="draft")]) == {("reconcile-not-submitted", None)}
    done = reconcile(SET, [first, second], {}, by="lv:person:m", on=ON).replace(id="lv:assessment:m")
    assert refusal([first, second, done]) == {("reconcile-not-submitted", None)}


def test_different_things_are_not_reconciled():
    other = assessed(SET, subject="t", who="b")
    for several in ([pair()[0], other], [], [pair()[0].replace(id=None), pair(c1=1)[1]]):
        with pytest.raises(UsageError):
            reconcile(SET, several, {}, by="lv:person:m", on=ON)


def test_who_has_not_submitted_sees_nobody_elses():
    mine = assessed(SET, who="a", state="draft")
    theirs = assessed(SET, who="b", answers={"c0": 1})
    elsewhere = assessed(SET, subject="t", who="b")
    done = assessed(SET, subject="t", who="a")
    assert blind([mine, theirs, elsewhere], "lv:person:a") == [mine]
    assert blind([mine, theirs, elsewhere, done], "lv:person:a") == [mine, elsewhere, done]
    assert blind([mine.replace(state="submitted"), theirs], "lv:person:a") == [mine.replace(state="submitted"), theirs]
    assert blind([theirs], "lv:person:a") == []
    assert Assessment.shown_to([mine, theirs], "lv:person:a") == [mine]


@given(st.data())
def test_blind_scores_hold_nothing_of_the_others(data):
    campaign = [
        one.replace(state=data.draw(st.sampled_from(["draft", "submitted"]))) for one in data.draw(campaigns(SET))
    ]
    seen = blind(campaign, "lv:person:a")
    done = {one.subject for one in campaign if one.assessor == "lv:person:a" and one.state == "submitted"}
    assert {one.subject for one in seen if one.assessor != "lv:person:a"} <= done
    assert [one for one in campaign if one.assessor == "lv:person:a"] == [
        one for one in seen if one.assessor == "lv:person:a"
    ]
    for subject, scores in score(SET, seen).items():
        if subject not in done:
            assert scores.basis == ()


def test_a_gap_of_one_is_open_and_a_gap_of_both_is_none():
    found = reconcile(SET, pair(c1=1), {}, by="lv:person:m", on=ON)
    assert "c2" not in found.by_item
    both = [one.replace(answers=(*one.answers, Answer(item="c2", value=NONE))) for one in pair(c1=1)]
    assert reconcile(SET, both, {}, by="lv:person:m", on=ON).by_item["c2"].value == NONE
