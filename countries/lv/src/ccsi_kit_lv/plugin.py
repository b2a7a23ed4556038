"""What Latvia brings."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.identifiers import Scheme
from ccsi_kit.plugins import Country
from ccsi_kit.rules import Rule


@hookimpl
def ccsi_country() -> Country:
    """Latvia."""
    return Country(code="lv", languages=("lv",), territory_level=3, currency="EUR", api=1)


@hookimpl
def ccsi_identifiers() -> tuple[Scheme, ...]:
    """Numbers that Latvia gives to organisations and projects."""
    from ccsi_kit_lv.identifiers import SCHEMES

    return SCHEMES


@hookimpl
def ccsi_rules() -> tuple[Rule, ...]:
    """Institutional rules of Latvia."""
    from ccsi_kit_lv.rules import RULES

    return RULES
