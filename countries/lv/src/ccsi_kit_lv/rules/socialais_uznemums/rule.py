"""Social enterprises: the status, and the indicators by which it is watched."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.models import Organisation
from ccsi_kit.rules import (
    NOT_ASKED,
    Amount,
    Count,
    Facts,
    Filled,
    Parameters,
    Rule,
    Share,
    clause,
    fact,
    later,
    warned,
)

LAW = "lv:act:sociala-uznemuma-likums"
RULES_173 = "lv:act:mk-173-2018"
COMPANY = "SIA"


class Applicant(Facts):
    """A body that asks for the status of a social enterprise."""

    form: str = fact("Its legal form: the register's code.", example="SIA")
    tax_debt_eur: Amount = fact("Its tax debt.", example="0", unit="eur")
    insolvency: bool = fact("Whether it is insolvent, being wound up or suspended.", example="false")
    sanctions: bool = fact("Whether a sanction that the law lists was imposed on it.", example="false")
    serious_breach: bool = fact("Whether it seriously broke the law in the last year.", example="false")
    goals_fit: bool = fact("Whether the goals in its statutes and its activity fit the law.", example="true")
    vote_share: Share = fact("Share of the represented votes for the decision.", example="2/3", unit="share")
    profit_distribution: bool = fact("Whether it shares out profit.", example="false")
    paid_employees: Count = fact("How many it employs for pay.", example="1", unit="persons")
    representative_involved: bool = fact(
        "Whether its bodies involve the target group, an association for it, or an expert.",
        example="true",
    )
    last_withdrawal: date | None = fact("The day the status was last withdrawn, if it was.", example="2026-01-15")


class Enterprise(Facts):
    """A social enterprise whose year is looked at."""

    purpose: Literal["employment", "quality-of-life", "society"] = fact(
        "What it is for: work for a target group, the group's life, or society as a whole.", example="employment"
    )
    employees: Count = fact("How many it employs.", example="8", unit="persons")
    target_employees: Count = fact(
        "How many of them are, or were when employed, of the target group; each counts in one enterprise only.",
        example="4",
        unit="persons",
    )
    job_new_or_vacant_4m: bool = fact(
        "Whether their jobs are new, or nobody outside the group held them in the four months before.", example="true"
    )
    least_workload_disabled: Share | None = fact(
        "Least share of full time among workers of target groups 2.1, 2.2, 2.12 and 2.13, if it has any.",
        example="0.1",
        unit="share",
    )
    least_workload_other: Share | None = fact(
        "Least share of full time among workers of the other target groups, if it has any.",
        example="0.25",
        unit="share",
    )
    months_since_status: Count = fact(
        "Which calendar month after that of the status it is: the next one is the first.", example="12", unit="months"
    )
    share_to_group: Share = fact("Share of its services or goods that goes to the group.", example="0.3", unit="share")
    indicators_set: Count = fact("Indicators with a target value that it has set.", example="1", unit="count")
    tasks_set: Count = fact("Tasks that it has set for the year.", example="2", unit="count")
    tasks_done: Count = fact("Tasks that it has done.", example="1", unit="count")


@clause(f"{LAW}/5")
def company(f: Applicant, p: Parameters) -> object:
    """It is a limited company (SIA)."""
    return f.form == COMPANY


@clause(f"{LAW}/5")
def taxes(f: Applicant, p: Parameters) -> object:
    """Its tax debt is small."""
    return f.tax_debt_eur <= p.tax_debt


@clause(f"{LAW}/5")
def solvent(f: Applicant, p: Parameters) -> object:
    """It is not insolvent, wound up or suspended."""
    return not f.insolvency


@clause(f"{LAW}/5")
def no_sanctions(f: Applicant, p: Parameters) -> object:
    """No listed sanction, and no serious breach in the last year."""
    return not f.sanctions and not f.serious_breach


@clause(f"{LAW}/5")
def goals(f: Applicant, p: Parameters) -> object:
    """Its goals and its activity fit the law."""
    return f.goals_fit


@clause(f"{LAW}/5")
def decision(f: Applicant, p: Parameters) -> object:
    """The members decided it by a large majority."""
    return f.vote_share >= p.vote_share


@clause(f"{LAW}/5")
def profit(f: Applicant, p: Parameters) -> object:
    """Profit is not shared out but goes to the goals."""
    return not f.profit_distribution


@clause(f"{LAW}/5")
def staff(f: Applicant, p: Parameters) -> object:
    """It employs paid staff."""
    return f.paid_employees >= p.employees_min


@clause(f"{LAW}/5")
def involvement(f: Applicant, p: Parameters) -> object:
    """Its bodies involve the target group or an expert."""
    return f.representative_involved


@clause(f"{LAW}/13")
def reapplication(f: Applicant, p: Parameters) -> object:
    """Some months have passed since the status was withdrawn."""
    if f.last_withdrawal is None:
        return True
    return p.on >= later(f.last_withdrawal, months=p.reapply_months)


@clause(f"{RULES_173}/22.1")
def old_enough(f: Enterprise, p: Parameters) -> object:
    """Work for a target group is counted from the sixth month on."""
    if f.purpose != "employment" or f.months_since_status >= p.first_month:
        return True
    return warned(False, "lv-too-early", month=p.first_month)


@clause(f"{RULES_173}/22.1.1", interpretation=True)
def target_group(f: Enterprise, p: Parameters) -> object:
    """Enough of those who work there are of the target group; larger ones need a lesser share, but a least number."""
    if f.purpose != "employment":
        return NOT_ASKED
    if f.employees < p.large_from:
        return f.target_employees >= p.target_small * f.employees
    return f.target_employees >= p.target_large * f.employees and f.target_employees >= p.target_min


@clause(f"{RULES_173}/22.1.2")
def jobs(f: Enterprise, p: Parameters) -> object:
    """Their jobs are new, or nobody outside the group held them in the months before."""
    if f.purpose != "employment":
        return NOT_ASKED
    return True if f.job_new_or_vacant_4m else warned(False, "lv-vacant", months=p.vacant_months)


@clause(f"{RULES_173}/22.1.3", since="2022-07-01")
def workload(f: Enterprise, p: Parameters) -> object:
    """Each has the least workload that counts, which is lower in some groups; a group without workers is not asked."""
    if f.purpose != "employment":
        return NOT_ASKED
    disabled = f.least_workload_disabled is None or f.least_workload_disabled >= p.workload_disability
    return disabled and (f.least_workload_other is None or f.least_workload_other >= p.workload_other)


@clause(f"{RULES_173}/22.2")
def services(f: Enterprise, p: Parameters) -> object:
    """A part of services or goods goes to the group."""
    return f.share_to_group >= p.group_service_share if f.purpose == "quality-of-life" else NOT_ASKED


@clause(f"{RULES_173}/3.7.3")
def indicators(f: Enterprise, p: Parameters) -> object:
    """An enterprise for society as a whole has set an indicator with its target value."""
    return f.indicators_set >= p.indicators_min if f.purpose == "society" else NOT_ASKED


@clause(f"{RULES_173}/22.3")
def tasks(f: Enterprise, p: Parameters) -> object:
    """It has set tasks, and done half of them."""
    return f.tasks_set >= p.tasks_min and f.tasks_done >= p.tasks_done * f.tasks_set


def fills(organisation: Organisation) -> dict[str, Filled]:
    """Its legal form, where that lets it have the status: nobody wants to read of each association that it cannot."""
    national = organisation.legal_form.national if organisation.legal_form else None
    return {"form": Filled(national, "legal_form")} if national == COMPANY else {}


RULES = (
    Rule(
        id="lv:rule:sociala-uznemuma-statuss",
        code="LV-SU-01",
        home=Path(__file__).parent,
        facts=Applicant,
        clauses=(
            company,
            taxes,
            solvent,
            no_sanctions,
            goals,
            decision,
            profit,
            staff,
            involvement,
            reapplication,
        ),
        fills=fills,
        known_from=date(2018, 4, 1),
        status="constitutive",
        term="sociālā uzņēmuma statuss",
    ),
    Rule(
        id="lv:rule:sociala-uznemuma-raditaji",
        code="LV-SU-02",
        home=Path(__file__).parent,
        facts=Enterprise,
        scope=(old_enough,),
        clauses=(target_group, jobs, workload, services, indicators, tasks),
        known_from=date(2018, 4, 1),
        term="sociālā uzņēmuma rādītāji",
        labels={"eligible": "met", "not_eligible": "not-met"},
    ),
)
