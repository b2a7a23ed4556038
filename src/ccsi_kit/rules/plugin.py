"""What the room brings."""

from typing import TYPE_CHECKING

from ccsi_kit.hook import hookimpl

if TYPE_CHECKING:
    import click

    from ccsi_kit.models import Record


@hookimpl
def ccsi_commands() -> "tuple[click.Command, ...]":
    """`ccsi rule`."""
    from ccsi_kit.rules.commands import COMMANDS

    return COMMANDS


@hookimpl
def ccsi_records() -> "tuple[type[Record], ...]":
    """What people declare about organisations."""
    from ccsi_kit.rules.records import Declaration

    return (Declaration,)
