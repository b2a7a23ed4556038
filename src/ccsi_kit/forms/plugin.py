"""What the room brings."""

from typing import TYPE_CHECKING

from ccsi_kit.hook import hookimpl

if TYPE_CHECKING:
    import click


@hookimpl
def ccsi_commands() -> "tuple[click.Command, ...]":
    """`ccsi form`."""
    from ccsi_kit.forms.commands import COMMANDS

    return COMMANDS
