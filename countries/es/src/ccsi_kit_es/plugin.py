"""What Spain brings."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.identifiers import Scheme
from ccsi_kit.plugins import Country


@hookimpl
def ccsi_country() -> Country:
    """Spain."""
    return Country(code="es", languages=("es",), territory_level=2, currency="EUR", api=1)


@hookimpl
def ccsi_identifiers() -> tuple[Scheme, ...]:
    """Numbers that Spain gives to organisations and projects."""
    from ccsi_kit_es.identifiers import SCHEMES

    return SCHEMES
