"""`ccsi run`: from registers to pages."""

import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from ccsi_kit.cli.app import App
from ccsi_kit.command import as_json, emit, table, tell_issues, with_app, workspace_option
from ccsi_kit.i18n import country_name, labelled, number, sentence, words

STAGES = ("fetch", "convert", "link", "evaluate", "publish")


@click.command()
@workspace_option
@click.option("--country", "countries", multiple=True, metavar="CC", help="Only this country (several times).")
@click.option("--sample", is_flag=True, help="Read every source's made sample.")
@click.option("--file", "files", multiple=True, metavar="ID=PATH", help="Read a file as this source (several times).")
@click.option("--stage", "stages", multiple=True, type=click.Choice(STAGES), help="Only this stage (several times).")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day for which all is computed [today].")
@click.option("--offline", is_flag=True, help="Fetch nothing; take the newest snapshots.")
@click.option(
    "--dry-run", is_flag=True, help="Say what would be read or fetched and how long that takes, and do nothing."
)
@as_json
@with_app
def run(
    app: App, countries: tuple[str, ...], sample: bool, files: tuple[str, ...], stages: tuple[str, ...],
    on: datetime | None, offline: bool, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Read registers, link what speaks of the same thing, ask the rules, and write the pages.

    What nothing changed for is left as it is. Exit code 3 when a source could not be read and keeps its last tables.
    """
    workspace = app.made
    asked: dict[str, Any] = {
        "on": on.date() if on else date.today(),
        "countries": countries,
        "sample": sample,
        "files": _files(files),
        "stages": stages or STAGES,
        "offline": offline,
    }
    _say_left_out(app)
    plan = workspace.plan(workspace.request(**asked))
    if dry_run:
        return _dry(plan, as_json, app.lang)
    with _progress(app.lang) as tell:
        record = workspace.run(**asked, tell=tell, fetcher=workspace.fetcher(_tokens(app)))
    if as_json:
        emit(record)
    else:
        _summary(workspace, record, app.lang)
    for notice in record.unevaluated:
        click.echo(sentence(notice, app.lang), err=True)
    return _say_stale(record, [step["source"] for step in plan], app.lang)


def _say_stale(record: Any, asked: list[str], lang: str) -> int:
    """Says which of the asked sources could not be read, and why; the exit code."""
    stale = [name for name in record.stale if name in asked]
    for name in stale:
        source = record.sources[name]
        said = "source-kept" if source.books else "source-never-read"
        click.echo(words(said, lang, source=name, why=sentence(source.problem, lang)), err=True)
        tell_issues(source.issues, lang, err=True)
    return 3 if stale else 0


def _files(pairs: tuple[str, ...]) -> dict[str, list[Path]]:
    files: dict[str, list[Path]] = {}
    for pair in pairs:
        name, parted, path = pair.partition("=")
        if not parted:
            raise click.BadParameter(f"{pair!r}: write SOURCE_ID=PATH", param_hint="--file")
        files.setdefault(name, []).append(Path(path).resolve())
    return files


def _tokens(app: App) -> dict[str, str]:
    """The tokens that manifests name and the environment has."""
    rules = [source.manifest.fetch for source in app.equipment.sources.values()]
    names = {rule.token_env for rule in rules if rule and rule.token_env}
    return {name: os.environ[name] for name in names if name in os.environ}


def _say_left_out(app: App) -> None:
    """One line for each country that does not load; it changes nothing for the others."""
    for plugin in app.plugins.left_out:
        if plugin.problem:
            why = sentence(plugin.problem, app.lang)
            click.echo(words("country-left-out", app.lang, country=plugin.name, why=why), err=True)
    for code, problem in app.equipment.problems.items():
        why = sentence(problem, app.lang)
        click.echo(words("country-left-out", app.lang, country=code, why=why), err=True)


def _dry(plan: list[dict[str, Any]], as_json: bool, lang: str) -> int:
    if as_json:
        emit(plan)
    else:
        table([(step["source"], words(f"reads.{step['from']}", lang), _planned(step, lang)) for step in plan])
        _say_fetched([step for step in plan if step["from"] == "fetch"], lang)
    return 0


def _planned(step: dict[str, Any], lang: str) -> str:
    takes = f": {_takes(step['requests'], step['seconds'], step['exact'], lang)}" if step["from"] == "fetch" else ""
    return f"{step['what']}{takes}"


def _takes(requests: int | None, seconds: float | None, exact: bool, lang: str) -> str:
    """How much a fetch takes, in words."""
    code = "takes.requests" if exact else "takes.requests-or-more"
    asked = words("takes.unknown-requests", lang) if requests is None else words(code, lang, n=requests)
    if seconds is None:
        return f"{asked}, {words('takes.unknown-time', lang)}"
    return f"{asked}, {words('takes.minutes', lang, n=max(1, math.ceil(seconds / 60)))}"


def _say_fetched(steps: list[dict[str, Any]], lang: str) -> None:
    """What is known of all that would be fetched, in one line."""
    if steps:
        requests = sum(step["requests"] or 0 for step in steps)
        known = [step["seconds"] for step in steps if step["seconds"] is not None]
        takes = _takes(requests, sum(known) if known else None, True, lang)
        unknown = sum(step["requests"] is None or step["seconds"] is None or not step["exact"] for step in steps)
        click.echo(words("takes.all", lang, takes=takes))
        if unknown:
            click.echo(words("takes.more", lang, n=unknown))


@contextmanager
def _progress(lang: str) -> Iterator[Callable[[str, str, int, int], None]]:
    """A progress bar on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(stage: str, what: str, place: int, total: int) -> None:
            bar.update(
                task, description=labelled(words(f"stage.{stage}", lang), what, lang), completed=place, total=total
            )

        yield tell


def _summary(workspace: Any, record: Any, lang: str) -> None:
    """What there is now: a row a country."""
    if any(snapshot.kind == "sample" for one in record.sources.values() for snapshot in one.snapshots):
        click.echo(f"  {words('sample-data', lang)}")
    rows = workspace.summary()
    heads = [words(f"summary.{head}", lang) for head in rows[0]] if rows else []
    lines = [[_shown(head, value, lang) for head, value in row.items()] for row in rows]
    if lines:
        table([["", *heads], *(["", *line] for line in lines)], right=range(2, len(heads) + 1))
    index = workspace.layout.hub / "index.html"
    if rows and index.exists():
        here = Path.cwd()
        shown = index.relative_to(here) if index.is_relative_to(here) else index
        click.echo(f"  {words('hub-is', lang, file=shown)}")
        where = "" if workspace.layout.root == here else f" --workspace {shown.parent.parent}"
        largest = max(rows, key=lambda row: row["organisations"] or 0)["country"]
        command = f"{_called()} organisation list{where} --country {largest}"
        click.echo(f"  {words('next-command', lang, command=command)}")


def _called() -> str:
    """How this command was called."""
    path = Path(sys.argv[0])
    here = Path.cwd()
    if path.is_relative_to(here):
        return str(path.relative_to(here))
    return sys.argv[0] if "/" in sys.argv[0] and not path.is_absolute() else path.name


def _shown(head: str, value: int | str | None, lang: str) -> str:
    if head == "country":
        return country_name(str(value), lang) or str(value)
    return "-" if value is None else number(value, lang) if isinstance(value, int) else str(value)
