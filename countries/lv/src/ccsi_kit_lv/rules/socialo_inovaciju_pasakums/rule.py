"""Applicants and costs under measure 4.4.1.1, social innovation."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import NOT_ASKED, Facts, Parameters, Rule, Share, clause, fact

LAW = "lv:act:mk-820-2023"


class Applicant(Facts):
    """Somebody who applies with an idea or a project."""

    form: Literal["public-institution", "derived-public-person", "association", "foundation", "merchant", "other"] = (
        fact("What it is by its legal form; a social enterprise is a merchant.", example="foundation")
    )
    is_natural_person: bool = fact("Whether it is a natural person.", example="false")
    sif_council_member: bool = fact("Whether it is a member of the council of the fund (SIF).", example="false")
    helped_draft_criteria: bool = fact("Whether it helped to draft the definition or the criteria.", example="false")
    esf_share: Share | None = fact(
        "Share of ESF+ money in the project, if money is asked yet.", example="0.85", unit="share"
    )
    indirect_share: Share | None = fact(
        "Indirect costs over staff costs, if any are claimed.", example="0.15", unit="share"
    )
    cost_date: date | None = fact("The day a cost arose, if one is claimed.", example="2024-05-01")


@clause(LAW)
def eligible_kind(f: Applicant, p: Parameters) -> object:
    """It is an institution, an association, a foundation or a merchant, and no natural person."""
    return f.form != "other" and not f.is_natural_person


@clause(LAW)
def no_council_member(f: Applicant, p: Parameters) -> object:
    """It is no member of the fund's council."""
    return not f.sif_council_member


@clause(LAW)
def no_drafting(f: Applicant, p: Parameters) -> object:
    """It did not help to draft the definition or the criteria."""
    return not f.helped_draft_criteria


@clause(f"{LAW}/10")
def rate(f: Applicant, p: Parameters) -> object:
    """ESF+ pays at most a part; the State pays the rest."""
    return NOT_ASKED if f.esf_share is None else f.esf_share <= p.esf_max


@clause(f"{LAW}/21")
def indirect(f: Applicant, p: Parameters) -> object:
    """Indirect costs are a fixed part of staff costs."""
    return NOT_ASKED if f.indirect_share is None else f.indirect_share == p.indirect_of_staff


@clause(LAW)
def costs(f: Applicant, p: Parameters) -> object:
    """Costs count from a day on."""
    return NOT_ASKED if f.cost_date is None else f.cost_date >= p.costs_from


RULES = (
    Rule(
        id="lv:rule:socialo-inovaciju-pasakums",
        code="LV-SI-01",
        home=Path(__file__).parent,
        facts=Applicant,
        clauses=(eligible_kind, no_council_member, no_drafting, rate, indirect, costs),
        known_from=date(2023, 12, 29),
        term="4.4.1.1. pasākums",
    ),
)
