"""What the room brings."""

from typing import TYPE_CHECKING

from ccsi_kit.hook import hookimpl

if TYPE_CHECKING:
    import click

    from ccsi_kit.models import Record


@hookimpl
def ccsi_commands() -> "tuple[click.Command, ...]":
    """`ccsi criteria`."""
    from ccsi_kit.criteria.commands import COMMANDS

    return COMMANDS


@hookimpl
def ccsi_records() -> "tuple[type[Record], ...]":
    """Assessments, and who is asked for one."""
    from ccsi_kit.criteria.records import Assessment, Assignment

    return (Assessment, Assignment)
