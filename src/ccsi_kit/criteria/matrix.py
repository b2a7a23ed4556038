"""Assessments as numbers: criteria by assessments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ccsi_kit.criteria.records import COUNTED, Assessment, Context
from ccsi_kit.criteria.scales import NA, NONE
from ccsi_kit.criteria.sets import CriteriaSet
from ccsi_kit.models import Issue

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Matrix:
    """The answers of many assessments to one set: a row a criterion, in the set's order, a column an assessment.

    `values`: what each answer counts on its own scale; NaN where there is no number. `answered`: whether there is an
    answer, number or not. `na`: whether the criterion does not apply. `subject`: of each column, the place of its
    subject in `subjects`. `single`: whether a column is one assessor's own; the others were reconciled.
    """

    set: CriteriaSet
    subjects: Sequence[str]
    subject: Places
    values: Numbers
    answered: Flags
    na: Flags
    basis: Sequence[str]
    """The Ref of each column; "" where it has none."""
    assessors: Sequence[str]
    """Who assessed, column by column; "" where that is not known."""
    single: Flags
    assessments: Sequence[Assessment] = ()
    """What the columns were made from, where they were made from assessments."""
    left_out: tuple[Issue, ...] = ()
    """What was not counted, and why."""
    rows: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", {item: row for row, item in enumerate(self.set.items)})

    @classmethod
    def of_columns(
        cls,
        set_: CriteriaSet,
        subject: Sequence[str],
        values: Mapping[str, Any],
        na: Mapping[str, Any] | None = None,
    ) -> "Matrix":
        """From columns, such as those of a data frame: the subject of each assessment, and by criterion its numbers.

        A number of NaN is no answer. `na`: by criterion, where it does not apply. Raises `KeyError` for a criterion
        that the set has not, and `ValueError` for a number that is not on its scale.
        """
        size, items = len(subject), set_.items
        numbers, flags = np.full((len(items), size), np.nan), np.zeros((len(items), size), dtype=bool)
        rows = {item: row for row, item in enumerate(items)}
        for item, column in values.items():
            numbers[rows[item]] = column
            _refuse_off_scale(set_, item, numbers[rows[item]])
        for item, column in (na or {}).items():
            flags[rows[item]] = column
        numbers[flags] = np.nan
        subjects, places = np.unique(np.asarray(subject, dtype=object), return_inverse=True)
        return cls(
            set=set_, subjects=subjects.tolist(), subject=places, values=numbers, answered=~np.isnan(numbers), na=flags,
            basis=[""] * size, assessors=[""] * size, single=np.ones(size, dtype=bool),
        )  # fmt: skip

    @classmethod
    def of(cls, set_: CriteriaSet, assessments: Iterable[Assessment], *, context: Context = "single") -> "Matrix":
        """From assessments: the last submitted one of each assessor about each subject, with this set, in the context.

        Drafts, what was superseded or withdrawn, other versions of the set and answers that are not on the scale are
        left out, and told in `left_out`.
        """
        told: list[Issue] = []
        kept = list(_counted(set_, assessments, context, told))
        subjects = sorted({one.subject for one in kept})
        place = {subject: number for number, subject in enumerate(subjects)}
        shape = (len(set_.items), len(kept))
        values, answered, na = np.full(shape, np.nan), np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        for row, column, number, applies in _cells(set_, kept, told):
            na[row, column], answered[row, column] = not applies, applies
            values[row, column] = np.nan if number is None else number
        return cls(
            set=set_, subjects=subjects, subject=np.array([place[one.subject] for one in kept], dtype=np.intp),
            values=values, answered=answered, na=na, basis=[one.id or "" for one in kept],
            assessors=[one.assessor for one in kept], single=np.array([not one.reconciled for one in kept], dtype=bool),
            assessments=kept, left_out=tuple(told),
        )  # fmt: skip

    def columns(self, chosen: Flags) -> "Matrix":
        """Some of its columns; subjects keep their places."""
        at = np.flatnonzero(chosen).tolist()
        return Matrix(
            set=self.set, subjects=self.subjects, subject=self.subject[at], values=self.values[:, at],
            answered=self.answered[:, at], na=self.na[:, at], basis=[self.basis[n] for n in at],
            assessors=[self.assessors[n] for n in at], single=self.single[at],
            assessments=[self.assessments[n] for n in at] if self.assessments else (), left_out=self.left_out,
        )  # fmt: skip


def _refuse_off_scale(set_: CriteriaSet, item: str, column: Numbers) -> None:
    scale = set_.scale(item)
    if not scale.scored:
        raise ValueError(f"{item} has no numbers")
    for number in np.unique(column[~np.isnan(column)]):
        known = number in (0, 1) if scale.kind == "yes-no" else scale.read(float(number)) is not None
        if not known:
            raise ValueError(f"{number} is not on the scale of {item}")


def _counted(
    set_: CriteriaSet, assessments: Iterable[Assessment], context: Context, told: list[Issue]
) -> Iterator[Assessment]:
    """Those that count, in an order that does not depend on the one they came in."""
    last: dict[tuple[str, str, bool], Assessment] = {}
    for one in sorted(assessments, key=lambda one: (one.on, one.id or one.model_dump_json())):
        if one.set != set_.id or one.context != context:
            continue
        if one.version != set_.version:
            told.append(Issue("assessment-other-version", at=one.id, theirs=one.version, ours=set_.version))
        elif one.state not in COUNTED:
            told.append(Issue("assessment-not-counted", severity="info", at=one.id, state=one.state))
        else:
            key = (one.subject, one.assessor if one.reconciled is None else "", one.reconciled is None)
            if key in last:
                told.append(Issue("assessment-older", severity="info", at=last[key].id, on=last[key].on))
            last[key] = one
    yield from sorted(last.values(), key=lambda one: (one.subject, one.assessor, one.on, one.id or ""))


def _cells(
    set_: CriteriaSet, kept: Sequence[Assessment], told: list[Issue]
) -> Iterator[tuple[int, int, float | None, bool]]:
    """Row, column, number and whether it applies, of everything that was answered."""
    rows = {item: (row, set_.scale(item)) for row, item in enumerate(set_.items)}
    for column, one in enumerate(kept):
        for answer in one.answers:
            row, scale = rows.get(answer.item, (-1, None))
            if answer.value == NONE:
                continue
            if scale is None or (answer.value != NA and scale.read(answer.value) is None):
                told.append(Issue("answer-left-out", at=one.id, item=answer.item, value=str(answer.value)))
            else:
                yield row, column, None if answer.value == NA else scale.number(answer.value), answer.value != NA
