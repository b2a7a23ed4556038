"""Applicants and costs under measure 4.4.1.1, social innovation."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Facts, Parameters, Rule, Share, clause, fact

LAW = "lv:act:mk-820-2023"


class Applicant(Facts):
    """Somebody who applies with an idea or a project."""

    applicant: Literal[
        "public-institution", "derived-public-person", "association", "foundation", "merchant", "other"
    ] = fact("What the applicant is; a social enterprise is a merchant.", example="foundation")
    is_natural_person: bool = fact("Whether it is a natural person.", example="false")
    sif_council_member: bool = fact("Whether it is a member of the council of the fund (SIF).", example="false")
    helped_draft_criteria: bool = fact("Whether it helped to draft the definition or the criteria.", example="false")
    esf_share: Share = fact("Share of ESF+ money in the project.", example="0.85", unit="share")
    cost_date: date = fact("The day a cost arose.", example="2024-05-01")


@clause(f"{LAW}/10")
def eligible_kind(f: Applicant, p: Parameters) -> object:
    """It is an institution, an association, a foundation or a merchant, and no natural person."""
    return f.applicant != "other" and not f.is_natural_person


@clause(f"{LAW}/10")
def no_council_member(f: Applicant, p: Parameters) -> object:
    """It is no member of the fund's council."""
    return not f.sif_council_member


@clause(f"{LAW}/10")
def no_drafting(f: Applicant, p: Parameters) -> object:
    """It did not help to draft the definition or the criteria."""
    return not f.helped_draft_criteria


@clause(f"{LAW}/10")
def rate(f: Applicant, p: Parameters) -> object:
    """ESF+ pays at most a part; the State pays the rest."""
    return f.esf_share <= p.esf_max


@clause(f"{LAW}/21")
def costs(f: Applicant, p: Parameters) -> object:
    """Costs count from a day on."""
    return f.cost_date >= p.costs_from


RULES = (
    Rule(
        id="lv:rule:socialo-inovaciju-pasakums",
        code="LV-SI-01",
        home=Path(__file__).parent,
        facts=Applicant,
        clauses=(eligible_kind, no_council_member, no_drafting, rate, costs),
        known_from=date(2023, 12, 29),
        term="4.4.1.1. pasākums",
    ),
)
