"""`ccsi rule`: which rules there are, what they say, how they answer, and what changes in them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ccsi_kit.command import App, as_json, emit, table, with_app
from ccsi_kit.i18n import day, labelled, sentence, words
from ccsi_kit.models import Message, loaded
from ccsi_kit.rules.comparing import Change, differences
from ccsi_kit.rules.facts import unit
from ccsi_kit.rules.outcomes import Outcome, fact_label, left_out, question, shown, verdict_shown
from ccsi_kit.rules.pages import changes_said, clause_text, in_force, sheet
from ccsi_kit.rules.rule import Rule

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def rule() -> None:
    """Ask the institutional rules of the countries and of the Union."""


COMMANDS: tuple[click.Command, ...] = (rule,)


@rule.command("list")
@click.option("--country", help="Only this country.")
@as_json
@with_app
def rule_list(app: App, country: str | None, as_json: bool) -> None:
    """List the rules: code, id, and the question that each answers."""
    rules = app.plugins.rules(country and country.lower())
    if as_json:
        emit([{"id": one.id, "code": one.code, "question": question(one, app.lang), "term": one.term} for one in rules])
    elif rules:
        table([(one.code, one.id, question(one, app.lang)) for one in rules])


@rule.command("show")
@click.argument("rule_id", metavar="RULE_ID")
@as_json
@with_app
def rule_show(app: App, rule_id: str, as_json: bool) -> None:
    """Show a rule: its question, its clauses and where they stand, its values over time, the facts that it asks.

    RULE_ID is an id (es:rule:empresa-de-insercion) or a code (ES-EI-01).
    """
    one = app.plugins.rule(rule_id)
    if as_json:
        emit(_told(one, app.lang))
        return
    click.echo(question(one, app.lang))
    click.echo(f"{one.code}  {one.id}  {one.term}".rstrip())
    click.echo(words(f"rule.status.{one.status}", app.lang))
    click.echo(f"\n{words('rule.clauses', app.lang)}")
    for part in one.parts:
        days = in_force(part, app.lang)
        read = words(f"sure.{part.sure}", app.lang) if part.sure != "law" else ""
        where = "; ".join(filter(None, (one.cited(part.ref), days, read)))
        click.echo(f"  {clause_text(one, part, app.lang)} ({where})")
    if one.reads:
        click.echo(f"\n{words('rule.parameters', app.lang)}")
        table([("", *row) for name in sorted(one.reads) for row in _values(one, name, app.lang)])
    click.echo(f"\n{words('rule.facts', app.lang)}")
    table([("", name, fact_label(one, name, app.lang)) for name in one.facts.model_fields])
    click.echo(f"\n{words('rule.left-out', app.lang)}\n  {left_out(one, app.lang)}")
    click.echo(f"\n{words('rule.no-advice', app.lang)}")


@rule.command("check")
@click.argument("rule_id", metavar="RULE_ID")
@click.option(
    "--facts", type=click.Path(dir_okay=False, path_type=Path), required=True, help="YAML or JSON with facts."
)
@click.option("--on", type=_DAY, required=True, help="The day asked.")
@as_json
@with_app
def rule_check(app: App, rule_id: str, facts: Path, on: datetime, as_json: bool) -> None:
    """Answer a rule about a case. A fact that the file leaves out is unknown; `none` (null in JSON) says there is none.

    Exit code 0 whatever the verdict is.
    """
    one = app.plugins.rule(rule_id)
    known = loaded(facts, one.facts)
    told_by = dict.fromkeys(known.known(), Message("told.file", file=facts.name))
    outcome = one.evaluate(known, on=on.date(), told_by=told_by)
    if as_json:
        emit(outcome.told(app.lang))
    else:
        _tell(outcome, app.lang)


@rule.command("diff")
@click.option("--from", "since", type=_DAY, required=True, help="The first day.")
@click.option("--to", "until", type=_DAY, required=True, help="The second day.")
@click.option("--country", help="Only this country.")
@as_json
@with_app
def rule_diff(app: App, since: datetime, until: datetime, country: str | None, as_json: bool) -> None:
    """Say what changes between two days: values, clauses, and worked cases that come out otherwise, with why."""
    changes = list(differences(app.plugins.rules(country and country.lower()), since.date(), until.date()))
    if as_json:
        emit([change.told() for change in changes])
    elif not changes:
        click.echo(words("rule.no-change", app.lang), err=True)
    for change in [] if as_json else changes:
        _tell_change(change, app.lang)


@rule.command("sheet")
@click.argument("country", metavar="CC")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write [standard output].")
@with_app
def rule_sheet(app: App, country: str, output: Path | None) -> None:
    """Make a sheet to print for a country, as HTML: every value with address, day checked, room for a signature."""
    from ccsi_kit.documents import Html
    from ccsi_kit.i18n import country_name
    from ccsi_kit.store import replacing_text

    loaded = app.plugins.country(country.lower())
    name = country_name(loaded.country.code, app.lang) or loaded.country.code
    page = sheet(tuple(loaded.rules.values()), name, app.lang)
    text = Html().page("sheet.html", page, path="")
    if output is None:
        click.echo(text)
        return
    replacing_text(output, text, aside=output.resolve().parent)
    click.echo(words("rule.sheet.written", app.lang, file=output), err=True)


def _tell(outcome: Outcome, lang: str) -> None:
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


def _tell_change(change: Change, lang: str) -> None:
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
            (day(value.from_, lang) if not value.start_unknown else words("rule.start-unknown", lang))
            + (f" – {day(value.until, lang)}" if value.until else ""),
            one.cited(value.ref),
            words(f"sure.{value.sure}", lang),
        )
        for value in parameter.values
    ]


def _told(one: Rule, lang: str) -> dict[str, Any]:
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
