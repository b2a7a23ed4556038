"""Public-benefit organisations (sabiedriskā labuma organizācijas)."""

from datetime import date
from pathlib import Path

from ccsi_kit.models import Organisation
from ccsi_kit.rules import NOT_ASKED, Count, Facts, Filled, Parameters, Rule, clause, fact

LAW = "lv:act:sabiedriska-labuma-organizaciju-likums"
ASSOCIATION = "BDR"
FORMS = (ASSOCIATION, "NOD", "DRZ", "BAZ", "MIS", "KLO", "DIE")
"""Codes of the register: associations, foundations, religious organisations and their institutions."""
STATUS = "lv:status/slo"


class Body(Facts):
    """A body that has, or asks for, the status of public benefit."""

    form: str = fact("Its legal form: the register's code.", example="BDR")
    founders: Count | None = fact(
        "How many founded it; none where the register already has it.", example="2", unit="persons"
    )
    goal_public_benefit: bool = fact("Whether public benefit is the goal in its statutes.", example="true")
    income_noncommercial: bool = fact("Whether income goes to non-commercial public benefit.", example="true")
    supports_party: bool = fact("Whether it supports a party or a campaign.", example="false")
    private_interest: bool = fact("Whether it serves private interests of members or founders.", example="false")
    collection_fee_above_admin: bool = fact(
        "Whether it collects money for others for pay above its administration cost.", example="false"
    )
    status_granted: bool = fact("Whether the register says that the status is in force.", example="true")


@clause(f"{LAW}/1")
def kind(f: Body, p: Parameters) -> object:
    """It is an association, a foundation or a religious organisation."""
    return f.form in FORMS


@clause("lv:act:ur-biedriba")
def founding(f: Body, p: Parameters) -> object:
    """Enough people found an association; one that the register has was founded by enough."""
    return NOT_ASKED if f.form != ASSOCIATION or f.founders is None else f.founders >= p.founders


@clause(f"{LAW}/2")
def goal(f: Body, p: Parameters) -> object:
    """Public benefit is its goal."""
    return f.goal_public_benefit


@clause(f"{LAW}/2")
def income(f: Body, p: Parameters) -> object:
    """Income goes to non-commercial public benefit."""
    return f.income_noncommercial


@clause(f"{LAW}/2")
def no_party(f: Body, p: Parameters) -> object:
    """It supports no party."""
    return not f.supports_party


@clause(f"{LAW}/2")
def no_private_interest(f: Body, p: Parameters) -> object:
    """It serves no private interests of its members, and collects for others at most at cost."""
    return not f.private_interest and not f.collection_fee_above_admin


@clause(LAW, sure="secondary")
def granted(f: Body, p: Parameters) -> object:
    """The register says that the status is in force."""
    return f.status_granted


def fills(organisation: Organisation) -> dict[str, Filled]:
    """Its legal form, and the status where the register shows it."""
    shown = [status for status in organisation.statuses if status.kind == STATUS and status.state != "ended"]
    national = organisation.legal_form.national if organisation.legal_form else None
    if not shown:
        return {}
    form = {"form": Filled(national, "legal_form")} if national else {}
    return {**form, "status_granted": Filled(True, "statuses")}


RULES = (
    Rule(
        id="lv:rule:sabiedriska-labuma-organizacija",
        code="LV-SLO-01",
        home=Path(__file__).parent,
        facts=Body,
        clauses=(kind, founding, goal, income, no_party, no_private_interest, granted),
        fills=fills,
        known_from=date(2004, 10, 1),
        status="constitutive",
        term="sabiedriskā labuma organizācija",
    ),
)
