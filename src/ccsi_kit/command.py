"""What every command of every room is made with: the view, `--json`, and tables of text."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import update_wrapper
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click
from pydantic import BaseModel

from ccsi_kit.errors import CcsiError
from ccsi_kit.i18n import advice, labelled, number, sentence, words
from ccsi_kit.models import Issue

R = TypeVar("R")
MOST = 20
"""Issues that are told one by one."""


class App(Protocol):
    """What the command line gives to a command."""

    lang: str

    @property
    def view(self) -> Any:
        """The workspace that was named, or the one that the current folder is in."""

    @property
    def plugins(self) -> Any:
        """The countries, loaded."""

    @property
    def equipment(self) -> Any:
        """What the countries bring to reading: sources, numbers, lists."""

    @property
    def forms(self) -> Any:
        """What can be asked with a form, by kind of record or by criteria set."""

    def check(self, source: Any, file: Path) -> Any:
        """What would become of a file."""

    def kept_since(self, source: str) -> date | None:
        """The day of the table that there is of a source."""

    def no_source(self, name: str) -> Exception:
        """The error that no source has that name."""


def with_app(command: Callable[..., R]) -> Callable[..., R]:
    """Gives a command the `App` as its first argument."""

    def run(*args: Any, **kwargs: Any) -> R:
        return command(click.get_current_context().obj, *args, **kwargs)

    return update_wrapper(run, command)


workspace_option = click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    expose_value=False,
    callback=lambda ctx, _, value: setattr(ctx.obj, "folder", value) if value else None,
    help="Folder of the workspace [the nearest upwards].",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def emit(data: Any) -> None:
    """Prints data as JSON, one document."""
    click.echo(_json(data))


def emit_each(data: Iterable[Any]) -> None:
    """Prints a list as JSON, one document, each part as soon as it is there."""
    mark = "["
    for part in data:
        click.echo(f"{mark}\n " + _json(part).replace("\n", "\n "), nl=False)
        mark = ","
    click.echo("[]" if mark == "[" else "\n]")


def _json(data: Any) -> str:
    """JSON whose letters standard output can write; where it cannot, all but ASCII is escaped."""
    text = json.dumps(plain(data), ensure_ascii=False, indent=1, default=str)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return json.dumps(plain(data), indent=1, default=str)
    return text


def plain(data: Any) -> Any:
    """Models as the JSON they are written as."""
    if isinstance(data, BaseModel):
        return data.model_dump(mode="json")
    if isinstance(data, dict):
        return {str(key): plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [plain(value) for value in data]
    return data


def table(rows: Iterable[Sequence[str]], *, right: Sequence[int] = (), err: bool = False) -> None:
    """Prints rows of text in columns as wide as they need; the numbered columns line up on the right."""
    kept = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*kept, strict=True)]
    for row in kept:
        cells = [
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip(), err=err)


def tell_error(error: CcsiError, lang: str) -> None:
    """Prints on stderr what went wrong, every issue that made it so, and what to do."""
    click.echo(labelled(words("severity.error", lang), sentence(error, lang), lang), err=True)
    if mend := advice(error, lang):
        click.echo(mend, err=True)
    tell_issues(error.issues, lang, err=True)


def tell_issues(issues: Sequence[Issue], lang: str, *, err: bool = False) -> None:
    """Prints every issue with what to do, equal ones once with the first place; in the end how many more there are."""
    groups: dict[str, list[Issue]] = {}
    for issue in issues:
        groups.setdefault(_anywhere(issue), []).append(issue)
    shown = [(same[0].code, same[0].severity, len(same), same[0]) for same in groups.values()]
    tell_groups(shown[:MOST], lang, err=err, sources=True)
    if len(shown) > MOST:
        click.echo(words("more-issues", lang, n=len(shown) - MOST), err=err)


def _anywhere(issue: Issue) -> str:
    """What an issue says, wherever in its table it stands."""
    arguments = {name: said for name, said in issue.arguments.items() if name != "cell"}
    return issue.model_copy(update={"row": None, "line": None, "arguments": arguments}).model_dump_json()


def tell_groups(
    groups: Iterable[tuple[str, str, int, Issue]], lang: str, *, err: bool = False, sources: bool = False
) -> None:
    """Prints issues that are counted already: code, severity, how many, the first of them.

    `sources`: whether a line is told with its sheet or source, which a command about one source need not.
    """
    for _, severity, count, first in groups:
        head = f"  {words(f'severity.{severity}', lang):<12} {f'{number(count, lang)}x':>8}  "
        click.echo(f"{head}{_place(first, lang, sources=sources)}{sentence(first, lang)}", err=err)
        if mend := advice(first, lang):
            click.echo(f"{'':<{len(head)}}{mend}", err=err)


def _place(issue: Issue, lang: str, *, sources: bool) -> str:
    if issue.line is None:
        return f"{issue.file}: " if issue.file else ""
    cell, row = issue.arguments.get("cell"), words("place.row", lang, row=issue.row) if issue.row else ""
    sheet = f"{issue.source} " if issue.source and (sources or cell) else ""
    where = f"{sheet}{cell}" if cell else f"{sheet}{words('place.line', lang, line=issue.line)}{row}"
    value = (
        f", {issue.column} = {json.dumps(issue.value, ensure_ascii=False)}"
        if issue.column and issue.value is not None
        else ""
    )
    column = f", {issue.column}" if issue.column and issue.value is None else ""
    return f"{where}{value}{column}: "
