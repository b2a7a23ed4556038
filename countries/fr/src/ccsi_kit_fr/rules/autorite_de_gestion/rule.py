"""Who manages the ESF+ in France, who is its competence centre, and up to which rate the national programme pays."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import NOT_ASKED, Facts, Parameters, Rule, clause, fact, warned

NATIONAL = "fr:act:programme-national-fse"
REGIONAL = "fr:act:programmes-regionaux"
ROADMAP = "fr:act:feuille-de-route-avise"
BRETAGNE = "FRH0"


class Place(Facts):
    """A fund, a programme and a role."""

    fund: Literal["ESF+", "ERDF", "other"] = fact("The fund.", example="ESF+")
    level: Literal["national", "regional"] = fact(
        "Whether the programme is national or of a region.", example="national"
    )
    nuts2: str | None = fact("The region (NUTS 2) of a regional programme, if it is one.", example="FRH0")
    role: Literal["MA", "IB", "audit", "accounting", "CCSI"] = fact("The role that is asked for.", example="MA")


class Financed(Facts):
    """An operation of the national programme."""

    priority: Literal["social-innovation", "material-aid", "other"] = fact(
        "The priority of the programme.", example="social-innovation"
    )
    operation_level: Literal["national", "regional"] = fact(
        "Whether the operation is national or of a region.", example="regional"
    )
    region_category: Literal["less-developed", "transition", "more-developed"] = fact(
        "The category of the region; an outermost one counts as less developed.", example="transition"
    )


@clause(NATIONAL)
def esf_plus(f: Place, p: Parameters) -> object:
    """The fund is the ESF+."""
    return True if f.fund == "ESF+" else warned(False, "not-in-sources")


@clause(REGIONAL)
def read_body(f: Place, p: Parameters) -> object:
    """It is a body that was read: of the national programme, of Bretagne, or the competence centre."""
    regional = f.level == "regional" and f.nuts2 is not None and f.nuts2 == BRETAGNE
    if f.role == "CCSI" or (f.role == "MA" and (f.level == "national" or regional)):
        return True
    return warned(False, "not-in-sources")


@clause(ROADMAP, until="2022-12-31")
def before_roadmap(f: Place, p: Parameters) -> object:
    """The competence centre was not read for days before its roadmap."""
    return warned(False, "not-in-sources") if f.role == "CCSI" else NOT_ASKED


@clause(ROADMAP, since="2023-01-01", until="2027-12-31")
def in_roadmap(f: Place, p: Parameters) -> object:
    """The competence centre is read for the years of its roadmap."""
    return True if f.role == "CCSI" else NOT_ASKED


@clause(ROADMAP, since="2028-01-01")
def after_roadmap(f: Place, p: Parameters) -> object:
    """The competence centre was not read for days after its roadmap."""
    return warned(False, "not-in-sources") if f.role == "CCSI" else NOT_ASKED


@clause(NATIONAL, since="2030-01-01")
def after_period(f: Place, p: Parameters) -> object:
    """The programmes of 2021 to 2027 spend until the end of 2029; nothing was read about later ones."""
    return warned(False, "not-in-sources")


@clause(NATIONAL)
def body(f: Place, p: Parameters) -> object:
    """The body that has the role."""
    if f.role == "CCSI":
        return "avise"
    return "dgefp" if f.level == "national" else "conseil-regional-de-bretagne"


@clause(NATIONAL)
def ceiling(f: Financed, p: Parameters) -> object:
    """The highest rate of the priority, of national operations, or of the region's category."""
    if f.priority == "social-innovation":
        return p.social_innovation
    if f.priority == "material-aid":
        return p.material_aid
    if f.operation_level == "national":
        return p.national_operations
    if f.region_category == "less-developed":
        return p.less_developed
    return p.transition if f.region_category == "transition" else p.more_developed


RULES = (
    Rule(
        id="fr:rule:autorite-de-gestion",
        code="FR-MA-01",
        home=Path(__file__).parent,
        facts=Place,
        scope=(esf_plus, read_body, before_roadmap, in_roadmap, after_roadmap, after_period),
        value=body,
        verdicts=(),
        known_from=date(2021, 1, 1),
        term="autorité de gestion",
    ),
    Rule(
        id="fr:rule:taux-programme-national",
        code="FR-MA-02",
        home=Path(__file__).parent,
        facts=Financed,
        value=ceiling,
        unit="share",
        verdicts=(),
        known_from=date(2021, 1, 1),
        term="taux de cofinancement",
    ),
)
