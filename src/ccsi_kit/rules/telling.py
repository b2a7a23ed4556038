"""Rules, outcomes and changes as the command line prints them."""

from typing import Any

import click

from ccsi_kit.command import table
from ccsi_kit.i18n import day, labelled, sentence, words
from ccsi_kit.rules.comparing import Change
from ccsi_kit.rules.facts import unit
from ccsi_kit.rules.outcomes import Outcome, fact_label, left_out, question, shown, verdict_shown
from ccsi_kit.rules.pages import changes_said, clause_text, in_force, lasts
from ccsi_kit.rules.rule import Rule


def tell_rule(one: Rule, lang: str) -> None:
    """Prints a rule for people."""
    click.echo(question(one, lang))
    click.echo(f"{one.code}  {one.id}  {one.term}".rstrip())
    click.echo(words(f"rule.status.{one.status}", lang))
    click.echo(f"\n{words('rule.clauses', lang)}")
    for part in one.parts:
        days = in_force(part, lang)
        read = words(f"sure.{part.sure}", lang) if part.sure != "law" else ""
        where = "; ".join(filter(None, (one.cited(part.ref), days, read)))
        click.echo(f"  {clause_text(one, part, lang)} ({where})")
    if one.reads:
        click.echo(f"\n{words('rule.parameters', lang)}")
        table([("", *row) for name in sorted(one.reads) for row in _values(one, name, lang)])
    click.echo(f"\n{words('rule.facts', lang)}")
    table([("", name, fact_label(one, name, lang)) for name in one.facts.model_fields])
    click.echo(f"\n{words('rule.left-out', lang)}\n  {left_out(one, lang)}")
    click.echo(f"\n{words('rule.no-advice', lang)}")


def tell_outcome(outcome: Outcome, lang: str) -> None:
    """Prints an outcome for people."""
    click.echo(question(outcome.rule, lang))
    click.echo(labelled(day(outcome.on, lang), verdict_shown(outcome, lang), lang))
    for reason in outcome.reasons:
        click.echo(f"  {reason.text(lang)}")
    if outcome.missing:
        named = [fact_label(outcome.rule, name, lang) for name in sorted(outcome.missing)]
        click.echo(words("rule.missing", lang, n=len(named), facts="; ".join(named)))
    for warning in outcome.warnings:
        click.echo(labelled(words("severity.warning", lang), sentence(warning, lang), lang))
    for flag in sorted(outcome.flags):
        click.echo(words(f"flag.{flag}", lang))
    click.echo(words("rule.no-advice", lang))


def tell_change(change: Change, lang: str) -> None:
    """Prints for people what changes in a rule."""
    one = change.rule
    click.echo(f"{one.code}  {question(one, lang)}")
    for said in changes_said(change, lang):
        click.echo(f"  {said}")
    for case in sorted(change.cases, key=lambda case: case.time_passes):
        before, after = (verdict_shown(outcome, lang) for outcome in (case.before, case.after))
        head = words("rule.changed-case", lang, case=case.case.id, before=before, after=after)
        click.echo(f"  {head} ({words('rule.time-passes', lang)})" if case.time_passes else f"  {head}")
        for reason in case.after.deciding:
            if reason.name in case.why:
                click.echo(f"    {reason.text(lang)}")


def _values(one: Rule, name: str, lang: str) -> list[tuple[str, ...]]:
    parameter = one.parameters[name]
    return [
        (
            name,
            shown(value.value, parameter.unit, lang),
            lasts(value, lang),
            one.cited(value.ref),
            words(f"sure.{value.sure}", lang),
        )
        for value in parameter.values
    ]


def rule_told(one: Rule, lang: str) -> dict[str, Any]:
    """A rule as plain data."""
    return {
        "id": one.id,
        "code": one.code,
        "question": question(one, lang),
        "term": one.term,
        "status": one.status,
        "left_out": left_out(one, lang),
        "known_from": one.known_from.isoformat(),
        "clauses": [
            {"name": part.name, "ref": part.ref, "since": part.since, "until": part.until, "facts": sorted(part.facts)}
            for part in one.parts
        ],
        "parameters": {name: one.parameters[name].model_dump(mode="json", by_alias=True) for name in sorted(one.reads)},
        "facts": {
            name: {"label": fact_label(one, name, lang), "unit": unit(one.facts, name)}
            for name in one.facts.model_fields
        },
    }
