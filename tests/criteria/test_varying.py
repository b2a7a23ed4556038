"""How much an order depends on weights and assessors."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsi_kit.criteria import RankRange, criteria_set, sensitivity
from ccsi_kit.criteria.varying import _draws, _swings
from ccsi_kit.errors import UsageError
from tests.criteria.made import assessed, campaigns, flat


def two(set_, *pairs):
    return [
        assessed(set_, subject=subject, who=who, answers=dict(zip(set_.items, values, strict=False)))
        for subject, who, values in pairs
    ]


def test_weights_move_subjects_that_are_good_at_different_things():
    set_ = flat("mean", 2)
    found = sensitivity(set_, two(set_, ("s", "a", (2, 0)), ("t", "a", (0, 2)), ("u", "a", (0, 0))))
    s, t, u = (found.subjects[f"lv:x:{name}"] for name in "stu")
    assert (s.rank, t.rank, u.rank) == (1, 1, 3)  # ties share the better rank
    assert s.swung == t.swung == RankRange(1, 2)
    assert s.drawn == RankRange(1, 2)
    assert u.overall == RankRange(3, 3)
    assert s.assessors is None  # there is one assessor only
    assert (found.draws, found.seed) == (1_000, 20_261_125)


def test_each_weight_is_moved_by_a_fifth_and_no_further():
    set_ = flat("mean", 2)
    near = two(set_, ("s", "a", (2, 0)), ("t", "a", (1, 1)))
    far = flat("mean", 3)
    kept = two(far, ("s", "a", (2, 0, 0)), ("t", "a", (1, 1, 1)))
    assert sensitivity(set_, near, draws=1).subjects["lv:x:s"].swung == RankRange(1, 2)
    assert sensitivity(far, kept, draws=1).subjects["lv:x:s"].swung == RankRange(2, 2)


def test_the_other_weights_are_made_to_fit():
    found = list(_swings([{"a": 1.0, "b": 3.0}]))
    assert [sum(weights.values()) for weights in found] == pytest.approx([4, 4, 4, 4])
    ratios = [weights["a"] / weights["b"] for weights in found]
    assert ratios == pytest.approx([0.8 / 3, 1.2 / 3, 1 / 2.4, 1 / 3.6])


def test_weights_drawn_at_random_keep_the_sum_of_siblings():
    for weights in _draws([{"a": 1.0, "b": 3.0}, {"c": 1.0, "d": 1.0}], seed=1, draws=50):
        assert weights["a"] + weights["b"] == pytest.approx(4)
        assert weights["c"] + weights["d"] == pytest.approx(2)


def test_leaving_out_an_assessor_may_turn_the_order():
    set_ = flat("mean", 1)
    found = sensitivity(
        set_, two(set_, ("s", "a", (2,)), ("s", "b", (0,)), ("t", "a", (1,)), ("t", "b", (0,))), draws=1
    )
    assert found.assessors == ("lv:person:a", "lv:person:b")
    assert found.subjects["lv:x:s"].assessors == RankRange(1, 1)
    assert found.subjects["lv:x:t"].assessors == RankRange(1, 2)
    assert found.subjects["lv:x:t"].overall == RankRange(1, 2)


def test_a_subject_without_a_value_has_no_rank():
    set_ = flat("sum", 2)
    found = sensitivity(set_, two(set_, ("s", "a", (2,)), ("t", "a", (1, 1))), draws=1)
    assert found.subjects["lv:x:s"].rank is None
    assert found.subjects["lv:x:s"].overall is None
    assert found.subjects["lv:x:t"].rank == 1


def test_a_set_without_a_total_orders_nothing():
    with pytest.raises(UsageError):
        sensitivity(criteria_set("sim-valid"), [])


FLAT = flat("mean", 3)


@settings(max_examples=25)
@given(st.data(), st.integers(0, 5))
def test_the_same_seed_gives_the_same_ranges_and_the_rank_is_a_rank(data, seed):
    campaign = data.draw(campaigns(FLAT))
    first, again = (sensitivity(FLAT, campaign, seed=seed, draws=20) for _ in range(2))
    assert first == again
    for one in first.subjects.values():
        assert one.rank is None or 1 <= one.rank <= len(first.subjects)
        for span in filter(None, (one.swung, one.drawn, one.assessors)):
            assert 1 <= span.best <= span.worst <= len(first.subjects)
