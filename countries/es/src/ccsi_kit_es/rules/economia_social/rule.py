"""The social economy: which bodies belong to it, and the class of the social enterprise."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import NOT_ASKED, Facts, Parameters, Rule, Share, clause, fact, warned

LAW = "es:act:ley-5-2011"


class Body(Facts):
    """A body of which one asks whether it belongs to the social economy."""

    family: Literal[
        "cooperative",
        "mutual",
        "foundation",
        "association",
        "sociedad-laboral",
        "insertion-company",
        "cee",
        "cofradia",
        "sat",
        "singular",
        "empresa-social",
        "other",
    ] = fact("The family of bodies that it is of.", example="cooperative")
    economic_activity: bool = fact("Whether it has an economic activity.", example="true")
    cee_initiative: Literal["social", "commercial"] = fact(
        "Who stands behind a sheltered workshop: a social or a commercial initiative.", example="social"
    )
    follows_principles: bool = fact("Whether it follows the principles of article 4.", example="true")
    in_catalogue: bool | None = fact("Whether it is of a class in the catalogue.", example="true")


class Company(Facts):
    """A body that is, or wants to be, a social enterprise."""

    follows_principles: bool = fact("Whether it follows the principles of article 4.", example="true")
    statutory_area: Literal["1", "2", "3"] | None = fact(
        "The area of its ends in the statutes: 1 integration, 2 vulnerable people, 3 local development.",
        example="2",
    )
    reinvestment_share: Share = fact("Share of the results that goes to the ends.", example="0.95", unit="share")
    aim: bool = fact("Whether it has a collective or a social aim.", example="true")
    se_entities_share: Share | None = fact(
        "Share of it that bodies of the social economy own.", example="1", unit="share"
    )
    public_share: Share | None = fact("Share of it that public bodies own.", example="0.25", unit="share")


@clause(f"{LAW}/4")
def principles(f: Body, p: Parameters) -> object:
    """It follows the principles."""
    return f.follows_principles


@clause(f"{LAW}/5", until="2026-04-09")
def listed(f: Body, p: Parameters) -> object:
    """It is of a family that the law names, or of a class in the catalogue."""
    if f.family in ("other", "empresa-social"):
        return f.in_catalogue is not None and f.in_catalogue
    return True


@clause(f"{LAW}/5", since="2026-04-10")
def listed_since(f: Body, p: Parameters) -> object:
    """It is of a family that the law names, sheltered workshops of social initiative, or in the catalogue."""
    if f.family == "cee":
        return f.cee_initiative == "social"
    if f.family != "other" or (f.in_catalogue is not None and f.in_catalogue):
        return True
    return warned(False, "es-catalogue")


@clause(f"{LAW}/5.1")
def activity(f: Body, p: Parameters) -> object:
    """An association has an economic activity."""
    return f.economic_activity if f.family == "association" else NOT_ASKED


@clause(f"{LAW}/5.1", interpretation=True)
def foundation_activity(f: Body, p: Parameters) -> object:
    """A foundation has an economic activity; whether the words bind it too can be read otherwise."""
    return f.economic_activity if f.family == "foundation" else NOT_ASKED


@clause(f"{LAW}/4")
def company_principles(f: Company, p: Parameters) -> object:
    """It follows the principles."""
    return f.follows_principles


@clause(f"{LAW}/5.4.a")
def area(f: Company, p: Parameters) -> object:
    """Its statutes state ends in one of the three areas."""
    return f.statutory_area is not None


@clause(f"{LAW}/5.4.b")
def reinvestment(f: Company, p: Parameters) -> object:
    """Nearly all of the results go to the ends."""
    return f.reinvestment_share >= p.reinvestment


@clause(f"{LAW}/5.4")
def purpose(f: Company, p: Parameters) -> object:
    """It has a collective or social aim, or the social economy owns it, public bodies a small part at most."""
    if f.aim:
        return True
    if f.se_entities_share is None:
        return False
    if f.se_entities_share >= p.whole:
        return True
    if f.public_share is None:
        return False
    return f.public_share <= p.public_share and f.se_entities_share + f.public_share >= p.whole


RULES = (
    Rule(
        id="es:rule:economia-social",
        code="ES-ESO-01",
        home=Path(__file__).parent,
        facts=Body,
        clauses=(principles, listed, listed_since, activity, foundation_activity),
        known_from=date(2011, 4, 30),
        status="declaratory",
        term="entidad de la economía social",
    ),
    Rule(
        id="es:rule:empresa-social",
        code="ES-ESOC-01",
        home=Path(__file__).parent,
        facts=Company,
        clauses=(company_principles, area, reinvestment, purpose),
        known_from=date(2011, 4, 30),
        since=date(2026, 4, 10),
        status="declaratory",
        term="empresa social",
        provisional=True,
    ),
)
