"""Scores: of every subject and node a number with how many assessors, how far apart, how much answered, from what."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from ccsi_kit.criteria.matrix import Flags, Matrix, Numbers, Places
from ccsi_kit.criteria.reckoning import Reckoned, Weights, reckon
from ccsi_kit.criteria.records import Assessment, Context
from ccsi_kit.criteria.scales import NO, YES
from ccsi_kit.criteria.sets import TOTAL, Band, CriteriaSet, Criterion
from ccsi_kit.models import Message, Result
from ccsi_kit.statistics import sorted_spread

Passed = Literal["pass", "fail", "undecided"]


class Table(NamedTuple):
    """Nodes by subjects; NaN where there is nothing."""

    value: Numbers
    n: Places
    """Assessors whose value it is: those who gave a number or, of what was reconciled, those who took part."""
    gave: Places
    """Assessors who gave a number on their own: what the spread is of."""
    spread: Numbers
    coverage: Numbers


def score(set_: CriteriaSet, assessments: Iterable[Assessment] | Matrix, *, context: Context = "single") -> "Scoring":
    """The scores of every subject that was assessed with a set, by subject.

    A subject's value is the mean of its assessors' values; where they reconciled, the reconciled one, with `n` those
    who took part and the spread of what they had said before. No answer is not
    zero, not applicable is no gap (a sum is scaled up for it), and "unclear" is an answer without a number. What does
    not count is told in `left_out`; see `Matrix.of`.
    """
    return Scoring(assessments if isinstance(assessments, Matrix) else Matrix.of(set_, assessments, context=context))


class Scoring(Mapping[str, "Scores"]):
    """The scores of many subjects with one set, by subject. In no order: it is no league table."""

    def __init__(self, matrix: Matrix, weights: Weights | None = None) -> None:
        self.matrix = matrix
        self.set = matrix.set
        self.left_out = matrix.left_out
        self._weights = weights

    def __getitem__(self, subject: str) -> "Scores":
        return Scores(self, self.places[subject])

    def __iter__(self) -> Iterator[str]:
        return iter(self.matrix.subjects)

    def __len__(self) -> int:
        return len(self.matrix.subjects)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of every subject in the table."""
        return {subject: place for place, subject in enumerate(self.matrix.subjects)}

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of every node in the table."""
        return {node: row for row, node in enumerate(self.reckoned)}

    @cached_property
    def reckoned(self) -> Mapping[str, Reckoned]:
        """Every node in every assessment."""
        return reckon(self.matrix, self._weights)

    @cached_property
    def table(self) -> Table:
        """Every node of every subject, nodes by subjects: what the scores are read from."""
        values = np.stack([node.value for node in self.reckoned.values()])
        coverage = np.stack([node.coverage for node in self.reckoned.values()])
        subject, size, (single, joint) = self.matrix.subject, len(self), self._sides
        (means, gave), (covered, _) = (_means(one, subject, size, single) for one in (values, coverage))
        spread, n = _spreads(values, subject, size, single), gave.copy()
        if joint.any():
            (told, _), (shares, _) = (_means(one, subject, size, joint) for one in (values, coverage))
            agreed = self._agreed
            means[:, agreed], covered[:, agreed] = told[:, agreed], shares[:, agreed]
            silent = np.isnan(means[:, agreed])
            n[:, agreed] = np.where(silent, 0, self.took_part[agreed])
            spread[:, agreed] = np.where(silent, np.nan, spread[:, agreed])
        return Table(means, n, gave, spread, covered)

    @cached_property
    def totals(self) -> Numbers:
        """The value of `total` of each subject."""
        values = self.reckoned[TOTAL].value[None, :]
        means, told = (_means(values, self.matrix.subject, len(self), chosen)[0][0] for chosen in self._sides)
        return np.asarray(np.where(np.isin(np.arange(len(self)), self._agreed), told, means))

    @property
    def _sides(self) -> tuple[Flags, Flags]:
        """Which columns are one assessor's own, and which were reconciled."""
        return self.matrix.single, ~self.matrix.single

    @property
    def _agreed(self) -> Places:
        """The places of the subjects whose assessors reconciled."""
        return np.unique(self.matrix.subject[~self.matrix.single])

    @cached_property
    def took_part(self) -> Places:
        """Of each subject whose assessors reconciled, how many assessments they did it from."""
        found = np.zeros(len(self), dtype=np.intp)
        for column in np.flatnonzero(~self.matrix.single).tolist():
            reconciled = self.matrix.assessments[column].reconciled
            found[self.matrix.subject[column]] = len(reconciled.of) if reconciled else 0
        return found

    @cached_property
    def columns(self) -> Mapping[int, tuple[int, ...]]:
        """The columns of each subject, by its place."""
        found: dict[int, list[int]] = {place: [] for place in range(len(self))}
        for column, place in enumerate(self.matrix.subject.tolist()):
            found[place].append(column)
        return {place: tuple(columns) for place, columns in found.items()}


class Scores(Mapping[str, Result]):
    """The scores of one subject by node: every criterion, every dimension, and `total`."""

    def __init__(self, scoring: Scoring, place: int) -> None:
        self.scoring = scoring
        self.place = place

    def __getitem__(self, node: str) -> Result:
        row, table, set_ = self.scoring.rows[node], self.scoring.table, self.scoring.set
        found = None if node == TOTAL else set_.nodes[node]
        return Result(
            value=_known(table.value[row, self.place]),
            n=int(table.n[row, self.place]),
            spread=_known(table.spread[row, self.place]),
            coverage=_known(table.coverage[row, self.place]),
            method="answer" if isinstance(found, Criterion) else set_.group(node).aggregate,
            basis=self.basis,
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self.scoring.rows)

    def __len__(self) -> int:
        return len(self.scoring.rows)

    @property
    def subject(self) -> str:
        """What was assessed."""
        return self.scoring.matrix.subjects[self.place]

    @property
    def total(self) -> Result:
        """What the whole set adds up to."""
        return self[TOTAL]

    @property
    def took_part(self) -> int:
        """How many assessors it comes from: those who reconciled, else all who assessed it."""
        return int(self.scoring.took_part[self.place]) if self.reconciled else len(self.assessors)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it was assessed, in order."""
        every = self.scoring.matrix.assessments
        return tuple(sorted({every[column].on for column in self.scoring.columns[self.place] if every}))

    def gave(self, node: str) -> int | None:
        """Of a reconciled node how many assessors had given a number of their own; none where nothing is reconciled."""
        return int(self.scoring.table.gave[self.scoring.rows[node], self.place]) if self.reconciled else None

    @property
    def basis(self) -> tuple[str, ...]:
        """The assessments that the values come from."""
        return tuple(filter(None, (self.scoring.matrix.basis[column] for column in self.counted)))

    @property
    def counted(self) -> tuple[int, ...]:
        """The columns that the values come from: the reconciled one, else all."""
        columns, single = self.scoring.columns[self.place], self.scoring.matrix.single
        return tuple(column for column in columns if not single[column]) or columns

    @property
    def assessors(self) -> tuple[str, ...]:
        """Those who assessed it, each on their own."""
        matrix = self.scoring.matrix
        own = (column for column in self.scoring.columns[self.place] if matrix.single[column])
        return tuple(dict.fromkeys(matrix.assessors[column] for column in own))

    @property
    def conflicts(self) -> tuple[Assessment, ...]:
        """The assessments whose assessors declare a conflict of interest; they count like the others."""
        every = self.scoring.matrix.assessments
        return tuple(every[column] for column in self.scoring.columns[self.place] if every and every[column].conflict)

    @property
    def reconciled(self) -> bool:
        """Whether the assessors agreed on one assessment."""
        return any(not self.scoring.matrix.single[column] for column in self.counted)

    def band(self, node: str = TOTAL) -> Band | None:
        """The named range that the value of a dimension or of the whole is in."""
        value = self[node].value
        within = [band for band in self.scoring.set.group(node).bands if value is not None and band.from_ <= value]
        return within[-1] if within else None

    @property
    def gates(self) -> dict[str, Passed]:
        """Of each criterion with a gate whether it is passed.

        `unclear`, no answer, and assessors of different minds are undecided. So is *not applicable*: a gate asks that
        something be so, an element of a legal definition above all, and who says that it does not apply has not said
        that it is met. People decide; a set in which it may pass has no gate there.
        """
        gated = {id: item for id, item in self.scoring.set.items.items() if item.gate is not None}
        return {id: self._passed(item) for id, item in gated.items()}

    @property
    def gate(self) -> Passed | None:
        """Whether all gates are passed: one that fails decides; none where the set has no gate."""
        found = set(self.gates.values())
        ranked: tuple[Passed, ...] = ("fail", "undecided", "pass")
        return next((passed for passed in ranked if passed in found), None)

    def _passed(self, item: Criterion) -> Passed:
        matrix, row = self.scoring.matrix, self.scoring.matrix.rows[item.id]
        reached = {_reaches(item, matrix.values[row, column]) for column in self.counted}
        return "undecided" if None in reached or len(reached) > 1 else ("pass" if True in reached else "fail")


def _reaches(item: Criterion, value: float) -> bool | None:
    if np.isnan(value):
        return None
    if item.gate in (YES, NO):
        return bool(value == (item.gate == YES))
    needed = float(item.gate or 0)
    return bool(value <= needed if item.better == "lower" else value >= needed)


def spread_said(result: Result, *, gave: int | None = None) -> Message:
    """What the spread of a result is: an interquartile range, a range, or none because of one assessor or no number.

    `gave`: of a reconciled result, how many assessors had given a number of their own, which its spread is of. Where
    fewer assessments have a number than the result is based on, that is said too.
    """
    if result.n == 0:
        return Message(f"criteria.{_silence(result)}")
    if gave is not None:
        return Message("criteria.spread.agreed", n=result.n, before=_spread("before", gave, result.spread))
    said, every = _spread("spread", result.n, result.spread), len(result.basis)
    return said if result.n >= every else Message("criteria.spread.part", said=said, part=result.n, every=every)


def _silence(result: Result) -> str:
    """Why there is no number."""
    if result.method == "none":
        return "method.none"
    if result.coverage is None:
        return "spread.na"
    if result.coverage == 0:
        return "spread.nobody"
    return "spread.gap" if result.method == "sum" else "spread.no-number"


def _spread(when: str, n: int, spread: float | None) -> Message:
    kinds = {0: "nobody", 1: "one", 2: "range"}
    return Message(f"criteria.{when}.{kinds.get(n, 'iqr')}", spread=round(spread or 0, 2), n=n)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _means(values: Numbers, subject: Places, size: int, chosen: Flags) -> tuple[Numbers, Places]:
    """Mean and number of each row by subject, of some columns."""
    order, sizes, starts = _ordered(subject, size, chosen)
    there = np.flatnonzero(sizes)
    mean, n = np.full((len(values), size), np.nan), np.zeros((len(values), size), dtype=np.intp)
    if there.size:
        taken = values if np.array_equal(order, np.arange(values.shape[1])) else values[:, order]
        known = ~np.isnan(taken)
        count = np.add.reduceat(known, starts[there], axis=1, dtype=np.intp)
        summed = np.add.reduceat(np.where(known, taken, 0), starts[there], axis=1)
        mean[:, there] = np.divide(summed, count, out=np.full(count.shape, np.nan), where=count > 0)
        n[:, there] = count
    return mean, n


def _spreads(values: Numbers, subject: Places, size: int, chosen: Flags) -> Numbers:
    """Spread of each row by subject, of some columns; subjects with equally many are done at once."""
    order, sizes, starts = _ordered(subject, size, chosen)
    spread = np.full((len(values), size), np.nan)
    for many in np.unique(sizes[sizes > 1]):
        places = np.flatnonzero(sizes == many)
        block = values[:, order[starts[places][:, None] + np.arange(many)]]
        if many == 2:
            spread[:, places] = np.abs(block[..., 0] - block[..., 1])
        else:
            block.sort(axis=-1)
            spread[:, places] = sorted_spread(block, np.count_nonzero(~np.isnan(block), axis=-1))
    return spread


def _ordered(subject: Places, size: int, chosen: Flags) -> tuple[Places, Places, Places]:
    """Some columns by subject; how many each subject has, and where they start."""
    columns = np.flatnonzero(chosen)
    sizes = np.bincount(subject[columns], minlength=size)
    return columns[np.argsort(subject[columns], kind="stable")], sizes, np.cumsum(sizes) - sizes
