"""Raises when it is asked for its rules."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.plugins import Country


@hookimpl
def ccsi_country() -> Country:
    """A country."""
    return Country(code="xo", languages=("en",), territory_level=3, currency="EUR", api=1)


@hookimpl
def ccsi_rules() -> tuple[()]:
    """Raises."""
    raise RuntimeError("the law is closed")
