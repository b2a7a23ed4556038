"""`ccsi assessment`: who assesses what, what it comes to, how far assessors agree, and why."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from ccsi_kit.command import App, as_json, emit, tell_issues, with_app, workspace_option
from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.i18n import words

if TYPE_CHECKING:
    from ccsi_kit.criteria.records import Assessment
    from ccsi_kit.criteria.scoring import Scores, Scoring
    from ccsi_kit.criteria.sets import CriteriaSet

_DAY = click.DateTime(["%Y-%m-%d"])
as_person = click.option("--as", "person", metavar="PERSON_ID", help="Leave out what this assessor may not see yet.")
in_context = click.option(
    "--context", type=click.Choice(["single", "source", "target"]), default="single", help="Of a paired set, which."
)
subject_option = click.option("--subject", "subjects", multiple=True, metavar="REF", help="Only this (several times).")
by_option = click.option("--by", required=True, metavar="PERSON_ID", help="Who does it.")


@click.group()
def assessment() -> None:
    """Assess by criteria: several people, each on their own, then together."""


@assessment.command("assign")
@click.argument("set_id", metavar="SET")
@click.option("--subject", "subjects", multiple=True, required=True, metavar="REF", help="What (several times).")
@click.option("--assessor", "assessors", multiple=True, required=True, metavar="PERSON_ID", help="Who (several times).")
@click.option("--until", type=_DAY, help="The last day for it.")
@in_context
@by_option
@workspace_option
@with_app
def assessment_assign(
    app: App, set_id: str, subjects: tuple[str, ...], assessors: tuple[str, ...], until: datetime | None, context: str,
    by: str,
) -> None:  # fmt: skip
    """Ask people to assess: each of them each of the subjects. Prints the id of each assignment.

    An assignment that is there already is not made again.
    """
    from ccsi_kit.criteria.records import Assignment

    found, day = app.plugins.criteria_set(set_id), until.date() if until else None
    wanted = [(subject, assessor) for subject in subjects for assessor in assessors]
    for subject, assessor in wanted:
        _refuse_odd(app, subject, assessor)
    there = {(*one.record.about, one.record.assessor): one for one in app.view.recorded("assignment")}
    for subject, assessor in wanted:
        said = {"subject": subject, "set": found.id, "assessor": assessor, "context": context, "until": day}
        now = there.get((subject, found.id, context, assessor))
        if now is None:
            now = app.view.records.put(Assignment.model_validate(said), by=by)
        elif now.record.until != day and day is not None:
            now = app.view.records.put(now.record.replace(until=day), after=now.version, by=by)
        click.echo(now.id)


def _refuse_odd(app: App, subject: str, assessor: str) -> None:
    """Raises `UsageError` for a subject that is no id, and for an assessor whom nobody knows."""
    from ccsi_kit.models import parse_ref

    try:
        parse_ref(subject)
    except ValueError:
        raise UsageError("no-thing", id=subject, noun="initiative") from None
    if app.view.records.people.get(assessor) is None:
        raise UsageError("no-person", id=assessor)


@assessment.command("score")
@click.argument("set_id", metavar="SET")
@subject_option
@in_context
@as_person
@workspace_option
@as_json
@with_app
def assessment_score(
    app: App, set_id: str, subjects: tuple[str, ...], context: str, person: str | None, as_json: bool
) -> None:
    """Show what assessments come to, subject by subject: a profile with spread and coverage, no ranking."""
    from ccsi_kit.criteria.profiles import scored, tell_scores

    scoring = _scoring(app, set_id, context, person)
    wanted = [scoring[one] for one in scoring if not subjects or one in subjects]
    if not as_json:
        tell_issues(scoring.left_out, app.lang, err=True)
    if as_json:
        emit([scored(one) for one in wanted])
    elif not wanted:
        click.echo(words("criteria.no-assessments", app.lang), err=True)
    for one in [] if as_json else wanted:
        tell_scores(one, app.lang)


@assessment.command("agree")
@click.argument("set_id", metavar="SET")
@subject_option
@in_context
@as_person
@workspace_option
@as_json
@with_app
def assessment_agree(
    app: App, set_id: str, subjects: tuple[str, ...], context: str, person: str | None, as_json: bool
) -> None:
    """Show how far assessors agree on each criterion, and what they have to talk about, the farthest apart first."""
    from ccsi_kit.criteria.agreeing import agreement
    from ccsi_kit.criteria.profiles import agreed, tell_agreement

    found = app.plugins.criteria_set(set_id)
    wanted = [one for one in _assessments(app, person) if not subjects or one.subject in subjects]
    result = agreement(found, wanted, context=context)  # type: ignore[arg-type]
    if as_json:
        emit(agreed(result))
    else:
        tell_agreement(found, result, app.lang)


@assessment.command("explain")
@click.argument("set_id", metavar="SET")
@click.argument("subject", metavar="REF")
@click.option("--node", default="total", show_default=True, help="A dimension or criterion.")
@in_context
@as_person
@workspace_option
@with_app
def assessment_explain(app: App, set_id: str, subject: str, node: str, context: str, person: str | None) -> None:
    """Explain a number to its last answer: the parts it is made of, who answered what, and why."""
    from ccsi_kit.criteria.explaining import explained, explanation
    from ccsi_kit.criteria.profiles import tell_conflicts

    scores = _scores(_scoring(app, set_id, context, person), subject)
    if node not in scores:
        raise UsageError("no-node", node=node, known=", ".join(scores))
    for line in explanation(scores.scoring.set, explained(scores, node), app.lang):
        click.echo(line)
    tell_conflicts(scores, app.lang)


@assessment.command("reconcile")
@click.argument("set_id", metavar="SET")
@click.argument("subject", metavar="REF")
@click.argument("chosen", nargs=-1, metavar="CRITERION=VALUE...")
@click.option("--on", type=_DAY, required=True, help="The day on which they agreed.")
@click.option("--why", required=True, help="Why, for the history.")
@in_context
@by_option
@workspace_option
@with_app
def assessment_reconcile(
    app: App, set_id: str, subject: str, chosen: tuple[str, ...], on: datetime, why: str, context: str, by: str
) -> None:
    """Make one assessment of several: what all answered alike, and what is set here where they did not.

    VALUE is written as it is kept, or as a form shows it in any language. Each value keeps who set it and which
    assessments had said just that. The originals stay.
    """
    from ccsi_kit.criteria.reconciling import reconcile

    found = app.plugins.criteria_set(set_id)
    about = [
        one for one in _assessments(app, None) if (one.subject, one.set, one.context) == (subject, found.id, context)
    ]
    single = [one for one in about if one.reconciled is None and one.state != "draft"]
    if not single:
        raise UsageError("no-assessment", subject=subject, set=found.id)
    _refuse_awaited(app, single[0].about, by, on.date())
    made = reconcile(found, single, _answers(found, chosen), by=by, on=on.date(), lang=app.lang)
    kept = app.view.records.put(made.replace(state="draft"), by=by, why=why, through=("submitted", "reconciled"))
    click.echo(kept.id)


def _refuse_awaited(app: App, about: tuple[str, str, str], by: str, on: date) -> None:
    """Raises `Refused` where `by` is still to assess it too; tells how many drafts of others there are."""
    from ccsi_kit.criteria.reconciling import awaited
    from ccsi_kit.models import Issue

    asked = [one.record for one in app.view.recorded("assignment")]
    waiting = awaited(asked, _assessments(app, None), on=on).get(about, set())
    subject, set_, _ = about
    if by in waiting:
        raise Refused("reconcile-own-first", by=by, subject=subject, set=set_)
    drafts = [one for one in _assessments(app, None) if one.about == about and one.state == one.steps.first]
    if drafts:
        tell_issues([Issue("reconcile-drafts", subject=subject, n=len(drafts))], app.lang, err=True)


def _answers(set_: "CriteriaSet", chosen: Sequence[str]) -> dict[str, Any]:
    """The answers that `criterion=value` pairs give; raises `UsageError` for a pair that is none."""
    from ccsi_kit.criteria.answering import named_value
    from ccsi_kit.criteria.records import Answer

    found = {}
    for pair in chosen:
        item, parted, value = pair.partition("=")
        if not parted:
            raise UsageError("answer-without-name", answer=pair)
        if item not in set_.items:
            raise UsageError("no-node", node=item, known=", ".join(set_.items))
        found[item] = Answer(item=item, value=named_value(value, set_.scale(item)))
    return found


def _assessments(app: App, person: str | None) -> "list[Assessment]":
    """The assessments of the workspace; for an assessor those that they may see."""
    from ccsi_kit.criteria.records import Assessment

    if person is not None and app.view.records.people.get(person) is None:
        raise UsageError("no-person", id=person)
    if person is None:
        return [version.record for version in app.view.recorded("assessment")]
    return [version.record for version in app.view.records.visible(Assessment.kind, person)]


def _scoring(app: App, set_id: str, context: str, person: str | None) -> "Scoring":
    from ccsi_kit.criteria.scoring import score

    return score(app.plugins.criteria_set(set_id), _assessments(app, person), context=context)  # type: ignore[arg-type]


def _scores(scoring: "Scoring", subject: str) -> "Scores":
    if subject not in scoring:
        raise UsageError("no-assessment", subject=subject, set=scoring.set.id)
    return scoring[subject]
