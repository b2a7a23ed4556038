"""Approval as a solidarity enterprise of social utility (agrément ESUS), asked for or as of right."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.models import Organisation
from ccsi_kit.rules import (
    NOT_ASKED,
    Amount,
    Facts,
    Filled,
    Number,
    Parameters,
    Rule,
    Share,
    clause,
    fact,
    later,
    warned,
)
from ccsi_kit_fr.rules.registers import AS_OF_RIGHT, granted, one_of

LAW = "fr:act:code-du-travail-l3332-17-1"
OLD = "fr:act:code-du-travail/L3332-17-1"
"""The article before 24 May 2019; the address of the first is that of the text in force."""
DECREE = "fr:act:code-du-travail/R3332-21-1"
BEFORE = "2019-05-23"
SINCE = "2019-05-24"
"""The conditions changed on this day, by secondary sources; both wordings were read."""


class Solidary(Facts):
    """A body that asks for the approval."""

    ess: bool = fact("Whether it is an enterprise of the social and solidarity economy.", example="true")
    as_of_right: (
        Literal[
            "ei",
            "etti",
            "ai",
            "aci",
            "l121-2",
            "ase",
            "chrs",
            "regie-de-quartier",
            "ea",
            "home-work-centre",
            "esat",
            "l365-1",
            "rup",
            "l265-1",
            "l312-1",
        ]
        | None
    ) = fact("The kind of body of the law's list that it is, if any.", example="ei")
    objective_main: bool = fact("Whether social utility, as the law says it then, is its main aim.", example="true")
    objective_in_statutes: bool = fact("Whether the statutes say so.", example="true")
    pay_policy_in_statutes: bool = fact("Whether the statutes say how pay is capped.", example="true")
    cost_share_3y: Share = fact(
        "Share of operating costs for social utility, in the last three closed years, or all of a younger body.",
        example="0.7",
        unit="share",
    )
    finance_ratio: Number | None = fact(
        "Dividends and pay of finance that is not from banks, over equity and such finance, in the last three years.",
        example="0.04",
        unit="share",
    )
    bond_yield: Number = fact("Mean yield of private bonds.", example="0.03", unit="share")
    ratio_promised: bool = fact("Whether it promises to keep that ratio.", example="true")
    top5_mean: Amount = fact("Mean yearly pay of the five who are paid best.", example="150000", unit="eur")
    top1: Amount = fact("Yearly pay of the one who is paid best.", example="200000", unit="eur")
    reference_pay: Amount = fact(
        "Yearly pay for full time at the minimum wage, or at that of the branch if higher.", example="21600", unit="eur"
    )
    listed: bool = fact("Whether its shares are traded on a market.", example="false")


class Approved(Facts):
    """A body that asks for the approval."""

    founded_on: date = fact("The day it was founded.", example="2020-03-01")


def burdened(f: Solidary, p: Parameters) -> bool:
    """Social utility weighs on its costs, or what it pays for finance is low; 5 % more is read as five points more."""
    if f.cost_share_3y >= p.cost_share:
        return True
    return f.finance_ratio is not None and f.finance_ratio < f.bond_yield + p.yield_margin and f.ratio_promised


def weighed(f: Solidary, p: Parameters) -> object:
    """Whether it is so burdened; else how many years count."""
    if f.as_of_right is not None:
        return NOT_ASKED
    return True if burdened(f, p) else warned(False, "fr-cost-years", years=p.cost_years)


def top_five_capped(f: Solidary, p: Parameters) -> object:
    """The five who are paid best stay under their cap."""
    return f.top5_mean <= p.top5_multiple * f.reference_pay


def best_paid_capped(f: Solidary, p: Parameters) -> object:
    """The one who is paid best stays under the cap."""
    return f.top1 <= p.top1_multiple * f.reference_pay


@clause(LAW)
def ess_enterprise(f: Solidary, p: Parameters) -> object:
    """It is an enterprise of the social and solidarity economy."""
    return f.ess


@clause(f"{OLD}.I.1", until=BEFORE, sure="secondary")
def social_utility_before(f: Solidary, p: Parameters) -> object:
    """Its main aim is social utility."""
    return NOT_ASKED if f.as_of_right is not None else f.objective_main


@clause(f"{LAW}/I.1", since=SINCE, sure="secondary")
def social_utility(f: Solidary, p: Parameters) -> object:
    """Its main aim is to help vulnerable persons, or another aim of social utility."""
    return NOT_ASKED if f.as_of_right is not None else f.objective_main


@clause(DECREE, until=BEFORE, sure="secondary", interpretation=True)
def burden_before(f: Solidary, p: Parameters) -> object:
    """The aim weighs on its results or on its return on capital."""
    return weighed(f, p)


@clause(DECREE, since=SINCE, sure="secondary", interpretation=True)
def burden(f: Solidary, p: Parameters) -> object:
    """The aim weighs on its results; the decree still has the other way."""
    return weighed(f, p)


@clause(f"{OLD}.I.3", until=BEFORE, sure="secondary")
def top_five_before(f: Solidary, p: Parameters) -> object:
    """The five who are paid best stay under their cap; not asked of bodies as of right."""
    return NOT_ASKED if f.as_of_right is not None else top_five_capped(f, p)


@clause(f"{LAW}/I.3", since=SINCE, sure="secondary")
def top_five(f: Solidary, p: Parameters) -> object:
    """The five who are paid best stay under their cap, in every body."""
    return top_five_capped(f, p)


@clause(f"{OLD}.I.3", until=BEFORE, sure="secondary")
def best_paid_before(f: Solidary, p: Parameters) -> object:
    """The one who is paid best stays under the cap; not asked of bodies as of right."""
    return NOT_ASKED if f.as_of_right is not None else best_paid_capped(f, p)


@clause(f"{LAW}/I.3", since=SINCE, sure="secondary")
def best_paid(f: Solidary, p: Parameters) -> object:
    """The one who is paid best stays under the cap, in every body."""
    return best_paid_capped(f, p)


@clause(f"{LAW}/I.4")
def not_traded(f: Solidary, p: Parameters) -> object:
    """Its shares are not traded on a market."""
    return not f.listed


@clause(f"{OLD}.I.5", until=BEFORE, sure="secondary")
def statutes_before(f: Solidary, p: Parameters) -> object:
    """The statutes hold the aim and how pay is capped."""
    return NOT_ASKED if f.as_of_right is not None else f.objective_in_statutes and f.pay_policy_in_statutes


@clause(f"{LAW}/I.5", since=SINCE, sure="secondary")
def statutes(f: Solidary, p: Parameters) -> object:
    """The statutes hold the aim."""
    return NOT_ASKED if f.as_of_right is not None else f.objective_in_statutes


@clause("fr:act:code-du-travail/R3332-21-3.III")
def term(f: Approved, p: Parameters) -> object:
    """How many years an approval that is asked for on that day lasts: fewer for a young body."""
    return p.young_term if p.on < later(f.founded_on, years=p.young_below) else p.term


def fills(organisation: Organisation) -> dict[str, Filled]:
    """Which body of the law's list it is, and whether it is marked as of the social and solidarity economy."""
    kind = one_of(organisation, AS_OF_RIGHT)
    if kind is None:
        return {}
    marked = {"ess": Filled(True, "statuses")} if "ess" in granted(organisation) else {}
    return {"as_of_right": Filled(kind, "statuses"), **marked}


RULES = (
    Rule(
        id="fr:rule:esus",
        code="FR-ESUS-01",
        home=Path(__file__).parent,
        facts=Solidary,
        clauses=(
            ess_enterprise,
            social_utility_before,
            social_utility,
            burden_before,
            burden,
            top_five_before,
            top_five,
            best_paid_before,
            best_paid,
            not_traded,
            statutes_before,
            statutes,
        ),
        fills=fills,
        known_from=date(2014, 8, 2),
        status="constitutive",
        term="entreprise solidaire d'utilité sociale (ESUS)",
    ),
    Rule(
        id="fr:rule:esus-term",
        code="FR-ESUS-02",
        home=Path(__file__).parent,
        facts=Approved,
        value=term,
        unit="years",
        verdicts=(),
        known_from=date(2015, 7, 1),
        term="durée de l'agrément ESUS",
    ),
)
