"""How far assessors agree."""

import math

import pytest

from ccsi_kit.criteria import NONE, Reconciled, agreement, criteria_set, disagreements
from tests.criteria.made import TREE, assessed, flat, set_of
from tests.test_statistics import TABLE


def levels(most: int):
    return {"five": {"kind": "ordinal", "levels": [{"value": n, "label": {"en": str(n)}} for n in range(1, most + 1)]}}


def test_the_published_table_as_assessments():
    set_ = flat("none", 0, scales=levels(5), criteria=[{"id": "c", "label": {"en": "c"}, "scale": "five"}])
    assessments = [
        assessed(set_, subject=f"u{unit}", who=f"r{rater}", answers={"c": value})
        for unit, row in enumerate(TABLE)
        for rater, value in enumerate(row)
        if not math.isnan(value)
    ]
    found = agreement(set_, assessments).by_item["c"]
    assert found.alpha == pytest.approx(0.815, abs=5e-4)
    assert found.pooled == pytest.approx(0.7818, abs=5e-5)
    assert found.mean_of_subjects == pytest.approx(0.8182, abs=5e-5)
    assert found.kappa is None
    assert (found.metric, found.subjects, found.answers) == ("ordinal", 11, 40)


def test_as_the_readme_asks_for_it():
    esid = criteria_set("esid-4")
    said = {"s": (2, 2), "t": (0, 0), "u": (1, 2)}
    assessments = [
        assessed(esid, subject=subject, who=who, answers={"novelty": value})
        for subject, pair in said.items()
        for who, value in zip("ab", pair, strict=True)
    ]
    found = agreement(esid, assessments)
    assert found.by_item["novelty"].alpha == pytest.approx(0.8, abs=0.1)
    assert found.by_item["novelty"].kappa is not None
    assert found.by_item["actors"].alpha is None
    assert len(found.basis) == 6


def test_measures_fit_the_kind_of_answer(tmp_path):
    tree = set_of(tmp_path, TREE)
    found = agreement(tree, []).by_item
    assert {item: one.metric for item, one in found.items()} == {
        "alone": "ordinal", "burden": "ordinal", "first": "ordinal", "second": "ordinal", "ways": "nominal",
        "wide": "interval", "sure": "nominal",
    }  # fmt: skip
    assert all(one.alpha is None and one.subjects == 0 for one in found.values())


def test_unclear_is_an_answer_no_answer_is_a_gap_and_reconciled_is_nobodys(tmp_path):
    tree = set_of(tmp_path, TREE)
    people = [("a", "yes"), ("b", "unclear"), ("c", NONE)]
    assessments = [assessed(tree, who=who, answers={"sure": said}) for who, said in people]
    agreed = assessed(
        tree, who="m", answers={"sure": "yes"}, state="reconciled", reconciled=Reconciled(of=("lv:assessment:s-a",))
    )
    found = agreement(tree, [*assessments, agreed])
    assert (found.by_item["sure"].answers, found.by_item["sure"].pooled) == (2, 0)
    assert agreed.id not in found.basis


def test_the_same_disagreements_are_told_as_agreement_tells(tmp_path):
    tree = set_of(tmp_path, TREE)
    several = [assessed(tree, who=who, answers={"alone": value}) for who, value in (("a", 0), ("b", 1), ("c", 2))]
    assert agreement(tree, several).disagreements == disagreements(tree, several)


def test_what_to_talk_about_the_farthest_apart_first(tmp_path):
    tree = set_of(tmp_path, TREE)
    first = {"alone": 0, "first": 1, "wide": 10, "ways": ("out",), "second": 2}
    second = {"alone": 2, "first": 2, "wide": 30, "ways": ("out", "up"), "second": 2}
    found = disagreements(tree, [assessed(tree, who="b", answers=first), assessed(tree, who="a", answers=second)])
    assert [(one.item, one.distance) for one in found] == [("alone", 1), ("ways", 1), ("first", 0.5), ("wide", 0.2)]
    assert found[0].answers == (("lv:assessment:s-b", 0.0), ("lv:assessment:s-a", 2.0))
