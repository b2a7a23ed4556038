"""Who manages the European Social Fund in Sweden, and the competence centre for social innovation."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Facts, Parameters, Rule, clause, fact, warned

PROGRAMME = "se:act:esf-programmet"
CENTRE = "se:act:esf-22-018-s01"


class Role(Facts):
    """A role in managing the fund."""

    fund: Literal["ESF+", "ERDF", "other"] = fact("The fund.", example="ESF+")
    level: Literal["national", "regional"] = fact(
        "Whether the programme is national or of a region.", example="national"
    )
    nuts2: str | None = fact("The region (NUTS 2) of a regional programme, if it is one.", example="SE31")
    role: Literal["MA", "IB", "audit", "accounting", "CCSI"] = fact("The role that is asked for.", example="MA")


@clause(PROGRAMME)
def esf_plus(f: Role, p: Parameters) -> object:
    """The fund is the ESF+."""
    return True if f.fund == "ESF+" else warned(False, "not-in-sources")


@clause(PROGRAMME)
def read_body(f: Role, p: Parameters) -> object:
    """It is a body that was read: the managing authority of the national programme, or the competence centre."""
    managing = f.role == "MA" and f.level == "national" and f.nuts2 is None
    return True if f.role == "CCSI" or managing else warned(False, "not-in-sources")


@clause(CENTRE)
def told(f: Role, p: Parameters) -> object:
    """The competence centre's mandate has a first and a last day."""
    return True if f.role != "CCSI" or p.centre_from <= p.on <= p.centre_until else warned(False, "not-in-sources")


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
        scope=(esf_plus, read_body, told, after_period),
        value=body,
        verdicts=(),
        known_from=date(2021, 1, 1),
        term="förvaltande myndighet",
    ),
)
