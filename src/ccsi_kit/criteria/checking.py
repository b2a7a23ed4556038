"""Whether an assessment answers its set."""

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from ccsi_kit.criteria.records import Answer, Assessment
from ccsi_kit.criteria.scales import Scale
from ccsi_kit.criteria.sets import CriteriaSet
from ccsi_kit.models import Issue


def check(assessment: Assessment, set_: CriteriaSet) -> Iterator[Issue]:
    """What is wrong with an assessment, if it is to be one with this set.

    Issue codes: `assessment-other-set`, `assessment-other-version`, `assessment-context`, `answer-unknown-item`,
    `answer-twice`, `answer-off-scale`, `reconcile-too-few`.
    """
    at = assessment.id
    if assessment.set != set_.id:
        yield Issue("assessment-other-set", severity="error", at=at, set=set_.id, theirs=assessment.set)
        return
    if assessment.version != set_.version:
        yield Issue("assessment-other-version", at=at, theirs=assessment.version, ours=set_.version)
    if (assessment.context == "single") == set_.paired:
        yield Issue("assessment-context", severity="error", at=at, context=assessment.context)
    if assessment.reconciled and len(assessment.reconciled.of) < set_.assessors:
        there = len(assessment.reconciled.of)
        yield Issue("reconcile-too-few", severity="error", at=at, assessors=there, needed=set_.assessors)
    counted = Counter(answer.item for answer in assessment.answers)
    for item in (item for item, n in counted.items() if n > 1):
        yield Issue("answer-twice", severity="error", at=at, item=item)
    for answer in assessment.answers:
        yield from _answer(answer, set_, {"severity": "error", "at": at, "item": answer.item})


def _answer(answer: Answer, set_: CriteriaSet, place: Mapping[str, Any]) -> Iterator[Issue]:
    if answer.item not in set_.items:
        nearest = next(iter(get_close_matches(answer.item, set_.items, n=1, cutoff=0.5)), "")
        yield Issue("answer-unknown-item", nearest=nearest, **place)
        return
    scale = set_.scale(answer.item)
    if answer.given and scale.read(answer.value) is None:
        yield Issue("answer-off-scale", value=_shown(answer), known=known(scale), **place)


def _shown(answer: Answer) -> str:
    return ", ".join(answer.value) if isinstance(answer.value, tuple) else str(answer.value)


def known(scale: Scale) -> str:
    """The answers that a scale has, as they are written."""
    if scale.kind == "yes-no":
        return "yes, no, unclear"
    if scale.kind == "number":
        return f"{scale.bounds[0]:g}..{scale.bounds[1]:g}"
    return ", ".join([*(f"{level.value:g}" for level in scale.levels), *(tag.id for tag in scale.tags)])
