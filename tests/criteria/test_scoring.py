"""Scores: what the decisions say, on examples that can be added up by hand, and what always holds."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.criteria import NA, NONE, CriteriaSet, Matrix, Reconciled, criteria_set, score, spread_said
from ccsi_kit.i18n import sentence
from tests.criteria.made import TREE, answer_sets, assessed, campaigns, flat, set_of


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> CriteriaSet:
    return set_of(tmp_path_factory.mktemp("sets"), TREE)


def one(set_: CriteriaSet, answers: dict, node: str = "total"):
    return score(set_, [assessed(set_, answers=answers)])["lv:x:s"][node]


def test_a_mean_is_weighted_over_what_was_answered(tree):
    scores = score(tree, [assessed(tree, answers={"alone": 2, "burden": 2, "first": 1, "second": NONE})])["lv:x:s"]
    assert scores["parts"].value == 1
    assert scores["burden"].value == 0  # lower is better: 2 of 0..2 counts 0
    assert scores.total.value == pytest.approx((1 * 2 + 2 * 0 + 3 * 1) / 6)
    assert scores["parts"].coverage == 0.5
    assert scores.total.coverage == pytest.approx((1 + 2 + 3 * 0.5 + 1 * 0) / 7)
    assert scores.total.basis == ("lv:assessment:s-a",)
    assert (scores.total.n, scores.total.spread, scores.total.method) == (1, None, "mean")


@pytest.mark.parametrize(
    ("missing", "answers", "value"),
    [
        ("none", {"c0": 2, "c1": 1, "c2": 0}, 3),
        ("none", {"c0": 2, "c1": 1}, None),
        ("none", {"c0": 2, "c1": 1, "c2": NONE}, None),
        ("none", {"c0": 2, "c1": 1, "c2": NA}, 4.5),
        ("zero", {"c0": 2, "c1": 1}, 3),
        ("zero", {"c0": 2, "c1": 1, "c2": NA}, 4.5),
        ("zero", {"c2": NA}, None),
        ("rescale", {"c0": 2, "c1": 1}, 4.5),
        ("rescale", {"c0": 2, "c1": 1, "c2": NA}, 4.5),
        ("rescale", {}, None),
    ],
)
def test_a_sum_with_a_gap_has_no_value_unless_the_set_says_so(missing, answers, value):
    assert one(flat("sum", missing=missing), answers).value == value


def test_what_does_not_apply_has_no_coverage_and_no_answer_has_none_of_it(tree):
    scored = score(tree, [assessed(tree, answers={"first": NA, "second": NA, "why": NONE, "alone": NONE})])
    scores = scored["lv:x:s"]
    assert scores["first"].coverage is None
    assert scores["parts"].coverage is None  # all in it that has a weight
    assert (scores["why"].coverage, scores["alone"].coverage) == (0, 0)
    assert scores.total.coverage == 0
    assert scored.left_out == ()


def test_count_and_min():
    answers = {"c0": 2, "c1": 1, "c2": NONE, "c3": NA}
    assert one(flat("count", 4, at_least=1), answers).value == 2
    assert one(flat("count", 4, at_least=2), answers).value == 1
    assert one(flat("count", 4, at_least=2), {"c0": NONE}).value is None
    assert one(flat("min", 4), answers).value == 1
    assert one(flat("min", 4), {}).value is None
    assert one(flat("none", 4), answers).value is None
    assert one(flat("none", 4), answers).coverage == pytest.approx(2 / 3)


def test_values_are_brought_to_one_by_the_bounds_of_the_scale_not_of_the_answers():
    set_ = flat("mean", normalise=True)
    assert one(set_, {"c0": 1, "c1": 1, "c2": 1}).value == 0.5
    tenths = {"kind": "number", "least": 0, "most": 10}
    mixed = CriteriaSet.model_validate(
        {
            **set_.model_dump(by_alias=True),
            "scales": {**set_.scales, "ten": tenths},
            "criteria": [*set_.criteria, {"id": "ten", "label": {"en": "t"}, "scale": "ten", "better": "lower"}],
        }
    )
    assert one(mixed, {"c0": 2, "ten": 2}).value == pytest.approx((1 + 0.8) / 2)


@pytest.mark.parametrize(("said", "spread"), [((1,), None), ((0, 2), 2.0), ((0, 1, 2), 1.0), ((0, 0, 1, 2), 1.25)])
def test_the_spread_is_the_quartiles_from_three_assessors_the_range_of_two_and_none_of_one(said, spread):
    set_ = flat("mean", 1)
    result = score(set_, [assessed(set_, who=f"p{n}", answers={"c0": value}) for n, value in enumerate(said)])["lv:x:s"]
    assert (result.total.spread, result.total.n) == (spread, len(said))
    assert result.total.value == pytest.approx(sum(said) / len(said))


def test_no_answer_is_not_zero_and_nobody_who_says_nothing_is_counted():
    set_ = flat("mean", 1)
    both = [assessed(set_, who="a", answers={"c0": 2}), assessed(set_, who="b", answers={"c0": NONE})]
    result = score(set_, both)["lv:x:s"].total
    assert (result.value, result.n, result.spread, result.coverage) == (2, 1, None, 0.5)


@pytest.mark.parametrize(
    ("answers", "passed", "all_"),
    [
        ({"alone": 1, "sure": "yes"}, {"alone": "pass", "sure": "pass"}, "pass"),
        ({"alone": 0, "sure": "yes"}, {"alone": "fail", "sure": "pass"}, "fail"),
        ({"alone": 2, "sure": "unclear"}, {"alone": "pass", "sure": "undecided"}, "undecided"),
        ({"alone": 2}, {"alone": "pass", "sure": "undecided"}, "undecided"),
        ({"alone": 0, "sure": "unclear"}, {"alone": "fail", "sure": "undecided"}, "fail"),
        ({"alone": 2, "sure": NA}, {"alone": "pass", "sure": "undecided"}, "undecided"),
        ({"alone": 0, "sure": NA}, {"alone": "fail", "sure": "undecided"}, "fail"),
    ],
)
def test_a_gate_is_passed_failed_or_not_decided(tree, answers, passed, all_):
    scores = score(tree, [assessed(tree, answers=answers)])["lv:x:s"]
    assert (scores.gates, scores.gate) == (passed, all_)


def test_a_gate_that_assessors_see_differently_is_not_decided(tree):
    two = [assessed(tree, who=who, answers={"sure": said, "alone": 1}) for who, said in (("a", "yes"), ("b", "no"))]
    assert score(tree, two)["lv:x:s"].gates == {"alone": "pass", "sure": "undecided"}
    assert score(flat(), [assessed(flat())])["lv:x:s"].gate is None


def test_bands_name_the_range_of_a_value(tree):
    def band(value: int):
        found = score(tree, [assessed(tree, answers={"alone": value})])["lv:x:s"].band()
        return found and found.label.say("en").text

    assert [band(0), band(1), band(2)] == ["low", "high", "high"]
    assert score(tree, [assessed(tree)])["lv:x:s"].band() is None


def test_what_is_reconciled_counts_alone_and_the_spread_stays_the_assessors():
    set_ = flat("mean", 1)
    singles = [assessed(set_, who=who, answers={"c0": value}) for who, value in (("a", 0), ("b", 2))]
    agreed = assessed(
        set_, who="moderator", answers={"c0": 2}, state="reconciled",
        reconciled=Reconciled(of=tuple(single.id for single in singles)),
    )  # fmt: skip
    scores = score(set_, [*singles, agreed])["lv:x:s"]
    assert (scores.total.value, scores.total.n, scores.total.spread) == (2, 2, 2)
    assert scores.total.basis == (agreed.id,)
    assert scores.reconciled
    alone = score(set_, [agreed])["lv:x:s"]
    assert (alone.total.value, alone.total.n, alone.total.spread) == (2, 2, None)
    assert (alone.gave("c0"), alone.took_part) == (0, 2)


def reconciled(set_, answers: dict, *singles):
    """One assessor for each value of `c0`, and what they agreed on."""
    own = [assessed(set_, who=f"p{n}", answers={"c0": value}) for n, value in enumerate(singles)]
    of = Reconciled(of=tuple(one.id for one in own))
    agreed = assessed(set_, who="m", answers=answers, state="reconciled", reconciled=of)
    return score(set_, [*own, agreed])["lv:x:s"]


@pytest.mark.parametrize(
    ("singles", "gave", "before"),
    [
        ((0, NONE, NONE), 1, "before that one had given a number"),
        ((0, 2, NONE), 2, "before that the two who gave a number were 2 apart"),
        ((0, 1, 2), 3, "before that the interquartile range was 1 among the 3 who gave a number"),
        ((NONE, NA, NONE), 0, "before that nobody had given a number"),
    ],
)
def test_what_is_agreed_is_of_all_who_took_part_and_its_spread_of_those_who_gave_a_number(singles, gave, before):
    scores = reconciled(flat("mean", 1), {"c0": 2}, *singles)
    assert (scores["c0"].n, scores.gave("c0")) == (3, gave)
    assert sentence(spread_said(scores["c0"], gave=gave), "en") == f"agreed by 3 assessors; {before}"


@pytest.mark.parametrize(("said", "why"), [(NA, "does not apply"), (NONE, "nobody answered")])
def test_where_they_agree_that_there_is_no_number_there_is_no_spread(said, why):
    scores = reconciled(flat("mean", 1), {"c0": said}, 0, 2)
    assert (scores["c0"].value, scores["c0"].n, scores["c0"].spread) == (None, 0, None)
    assert sentence(spread_said(scores["c0"], gave=scores.gave("c0")), "en") == why


def test_a_sum_with_a_gap_says_that_it_is_none_and_a_number_of_fewer_how_few():
    set_ = flat("sum", 2)
    whole = [assessed(set_, who=who, answers={"c0": 2, "c1": value}) for who, value in (("a", 1), ("b", 2))]
    gap = assessed(set_, who="c", answers={"c0": 1})
    alone = score(set_, [gap])["lv:x:s"]
    assert sentence(spread_said(alone.total), "en") == "no sum: not everything was answered with a number"
    scores = score(set_, [*whole, gap])["lv:x:s"]
    assert sentence(spread_said(scores.total), "en") == "two assessors, 1 apart (2 of 3 assessments)"
    assert sentence(spread_said(scores["c0"]), "en") == "3 assessors, interquartile range 0.5"


def test_latvian_counts_the_assessors():
    def told(n: int) -> str:
        set_ = flat("mean", 1)
        return sentence(
            spread_said(
                score(set_, [assessed(set_, who=f"p{k}", answers={"c0": 1}) for k in range(n)])["lv:x:s"].total
            ),
            "lv",
        )

    assert told(3).startswith("3 vērtētāji, starpkvartiļu") and told(11).startswith("11 vērtētāju, starpkvartiļu")


def test_the_days_of_an_assessment_are_told_in_order():
    set_ = flat("mean", 1)
    days = ("2026-11-20", "2026-11-18")
    every = [assessed(set_, who=f"p{n}", answers={"c0": 1}, on=day) for n, day in enumerate(days)]
    assert [day.isoformat() for day in score(set_, every)["lv:x:s"].days] == sorted(days)


def test_what_does_not_count_is_told():
    set_ = flat("mean", 1)
    older = assessed(set_, who="a", answers={"c0": 0}, on="2026-01-01", id="lv:assessment:old")
    newer = assessed(set_, who="a", answers={"c0": 2})
    others = [
        assessed(set_, who="b", state="draft", answers={"c0": 1}),
        assessed(set_, who="c", version=9, answers={"c0": 1}),
        assessed(set_, who="d", answers={"c0": 7}),
        assessed(set_, who="e", context="target", answers={"c0": 0}),
    ]
    found = score(set_, [newer, older, *others])
    assert found["lv:x:s"].total.value == 2
    told = sorted((issue.code, issue.at) for issue in found.left_out)
    assert told == [
        ("answer-left-out", "lv:assessment:s-d"),
        ("assessment-not-counted", "lv:assessment:s-b"),
        ("assessment-older", "lv:assessment:old"),
        ("assessment-other-version", "lv:assessment:s-c"),
    ]


def test_the_two_contexts_of_a_paired_set_are_scored_apart():
    set_ = flat("mean", 1, paired=True)
    both = [assessed(set_, who=c, context=c, answers={"c0": v}) for c, v in (("source", 2), ("target", 1))]
    assert score(set_, both, context="source")["lv:x:s"].total.value == 2
    assert score(set_, both, context="target")["lv:x:s"].total.value == 1


def test_of_nobody_there_are_no_scores():
    assert dict(score(flat(), [])) == {}


def test_the_published_example_sums_to_eight_at_most():
    esid = criteria_set("esid-4")
    assert one(esid, dict.fromkeys(esid.items, 2)).value == 8
    definition = criteria_set("esfplus-si")
    assert one(definition, dict.fromkeys(definition.items, "yes")).value == 7


@given(st.data())
def test_coverage_is_a_share_and_values_stay_within_their_scales(tree, data):
    for scores in score(tree, data.draw(campaigns(tree))).values():
        for node, result in scores.items():
            assert result.coverage is None or 0 <= result.coverage <= 1
            assert result.value is None or 0 <= result.value <= (100 if node == "wide" else 2)
            assert result.spread is None or (result.spread >= 0 and result.n >= 2)
            assert (result.value is None) == (result.n == 0)


@given(st.data())
def test_scores_do_not_depend_on_the_order_of_assessments(tree, data):
    assessments = data.draw(campaigns(tree))
    shuffled = list(assessments)
    random.Random(data.draw(st.integers(0, 9))).shuffle(shuffled)
    first, second = score(tree, assessments), score(tree, shuffled)
    assert {subject: dict(scores) for subject, scores in first.items()} == {
        subject: dict(scores) for subject, scores in second.items()
    }


@given(st.data(), st.sampled_from(["mean", "sum", "min", "count"]), st.sampled_from(["none", "zero", "rescale"]))
def test_not_applicable_never_lowers_what_no_answer_would_give(data, aggregate, missing):
    more = {"at_least": 1} if aggregate == "count" else {}
    set_ = flat(aggregate, 4, missing=missing, **more)
    answers = {answer.item: answer.value for answer in data.draw(answer_sets(set_))}
    item = data.draw(st.sampled_from(sorted(set_.items)))
    silent, applies_not = one(set_, {**answers, item: NONE}), one(set_, {**answers, item: NA})
    assert silent.value is None or applies_not.value >= silent.value - 1e-9
    assert applies_not.coverage is None or applies_not.coverage >= silent.coverage - 1e-9


@given(st.data())
def test_columns_give_the_numbers_that_assessments_give(tree, data):
    assessments = data.draw(campaigns(tree))
    wanted = score(tree, assessments)
    matrix = wanted.matrix
    scored = [item for item in tree.items if tree.scale(item).scored]
    columns = {item: matrix.values[matrix.rows[item]] for item in scored}
    na = {item: matrix.na[row] for item, row in matrix.rows.items()}
    subjects = [matrix.subjects[place] for place in matrix.subject]
    order = np.argsort(np.random.default_rng(0).random(len(subjects)))
    shuffled = Matrix.of_columns(
        tree, [subjects[n] for n in order], {i: c[order] for i, c in columns.items()},
        {i: f[order] for i, f in na.items()},
    )  # fmt: skip
    for subject, scores in score(tree, shuffled).items():
        for node, result in scores.items():
            assert result.value == pytest.approx(wanted[subject][node].value)
            assert (result.n, result.spread) == (wanted[subject][node].n, pytest.approx(wanted[subject][node].spread))


def test_columns_that_are_not_on_the_scale_are_refused(tree):
    with pytest.raises(ValueError, match="not on the scale of alone"):
        Matrix.of_columns(tree, ["lv:x:s"], {"alone": [7.0]})
    with pytest.raises(ValueError, match="why has no numbers"):
        Matrix.of_columns(tree, ["lv:x:s"], {"why": [1.0]})
    with pytest.raises(KeyError):
        Matrix.of_columns(tree, ["lv:x:s"], {"nowhere": [1.0]})
    found = Matrix.of_columns(tree, ["lv:x:s"], {"sure": [1.0], "alone": [math.nan]})
    assert found.answered.sum() == 1


def by_hand(set_, group, answers: dict) -> float | None:
    """A weighted mean of means, one number after the other."""
    summed = counted = 0.0
    for part in group.parts:
        if part.id in set_.items:
            value = (
                set_.scale(part.id).number(answers[part.id]) if answers.get(part.id, NONE) not in (NONE, NA) else None
            )
            value = None if value is None else (2 - value if part.better == "lower" else value)
        else:
            value = by_hand(set_, part, answers) if part.aggregate != "none" else None
        if value is not None:
            summed, counted = summed + part.weight * value, counted + part.weight
    return summed / counted if counted else None


@given(st.data())
def test_the_matrix_says_what_a_loop_says(tree, data):
    answers = {answer.item: answer.value for answer in data.draw(answer_sets(tree))}
    assert one(tree, answers).value == pytest.approx(by_hand(tree, tree, answers))
