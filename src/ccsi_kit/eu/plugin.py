"""What the Union brings."""

from typing import TYPE_CHECKING

from ccsi_kit.hook import hookimpl
from ccsi_kit.plugins import Country

if TYPE_CHECKING:
    from ccsi_kit.identifiers import Scheme
    from ccsi_kit.rules import Rule


@hookimpl
def ccsi_country() -> Country:
    """The Union."""
    return Country(code="eu", languages=("en", "fr", "es", "sv", "lv"), territory_level=0, currency="EUR", api=1)


@hookimpl
def ccsi_identifiers() -> "tuple[Scheme, ...]":
    """Numbers of the Union's registers."""
    from ccsi_kit.eu.identifiers import SCHEMES

    return SCHEMES


@hookimpl
def ccsi_rules() -> "tuple[Rule, ...]":
    """Institutional rules of the Union."""
    from ccsi_kit.eu.rules import RULES

    return RULES
