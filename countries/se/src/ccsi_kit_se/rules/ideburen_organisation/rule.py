"""Registered non-profit organisations (registrerade idéburna organisationer), and what the register costs."""

from datetime import date
from pathlib import Path

from ccsi_kit.rules import NOT_ASKED, Facts, Parameters, Rule, clause, fact

LAW = "se:act:lag-2022-900"


class Organisation(Facts):
    """An organisation that asks to be registered."""

    legal_person: bool = fact("Whether it is a legal person; a sole trader is not.", example="true")
    exclusive_public_benefit: bool = fact("Whether its statutes have only ends of public benefit.", example="true")
    welfare_activity: bool = fact("Whether it runs, or means to run, publicly funded welfare.", example="true")
    public_control: bool = fact("Whether State, region or municipality legally controls it.", example="false")
    dissolution_clause: bool = fact("Whether its statutes keep what is left over for such ends.", example="true")
    is_foundation: bool = fact("Whether it is a foundation.", example="false")


class Fee(Facts):
    """Nothing is asked: the fee is the same for all."""


@clause(f"{LAW}/1-4")
def person(f: Organisation, p: Parameters) -> object:
    """It is a legal person."""
    return f.legal_person


@clause(f"{LAW}/1-4")
def ends(f: Organisation, p: Parameters) -> object:
    """Its ends are of public benefit only."""
    return f.exclusive_public_benefit


@clause(f"{LAW}/1-4")
def welfare(f: Organisation, p: Parameters) -> object:
    """It runs or means to run publicly funded welfare."""
    return f.welfare_activity


@clause(f"{LAW}/1-4")
def no_public_control(f: Organisation, p: Parameters) -> object:
    """No public body controls it."""
    return not f.public_control


@clause(f"{LAW}/3")
def dissolution(f: Organisation, p: Parameters) -> object:
    """What is left over stays with such ends; not asked of foundations."""
    return NOT_ASKED if f.is_foundation else f.dissolution_clause


@clause("se:act:kammarkollegiet-ideburna")
def fees(f: Fee, p: Parameters) -> object:
    """What it costs to be registered, and each year after."""
    return {"registration": p.fee, "yearly": p.annual_fee}


RULES = (
    Rule(
        id="se:rule:ideburen-organisation",
        code="SE-IDB-01",
        home=Path(__file__).parent,
        facts=Organisation,
        clauses=(person, ends, welfare, no_public_control, dissolution),
        known_from=date(2006, 1, 1),
        since=date(2023, 1, 1),
        status="constitutive",
        term="registrerad idéburen organisation",
    ),
    Rule(
        id="se:rule:ideburen-organisation-avgifter",
        code="SE-IDB-02",
        home=Path(__file__).parent,
        facts=Fee,
        value=fees,
        unit="sek",
        verdicts=(),
        known_from=date(2022, 1, 1),
        term="avgifter för registrering och tillsyn",
    ),
)
