"""Numbers about numbers: quantiles (type 7), spread, and how far raters agree. NaN is no answer, none is undefined."""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Metric = Literal["nominal", "ordinal", "interval", "ratio"]
"""What the distance of two answers is: other or not, ranks between, difference, difference by sum."""
_TWO, _THREE = 2, 3


def quantile(values: ArrayLike, share: float) -> float | None:
    """The quantile of numbers, linear between neighbours: type 7 of Hyndman and Fan (1996). NaN is left out.

    >>> quantile([1, 2, 3, 4], 0.25)
    1.75
    """
    known = np.sort(np.asarray(values, dtype=float).ravel())
    known = known[~np.isnan(known)]
    if not known.size:
        return None
    return float(sorted_quantiles(known[None, :], np.array([known.size]), share)[0])


def spread(values: ArrayLike) -> float | None:
    """How much assessors differ: the interquartile range of three or more, the range of two; none of one.

    >>> spread([1, 2, 4]), spread([1, 4]), spread([3])
    (1.5, 3.0, None)
    """
    known = np.sort(np.asarray(values, dtype=float).ravel())
    found = sorted_spread(known[None, :], np.array([np.count_nonzero(~np.isnan(known))]))[0]
    return None if np.isnan(found) else float(found)


def sorted_quantiles(rows: Numbers, counts: NDArray[np.int_], share: float) -> Numbers:
    """The quantile of each row of sorted numbers, NaN last; `counts`: how many numbers each has, at least one."""
    place = (counts - 1) * share
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, counts - 1)
    below, above = (np.take_along_axis(rows, at[..., None], axis=-1)[..., 0] for at in (low, high))
    return np.asarray(below + (above - below) * (place - low))


def sorted_spread(rows: Numbers, counts: NDArray[np.int_]) -> Numbers:
    """`spread` of each row, whose numbers are sorted, NaN last; NaN where there is none."""
    some = np.maximum(counts, 1)
    upper, lower = sorted_quantiles(rows, some, 0.75), sorted_quantiles(rows, some, 0.25)
    last = np.take_along_axis(rows, (some - 1)[..., None], axis=-1)[..., 0]
    found = np.where(counts >= _THREE, upper - lower, last - rows[..., 0])
    return np.where(counts >= _TWO, found, np.nan)


def alpha(table: ArrayLike, metric: Metric = "nominal") -> float | None:
    """Krippendorff's alpha of a table, a row a unit, a column a rater: 1 - observed / expected disagreement.

    Units with fewer than two answers are left out. None where it is undefined: fewer than two pairs, or all answers
    the same. (K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011.)
    """
    units = _paired(table)
    codes, known = _codes(units)
    if known.size < _TWO:
        return None
    counts = _counts(units, codes, known.size)
    pairs = counts.sum(axis=1)
    both = (counts[:, :, None] * counts[:, None, :]).astype(float)
    both[:, range(known.size), range(known.size)] -= counts
    observed = (both / (pairs - 1)[:, None, None]).sum(axis=0)
    marginal = observed.sum(axis=1)
    distance = _distances(known, marginal, metric)
    expected = (np.outer(marginal, marginal) * distance).sum() / (marginal.sum() - 1)
    return float(1 - (observed * distance).sum() / expected) if expected else None


def fleiss(table: ArrayLike) -> float | None:
    """Fleiss' kappa of a table, a row a unit, a column a rater, without gaps; the raters may differ by unit.

    None where the units have not equally many answers, fewer than two, or all are the same. (J. L. Fleiss, 1971.)
    """
    units = np.atleast_2d(np.asarray(table, dtype=float))
    answers = np.count_nonzero(~np.isnan(units), axis=1)
    if not units.size or len(set(answers.tolist())) != 1 or answers[0] < _TWO:
        return None
    codes, known = _codes(units)
    return fleiss_of_counts(_counts(units, codes, known.size))


def fleiss_of_counts(counts: ArrayLike) -> float | None:
    """Fleiss' kappa from how many raters put each unit (row) into each category (column)."""
    table = np.asarray(counts, dtype=float)
    raters = table[0].sum()
    share = table.sum(axis=0) / table.sum()
    agreed = ((table**2).sum(axis=1) - raters) / (raters * (raters - 1))
    chance = float((share**2).sum())
    return float((agreed.mean() - chance) / (1 - chance)) if 1 - chance > 1e-12 else None


class Agreed(NamedTuple):
    """Which share of pairs of raters said the same: of all pairs, and the mean of the units' shares."""

    pooled: float
    mean_of_units: float


def percent_agreement(table: ArrayLike) -> Agreed | None:
    """The share of pairs of raters who said the same, as a share of one; none where no unit has two answers."""
    units = _paired(table)
    if not units.size:
        return None
    codes, known = _codes(units)
    counts = _counts(units, codes, known.size)
    raters = counts.sum(axis=1)
    same, pairs = (counts * (counts - 1)).sum(axis=1), raters * (raters - 1)
    return Agreed(float(same.sum() / pairs.sum()), float((same / pairs).mean()))


def _paired(table: ArrayLike) -> Numbers:
    """The units with at least two answers."""
    units = np.atleast_2d(np.asarray(table, dtype=float))
    kept: Numbers = units[np.count_nonzero(~np.isnan(units), axis=1) >= _TWO]
    return kept


def _codes(units: Numbers) -> tuple[NDArray[np.intp], Numbers]:
    """Of each answer its place among the different ones (too far where there is none), and those."""
    known = np.unique(units[~np.isnan(units)])
    return np.searchsorted(known, np.where(np.isnan(units), np.inf, units)), known


def _counts(units: Numbers, codes: NDArray[np.intp], size: int) -> NDArray[np.int_]:
    """How often each unit got each answer."""
    counts = np.zeros((len(units), size + 1), dtype=int)
    np.add.at(counts, (np.arange(len(units))[:, None], codes), 1)
    return counts[:, :size]


def _distances(known: Numbers, marginal: Numbers, metric: Metric) -> Numbers:
    """The squared distance of every two answers."""
    first, second = known[:, None], known[None, :]
    if metric == "nominal":
        return np.asarray(first != second, dtype=float)
    if metric == "interval":
        return np.asarray((first - second) ** 2)
    if metric == "ratio":
        both = first + second
        return np.asarray(np.divide(first - second, both, out=np.zeros_like(both), where=both != 0) ** 2)
    reached = np.cumsum(marginal) - marginal / 2
    return np.asarray((reached[:, None] - reached[None, :]) ** 2)
