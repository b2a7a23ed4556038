"""`ccsi export`: the merged things of a model as a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from ccsi_kit.cli.app import App
from ccsi_kit.command import with_app, workspace_option
from ccsi_kit.errors import CcsiError
from ccsi_kit.i18n import words

MODELS = ("organisation", "initiative", "call", "funding", "service")
FORMATS = ("csv", "xlsx", "json", "jsonl", "parquet")
TO_FILE = ("xlsx", "parquet")


@click.command()
@click.argument("model", type=click.Choice(MODELS))
@workspace_option
@click.option("--format", "format_", type=click.Choice(FORMATS), default="csv", show_default=True, help="Kind of file.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write [standard output].")
@click.option("--delimiter", default=",", show_default=True, help="What parts the cells of a CSV.")
@click.option("--bom", is_flag=True, help="Begin a CSV with a byte order mark, for spreadsheets.")
@click.option("--country", help="Only this country.")
@with_app
def export(
    app: App, model: str, format_: str, output: Path | None, delimiter: str, bom: bool, country: str | None
) -> None:  # fmt: skip
    """Write all things of MODEL to a file. A cell that a spreadsheet would take for a formula is text."""
    things = app.view.all(model, country=country)
    if len(delimiter) != 1:
        raise click.BadParameter("one character", param_hint="--delimiter")
    if format_ in TO_FILE and output is None:
        raise click.UsageError(f"--format {format_}: --output FILE")
    if output and format_ in TO_FILE:
        n = _binary(things, model, format_, output)
    else:
        n = _text(things, format_, output, delimiter, bom)
    if output:
        click.echo(words("written", app.lang, n=n, file=output), err=True)


def _binary(things: Any, model: str, format_: str, output: Path) -> int:
    from ccsi_kit.tabular import flat_columns, write_xlsx

    with _aside(output) as new:
        if format_ == "parquet":
            return int(things.parquet(new))
        return write_xlsx(_rows(things), flat_columns(things.model), new, title=model)


def _text(things: Any, format_: str, output: Path | None, delimiter: str, bom: bool) -> int:
    from ccsi_kit.tabular import flat_columns, write_csv, write_json, write_jsonl

    with _stream(output) as into:
        if format_ == "json":
            return write_json(things, into)
        if format_ == "jsonl":
            return write_jsonl(things, into)
        into.write("\ufeff" if bom else "")
        return write_csv(_rows(things), flat_columns(things.model), into, delimiter=delimiter)


def _rows(things: Any) -> Iterator[tuple[object, ...]]:
    from ccsi_kit.tabular import flat

    return (tuple(flat(thing).values()) for thing in things)


@contextmanager
def _stream(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", errors="strict", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        return
    with _aside(output) as new, new.open("w", encoding="utf-8", newline="") as stream:
        yield stream


@contextmanager
def _aside(output: Path) -> Iterator[Path]:
    """A file beside the one that is wanted, which takes its place when it is whole."""
    from ccsi_kit.store import replacing

    if not output.parent.is_dir():
        raise CcsiError("no-folder", folder=str(output.parent))
    with replacing(output, aside=output.parent) as new:
        yield new
