"""Who manages the European Social Fund in Spain."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Facts, Parameters, Rule, clause, fact, warned

LAW = "es:act:rd-502-2024"


class Role(Facts):
    """A role in managing a fund of the Union."""

    fund: Literal["ESF", "ESF+", "ERDF", "other"] = fact("The fund.", example="ESF+")
    role: Literal["MA", "IB", "audit", "accounting", "certifying", "CCSI"] = fact(
        "The role: managing authority, intermediate body, audit, accounting, certifying, competence centre.",
        example="MA",
    )


@clause(LAW)
def told(f: Role, p: Parameters) -> object:
    """It is a role of which the sources that were read say who has it."""
    if f.fund in ("ESF", "ESF+") and f.role in ("MA", "accounting", "certifying"):
        return True
    return warned(False, "not-in-sources")


def body(f: Role, p: Parameters) -> object:
    """The body: one has all the roles that are in the sources."""
    return "uafse"


RULES = (
    Rule(
        id="es:rule:autoridad-de-gestion",
        code="ES-MA-01",
        home=Path(__file__).parent,
        facts=Role,
        scope=(told,),
        value=body,
        verdicts=(),
        known_from=date(2021, 1, 1),
        term="autoridad de gestión",
    ),
)
