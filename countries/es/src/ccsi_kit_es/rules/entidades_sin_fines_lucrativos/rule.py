"""Foundations, associations of public utility, and the tax status of non-profit bodies."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Amount, Count, Facts, Parameters, Rule, Share, clause, fact, later

FOUNDATIONS = "es:act:ley-50-2002"
ASSOCIATIONS = "es:act:lo-1-2002"
TAX = "es:act:ley-49-2002"


class Foundation(Facts):
    """A foundation, or what wants to be one."""

    general_interest: bool = fact("Whether its ends are of general interest.", example="true")
    open_beneficiaries: bool = fact("Whether it serves people in general, not only its own.", example="true")
    endowment: Amount = fact("What it was endowed with.", example="30000", unit="eur")
    viability_study: bool = fact("Whether a study shows that a smaller endowment is enough.", example="true")
    share_to_ends: Share = fact(
        "Share of results and net income that goes to the ends within the year and the four that follow.",
        example="0.7",
        unit="share",
    )


class Association(Facts):
    """An association that asks to be declared of public utility."""

    founders: Count = fact("How many founded it.", example="3", unit="persons")
    general_interest: bool = fact("Whether its ends are of general interest.", example="true")
    open_beneficiaries: bool = fact("Whether it serves people in general, not only its own.", example="true")
    board_pay_from_public_funds: bool = fact("Whether the board is paid out of public money.", example="false")
    means: bool = fact("Whether it has the means for what it promised.", example="true")
    registered_on: date = fact("The day it was registered.", example="2023-05-01")
    uninterrupted_activity: bool = fact("Whether it was active without a break since.", example="true")


class NonProfitBody(Facts):
    """A body of which one asks whether the tax law of non-profit bodies is for it."""

    form: Literal["foundation", "public-utility-association", "ngod", "ordinary-association", "other"] = fact(
        "What it is; a development NGO counts in the form of a foundation or of public utility.", example="foundation"
    )
    share_to_ends: Share = fact(
        "Share of results and net income that goes to the ends within the year and the four that follow.",
        example="0.7",
        unit="share",
    )


@clause(f"{FOUNDATIONS}/3")
def general_interest(f: Foundation, p: Parameters) -> object:
    """Its ends are of general interest."""
    return f.general_interest


@clause(f"{FOUNDATIONS}/3")
def beneficiaries(f: Foundation, p: Parameters) -> object:
    """It serves people in general."""
    return f.open_beneficiaries


@clause(f"{FOUNDATIONS}/12")
def endowment(f: Foundation, p: Parameters) -> object:
    """It is endowed with what the law presumes to be enough, or a study shows that less is."""
    return f.endowment >= p.endowment or f.viability_study


@clause(f"{FOUNDATIONS}/27")
def to_the_ends(f: Foundation, p: Parameters) -> object:
    """Most of its results and net income go to the ends."""
    return f.share_to_ends >= p.share_to_ends


@clause(f"{ASSOCIATIONS}/5")
def founding(f: Association, p: Parameters) -> object:
    """Enough people founded it."""
    return f.founders >= p.founders


@clause(f"{ASSOCIATIONS}/32")
def ends(f: Association, p: Parameters) -> object:
    """Its ends are of general interest."""
    return f.general_interest


@clause(f"{ASSOCIATIONS}/32")
def open_to_all(f: Association, p: Parameters) -> object:
    """It serves people in general."""
    return f.open_beneficiaries


@clause(f"{ASSOCIATIONS}/32")
def board(f: Association, p: Parameters) -> object:
    """The board is not paid out of public money."""
    return not f.board_pay_from_public_funds


@clause(f"{ASSOCIATIONS}/32")
def sufficient_means(f: Association, p: Parameters) -> object:
    """It has the means for what it promised."""
    return f.means


@clause(f"{ASSOCIATIONS}/32")
def years(f: Association, p: Parameters) -> object:
    """It was registered and active without a break for some years before it asks."""
    return f.uninterrupted_activity and later(f.registered_on, years=p.years_active) <= p.on


@clause(f"{TAX}/2")
def kind(f: NonProfitBody, p: Parameters) -> object:
    """It is a foundation, an association of public utility, or a development NGO of these forms."""
    return f.form in ("foundation", "public-utility-association", "ngod")


@clause(f"{TAX}/3")
def income(f: NonProfitBody, p: Parameters) -> object:
    """Most of its income goes to the ends."""
    return f.share_to_ends >= p.tax_share_to_ends


RULES = (
    Rule(
        id="es:rule:fundacion",
        code="ES-FUN-01",
        home=Path(__file__).parent,
        facts=Foundation,
        clauses=(general_interest, beneficiaries, endowment, to_the_ends),
        known_from=date(2003, 1, 1),
        status="constitutive",
        term="fundación",
    ),
    Rule(
        id="es:rule:utilidad-publica",
        code="ES-UP-01",
        home=Path(__file__).parent,
        facts=Association,
        clauses=(founding, ends, open_to_all, board, sufficient_means, years),
        known_from=date(2002, 5, 26),
        status="constitutive",
        term="asociación de utilidad pública",
    ),
    Rule(
        id="es:rule:entidad-sin-fines-lucrativos",
        code="ES-ESFL-01",
        home=Path(__file__).parent,
        facts=NonProfitBody,
        clauses=(kind, income),
        known_from=date(2002, 12, 25),
        status="declaratory",
        term="entidad sin fines lucrativos",
    ),
)
