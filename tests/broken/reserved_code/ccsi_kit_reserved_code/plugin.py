"""Takes the name of the core."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.plugins import Country


@hookimpl
def ccsi_country() -> Country:
    """A country."""
    return Country(code="ccsi", languages=("en",), territory_level=3, currency="EUR", api=1)
