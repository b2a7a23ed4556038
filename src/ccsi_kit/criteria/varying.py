"""How much an order of subjects depends on the weights, and on who assessed."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

import numpy as np

from ccsi_kit.criteria.matrix import Flags, Matrix
from ccsi_kit.criteria.reckoning import Weights
from ccsi_kit.criteria.records import Assessment, Context
from ccsi_kit.criteria.scoring import Scoring
from ccsi_kit.criteria.sets import CriteriaSet, Dimension, Group
from ccsi_kit.criteria.soundness import scored
from ccsi_kit.errors import UsageError

DRAWS = 1_000
SEED = 20_261_125
SWING = 0.2
"""How far each weight is moved up and down."""
_DIGITS = 9
"""Values that are the same to so many decimals share a rank."""


class RankRange(NamedTuple):
    """The best and the worst rank that a subject gets, 1 being the best; ties share the better one."""

    best: int
    worst: int


class Varied(NamedTuple):
    """How the rank of one subject varies; none where it has no value."""

    rank: int | None
    """With the weights of the set and all assessors."""
    swung: RankRange | None
    """With each weight 20 % less and 20 % more in turn, the others made to fit."""
    drawn: RankRange | None
    """With weights drawn at random."""
    assessors: RankRange | None
    """Without each assessor in turn."""

    @property
    def overall(self) -> RankRange | None:
        """The best and the worst of all."""
        ranges = [one for one in (self.swung, self.drawn, self.assessors) if one]
        if self.rank is None or not ranges:
            return None
        return RankRange(min(one.best for one in ranges), max(one.worst for one in ranges))


class Sensitivity(NamedTuple):
    """How much ranks by `total` depend on choices that could have been others."""

    subjects: Mapping[str, Varied]
    seed: int
    draws: int
    assessors: tuple[str, ...]
    """Who was left out in turn."""


def sensitivity(
    set_: CriteriaSet,
    assessments: Iterable[Assessment] | Matrix,
    *,
    context: Context = "single",
    seed: int = SEED,
    draws: int = DRAWS,
) -> Sensitivity:
    """The range of ranks of every subject when weights and assessors change; must stand beside any order that is shown.

    Weights: each 20 % down and up in turn, its siblings keeping the sum; then `draws` times all at random, Dirichlet(1)
    among siblings, from a seed that the result keeps. Assessors: each left out in turn. Raises `UsageError` for a set
    that does not add up to a total.
    """
    if set_.aggregate == "none":
        raise UsageError("no-total", set=set_.id)
    matrix = assessments if isinstance(assessments, Matrix) else Matrix.of(set_, assessments, context=context)
    people = tuple(sorted({*matrix.assessors} - {""}))
    base = _ranks(Scoring(matrix))
    groups = [group for group in _families(set_) if len(group) > 1]
    swung = [_ranks(Scoring(matrix, weights)) for weights in _swings(groups)]
    drawn = [_ranks(Scoring(matrix, weights)) for weights in _draws(groups, seed, draws)]
    without = [_ranks(Scoring(matrix.columns(_not(matrix, person)))) for person in people] if len(people) > 1 else []
    return Sensitivity(
        {
            subject: Varied(base.get(subject), *(_range(runs, subject) for runs in (swung, drawn, without)))
            for subject in matrix.subjects
        },
        seed, draws, people,
    )  # fmt: skip


def _not(matrix: Matrix, person: str) -> Flags:
    return np.array([assessor != person for assessor in matrix.assessors], dtype=bool)


def _ranks(scoring: Scoring) -> dict[str, int]:
    """The rank of every subject that has a value."""
    values = np.round(scoring.totals, _DIGITS)
    known = np.sort(values[~np.isnan(values)])
    better = len(known) - np.searchsorted(known, values, side="right")
    return {
        subject: int(before) + 1
        for subject, value, before in zip(scoring.matrix.subjects, values, better, strict=True)
        if not np.isnan(value)
    }


def _range(runs: list[dict[str, int]], subject: str) -> RankRange | None:
    found = [ranks[subject] for ranks in runs if subject in ranks]
    return RankRange(min(found), max(found)) if found else None


def _families(set_: CriteriaSet) -> Iterator[dict[str, float]]:
    """The weights of the siblings in each group that adds up by weight."""
    groups: list[Group] = [set_, *(node for node in set_.nodes.values() if isinstance(node, Dimension))]
    for group in groups:
        if group.aggregate in ("mean", "sum"):
            yield {part.id: part.weight for part in scored(set_, group)}


def _swings(groups: list[dict[str, float]]) -> Iterator[Weights]:
    for group in groups:
        for node, factor in product(group, (1 - SWING, 1 + SWING)):
            moved = {name: weight * (factor if name == node else 1) for name, weight in group.items()}
            fit = sum(group.values()) / sum(moved.values())
            yield {name: weight * fit for name, weight in moved.items()}


def _draws(groups: list[dict[str, float]], seed: int, draws: int) -> Iterator[Weights]:
    random = np.random.default_rng(seed)
    for _ in range(draws):
        drawn: dict[str, float] = {}
        for group in groups:
            shares = random.dirichlet(np.ones(len(group))) * sum(group.values())
            drawn |= dict(zip(group, shares.tolist(), strict=True))
        yield drawn
