"""Enterprises of the social and solidarity economy: by legal form, or by what a company binds itself to."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.models import Organisation
from ccsi_kit.rules import NOT_ASKED, Amount, Facts, Filled, Parameters, Rule, clause, fact, warned
from ccsi_kit_fr.rules.forms import COMPANIES, NATURAL_PERSON, PUBLIC_LAW, SOCIAL_ECONOMY
from ccsi_kit_fr.rules.registers import form

LAW = "fr:act:loi-2014-856"
ORDER = "fr:act:arrete-2015-08-03"


class Enterprise(Facts):
    """A body that is, or wants to be, an enterprise of the social and solidarity economy."""

    cj_code: str = fact("Its legal form: the code in INSEE's list.", example="5710")
    scic: bool = fact("Whether it is an SCIC, which the code does not always show.", example="false")
    statutes_ess: bool = fact(
        "Whether its statutes hold the conditions: purpose, democratic governance, use of profits.", example="true"
    )
    social_utility: bool = fact("Whether it aims at social utility.", example="true")
    profit: Amount = fact("Profit of the year.", example="100000", unit="eur")
    prior_losses: Amount = fact("Losses of earlier years that it sets off.", example="0", unit="eur")
    capital: Amount = fact("Its capital.", example="50000", unit="eur")
    reserves_total: Amount = fact("All its reserves, before this year's profit.", example="4000", unit="eur")
    to_dev_fund: Amount = fact("What goes to the development fund.", example="20000", unit="eur")
    to_reserves_or_carry: Amount = fact(
        "What goes to reserves, the development fund among them, or is carried forward.", example="50000", unit="eur"
    )
    capital_amortisation: bool = fact("Whether it repays its capital to the owners out of profits.", example="false")
    capital_reduction: Literal["not-reduced", "for-losses", "for-continuity", "otherwise"] = fact(
        "Whether it reduces its capital, and why.", example="not-reduced"
    )


def company(f: Enterprise, p: Parameters) -> bool:
    """A commercial company that is no cooperative."""
    return not f.scic and f.cj_code in COMPANIES


@clause(f"{LAW}/1")
def settled_form(f: Enterprise, p: Parameters) -> object:
    """Its legal form is one of which it was read whether the law is about it."""
    settled = (
        f.scic
        or f.cj_code in (*SOCIAL_ECONOMY, *COMPANIES)
        or f.cj_code == NATURAL_PERSON
        or f.cj_code.startswith(PUBLIC_LAW)
    )
    return True if settled else warned(False, "not-in-sources")


@clause(f"{LAW}/1")
def private_law(f: Enterprise, p: Parameters) -> object:
    """It is a legal person of private law."""
    return f.scic or f.cj_code in (*SOCIAL_ECONOMY, *COMPANIES)


@clause(f"{LAW}/1")
def statutes(f: Enterprise, p: Parameters) -> object:
    """A company's statutes hold the conditions of the law."""
    return f.statutes_ess if company(f, p) else NOT_ASKED


@clause(f"{LAW}/2", sure="secondary")
def utility(f: Enterprise, p: Parameters) -> object:
    """A company aims at social utility."""
    return f.social_utility if company(f, p) else NOT_ASKED


@clause(f"{ORDER}/1", interpretation=True)
def development_fund(f: Enterprise, p: Parameters) -> object:
    """A company feeds a development fund out of its profit until its reserves reach a part of the capital."""
    if not company(f, p):
        return NOT_ASKED
    if f.reserves_total >= p.reserves_of_capital * f.capital:
        return True
    return f.to_dev_fund >= p.development_fund * (f.profit - f.prior_losses)


@clause(f"{ORDER}/2", interpretation=True)
def kept_profit(f: Enterprise, p: Parameters) -> object:
    """A company keeps half of the profit, less losses; what goes to the development fund counts."""
    return f.to_reserves_or_carry >= p.kept * (f.profit - f.prior_losses) if company(f, p) else NOT_ASKED


@clause(f"{LAW}/1")
def lasting_capital(f: Enterprise, p: Parameters) -> object:
    """A company does not repay its capital, and reduces it only for losses or to keep going, as a decree allows."""
    if not company(f, p):
        return NOT_ASKED
    return not f.capital_amortisation and f.capital_reduction != "otherwise"


def fills(organisation: Organisation) -> dict[str, Filled]:
    """Its legal form."""
    return form(organisation, "cj_code")


RULES = (
    Rule(
        id="fr:rule:entreprise-ess",
        code="FR-ESS-01",
        home=Path(__file__).parent,
        facts=Enterprise,
        scope=(settled_form,),
        clauses=(private_law, statutes, utility, development_fund, kept_profit, lasting_capital),
        fills=fills,
        known_from=date(2014, 8, 2),
        status="declaratory",
        term="entreprise de l'économie sociale et solidaire",
    ),
)
