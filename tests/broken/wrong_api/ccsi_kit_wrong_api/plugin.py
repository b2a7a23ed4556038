"""Is written for a contract of the future."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.plugins import Country


@hookimpl
def ccsi_country() -> Country:
    """A country."""
    return Country(code="xb", languages=("en",), territory_level=3, currency="EUR", api=99)
