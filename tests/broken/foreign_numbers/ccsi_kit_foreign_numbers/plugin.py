"""Declares a number of another country."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.identifiers import Scheme
from ccsi_kit.plugins import Country


@hookimpl
def ccsi_country() -> Country:
    """A country."""
    return Country(code="xk", languages=("en",), territory_level=3, currency="EUR", api=1)


@hookimpl
def ccsi_identifiers() -> tuple[Scheme, ...]:
    """A scheme that is not its own: it would take any text for a number."""
    return (Scheme(id="lv:regcode", example="0", shape=".*"),)
