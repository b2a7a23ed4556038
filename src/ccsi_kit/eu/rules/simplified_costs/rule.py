"""Simplified cost options: flat rates and hourly rates, and when they must be used."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from ccsi_kit.rules import NOT_ASKED, Amount, Facts, Number, Parameters, Rule, clause, fact

LAW = "eu:act:2021-1060"


PartOfFullTime = Annotated[Number, Field(gt=0, le=1)]
Hours = Annotated[Number, Field(gt=0)]


class Budget(Facts):
    """Costs of an operation, and the option that is to be used."""

    option: Literal[
        "indirect-of-direct",
        "indirect-of-staff",
        "indirect-by-method",
        "staff-of-other",
        "remaining-of-staff",
        "hourly",
        "hourly-by-month",
        "draft-budget",
    ] = fact("The option.", example="indirect-of-direct")
    total_cost: Amount = fact("Total cost of the operation.", example="150000", unit="eur")
    direct_costs: Amount = fact("Direct costs.", example="200000", unit="eur")
    direct_staff_costs: Amount = fact("Direct staff costs.", example="120000", unit="eur")
    other_direct_costs: Amount = fact("Direct costs other than those of staff.", example="80000", unit="eur")
    has_calculation_method: bool = fact("Whether a fair method of calculation was made beforehand.", example="false")
    contracts_over_threshold: bool = fact(
        "Whether direct costs hold public contracts above the Union's thresholds.", example="false"
    )
    other_cost_lines: Literal["nothing", "participants", "other"] = fact(
        "What is claimed beside: nothing, only salaries and allowances of participants, or other costs too.",
        example="nothing",
    )
    staff_by_flat_rate: bool = fact("Whether the staff costs were themselves set by a flat rate.", example="false")
    annual_gross: Amount = fact("Yearly gross employment cost.", example="43000", unit="eur")
    working_time: PartOfFullTime = fact("Share of full time.", example="1", unit="share")
    monthly_gross: Amount = fact("Monthly gross employment cost.", example="3600", unit="eur")
    agreed_amount: Amount = fact("Amount of the draft budget that was agreed beforehand.", example="90000", unit="eur")
    monthly_hours: Hours = fact("Average hours of a month.", example="144", unit="hours")


class Small(Facts):
    """An operation of which one asks whether simplified costs are compulsory."""

    total_cost: Amount = fact("Its total cost.", example="150000", unit="eur")
    state_aid: bool = fact("Whether its support is State aid; de minimis aid is none.", example="false")
    research_exempted: bool = fact(
        "Whether it is research that the monitoring committee has exempted.", example="false"
    )


@clause(f"{LAW}/54.c")
def method(f: Budget, p: Parameters) -> object:
    """The higher rate needs a method of calculation."""
    return f.has_calculation_method if f.option == "indirect-by-method" else NOT_ASKED


@clause(f"{LAW}/55.1")
def no_large_contracts(f: Budget, p: Parameters) -> object:
    """Staff at a flat rate of other direct costs is not for large public contracts."""
    return not f.contracts_over_threshold if f.option == "staff-of-other" else NOT_ASKED


@clause(f"{LAW}/53.3.b")
def draft_budget(f: Budget, p: Parameters) -> object:
    """A draft budget is for small operations."""
    return f.total_cost <= p.draft_budget if f.option == "draft-budget" else NOT_ASKED


@clause(f"{LAW}/56.2")
def nothing_beside(f: Budget, p: Parameters) -> object:
    """A flat rate for all remaining costs leaves room for participants' allowances and salaries only."""
    return f.other_cost_lines != "other" if f.option == "remaining-of-staff" else NOT_ASKED


@clause(f"{LAW}/56.3")
def no_rate_on_a_rate(f: Budget, p: Parameters) -> object:
    """It is not applied to staff costs that were set by a flat rate."""
    return not f.staff_by_flat_rate if f.option == "remaining-of-staff" else NOT_ASKED


@clause(f"{LAW}/53.3")
def amount(f: Budget, p: Parameters) -> object:
    """The most that the option gives; of the hourly rate the rate."""
    if f.option == "indirect-of-direct":
        return p.indirect_direct * f.direct_costs
    if f.option == "indirect-of-staff":
        return p.indirect_staff * f.direct_staff_costs
    if f.option == "indirect-by-method":
        return p.indirect_method * f.direct_costs
    if f.option == "staff-of-other":
        return p.staff_of_other * f.other_direct_costs
    if f.option == "remaining-of-staff":
        return p.remaining_of_staff * f.direct_staff_costs
    if f.option == "hourly-by-month":
        return f.monthly_gross / f.monthly_hours
    if f.option == "draft-budget":
        return f.agreed_amount
    return f.annual_gross / (p.hours * f.working_time)


@clause(f"{LAW}/53.2")
def compulsory(f: Small, p: Parameters) -> object:
    """Whether simplified costs must be used."""
    return "compulsory" if f.total_cost <= p.small and not f.state_aid and not f.research_exempted else "free"


SINCE = date(2021, 7, 1)
RULES = (
    Rule(
        id="eu:rule:simplified-costs",
        code="EU-SCO-01",
        home=Path(__file__).parent,
        facts=Budget,
        clauses=(method, no_large_contracts, draft_budget, nothing_beside, no_rate_on_a_rate),
        value=amount,
        unit="eur",
        known_from=SINCE,
        term="simplified cost option",
    ),
    Rule(
        id="eu:rule:simplified-costs-compulsory",
        code="EU-SCO-02",
        home=Path(__file__).parent,
        facts=Small,
        value=compulsory,
        verdicts=(),
        known_from=SINCE,
        term="simplified cost option",
    ),
)
