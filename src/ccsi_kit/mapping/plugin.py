"""What the room brings."""

from typing import TYPE_CHECKING

from ccsi_kit.hook import hookimpl

if TYPE_CHECKING:
    from ccsi_kit.models import Record


@hookimpl
def ccsi_records() -> "tuple[type[Record], ...]":
    """What people write down about initiatives."""
    from ccsi_kit.mapping.records import Fiche

    return (Fiche,)
