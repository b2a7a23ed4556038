"""Two kinds of cooperative: of those who work in it (SCOP), and of collective interest (SCIC)."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Amount, Count, Facts, Parameters, Rule, Share, clause, fact, later

SCOP = "fr:act:loi-78-763"
COOPERATIVES = "fr:act:loi-47-1775"


class Scop(Facts):
    """A company that is, or wants to be, a cooperative of those who work in it."""

    worker_capital_share: Share = fact("Share of the capital that working members hold.", example="0.51", unit="share")
    worker_vote_share: Share = fact("Share of the votes that working members have.", example="0.65", unit="share")
    outside_cooperatives: bool = fact("Whether there are cooperatives among the other members.", example="false")
    seed_year_end: date | None = fact(
        "Last day of the year in which it was turned into a SCOP d'amorçage; none if it was not.", example="2022-12-31"
    )


class Scic(Facts):
    """A company that is, or wants to be, a cooperative of collective interest."""

    base_form: Literal["SA", "SARL", "SAS", "other"] = fact("The form of company under it.", example="SAS")
    collective_interest: bool = fact(
        "Whether it makes goods or services of collective interest that are of social utility.", example="true"
    )
    categories: Count = fact("Kinds of members.", example="3", unit="count")
    has_beneficiaries: bool = fact("Whether beneficiaries are members.", example="true")
    has_workers: bool = fact("Whether employees are members.", example="true")
    has_producers: bool = fact("Whether producers are members.", example="false")
    has_employees: bool = fact("Whether it employs anybody.", example="true")
    reserve_share: Share = fact("Share of the surplus that goes to reserves.", example="0.575", unit="share")
    reserves_total: Amount = fact("All its reserves.", example="4000", unit="eur")
    capital: Amount = fact("Its capital.", example="50000", unit="eur")


@clause(f"{SCOP}/49-ter", sure="secondary", interpretation=True)
def capital(f: Scop, p: Parameters) -> object:
    """Working members hold half of the capital; a company newly turned into a SCOP has years to get there."""
    if f.worker_capital_share >= p.capital_share:
        return True
    return f.seed_year_end is not None and p.on <= later(f.seed_year_end, years=p.seed_years)


@clause(f"{COOPERATIVES}/3-bis")
def votes(f: Scop, p: Parameters) -> object:
    """Working members have most of the votes; less of them is enough where cooperatives are among the others."""
    return f.worker_vote_share >= (p.vote_share_with_cooperatives if f.outside_cooperatives else p.vote_share)


@clause(f"{COOPERATIVES}/19-septies")
def company_form(f: Scic, p: Parameters) -> object:
    """It is an SA, an SARL or an SAS."""
    return f.base_form != "other"


@clause(f"{COOPERATIVES}/19-quinquies", sure="secondary")
def collective_interest(f: Scic, p: Parameters) -> object:
    """It makes goods or services of collective interest that are of social utility."""
    return f.collective_interest


@clause(f"{COOPERATIVES}/19-septies")
def categories(f: Scic, p: Parameters) -> object:
    """There are enough kinds of members."""
    return f.categories >= p.categories


@clause(f"{COOPERATIVES}/19-septies")
def beneficiaries(f: Scic, p: Parameters) -> object:
    """Beneficiaries are members."""
    return f.has_beneficiaries


@clause(f"{COOPERATIVES}/19-septies")
def workers(f: Scic, p: Parameters) -> object:
    """Employees are members; producers stand in for them only where it employs nobody."""
    return f.has_producers if not f.has_employees else f.has_workers


@clause(f"{COOPERATIVES}/19-nonies", sure="secondary")
def reserves(f: Scic, p: Parameters) -> object:
    """Part of the surplus goes to reserves: more of it until they reach the capital."""
    if f.reserves_total >= f.capital:
        return f.reserve_share >= p.reserve_of_rest
    return f.reserve_share >= p.reserve_first + p.reserve_of_rest - p.reserve_first * p.reserve_of_rest


RULES = (
    Rule(
        id="fr:rule:scop",
        code="FR-COOP-01",
        home=Path(__file__).parent,
        facts=Scop,
        clauses=(capital, votes),
        known_from=date(2014, 8, 2),
        status="constitutive",
        term="société coopérative de production (SCOP)",
    ),
    Rule(
        id="fr:rule:scic",
        code="FR-COOP-02",
        home=Path(__file__).parent,
        facts=Scic,
        clauses=(company_form, collective_interest, categories, beneficiaries, workers, reserves),
        known_from=date(2014, 8, 2),
        status="constitutive",
        term="société coopérative d'intérêt collectif (SCIC)",
    ),
)
