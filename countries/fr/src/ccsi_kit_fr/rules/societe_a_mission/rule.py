"""Companies with a mission (sociétés à mission): what they put into their statutes, and who watches over it."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.models import Organisation
from ccsi_kit.rules import NOT_ASKED, Count, Facts, Filled, Parameters, Rule, clause, fact
from ccsi_kit_fr.rules.registers import granted

LAW = "fr:act:code-de-commerce/L210-10"


class Mission(Facts):
    """A company that is, or wants to be, a company with a mission."""

    raison_detre: bool = fact("Whether its statutes say what it is for.", example="true")
    objectives: bool = fact("Whether its statutes hold social and environmental objectives.", example="true")
    committee_or_referent: Literal["committee", "referent"] | None = fact(
        "Who follows the mission up, if anybody.", example="committee"
    )
    committee_has_employee: bool = fact("Whether an employee sits on the committee.", example="true")
    staff: Count = fact("How many people it employs.", example="120", unit="persons")
    oti_check: bool = fact("Whether an independent third party checks it.", example="true")
    declared: bool = fact("Whether it is declared to the register.", example="true")


@clause(f"{LAW}.1")
def purpose(f: Mission, p: Parameters) -> object:
    """Its statutes say what it is for."""
    return f.raison_detre


@clause(f"{LAW}.2")
def aims(f: Mission, p: Parameters) -> object:
    """Its statutes hold social and environmental objectives."""
    return f.objectives


@clause(f"{LAW}.3")
def follow_up(f: Mission, p: Parameters) -> object:
    """Somebody follows the mission up: a committee, or one person in a small company."""
    if f.committee_or_referent is None:
        return False
    return f.committee_or_referent == "committee" or f.staff < p.referent_below


@clause(f"{LAW}.3")
def employee(f: Mission, p: Parameters) -> object:
    """An employee sits on the committee."""
    return f.committee_has_employee if f.committee_or_referent == "committee" else NOT_ASKED


@clause(f"{LAW}.4")
def third_party(f: Mission, p: Parameters) -> object:
    """An independent third party checks it."""
    return f.oti_check


@clause(f"{LAW}.5")
def declaration(f: Mission, p: Parameters) -> object:
    """It is declared to the register."""
    return f.declared


def fills(organisation: Organisation) -> dict[str, Filled]:
    """That a register shows it as one."""
    return {"declared": Filled(True, "statuses")} if "societe-mission" in granted(organisation) else {}


RULES = (
    Rule(
        id="fr:rule:societe-a-mission",
        code="FR-MIS-01",
        home=Path(__file__).parent,
        facts=Mission,
        clauses=(purpose, aims, follow_up, employee, third_party, declaration),
        fills=fills,
        known_from=date(2025, 1, 1),
        status="declaratory",
        term="société à mission",
    ),
)
