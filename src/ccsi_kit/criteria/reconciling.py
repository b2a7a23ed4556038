"""From several assessments to one that the assessors agree on; and who may see whose answers until then."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import shorten
from typing import Final, TypeVar

from ccsi_kit.criteria.records import COUNTED, Answer, Assessment, Assignment, Chosen, Reconciled
from ccsi_kit.criteria.scales import NONE
from ccsi_kit.criteria.sets import CriteriaSet
from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.i18n import labelled
from ccsi_kit.models import Issue

A = TypeVar("A", bound=Assessment)
_LONGEST: Final = 80
"""Letters of an answer in words that a refusal shows."""


def reconcile(
    set_: CriteriaSet, assessments: Sequence[Assessment], chosen: Mapping[str, Answer], *, by: str, on: date,
    lang: str = "en",
) -> Assessment:  # fmt: skip
    """One assessment out of several of the same subject: what all answer alike, and what `by` sets where they do not.

    `chosen`: answers by criterion; it may also set what nobody answered. Raises `UsageError` where the assessments are
    about different things, and `Refused` with every criterion that is left open, fewer assessors than the set asks for,
    drafts, and answers that are not on the scale; in `lang` it names criteria and what each assessor said.
    """
    if len({(one.about, one.version) for one in assessments}) != 1 or assessments[0].set != set_.id:
        raise UsageError("reconcile-different")
    issues = list(_unready(set_, assessments, chosen, lang))
    if issues:
        raise Refused("reconcile-refused", n=len(issues), issues=issues)
    settled = [_settled(item, assessments, chosen, by) for item in set_.items]
    first, refs = assessments[0], tuple(one.id for one in assessments if one.id)
    if len(refs) != len(assessments):
        raise UsageError("reconcile-unstored")
    return Assessment(
        country=first.country, state="reconciled", subject=first.subject, set=first.set, version=first.version,
        assessor=by, on=on, context=first.context, answers=tuple(answer for answer, _ in filter(None, settled)),
        conflict=False,
        reconciled=Reconciled(of=refs, chosen=tuple(chosen for _, chosen in filter(None, settled))),
    )  # fmt: skip


def _unready(
    set_: CriteriaSet, assessments: Sequence[Assessment], chosen: Mapping[str, Answer], lang: str
) -> Iterator[Issue]:
    from ccsi_kit.criteria.checking import check

    assessors = {one.assessor for one in assessments}
    if len(assessors) < set_.assessors:
        yield Issue("reconcile-too-few", severity="error", assessors=len(assessors), needed=set_.assessors)
    for one in assessments:
        if one.state not in COUNTED or one.reconciled is not None:
            yield Issue("reconcile-not-submitted", severity="error", at=one.id, state=one.state)
    for item in set_.items:
        if item not in chosen and len({_value(one, item) for one in assessments}) > 1:
            label, said = set_.label(item).say(lang).text, _said(set_, item, assessments, lang)
            yield Issue("reconcile-open", severity="error", item=item, label=label, said=said)
    first = assessments[0]
    proposed = first.replace(answers=tuple(answer.replace(item=item) for item, answer in chosen.items()), id=None)
    yield from check(proposed, set_)


def _said(set_: CriteriaSet, item: str, assessments: Sequence[Assessment], lang: str) -> str:
    """What each assessor answers to a criterion."""
    from ccsi_kit.criteria.explaining import answered

    nothing = Answer(item=item, value=NONE)
    told = (
        labelled(one.id or one.assessor, shorten(answered(set_, one.by_item.get(item, nothing), lang), _LONGEST), lang)
        for one in assessments
    )
    return "; ".join(told)


def _value(one: Assessment, item: str) -> object:
    answer = one.by_item.get(item)
    return NONE if answer is None else answer.value


def _settled(
    item: str, assessments: Sequence[Assessment], chosen: Mapping[str, Answer], by: str
) -> tuple[Answer, Chosen] | None:
    """The answer to a criterion with who set it, and which assessments had said just that."""
    same = [one.by_item[item] for one in assessments if item in one.by_item]
    if item not in chosen and not same:
        return None
    answer = chosen[item].replace(item=item) if item in chosen else _joined(same)
    of = tuple(one.id for one in assessments if one.id and _value(one, item) == answer.value)
    return answer, Chosen(item=item, by=by if item in chosen else None, of=of)


def _joined(same: Sequence[Answer]) -> Answer:
    """An answer that all give, with what all of them say shows it; their notes stay with each."""
    evidence = tuple(dict.fromkeys(one for answer in same for one in answer.evidence))
    notes = [answer.note for answer in same if answer.note]
    return same[0].replace(evidence=evidence, note=notes[0] if len(set(notes)) == 1 else None)


def blind(assessments: Iterable[A], person: str) -> list[A]:
    """Those that a person may see: nobody else's about anything that the person has not submitted an assessment of.

    What counts is subject, set and context together; the person's own are always there. What they reconciled out of
    others' is no assessment of their own.
    """
    kept = list(assessments)
    done = {one.about for one in kept if one.assessor == person and one.state in COUNTED and one.reconciled is None}
    return [one for one in kept if one.assessor == person or one.about in done]


def awaited(
    assignments: Iterable[Assignment], assessments: Iterable[Assessment], *, on: date
) -> dict[tuple[str, str, str], set[str]]:
    """Who is still to assess what: by subject, set and context the assessors who have a draft, or an open assignment.

    An assignment whose last day is over awaits nobody.
    """
    kept = list(assessments)
    done = {(one.about, one.assessor) for one in kept if one.state in COUNTED and one.reconciled is None}
    asked = {
        (one.about, one.assessor)
        for one in assignments
        if one.state == one.steps.first and (one.until is None or one.until >= on)
    }
    asked |= {(one.about, one.assessor) for one in kept if one.state == one.steps.first}
    found: dict[tuple[str, str, str], set[str]] = {}
    for about, assessor in asked - done:
        found.setdefault(about, set()).add(assessor)
    return found
