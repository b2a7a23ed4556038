"""What Sweden brings."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.identifiers import Scheme
from ccsi_kit.plugins import Country
from ccsi_kit.rules import Rule


@hookimpl
def ccsi_country() -> Country:
    """Sweden."""
    return Country(code="se", languages=("sv",), territory_level=3, currency="SEK", api=1)


@hookimpl
def ccsi_identifiers() -> tuple[Scheme, ...]:
    """Numbers that Sweden gives to organisations and projects."""
    from ccsi_kit_se.identifiers import SCHEMES

    return SCHEMES


@hookimpl
def ccsi_rules() -> tuple[Rule, ...]:
    """Institutional rules of Sweden."""
    from ccsi_kit_se.rules import RULES

    return RULES
