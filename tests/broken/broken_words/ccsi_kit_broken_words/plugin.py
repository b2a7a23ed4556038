"""Has a catalogue that is no catalogue."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.plugins import Country


@hookimpl
def ccsi_country() -> Country:
    """A country."""
    return Country(code="xi", languages=("en",), territory_level=3, currency="EUR", api=1)
