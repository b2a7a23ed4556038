"""Who manages the European Social Fund in Sweden, and the competence centre for social innovation."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Facts, Parameters, Rule, clause, fact, warned

PROGRAMME = "se:act:esf-programmet"


class Role(Facts):
    """A role in managing the fund."""

    fund: Literal["ESF+", "other"] = fact("The fund.", example="ESF+")
    role: Literal["MA", "CCSI", "other"] = fact(
        "The role: MA managing authority, CCSI competence centre.", example="MA"
    )


@clause(PROGRAMME)
def told(f: Role, p: Parameters) -> object:
    """It is a role of which the sources say who has it; the centre's mandate has a last day."""
    centre = f.role == "CCSI" and p.centre_from <= p.on <= p.centre_until
    return True if f.fund == "ESF+" and (f.role == "MA" or centre) else warned(False, "not-in-sources")


@clause(PROGRAMME, since="2030-01-01")
def after_period(f: Role, p: Parameters) -> object:
    """The programmes of 2021 to 2027 spend until the end of 2029; nothing was read about later days."""
    return warned(False, "not-in-sources")


@clause(PROGRAMME)
def body(f: Role, p: Parameters) -> object:
    """The body."""
    return "esf-radet" if f.role == "MA" else "msi"


RULES = (
    Rule(
        id="se:rule:forvaltande-myndighet",
        code="SE-MA-01",
        home=Path(__file__).parent,
        facts=Role,
        scope=(told, after_period),
        value=body,
        verdicts=(),
        known_from=date(2021, 1, 1),
        term="förvaltande myndighet",
    ),
)
