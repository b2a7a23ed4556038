"""`ccsi rule`: which rules there are, what they say, how they answer, and what changes in them."""

from datetime import datetime
from pathlib import Path

import click

from ccsi_kit.command import App, as_json, emit, table, with_app
from ccsi_kit.i18n import words
from ccsi_kit.models import Message, loaded

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
    from ccsi_kit.rules.outcomes import question

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
    from ccsi_kit.rules.telling import rule_told, tell_rule

    one = app.plugins.rule(rule_id)
    if as_json:
        emit(rule_told(one, app.lang))
        return
    tell_rule(one, app.lang)


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
    from ccsi_kit.rules.telling import tell_outcome

    one = app.plugins.rule(rule_id)
    known = loaded(facts, one.facts)
    told_by = dict.fromkeys(known.known(), Message("told.file", file=facts.name))
    outcome = one.evaluate(known, on=on.date(), told_by=told_by)
    if as_json:
        emit(outcome.told(app.lang))
    else:
        tell_outcome(outcome, app.lang)


@rule.command("diff")
@click.option("--from", "since", type=_DAY, required=True, help="The first day.")
@click.option("--to", "until", type=_DAY, required=True, help="The second day.")
@click.option("--country", help="Only this country.")
@as_json
@with_app
def rule_diff(app: App, since: datetime, until: datetime, country: str | None, as_json: bool) -> None:
    """Say what changes between two days: values, clauses, and worked cases that come out otherwise, with why."""
    from ccsi_kit.rules.comparing import differences
    from ccsi_kit.rules.telling import tell_change

    changes = list(differences(app.plugins.rules(country and country.lower()), since.date(), until.date()))
    if as_json:
        emit([change.told() for change in changes])
    elif not changes:
        click.echo(words("rule.no-change", app.lang), err=True)
    for change in [] if as_json else changes:
        tell_change(change, app.lang)


@rule.command("sheet")
@click.argument("country", metavar="CC")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write [standard output].")
@with_app
def rule_sheet(app: App, country: str, output: Path | None) -> None:
    """Make a sheet to print for a country, as HTML: every value with address, day checked, room for a signature."""
    from ccsi_kit.documents import Html
    from ccsi_kit.i18n import country_name
    from ccsi_kit.rules.pages import sheet
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
