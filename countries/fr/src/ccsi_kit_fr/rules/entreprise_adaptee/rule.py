"""Adapted enterprises: ordinary work for disabled workers, also as temporary work (EATT)."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.models import Organisation
from ccsi_kit.rules import NOT_ASKED, Facts, Filled, Parameters, Rule, Share, clause, fact, warned
from ccsi_kit_fr.rules.forms import COMMERCIAL
from ccsi_kit_fr.rules.registers import ADAPTED, form, one_of

CODE = "fr:act:code-du-travail"


class Adapted(Facts):
    """A body that is, or wants to be, an adapted enterprise."""

    type: Literal["EA", "EATT"] = fact("The kind of enterprise.", example="EA")
    form_code: str = fact("Its legal form: the code in INSEE's list.", example="5499")
    state_agreement_valid: bool = fact("Whether its agreement with the State is in force that day.", example="true")
    approved_on: date | None = fact("The day it was first approved; none if it has not been yet.", example="2019-03-01")
    disabled_share: Share = fact(
        "Share of disabled workers in its whole workforce, over the year.", example="0.55", unit="share"
    )
    disabled_share_production: Share = fact(
        "Share of disabled workers in its production staff.", example="0.8", unit="share"
    )
    separate_legal_person: bool = fact("Whether it is a legal person of its own, for this alone.", example="true")


class Aided(Facts):
    """An adapted enterprise that asks for aid for its workers."""

    approved_on: date | None = fact("The day it was first approved; none if it has not been yet.", example="2018-03-01")
    disabled_share: Share = fact(
        "Share of disabled workers in its whole workforce, over the year.", example="0.8", unit="share"
    )


def approved_before(f: Adapted | Aided, p: Parameters) -> bool:
    """Approved before the reform."""
    return f.approved_on is not None and f.approved_on < p.reform


@clause(f"{CODE}/D5213-63", since="2019-01-01", until="2022-12-31", sure="secondary")
def no_transition(f: Adapted, p: Parameters) -> object:
    """It was not approved before the reform; the years that such enterprises had to adapt were not read in detail."""
    return warned(False, "not-in-sources") if approved_before(f, p) else True


@clause(f"{CODE}/L5213-13", until="2023-12-31")
def no_experiment(f: Adapted, p: Parameters) -> object:
    """It is none for temporary work, which was an experiment until then, of conditions that were not read."""
    return warned(False, "not-in-sources") if f.type == "EATT" else NOT_ASKED


@clause(f"{CODE}/L5213-13")
def agreement(f: Adapted, p: Parameters) -> object:
    """It has an agreement with the State."""
    return f.state_agreement_valid


@clause(f"{CODE}/L5213-13", until="2018-12-31")
def production_staff(f: Adapted, p: Parameters) -> object:
    """Most of its production staff are disabled workers."""
    return f.disabled_share_production >= p.production_share


@clause(f"{CODE}/D5213-63", since="2019-01-01", sure="secondary")
def whole_workforce(f: Adapted, p: Parameters) -> object:
    """More than half of its whole workforce are disabled workers."""
    return f.disabled_share >= p.workforce_share


def apart(f: Adapted, p: Parameters) -> object:
    """A commercial company sets up a legal person of its own for it."""
    return f.separate_legal_person if f.form_code.startswith(COMMERCIAL) else NOT_ASKED


@clause(f"{CODE}/L5213-13", until="2023-12-31", sure="to-check")
def own_person_before(f: Adapted, p: Parameters) -> object:
    """A commercial company sets up a legal person of its own for it; not read for all these years."""
    return apart(f, p)


@clause(f"{CODE}/L5213-13", since="2024-01-01")
def own_person(f: Adapted, p: Parameters) -> object:
    """A commercial company sets up a legal person of its own for it."""
    return apart(f, p)


@clause(f"{CODE}/D5213-63", sure="secondary")
def approved_earlier(f: Aided, p: Parameters) -> object:
    """It was approved before the reform; only of those was the cap read."""
    return True if approved_before(f, p) else warned(False, "not-in-sources")


@clause("fr:act:decret-2019-39", sure="secondary")
def aided_share(f: Aided, p: Parameters) -> object:
    """The share of the workforce that counts for aid: what there is, up to the cap of the year."""
    return f.disabled_share if f.disabled_share <= p.aided_share else p.aided_share


def fills(organisation: Organisation) -> dict[str, Filled]:
    """Which kind of adapted enterprise a register says it is, and its legal form."""
    kind = one_of(organisation, ADAPTED)
    return {"type": Filled(kind.upper(), "statuses"), **form(organisation, "form_code")} if kind else {}


RULES = (
    Rule(
        id="fr:rule:entreprise-adaptee",
        code="FR-SIAE-02",
        home=Path(__file__).parent,
        facts=Adapted,
        scope=(no_transition, no_experiment),
        clauses=(agreement, production_staff, whole_workforce, own_person_before, own_person),
        fills=fills,
        known_from=date(2018, 1, 1),
        status="constitutive",
        term="entreprise adaptée (EA, EATT)",
    ),
    Rule(
        id="fr:rule:entreprise-adaptee-aided-share",
        code="FR-SIAE-03",
        home=Path(__file__).parent,
        facts=Aided,
        scope=(approved_earlier,),
        value=aided_share,
        unit="share",
        verdicts=(),
        known_from=date(2019, 1, 1),
        term="travailleurs handicapés ouvrant droit à l'aide au poste",
    ),
)
