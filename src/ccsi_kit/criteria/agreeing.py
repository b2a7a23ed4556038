"""How far assessors agree, criterion by criterion, and what they have to talk about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from ccsi_kit.criteria.matrix import Matrix, Numbers
from ccsi_kit.criteria.records import Assessment, Context
from ccsi_kit.criteria.scales import Scale, Value
from ccsi_kit.criteria.sets import CriteriaSet
from ccsi_kit.statistics import Metric, alpha, fleiss, percent_agreement

_METRICS: Final[Mapping[str, Metric]] = {
    "ordinal": "ordinal", "number": "interval", "yes-no": "nominal", "tags": "nominal",
}  # fmt: skip


Said = tuple[str, Value]
"""The Ref of an assessment, and an answer."""
Given = dict[str, dict[str, list[Said]]]
"""By criterion and subject."""


class Disagreement(NamedTuple):
    """A criterion that assessors of a subject answer differently."""

    subject: str
    item: str
    answers: tuple[tuple[str, Value], ...]
    """The Ref of each assessment ("" where it has none) and its answer, the least first."""
    distance: float
    """How far apart the answers are: 1 is from one end of the scale to the other; words are 1 apart."""


@dataclass(frozen=True)
class ItemAgreement:
    """How far assessors agree on one criterion. Not applicable and no answer are gaps; "unclear" is an answer."""

    item: str
    metric: Metric
    """What the distance of two answers is in `alpha`."""
    alpha: float | None
    """Krippendorff's alpha; none where it is undefined, as where everybody says the same of everything."""
    kappa: float | None
    """Fleiss' kappa; none where the subjects have not equally many answers."""
    pooled: float | None
    """Percent agreement as a share of one: the pairs of assessors who said the same, of all pairs."""
    mean_of_subjects: float | None
    """Percent agreement as a share of one: the mean of the subjects' shares."""
    subjects: int
    """Subjects that at least two assessors answered for."""
    answers: int
    """Answers about those."""


class Agreement(NamedTuple):
    """How far the assessors of a set agree."""

    by_item: Mapping[str, ItemAgreement]
    disagreements: tuple[Disagreement, ...]
    """What they answer differently, the farthest apart first."""
    basis: tuple[str, ...]
    """The assessments that it was computed from."""

    @property
    def compared(self) -> tuple[str, ...]:
        """The criteria that at least two assessors of some subject answered."""
        return tuple(item for item, one in self.by_item.items() if one.subjects)


def agreement(set_: CriteriaSet, assessments: Iterable[Assessment], *, context: Context = "single") -> Agreement:
    """How far single assessors agree on each criterion of a set that has a fixed choice of answers.

    The measure of alpha is ordinal for levels, interval for numbers and nominal for yes/no and tags
    (all that were chosen together). Which assessments
    count is as in `score`; reconciled ones are no assessor's own and do not.
    """
    single = _single(set_, assessments, context)
    given = _given(single)
    by_item = {item: _agreed(item, set_.scale(item), answers) for item, answers in given.items()}
    return Agreement(by_item, _apart(set_, given), tuple(filter(None, single.basis)))


def disagreements(
    set_: CriteriaSet, assessments: Iterable[Assessment], *, context: Context = "single"
) -> tuple[Disagreement, ...]:
    """What the assessors of each subject answer differently, the farthest apart first: what is to be reconciled."""
    return _apart(set_, _given(_single(set_, assessments, context)))


def _single(set_: CriteriaSet, assessments: Iterable[Assessment], context: Context) -> Matrix:
    matrix = Matrix.of(set_, assessments, context=context)
    return matrix.columns(matrix.single)


def _given(matrix: Matrix) -> Given:
    """The answers on the scale to each criterion that has a fixed choice of them, by subject."""
    scales = {item: scale for item in matrix.set.items if (scale := matrix.set.scale(item)).kind in _METRICS}
    found: Given = {item: {} for item in scales}
    for place, basis, one in zip(matrix.subject.tolist(), matrix.basis, matrix.assessments, strict=True):
        answers = one.by_item
        for item in answers.keys() & scales:
            answer = answers[item]
            if answer.given and (value := scales[item].read(answer.value)) is not None:
                found[item].setdefault(matrix.subjects[place], []).append((basis, value))
    return found


def _agreed(item: str, scale: Scale, given: Mapping[str, list[Said]]) -> ItemAgreement:
    table = _table(scale, [answers for answers in given.values() if len(answers) > 1])
    share, metric = percent_agreement(table), _METRICS[scale.kind]
    return ItemAgreement(
        item=item, metric=metric, alpha=alpha(table, metric), kappa=fleiss(table),
        pooled=share.pooled if share else None, mean_of_subjects=share.mean_of_units if share else None,
        subjects=len(table), answers=int(np.count_nonzero(~np.isnan(table))),
    )  # fmt: skip


def _table(scale: Scale, given: Sequence[list[Said]]) -> Numbers:
    """Answers as numbers, a row a subject, gaps last; words are numbered as they come."""
    table = np.full((len(given), max(map(len, given), default=0)), np.nan)
    codes: dict[Value, float] = {}
    for row, answers in enumerate(given):
        for column, (_, value) in enumerate(answers):
            table[row, column] = value if isinstance(value, float) else codes.setdefault(value, len(codes))
    return table


def _apart(set_: CriteriaSet, given: Given) -> tuple[Disagreement, ...]:
    found = [
        _compared(subject, item, set_.scale(item), answers)
        for item, by_subject in given.items()
        for subject, answers in by_subject.items()
    ]
    return tuple(sorted((one for one in found if one.distance > 0), key=lambda one: (-one.distance, one.subject)))


def _compared(subject: str, item: str, scale: Scale, answers: list[Said]) -> Disagreement:
    ordered = sorted(answers, key=lambda answer: (_rank(scale, answer[1]), answer[0]))
    return Disagreement(subject, item, tuple(ordered), _distance(scale, ordered))


def _rank(scale: Scale, value: Value) -> tuple[float, str]:
    number = scale.number(value)
    return (0.5 if number is None else number, str(value))


def _distance(scale: Scale, ordered: Sequence[Said]) -> float:
    first, last = ordered[0][1], ordered[-1][1]
    if len({value for _, value in ordered}) == 1:
        return 0.0
    if scale.kind in ("tags", "yes-no") or not isinstance(first, float) or not isinstance(last, float):
        return 1.0
    least, most = scale.bounds
    return (last - first) / (most - least)
