"""`ccsi status`: what is installed, whether it works, and how old the data are. Works whatever is broken."""

from collections.abc import Mapping
from typing import Any

import click

from ccsi_kit.cli.app import App
from ccsi_kit.command import as_json, emit, table, with_app, workspace_option
from ccsi_kit.errors import CcsiError, Refused
from ccsi_kit.i18n import sentence, words
from ccsi_kit.models import Issue, Message
from ccsi_kit.plugins import Loaded


@click.command()
@workspace_option
@as_json
@with_app
def status(app: App, as_json: bool) -> None:
    """Say which countries are installed and how fresh the workspace is."""
    runs, problem = _runs(app)
    broken = {code: sentence(refused, app.lang) for code, refused in _broken(app).items()}
    plugins = (*app.plugins.countries.values(), *app.plugins.left_out)
    rows = [_row(plugin, runs, broken, app.lang) for plugin in plugins]
    rows.sort(key=lambda row: (row["country"], row["state"]))
    if as_json:
        emit({"countries": rows, "workspace": {"sources": runs, "problem": problem}})
        return
    table([_line(row, app.lang) for row in rows])
    if problem:
        click.echo(sentence(problem, app.lang), err=True)


def _broken(app: App) -> Mapping[str, CcsiError]:
    """What is wrong with the manifests and lists of each country, where the extra that reads them is installed."""
    try:
        problems: Mapping[str, CcsiError] = app.equipment.problems
    except CcsiError:
        return {}
    return problems


def _row(plugin: Loaded, runs: dict[str, Any], broken: Mapping[str, str], lang: str) -> dict[str, Any]:
    """One country: its version and API number, and what is wrong with it."""
    if plugin.problem or plugin.country is None:
        said = sentence(plugin.problem, lang) if plugin.problem else ""
        return {"country": plugin.name, "version": plugin.version, "api": None, "state": "left-out", "problems": [said]}
    own = {name: one for name, one in runs.items() if name.startswith(f"{plugin.country.code}-")}
    unread = [broken[plugin.country.code]] if plugin.country.code in broken else []
    rules, unsaid = _rules(plugin, lang)
    problems = [*unread, *unsaid, *(_stale(name, one, lang) for name, one in own.items() if one.state == "stale")]
    sources = sorted(file.parent.name for file in plugin.folder.glob("sources/*/manifest.yaml"))
    state = "left-out" if unread else "stale" if problems else "ok"
    row = {"country": plugin.country.code, "version": plugin.version, "api": plugin.country.api, "state": state}
    return {**row, "problems": problems, "sources": len(sources), "rules": rules}


def _rules(plugin: Loaded, lang: str) -> tuple[int, list[str]]:
    """How many rules a country has, and what is wrong with them and with its sets of criteria."""
    try:
        return len(plugin.rules), [sentence(issue, lang) for issue in _unread_sets(plugin)]
    except CcsiError as error:
        return 0, [sentence(error, lang)]
    except Exception as error:  # whatever is broken, the countries are still told
        return 0, [sentence(Message("unexpected", error=type(error).__name__, said=str(error)), lang)]


def _unread_sets(plugin: Loaded) -> tuple[Issue, ...]:
    """What is wrong with its sets of criteria."""
    try:
        _ = plugin.criteria
    except Refused as refused:
        return refused.issues
    return ()


def _stale(name: str, one: Any, lang: str) -> str:
    """When a source was last read well, and why the last try failed."""
    why = sentence(one.problem, lang) if one.problem else ""
    if one.retrieved is None:
        return words("source-never-read", lang, source=name, why=why)
    days = (one.tried - one.retrieved).days
    return words("source-stale", lang, source=name, day=one.retrieved, n=days, why=why)


def _line(row: dict[str, Any], lang: str) -> tuple[str, ...]:
    api = f"API {row['api']}" if row["api"] else "-"
    counts = [f"count-{what}" for what in ("sources", "rules") if row.get(what)]
    said = (words(code, lang, n=row[code.removeprefix("count-")]) for code in counts)
    counted = [", ".join(said)] if row["state"] == "ok" else []
    detail = "; ".join([*counted, *row["problems"]])
    return row["country"], row["version"] or "-", api, words(f"state.{row['state']}", lang), detail


def _runs(app: App) -> tuple[dict[str, Any], Message | None]:
    """What the last run of the workspace says of its sources, if there is one and it can be read."""
    try:
        last = app.view.last
    except CcsiError as error:
        return {}, None if error.code == "no-workspace" and app.folder is None else Message(
            error.code, **error.arguments
        )
    except Exception as error:  # whatever is broken, the countries are still told
        return {}, Message("unexpected", error=type(error).__name__, said=str(error))
    return dict(last.sources) if last else {}, None
