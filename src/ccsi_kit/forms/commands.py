"""`ccsi form`: forms to fill in."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ccsi_kit.command import App, with_app
from ccsi_kit.errors import UsageError
from ccsi_kit.i18n import words

if TYPE_CHECKING:
    from ccsi_kit.forms.form import Form

_ENDINGS: Final = {"xlsx": (".xlsx",), "xlsform": (".xlsx",), "html": (".html", ".htm")}


@click.group()
def form() -> None:
    """Make forms that people fill in."""


COMMANDS: tuple[click.Command, ...] = (form,)


@form.command("make")
@click.argument("asked", metavar="KIND|SET")
@click.option("--lang", help="Language that the form opens in [that of the command line].")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["xlsx", "xlsform", "html"]),
    default="xlsx",
    show_default=True,
    help="Kind of file.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write.")
@with_app
def form_make(app: App, asked: str, lang: str | None, shape: str, output: Path) -> None:
    """Make an empty form of a kind of record or of a criteria set.

    As a workbook (xlsx), as a survey for ODK and KoboToolbox (xlsform), or as a page to print (html).
    """
    from ccsi_kit.forms.finding import form_of
    from ccsi_kit.store import replacing

    found = form_of(app.forms, asked)
    lang = _spoken(lang or app.lang)
    _refuse_ending(output, shape)
    with replacing(output, aside=output.resolve().parent) as new:
        _write(found, new, shape, lang)
    click.echo(words("form.written", app.lang, file=output), err=True)


def _spoken(lang: str) -> str:
    """A language that the catalogues have words in; raises `UsageError` for another."""
    from ccsi_kit.i18n import PSEUDO, languages_spoken

    spoken = languages_spoken()
    if lang != PSEUDO and not {lang, lang.partition("-")[0]} & set(spoken):
        raise UsageError("no-language", lang=lang, known=spoken)
    return lang


def _refuse_ending(output: Path, shape: str) -> None:
    """Raises `UsageError` where the name of a file says that it is of another kind."""
    endings = _ENDINGS[shape]
    if output.suffix.lower() not in endings:
        raise UsageError("form-ending", file=output.name, format=shape, ending=endings[0])


def _write(found: "Form", into: Path, shape: str, lang: str) -> None:
    from ccsi_kit.i18n import LANGUAGES

    if shape == "xlsx":
        found.xlsx(into, lang=lang)
    elif shape == "xlsform":
        found.xlsform(into, languages=tuple(dict.fromkeys((lang, *LANGUAGES))))
    else:
        into.write_text(found.html(lang), encoding="utf-8")
