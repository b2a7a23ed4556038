"""Who manages the European Social Fund in Spain."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import NOT_ASKED, Facts, Parameters, Rule, clause, fact, warned

LAW = "es:act:rd-502-2024/2.3.b"
PROGRAMMES = "es:act:convocatoria-2024-14723"
SPAIN = "ES"


class Role(Facts):
    """A role in managing a fund of the Union."""

    fund: Literal["ESF", "ESF+", "ERDF", "other"] = fact("The fund.", example="ESF+")
    level: Literal["national", "regional"] = fact(
        "Whether the programme is national or of a region.", example="national"
    )
    nuts2: str | None = fact("The region (NUTS 2) of a regional programme, if it is one.", example="ES61")
    role: Literal["MA", "IB", "audit", "accounting", "certifying", "CCSI"] = fact(
        "The role: managing authority, intermediate body, audit, accounting, certifying, competence centre.",
        example="MA",
    )


@clause(LAW)
def told(f: Role, p: Parameters) -> object:
    """It is a role of which the sources that were read say who has it."""
    if f.role == "IB":
        return True if f.fund == "ESF+" else warned(False, "not-in-sources")
    if f.fund in ("ESF", "ESF+") and f.role in ("MA", "accounting", "certifying"):
        return True
    return warned(False, "not-in-sources")


@clause(PROGRAMMES, sure="secondary")
def intermediate_bodies(f: Role, p: Parameters) -> object:
    """Of the intermediate bodies those of the regional programmes are known, and one of the State; there are more."""
    return warned(True, "es-more-bodies") if f.role == "IB" else NOT_ASKED


@clause(LAW)
def spanish_programme(f: Role, p: Parameters) -> object:
    """The programme is national, or of a region of Spain."""
    regional = f.nuts2 is not None and f.nuts2.startswith(SPAIN)
    return True if f.level == "national" or regional else warned(False, "not-in-sources")


@clause(LAW, since="2030-01-01")
def after_period(f: Role, p: Parameters) -> object:
    """The programmes of 2021 to 2027 spend until the end of 2029; nothing was read about later ones."""
    return warned(False, "not-in-sources")


@clause(LAW)
def body(f: Role, p: Parameters) -> object:
    """The body: one has all the roles but that of an intermediate body."""
    if f.role != "IB":
        return "uafse"
    return "derechos-sociales" if f.level == "national" else "comunidad-autonoma"


RULES = (
    Rule(
        id="es:rule:autoridad-de-gestion",
        code="ES-MA-01",
        home=Path(__file__).parent,
        facts=Role,
        scope=(told, intermediate_bodies, spanish_programme, after_period),
        value=body,
        verdicts=(),
        known_from=date(2024, 5, 23),
        term="autoridad de gestión",
    ),
)
