"""Assessments and whether they answer their set."""

import pytest
from pydantic import ValidationError

from ccsi_kit.criteria import NA, NONE, Answer, Assessment, Assignment, check, criteria_set
from ccsi_kit.forms import Form
from tests.criteria.made import assessed, flat, set_of


def codes(assessment, set_):
    return [issue.code for issue in check(assessment, set_)]


def test_a_right_assessment_has_no_issue(tmp_path):
    tree = set_of(tmp_path)
    answers = {
        "alone": 2,
        "first": "1",
        "why": "so",
        "ways": ("out", "up"),
        "sure": "unclear",
        "wide": NONE,
        "burden": NA,
    }
    assert codes(assessed(tree, answers=answers), tree) == []


@pytest.mark.parametrize(
    ("answers", "code"),
    [({"c0": 7}, "answer-off-scale"), ({"c9": 1}, "answer-unknown-item"), ({"c0": "yes"}, "answer-off-scale")],
)
def test_an_answer_that_does_not_fit_is_told(answers, code):
    set_ = flat()
    assert codes(assessed(set_, answers=answers), set_) == [code]


def test_unknown_tags_are_told_with_those_that_there_are(tmp_path):
    tree = set_of(tmp_path)
    (issue,) = check(assessed(tree, answers={"ways": ("out", "sideways")}), tree)
    assert (issue.code, issue.value, issue.arguments["known"]) == ("answer-off-scale", "out, sideways", "out, up")


def test_answering_twice_another_version_context_or_set_is_told():
    set_ = flat()
    twice = assessed(set_).replace(answers=(Answer(item="c0", value=1), Answer(item="c0", value=2)))
    assert codes(twice, set_) == ["answer-twice"]
    assert codes(assessed(set_, version=9), set_) == ["assessment-other-version"]
    assert codes(assessed(set_, context="source"), set_) == ["assessment-context"]
    paired = flat(paired=True)
    assert codes(assessed(paired), paired) == ["assessment-context"]
    assert codes(assessed(paired, context="target"), paired) == []
    assert codes(assessed(set_, set="lv:criteria:other"), set_) == ["assessment-other-set"]


def test_one_assessor_is_too_few_to_reconcile_where_the_set_asks_for_two():
    set_ = flat(assessors=2)
    agreed = assessed(set_, state="reconciled", reconciled={"of": ("lv:assessment:s-a",)})
    assert codes(agreed, set_) == ["reconcile-too-few"]
    assert codes(agreed.replace(reconciled={"of": ("lv:assessment:s-a", "lv:assessment:s-b")}), set_) == []


def test_an_assessment_finds_its_set_among_those_that_are_known():
    class Known:
        def find_set(self, name):
            return flat() if name == "ccsi:criteria:flat" else None

    assert [issue.code for issue in assessed(flat(), answers={"c0": 9}).issues(Known())] == ["answer-off-scale"]
    lost = assessed(flat(), set="lv:criteria:lost")
    assert [issue.code for issue in lost.issues(Known())] == ["no-criteria-set"]


def test_the_country_is_the_assessors_where_none_is_named():
    said = {"subject": "fr:x:1", "set": "ccsi:criteria:esid-4", "assessor": "lv:person:p"}
    assert Assessment(**said, version=1, on="2026-11-25").country == "lv"
    assert Assignment(**said).country == "lv"


@pytest.mark.parametrize(
    ("field", "value"),
    [("assessor", "lv:regcode:1"), ("set", "ccsi:rule:x"), ("subject", "nobody"), ("version", 0), ("context", "both")],
)
def test_what_an_assessment_may_not_be(field, value):
    with pytest.raises(ValidationError):
        assessed(flat()).replace(**{field: value})


def test_the_steps_of_an_assessment():
    steps = Assessment.steps
    assert steps.names == ("draft", "submitted", "reconciled", "locked", "superseded", "withdrawn")
    assert "draft" not in steps.after("submitted")
    draft = assessed(flat(), state="draft")
    assert draft.lacks("submitted") == ("answers",)
    assert draft.lacks("reconciled") == ("reconciled",)


def test_the_order_of_answers_means_nothing():
    answers = [Answer(item=f"c{n}", value=n) for n in range(3)]
    assert assessed(flat()).replace(answers=tuple(answers)) == assessed(flat()).replace(answers=tuple(answers[::-1]))


def test_who_is_asked_to_assess_can_be_asked_in_a_form():
    names = [question.name for question in Form.of(Assignment).questions]
    assert names == ["country", "subject", "set", "assessor", "context", "until", "conflict", "conflict_note"]


def test_a_stored_assessment_reads_again():
    set_ = criteria_set("esid-4")
    one = assessed(set_, answers={"novelty": 2, "actors": NA})
    assert Assessment.read(one.content(), schema=1) == one.replace(id=None)
