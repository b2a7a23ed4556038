"""What Spain brings."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.identifiers import Scheme
from ccsi_kit.plugins import Country
from ccsi_kit.rules import Rule


@hookimpl
def ccsi_country() -> Country:
    """Spain."""
    return Country(code="es", languages=("es",), territory_level=2, currency="EUR", api=1)


@hookimpl
def ccsi_identifiers() -> tuple[Scheme, ...]:
    """Numbers that Spain gives to organisations and projects."""
    from ccsi_kit_es.identifiers import SCHEMES

    return SCHEMES


@hookimpl
def ccsi_rules() -> tuple[Rule, ...]:
    """Institutional rules of Spain."""
    from ccsi_kit_es.rules import RULES

    return RULES
