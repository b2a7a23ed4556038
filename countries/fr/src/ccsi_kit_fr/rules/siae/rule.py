"""Structures for insertion through economic activity (SIAE): five kinds, each under an agreement with the State."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.models import Organisation
from ccsi_kit.rules import NOT_ASKED, Facts, Filled, Parameters, Rule, clause, fact, warned
from ccsi_kit_fr.rules.forms import ASSOCIATIONS_1901, LOCAL_LAW
from ccsi_kit_fr.rules.registers import INSERTION, form, granted, one_of

CODE = "fr:act:code-du-travail"
EXPERIMENT = "fr:act:decret-2018-1198"


class Structure(Facts):
    """A body that is, or wants to be, a structure for insertion through economic activity."""

    type: Literal["EI", "ETTI", "AI", "ACI", "EITI"] = fact("The kind of structure.", example="EI")
    form_code: str = fact("Its legal form: the code in INSEE's list.", example="5499")
    state_agreement_valid: bool = fact("Whether its agreement with the State is in force that day.", example="true")
    exclusive_activity: bool = fact("Whether it does nothing else.", example="true")
    aci_body: Literal[
        "non-profit",
        "ccas",
        "commune",
        "epci",
        "syndicat-mixte",
        "departement",
        "chamber-of-agriculture",
        "education",
        "onf",
        "other",
    ] = fact("What kind of body runs the workshop or site.", example="non-profit")
    independent_work: bool = fact("Whether it brings independent workers and clients together.", example="true")
    ess: bool = fact("Whether it is an enterprise of the social and solidarity economy.", example="true")


@clause(f"{CODE}/L5132-7")
def settled_form(f: Structure, p: Parameters) -> object:
    """Its legal form is one of which it was read whether it can be that kind of structure."""
    if f.type != "AI":
        return NOT_ASKED
    return warned(False, "not-in-sources") if f.form_code == LOCAL_LAW else True


@clause(f"{CODE}/L5132-2")
def agreement(f: Structure, p: Parameters) -> object:
    """It has an agreement with the State."""
    return f.state_agreement_valid


@clause(f"{CODE}/L5132-7")
def association(f: Structure, p: Parameters) -> object:
    """An intermediary association is an association under the law of 1901."""
    return f.form_code in ASSOCIATIONS_1901 if f.type == "AI" else NOT_ASKED


@clause(f"{CODE}/R5132-27")
def workshop_body(f: Structure, p: Parameters) -> object:
    """Workshops and sites are run by bodies of the list."""
    return f.aci_body != "other" if f.type == "ACI" else NOT_ASKED


@clause(f"{CODE}/L5132-6")
def nothing_else(f: Structure, p: Parameters) -> object:
    """A temporary-work insertion enterprise does nothing else."""
    return f.exclusive_activity if f.type == "ETTI" else NOT_ASKED


@clause(f"{EXPERIMENT}/1.II")
def independents(f: Structure, p: Parameters) -> object:
    """An enterprise for insertion through independent work brings independent workers and clients together."""
    return f.independent_work if f.type == "EITI" else NOT_ASKED


@clause(f"{EXPERIMENT}/1.III")
def ess_enterprise(f: Structure, p: Parameters) -> object:
    """An enterprise for insertion through independent work is one of the social and solidarity economy."""
    return f.ess if f.type == "EITI" else NOT_ASKED


@clause(f"{EXPERIMENT}/1.I", sure="secondary")
def experiment(f: Structure, p: Parameters) -> object:
    """Insertion through independent work is an experiment with a last day."""
    return p.on <= p.experiment_end if f.type == "EITI" else NOT_ASKED


def fills(organisation: Organisation) -> dict[str, Filled]:
    """Which kind of structure a register says it is, its legal form, and whether it is marked as ESS."""
    kind = one_of(organisation, INSERTION)
    if kind is None:
        return {}
    marked = {"ess": Filled(True, "statuses")} if "ess" in granted(organisation) else {}
    return {"type": Filled(kind.upper(), "statuses"), **form(organisation, "form_code"), **marked}


RULES = (
    Rule(
        id="fr:rule:siae",
        code="FR-SIAE-01",
        home=Path(__file__).parent,
        facts=Structure,
        scope=(settled_form,),
        clauses=(agreement, association, workshop_body, nothing_else, independents, ess_enterprise, experiment),
        fills=fills,
        known_from=date(2025, 1, 1),
        status="constitutive",
        term="structure d'insertion par l'activité économique (SIAE)",
    ),
)
