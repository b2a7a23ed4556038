"""Who manages the Union's funds in Latvia, and the competence centre for social innovation."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Facts, Parameters, Rule, clause, fact, warned

LAW = "lv:act:es-fondu-vadibas-likums"
FUNDS = ("ESF+", "ERDF", "CF", "JTF")
BODIES = {"MA": "fm", "IB": "cfla", "responsible": "lm", "audit": "fm-audit", "accounting": "vk"}
CENTRE = "sif"


class Role(Facts):
    """A role in managing the funds."""

    fund: Literal["ESF+", "ERDF", "CF", "JTF", "other"] = fact("The fund.", example="ESF+")
    level: Literal["national", "regional"] = fact(
        "Whether the programme is national or of a region.", example="national"
    )
    nuts2: str | None = fact("The region (NUTS 2) of a regional programme, if it is one.", example="LV00")
    role: Literal["MA", "IB", "responsible", "audit", "accounting", "CCSI"] = fact(
        "The role: managing authority, intermediate body, responsible authority for social innovation, audit, "
        "accounting, competence centre.",
        example="MA",
    )


@clause(f"{LAW}/1")
def covered(f: Role, p: Parameters) -> object:
    """It is a fund that the law is about."""
    return True if f.fund in FUNDS else warned(False, "not-in-sources")


@clause("lv:act:programma-2021-2027")
def programme(f: Role, p: Parameters) -> object:
    """There is one programme, for the whole country; the competence centre is asked without one."""
    whole = f.level == "national" and f.nuts2 is None
    return True if f.role == "CCSI" or whole else warned(False, "not-in-sources")


@clause("lv:act:sif-likums")
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
        scope=(covered, programme, told, after_period),
        value=body,
        verdicts=(),
        known_from=date(2022, 5, 4),
        term="vadošā iestāde",
    ),
)
