"""How a set adds up: every node's value in every assessment, from the leaves to the top."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ccsi_kit.criteria.matrix import Flags, Matrix, Numbers
from ccsi_kit.criteria.sets import TOTAL, CriteriaSet, Criterion, Group
from ccsi_kit.criteria.soundness import scored

Weights = Mapping[str, float]
"""Other weights than the set's, by node."""


class Reckoned(NamedTuple):
    """A node in every assessment. Values are higher the better; NaN where there is none."""

    value: Numbers
    coverage: Numbers
    """Answered weight by applicable weight; NaN where nothing applies."""
    na: Flags
    """Whether nothing in it that has a weight applies."""


def reckon(matrix: Matrix, weights: Weights | None = None) -> dict[str, Reckoned]:
    """Every node of the set, and `total`, in every assessment of a matrix."""
    found = {item: _item(matrix, item) for item in matrix.set.items}
    _group(matrix.set, matrix.set, TOTAL, found, weights or {})
    return found


def _item(matrix: Matrix, item: str) -> Reckoned:
    row, criterion, scale = matrix.rows[item], matrix.set.items[item], matrix.set.scale(item)
    value = matrix.values[row]
    if scale.scored:
        least, most = scale.bounds
        value = least + most - value if criterion.better == "lower" else value
        value = (value - least) / (most - least) if matrix.set.normalise else value
    na = matrix.na[row]
    return Reckoned(value, np.where(na, np.nan, matrix.answered[row]), na)


def _group(set_: CriteriaSet, group: Group, id: str, found: dict[str, Reckoned], weights: Weights) -> None:
    for part in group.parts:
        if not isinstance(part, Criterion):
            _group(set_, part, part.id, found, weights)
    everything = [found[part.id] for part in group.parts]
    weight = np.array([weights.get(part.id, part.weight) for part in group.parts])
    coverage = _coverage(everything, weight if weight.any() else np.ones_like(weight))
    names = {part.id for part in scored(set_, group)}
    counted = [part.id in names for part in group.parts]
    value = _value(group, [part for part, is_ in zip(everything, counted, strict=True) if is_], weight[counted])
    nothing = np.full(coverage.shape, np.nan)
    found[id] = Reckoned(nothing if value is None else value, coverage, np.isnan(coverage))


def _coverage(parts: list[Reckoned], weight: Numbers) -> Numbers:
    covered = _added([part.coverage for part in parts], weight)
    return _by(covered, _added([~part.na for part in parts], weight))


def _value(group: Group, parts: list[Reckoned], weight: Numbers) -> Numbers | None:
    """What a group adds up to in each assessment; none where it does not add up."""
    if group.aggregate == "none":
        return None
    if group.aggregate == "min":
        return np.asarray(np.fmin.reduce([part.value for part in parts]))
    known = [~np.isnan(part.value) for part in parts]
    if group.aggregate == "count":
        least = group.at_least or 0
        reached = np.sum([part.value >= least for part in parts], axis=0)
        return np.where(np.any(known, axis=0), reached, np.nan)
    summed, counted = _added([part.value for part in parts], weight), _added(known, weight)
    return _by(summed, counted) if group.aggregate == "mean" else _sum(group, parts, summed, counted, weight)


def _sum(group: Group, parts: list[Reckoned], summed: Numbers, counted: Numbers, weight: Numbers) -> Numbers:
    """The weighted sum, scaled up for what does not apply, and for gaps as the set says."""
    if group.missing == "rescale":
        return np.asarray(_by(summed, counted) * weight.sum())
    applies = _added([~part.na for part in parts], weight)
    full = _by(summed, applies) * weight.sum()
    complete = counted > 0 if group.missing == "zero" else counted == applies
    return np.asarray(np.where(complete, full, np.nan))


def _added(columns: Sequence[Numbers | Flags], weight: Numbers) -> Numbers:
    """The weighted sum of what there is."""
    total = np.zeros(len(columns[0]))
    for column, times in zip(columns, weight.tolist(), strict=True):
        weighed = column * times
        total += weighed if column.dtype == bool else np.where(np.isnan(weighed), 0, weighed)
    return total


def _by(above: Numbers, below: Numbers) -> Numbers:
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0))
