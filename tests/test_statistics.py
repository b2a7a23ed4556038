"""Quantiles, spread and agreement, against published numbers and other programs."""

import math

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.statistics import alpha, fleiss, fleiss_of_counts, percent_agreement, quantile, spread

GAP = math.nan
TABLE = [
    (1, 1, GAP, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4), (4, 4, 4, 4), (1, 1, 2, 1),
    (2, 2, 2, 2), (GAP, 5, 5, 5), (GAP, GAP, 1, 1), (GAP, GAP, 3, GAP),
]  # fmt: skip
"""Krippendorff's own example: units by observers."""
FLEISS = [
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1), (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
]  # fmt: skip
"""Ten subjects, fourteen raters, five categories."""
LEVELS = ("nominal", "ordinal", "interval", "ratio")
numbers = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30)


@pytest.mark.parametrize(("metric", "wanted"), list(zip(LEVELS, (0.743, 0.815, 0.849, 0.797), strict=True)))
def test_alpha_of_the_published_table(metric, wanted):
    found = alpha(TABLE, metric)
    assert found is not None
    assert round(found, 3) == wanted


def test_kappa_of_the_published_table():
    found = fleiss_of_counts(FLEISS)
    assert found is not None
    assert round(found, 4) == 0.2099
    raters = [[float(place) for place, n in enumerate(row) for _ in range(n)] for row in FLEISS]
    assert fleiss(raters) == pytest.approx(found)


def test_percent_agreement_says_which():
    found = percent_agreement(TABLE)
    assert found is not None
    assert (round(found.pooled, 4), round(found.mean_of_units, 4)) == (0.7818, 0.8182)


@pytest.mark.parametrize("table", [[[1, 1], [1, 1]], [[1, GAP], [GAP, 2]], [[GAP, GAP]], np.empty((0, 3))])
def test_alpha_without_variation_or_pairs_is_undefined(table):
    assert [alpha(table, metric) for metric in LEVELS] == [None] * 4


def test_kappa_is_undefined_with_gaps_without_variation_and_for_one_rater():
    assert fleiss([[1, 2], [1, GAP]]) is None
    assert fleiss([[1, 1], [1, 1]]) is None
    assert fleiss([[1], [2]]) is None
    assert fleiss(np.empty((0, 2))) is None
    assert percent_agreement([[1, GAP]]) is None


def theirs(table: np.ndarray, metric: str) -> float | None:
    """What the krippendorff package says; it raises, or says NaN, where alpha is undefined."""
    try:
        with np.errstate(all="ignore"):
            found = float(krippendorff.alpha(reliability_data=table.T, level_of_measurement=metric))
    except (ValueError, AssertionError):
        return None
    return None if math.isnan(found) else found


def test_alpha_agrees_with_another_program_on_a_thousand_tables_with_gaps():
    random = np.random.default_rng(5)
    undefined = 0
    for number in range(1_000):
        units, raters, levels = random.integers(2, 15), random.integers(2, 6), random.integers(2, 6)
        table = random.integers(1, levels + 1, (units, raters)).astype(float)
        table[random.random(table.shape) < 0.25] = GAP
        metric = LEVELS[number % 4]
        own, wanted = alpha(table, metric), theirs(table, metric)
        undefined += own is None
        assert (own is None) == (wanted is None), (table, metric)
        assert own is None or own == pytest.approx(wanted, abs=1e-9), (table, metric)
    assert undefined < 100


@given(numbers, st.floats(0, 1))
def test_quantiles_are_those_of_type_seven(values, share):
    assert quantile(values, share) == pytest.approx(float(np.quantile(values, share)), rel=1e-9, abs=1e-6)
    assert quantile([*values, GAP], share) == quantile(values, share)


@given(numbers)
def test_spread_is_a_range_of_two_and_the_quartiles_of_more(values):
    found = spread([*values, GAP])
    if len(values) == 1:
        assert found is None
    elif len(values) == 2:
        assert found == max(values) - min(values)
    else:
        low, high = np.quantile(values, [0.25, 0.75])
        assert found == pytest.approx(high - low, rel=1e-9, abs=1e-6)


def test_of_nothing_there_is_no_quantile_and_no_spread():
    assert quantile([], 0.5) is None
    assert quantile([GAP], 0.5) is None
    assert spread([GAP]) is None
