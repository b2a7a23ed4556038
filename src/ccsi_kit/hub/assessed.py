"""Assessments as the site shows them: scored once for all languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ccsi_kit.criteria import Agreement, Assessment, CriteriaSet, Scores, Scoring, agreement, score

CONTEXTS = ("single", "source", "target")


class Assessed:
    """What was assessed with which sets, and what it came to."""

    def __init__(self, sets: Sequence[CriteriaSet], assessments: Sequence[Assessment]) -> None:
        self._sets = {one.id: one for one in sets}
        self._assessments = assessments
        used = dict.fromkeys(one.set for one in assessments if one.set in self._sets)
        self._scorings: Mapping[str, tuple[Scoring, ...]] = {id: self._scored(id) for id in used}

    def _scored(self, set_id: str) -> tuple[Scoring, ...]:
        every = (score(self._sets[set_id], self._assessments, context=context) for context in CONTEXTS)  # type: ignore[arg-type]
        return tuple(scoring for scoring in every if len(scoring))

    @property
    def every(self) -> Sequence[str]:
        """Everything that was assessed."""
        return sorted({subject for scorings in self._scorings.values() for one in scorings for subject in one})

    def subjects(self, set_id: str) -> Sequence[str]:
        """What was assessed with a set."""
        return sorted({subject for one in self._scorings.get(set_id, ()) for subject in one})

    def of(self, subject: str) -> Sequence[Scores]:
        """The scores of a subject, set by set."""
        return [one[subject] for scorings in self._scorings.values() for one in scorings if subject in one]

    def agreement(self, set_id: str) -> Agreement | None:
        """How far the assessors of a set agree; none where nobody assessed."""
        return agreement(self._sets[set_id], self._assessments) if set_id in self._scorings else None
