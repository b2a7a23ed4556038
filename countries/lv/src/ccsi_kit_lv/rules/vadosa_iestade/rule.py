"""Who manages the Union's funds in Latvia, and the competence centre for social innovation."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Facts, Parameters, Rule, clause, fact, warned

LAW = "lv:act:es-fondu-vadibas-likums"
BODIES = {"MA": "fm", "IB": "cfla", "audit": "fm-audit", "accounting": "vk"}
CENTRE = "sif"


class Role(Facts):
    """A role in managing the funds."""

    role: Literal["MA", "IB", "audit", "accounting", "CCSI"] = fact(
        "The role: managing authority, intermediate body, audit, accounting, competence centre.", example="MA"
    )


@clause(LAW)
def told(f: Role, p: Parameters) -> object:
    """The competence centre has its mandate from a day on; before nobody is known."""
    return True if f.role != "CCSI" or p.on >= p.centre_from else warned(False, "not-in-sources")


@clause(LAW, since="2030-01-01")
def after_period(f: Role, p: Parameters) -> object:
    """The programmes of 2021 to 2027 spend until the end of 2029; nothing was read about later days."""
    return warned(False, "not-in-sources")


@clause(LAW)
def body(f: Role, p: Parameters) -> object:
    """The body."""
    return BODIES.get(f.role, CENTRE)


RULES = (
    Rule(
        id="lv:rule:vadosa-iestade",
        code="LV-MA-01",
        home=Path(__file__).parent,
        facts=Role,
        scope=(told, after_period),
        value=body,
        verdicts=(),
        known_from=date(2021, 1, 1),
        term="vadošā iestāde",
    ),
)
