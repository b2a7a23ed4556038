"""Answers a list of strings where schemes are asked for."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.plugins import Country


@hookimpl
def ccsi_country() -> Country:
    """A country."""
    return Country(code="xe", languages=("en",), territory_level=3, currency="EUR", api=1)


@hookimpl
def ccsi_identifiers() -> list[str]:
    """No schemes."""
    return ["xe:number"]
