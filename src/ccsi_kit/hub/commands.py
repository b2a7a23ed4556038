"""`ccsi organisation` and `ccsi initiative`: lists and single things of a workspace."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import click

from ccsi_kit.command import App, as_json, emit, emit_each, plain, table, with_app, workspace_option
from ccsi_kit.errors import UsageError
from ccsi_kit.i18n import day, words
from ccsi_kit.models import Initiative, Organisation, Text, Thing

LIMIT = 50
Filter = Callable[[Any], Any]


def _filters(*names: str) -> Filter:
    """Options of a list: which things, how many of them."""
    said = {
        "country": "Only this country.",
        "form": "Legal form: a concept (f51) or the country's own code (BDR).",
        "status": "What it was granted: a concept (slo).",
        "theme": "What it works on: a concept (employment).",
        "territory": "NUTS 2024 code; the regions below it count.",
        "text": "Words of its name or title, with or without accents.",
    }

    def options(command: Any) -> Any:
        for name in reversed(names):
            command = click.option(f"--{name}", help=said[name])(command)
        return click.option("--limit", type=int, help=f"Most rows; 0 for all [{LIMIT}, all with --json].")(command)

    return options


@click.group()
def organisation() -> None:
    """Look at organisations."""


@organisation.command("list")
@workspace_option
@_filters("country", "form", "status", "theme", "territory", "text")
@as_json
@with_app
def organisation_list(app: App, limit: int | None, as_json: bool, **asked: str | None) -> None:
    """List organisations that meet every filter."""
    _list(app, app.view.organisations(**asked), _organisation, limit, as_json)


@organisation.command("show")
@click.argument("id")
@workspace_option
@as_json
@with_app
def organisation_show(app: App, id: str, as_json: bool) -> None:
    """Show an organisation: every value with its source, then what each source says."""
    _show(app, app.view.organisation(id), id, "organisation", as_json)


@click.group()
def initiative() -> None:
    """Look at funded initiatives."""


@initiative.command("list")
@workspace_option
@_filters("country", "theme", "territory", "text")
@as_json
@with_app
def initiative_list(app: App, limit: int | None, as_json: bool, **asked: str | None) -> None:
    """List initiatives that meet every filter."""
    _list(app, app.view.initiatives(**asked), _initiative, limit, as_json)


@initiative.command("show")
@click.argument("id")
@workspace_option
@as_json
@with_app
def initiative_show(app: App, id: str, as_json: bool) -> None:
    """Show an initiative: every value with its source, then what each source says."""
    _show(app, app.view.initiative(id), id, "initiative", as_json)


COMMANDS: tuple[click.Command, ...] = (organisation, initiative)


def _list(app: App, things: Any, row: Callable[[Any, str], tuple[str, ...]], limit: int | None, as_json: bool) -> None:
    most = limit if limit is not None else None if as_json else LIMIT
    shown: Iterable[Thing] = islice(things, most) if most else things
    if as_json:
        emit_each(shown)
        return
    rows = [row(thing, app.lang) for thing in shown]
    table(rows)
    click.echo(words("count-shown", app.lang, n=len(rows), total=len(things)), err=True)


def _organisation(thing: Organisation, lang: str) -> tuple[str, ...]:
    form = thing.legal_form.national if thing.legal_form else "-"
    return thing.id or "", thing.name or words("no-name", lang), form, thing.territory or "-", str(len(thing.entries))


def _initiative(thing: Initiative, lang: str) -> tuple[str, ...]:
    title = thing.title.say(lang).text if thing.title else words("no-name", lang)
    start = str(thing.period.start or "-") if thing.period else "-"
    return thing.id or "", title, start, " ".join(thing.territories) or "-", str(len(thing.entries))


def _show(app: App, thing: Thing | None, id: str, noun: str, as_json: bool) -> None:
    if thing is None:
        raise UsageError("no-thing", id=id, noun=noun)
    if as_json:
        emit({**plain(thing), "origins": dict(thing.origins), "entries": dict(thing.entries)})
        return
    said = {name: getattr(thing, name) for name in type(thing).model_fields if getattr(thing, name) not in (None, ())}
    table([(name, _text(value, app.lang), _source(thing, name, app.lang)) for name, value in said.items()])
    for ref, entry in thing.entries.items():
        click.echo(f"\n{ref}")
        fields = [name for name in type(entry).model_fields if getattr(entry, name) not in (None, ())]
        table([(f"  {name}", _text(getattr(entry, name), app.lang)) for name in fields])


def _source(thing: Thing, name: str, lang: str) -> str:
    """Who says a value: of a list, which is what all entries say, every source that says any of it."""
    origin = thing.origin(name)
    if origin is None:
        return ""
    several = (
        [entry.origin(name) for entry in thing.entries.values()] if isinstance(getattr(thing, name), tuple) else []
    )
    origins = [one for one in several if one is not None] or [origin]
    return "; ".join(dict.fromkeys(f"{one.source}, {day(one.retrieved, lang)}, {one.licence}" for one in origins))


def _text(value: Any, lang: str) -> str:
    if isinstance(value, Text):
        return value.say(lang).text
    if isinstance(value, tuple):
        return "; ".join(_text(part, lang) for part in value)
    if hasattr(value, "model_fields_set"):
        return " ".join(_text(part, lang) for _, part in value if part is not None)
    return str(value)
