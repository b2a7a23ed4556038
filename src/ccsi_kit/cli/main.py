"""The command `ccsi`: finds the command that is meant, and says what went wrong."""

import os
import signal
import sys
import traceback
from importlib import import_module
from typing import Any

import click

from ccsi_kit.cli.app import App
from ccsi_kit.errors import CcsiError, UsageError
from ccsi_kit.i18n import LANGUAGES, PSEUDO

_OWN = {
    "run": "ccsi_kit.cli.running",
    "status": "ccsi_kit.cli.installed",
    "export": "ccsi_kit.cli.exporting",
}
"""The verbs for the whole workspace, and their modules; what has a noun comes from the room that owns it."""


class Commands(click.Group):
    """Loads a command when it is called, and only that one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, then the nouns."""
        return [*_OWN, *sorted(_nouns())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        if cmd_name in _OWN:
            command: click.Command = getattr(import_module(_OWN[cmd_name]), cmd_name)
            return command
        return _nouns().get(cmd_name)


def _nouns() -> dict[str, click.Command]:
    from ccsi_kit.plugins import rooms

    return {str(command.name): command for room in rooms() for command in room.commands}


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ccsi-kit", prog_name="ccsi")
@click.option("--lang", default=lambda: os.environ.get("CCSI_LANG", "en"), help="Language of messages [CCSI_LANG, en].")
@click.option("--debug", is_flag=True, help="Show where an error comes from.")
@click.pass_context
def ccsi(ctx: click.Context, lang: str, debug: bool) -> None:
    """Maps a country's social-innovation ecosystem from open registers."""
    ctx.obj = App(lang=lang, debug=debug, folder=None)
    if lang.split("-")[0] not in (*LANGUAGES, PSEUDO):
        _refuse_unspoken(ctx.obj)


def _refuse_unspoken(app: App) -> None:
    """Raises `UsageError` for a language that neither the core nor a country speaks."""
    from ccsi_kit.i18n import languages_spoken

    _ = app.plugins  # their catalogues are there once they are loaded
    known = languages_spoken()
    if app.lang.split("-")[0] not in known:
        raise UsageError("no-language", lang=app.lang, known=known)


def main(arguments: list[str] | None = None) -> None:
    """Runs `ccsi` and exits with its code.

    0 ok, 1 failure, 2 usage, 3 data refused or stale, 4 check failed, 5 plug-in does not fit, 130 interrupted.
    """
    fail_at(os.environ.get("CCSI_FAIL_AT"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a letter that a terminal lacks ends no command
    sys.exit(exit_code(sys.argv[1:] if arguments is None else arguments))


def exit_code(arguments: list[str]) -> int:
    """Runs `ccsi` in this process: its exit code."""
    try:
        answer = ccsi.main(arguments, prog_name="ccsi", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        sys.stdout = None  # nobody reads any more, so there is nothing to flush to
        return 0
    except CcsiError as error:
        _tell(error, arguments)
        return error.exit_code
    except Exception as error:
        _tell(CcsiError("unexpected", error=type(error).__name__, said=str(error)), arguments)
        return 1
    return answer if isinstance(answer, int) else 0


def _tell(error: CcsiError, arguments: list[str]) -> None:
    from ccsi_kit.command import tell_error

    tell_error(error, _lang(arguments) or os.environ.get("CCSI_LANG", "en"))
    if "--debug" in arguments:
        traceback.print_exc()


def _lang(arguments: list[str]) -> str | None:
    """The language that the arguments ask for, the last one where there are several."""
    found = None
    for word, after in zip(arguments, [*arguments[1:], None], strict=True):
        if word == "--lang":
            found = after
        elif word.startswith("--lang="):
            found = word.removeprefix("--lang=")
    return found


def fail_at(place: str | None) -> None:
    """Kills the process at a place, `<stage or step>:<n>`: only tests set it, to see that nothing is lost."""
    if not place:
        return
    from ccsi_kit.store import at_each_step

    wanted, count = place.rsplit(":", 1)
    seen: dict[str, Any] = {"stage": "", "n": 0}

    def told(name: str) -> None:
        if name.startswith("stage "):
            seen["stage"] = name.removeprefix("stage ")
        if wanted in (seen["stage"], name):
            seen["n"] += 1
            if seen["n"] == int(count):
                os.kill(os.getpid(), signal.SIGKILL)

    at_each_step(told)
