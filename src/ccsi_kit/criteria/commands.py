"""`ccsi criteria`: which sets of criteria there are, what they ask, and the sets as files."""

from typing import TYPE_CHECKING, Any

import click

from ccsi_kit.command import App, as_json, emit, with_app
from ccsi_kit.criteria.assessing import assessment

if TYPE_CHECKING:
    from ccsi_kit.criteria.sets import CriteriaSet


@click.group()
def criteria() -> None:
    """See the sets of criteria of the core and of the countries."""


COMMANDS: tuple[click.Command, ...] = (criteria, assessment)


@criteria.command("list")
@as_json
@with_app
def criteria_list(app: App, as_json: bool) -> None:
    """List the sets: id, how many criteria, title; and published frameworks that are not shipped, with the reason."""
    from ccsi_kit.criteria.reading import not_shipped
    from ccsi_kit.criteria.telling import tell_sets

    sets = app.plugins.criteria
    if as_json:
        listed = [_listed(set_, app.lang) for set_ in sets.values()]
        left = {id: {"title": one.title, "why": one.why.say(app.lang).text} for id, one in not_shipped().items()}
        emit({"sets": listed, "not_shipped": left})
    else:
        tell_sets(sets, app.lang)


@criteria.command("show")
@click.argument("set_id", metavar="SET")
@as_json
@with_app
def criteria_show(app: App, set_id: str, as_json: bool) -> None:
    """Show a set: what it is for, its criteria with scales, weights and gates, and what it follows.

    SET is an id (lv:criteria:esid-4) or, of the core's own, its last part (esid-4).
    """
    from ccsi_kit.criteria.telling import tell_set

    found = app.plugins.criteria_set(set_id)
    if as_json:
        emit(found.model_dump(mode="json", by_alias=True))
    else:
        tell_set(found, app.lang)


@criteria.command("export")
@click.argument("set_id", metavar="SET")
@click.option(
    "--format", "format_", type=click.Choice(["yaml", "json"]), default="yaml", help="YAML [default] or JSON."
)
@with_app
def criteria_export(app: App, set_id: str, format_: str) -> None:
    """Print a set as a file in all its languages: a start for a set of one's own."""
    from ccsi_kit.criteria.telling import as_yaml

    found = app.plugins.criteria_set(set_id)
    if format_ == "json":
        emit(found.model_dump(mode="json", by_alias=True))
    else:
        click.echo(as_yaml(found), nl=False)


def _listed(set_: "CriteriaSet", lang: str) -> dict[str, Any]:
    return {"id": set_.id, "version": set_.version, "title": set_.title.say(lang).text, "criteria": len(set_.items)}
