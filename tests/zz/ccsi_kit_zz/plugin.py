"""What the fictitious country brings."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.identifiers import Scheme
from ccsi_kit.plugins import Country
from ccsi_kit.rules import Rule

NUMBER = Scheme(id="zz:number", example="Z0042", shape="Z[0-9]{4}", placeholders=False)
PROJECT = Scheme(id="zz:project", example="P-7", shape="P-[0-9]+", decoration="", placeholders=False)


@hookimpl
def ccsi_country() -> Country:
    """A country that is nowhere."""
    return Country(code="zz", languages=("en",), territory_level=3, currency="EUR", api=1)


@hookimpl
def ccsi_identifiers() -> tuple[Scheme, ...]:
    """Its numbers."""
    return NUMBER, PROJECT


@hookimpl
def ccsi_rules() -> tuple[Rule, ...]:
    """Its only rule."""
    from ccsi_kit_zz.rules.club.rule import RULES

    return RULES
