"""Non-profit cooperatives, and cooperatives of social initiative, under the law of the State."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Count, Facts, Number, Parameters, Rule, clause, fact

LAW = "es:act:ley-27-1999"


class Cooperative(Facts):
    """A cooperative."""

    applicable_law: Literal["state", "region"] = fact("Whose law it is under.", example="state")
    members: Count = fact("How many members it has.", example="3", unit="count")
    degree: Literal["1", "2"] = fact("Of people (1) or of cooperatives (2).", example="1")


class NonProfit(Cooperative):
    """A cooperative of which one asks whether it is non-profit."""

    activity: Literal["collective-services", "public-services", "labour-integration", "other"] = fact(
        "What it does: services of collective interest or of public bodies, labour integration, or else.",
        example="labour-integration",
    )
    target: Literal["excluded", "vulnerable_not_excluded"] = fact(
        "Whom labour integration is for: people who are socially excluded, or only vulnerable.", example="excluded"
    )
    no_distribution: bool = fact("Whether its statutes rule out that results are shared out.", example="true")
    interest_within_legal: bool = fact("Whether interest on contributions is capped at the legal rate.", example="true")
    unpaid_board: bool = fact("Whether the board is unpaid.", example="true")
    pay_ratio_to_agreement: Number = fact(
        "Pay, as a share of that in the sector's agreement.", example="1.2", unit="share"
    )


class SocialInitiative(Cooperative):
    """A cooperative of which one asks whether it is of social initiative."""

    nonprofit: bool = fact("Whether it is non-profit.", example="true")
    social_activity: Literal["social-services", "labour-integration", "unmet-needs", "other"] = fact(
        "What it does: social services, labour integration, other unmet needs, or else.",
        example="social-services",
    )


@clause(f"{LAW}/2")
def state_law(f: Cooperative, p: Parameters) -> object:
    """It is under the law of the State, not of a region."""
    return f.applicable_law == "state"


@clause(f"{LAW}/DA-1", until="2026-04-09")
def purpose(f: NonProfit, p: Parameters) -> object:
    """It serves a collective interest or public bodies, or the labour integration of people who are excluded."""
    if f.activity == "labour-integration":
        return f.target == "excluded"
    return f.activity != "other"


@clause(f"{LAW}/DA-1", since="2026-04-10")
def wider_purpose(f: NonProfit, p: Parameters) -> object:
    """It serves a collective interest or public bodies, or labour integration, of vulnerable people too."""
    return f.activity != "other"


@clause(f"{LAW}/DA-1.a")
def no_sharing_out(f: NonProfit, p: Parameters) -> object:
    """Results are not shared out."""
    return f.no_distribution


@clause(f"{LAW}/DA-1.b")
def interest(f: NonProfit, p: Parameters) -> object:
    """Interest on contributions stays within the legal rate."""
    return f.interest_within_legal


@clause(f"{LAW}/DA-1.c")
def board(f: NonProfit, p: Parameters) -> object:
    """The board is unpaid."""
    return f.unpaid_board


@clause(f"{LAW}/DA-1.d")
def pay(f: NonProfit, p: Parameters) -> object:
    """Pay stays within a multiple of that in the sector's agreement."""
    return f.pay_ratio_to_agreement <= p.pay_max


@clause(f"{LAW}/8")
def enough_members(f: Cooperative, p: Parameters) -> object:
    """It has enough members."""
    return f.members >= (p.members_first if f.degree == "1" else p.members_second)


@clause(f"{LAW}/106")
def without_profit(f: SocialInitiative, p: Parameters) -> object:
    """It is non-profit."""
    return f.nonprofit


@clause(f"{LAW}/106")
def social_purpose(f: SocialInitiative, p: Parameters) -> object:
    """It gives social services, integrates people into work, or meets needs that nobody meets."""
    return f.social_activity != "other"


RULES = (
    Rule(
        id="es:rule:cooperativa-sin-animo-de-lucro",
        code="ES-COOP-01",
        home=Path(__file__).parent,
        facts=NonProfit,
        scope=(state_law,),
        clauses=(purpose, wider_purpose, no_sharing_out, interest, board, pay, enough_members),
        known_from=date(1999, 8, 6),
        status="declaratory",
        term="cooperativa sin ánimo de lucro",
    ),
    Rule(
        id="es:rule:cooperativa-de-iniciativa-social",
        code="ES-COOP-02",
        home=Path(__file__).parent,
        facts=SocialInitiative,
        scope=(state_law,),
        clauses=(without_profit, social_purpose, enough_members),
        known_from=date(1999, 8, 6),
        status="declaratory",
        term="cooperativa de iniciativa social",
    ),
)
