"""Raises when it is asked for its numbers."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.plugins import Country


@hookimpl
def ccsi_country() -> Country:
    """A country."""
    return Country(code="xc", languages=("en",), territory_level=3, currency="EUR", api=1)


@hookimpl
def ccsi_identifiers() -> tuple[()]:
    """Raises."""
    raise RuntimeError("the register of numbers is closed")
