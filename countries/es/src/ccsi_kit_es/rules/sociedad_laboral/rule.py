"""Worker-owned companies (sociedades laborales)."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Amount, Count, Facts, Parameters, Rule, Share, clause, fact, warned

LAW = "es:act:ley-44-2015"


class Company(Facts):
    """A company that is, or wants to be, a worker-owned company."""

    worker_capital_share: Share = fact(
        "Share of the capital of workers on open-ended contracts.", example="0.6", unit="share"
    )
    max_partner_share: Share = fact("Share of the partner who holds most.", example="0.3", unit="share")
    max_partner_kind: Literal["worker", "public", "nonprofit", "se", "other"] = fact(
        "Who that partner is: a worker, a public, non-profit or social-economy body, or another.", example="worker"
    )
    two_worker_start: bool = fact("Whether it began with two workers with equal shares.", example="false")
    months_since_start: Count = fact("Months since it began.", example="48", unit="months")
    nonmember_indef_hours: Amount = fact(
        "Yearly hours of workers on open-ended contracts who are no partners; those disabled by 33 % or more left out.",
        example="4900",
        unit="hours",
    )
    member_hours: Amount = fact("Yearly hours of the partners who work.", example="10000", unit="hours")
    registered: bool = fact("Whether it is registered as such.", example="true")


@clause(f"{LAW}/1")
def majority(f: Company, p: Parameters) -> object:
    """Workers on open-ended contracts own most of the capital."""
    return True if f.worker_capital_share > p.majority_over else warned(False, "es-cure", months=p.cure_capital)


@clause(f"{LAW}/1")
def partner(f: Company, p: Parameters) -> object:
    """No partner holds more than a third, but for two who begin, and for public or social bodies."""
    if f.max_partner_share <= p.partner_max:
        return True
    if f.max_partner_kind in ("public", "nonprofit", "se") and f.max_partner_share < p.body_under:
        return True
    if f.two_worker_start and f.max_partner_share <= p.start_share and f.months_since_start <= p.start_months:
        return True
    return warned(False, "es-cure", months=p.cure_capital)


@clause(f"{LAW}/1")
def hours(f: Company, p: Parameters) -> object:
    """Workers who are no partners work little beside those who are."""
    if f.nonmember_indef_hours <= p.hours_max * f.member_hours:
        return True
    return warned(
        False, "es-cure-hours",
        months=p.cure_hours, more=p.cure_extension, times=p.cure_extensions, taken_over=p.cure_taken_over,
    )  # fmt: skip


@clause(LAW, sure="to-check")
def registration(f: Company, p: Parameters) -> object:
    """It is registered."""
    return f.registered


RULES = (
    Rule(
        id="es:rule:sociedad-laboral",
        code="ES-SL-01",
        home=Path(__file__).parent,
        facts=Company,
        clauses=(majority, partner, hours, registration),
        known_from=date(2015, 11, 14),
        status="constitutive",
        term="sociedad laboral",
    ),
)
