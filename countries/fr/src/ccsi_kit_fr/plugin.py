"""What France brings."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.identifiers import Scheme
from ccsi_kit.plugins import Country
from ccsi_kit.rules import Rule


@hookimpl
def ccsi_country() -> Country:
    """France."""
    return Country(code="fr", languages=("fr",), territory_level=1, currency="EUR", api=1)


@hookimpl
def ccsi_identifiers() -> tuple[Scheme, ...]:
    """Numbers that France gives to organisations and projects."""
    from ccsi_kit_fr.identifiers import SCHEMES

    return SCHEMES


@hookimpl
def ccsi_rules() -> tuple[Rule, ...]:
    """Institutional rules of France."""
    from ccsi_kit_fr.rules import RULES

    return RULES
