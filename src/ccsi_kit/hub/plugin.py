"""What the hub brings: commands for the things that have pages."""

from typing import TYPE_CHECKING

from ccsi_kit.hook import hookimpl

if TYPE_CHECKING:
    import click


@hookimpl
def ccsi_commands() -> "tuple[click.Command, ...]":
    """`ccsi organisation`, `ccsi initiative`."""
    from ccsi_kit.hub.commands import COMMANDS

    return COMMANDS
