"""What the sources bring: commands to look at them."""

from typing import TYPE_CHECKING

from ccsi_kit.hook import hookimpl

if TYPE_CHECKING:
    import click


@hookimpl
def ccsi_commands() -> "tuple[click.Command, ...]":
    """`ccsi source`."""
    from ccsi_kit.sources.commands import COMMANDS

    return COMMANDS
