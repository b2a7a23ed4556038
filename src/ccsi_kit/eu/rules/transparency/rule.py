"""What must be public: the list of operations, and what beneficiaries show."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Amount, Facts, Parameters, Rule, clause, fact, later, warned

LAW = "eu:act:2021-1060"
FIELDS = ("a", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n")
"""Letters of article 49 that every record has; b is the name of a natural person, c of a fishing vessel."""


class Published(Facts):
    """A list of operations."""

    last_update: date = fact("The day it was last updated.", example="2026-01-10")


class Record(Facts):
    """A record of the list."""

    fields: tuple[str, ...] = fact("The letters of article 49 that it has.", example=["a", "d", "e"])
    beneficiary_is_natural_person: bool = fact("Whether the beneficiary is a natural person.", example="false")


class Named(Facts):
    """A record that may name a natural person."""

    beneficiary_is_natural_person: bool = fact("Whether the beneficiary is a natural person.", example="true")
    name_shown: bool = fact("Whether the name is still shown.", example="true")
    first_published: date = fact("The day it was first published.", example="2024-01-01")


class Operation(Facts):
    """An operation whose beneficiary has to make the support visible."""

    fund: Literal["ESF+", "ERDF", "CF"] = fact("The fund.", example="ESF+")
    total_cost: Amount = fact("Its total cost.", example="120000", unit="eur")
    physical_investment_or_equipment: bool = fact(
        "Whether it is a physical investment or buys equipment.", example="true"
    )
    strategic: bool = fact("Whether it is of strategic importance.", example="false")
    natural_person: bool = fact("Whether the beneficiary is a natural person.", example="false")
    so: str = fact("Letter of its specific objective.", example="h")


class Neglect(Facts):
    """An operation whose beneficiary was asked to make the support visible."""

    duties_met: bool = fact("Whether the beneficiary does what it has to do.", example="false")
    remedied: bool = fact("Whether it has put the omission right.", example="false")


@clause(f"{LAW}/49")
def fresh(f: Published, p: Parameters) -> object:
    """It is updated often enough."""
    return p.on <= later(f.last_update, months=p.list_interval)


@clause(f"{LAW}/49")
def complete(f: Record, p: Parameters) -> object:
    """It has every field; of a natural person the name too."""
    wanted = (*FIELDS, "b") if f.beneficiary_is_natural_person else FIELDS
    lacking = tuple(letter for letter in wanted if letter not in f.fields)
    return warned(False, "eu-missing-fields", fields=lacking) if lacking else True


@clause(f"{LAW}/49")
def erased(f: Named, p: Parameters) -> object:
    """The name of a natural person is taken away after some years."""
    if not f.beneficiary_is_natural_person or not f.name_shown:
        return True
    return p.on < later(f.first_published, years=p.erase_after)


def duties(f: Operation, p: Parameters) -> object:
    """What the beneficiary has to do."""
    over = p.esf_plaque_over if f.fund == "ESF+" else p.erdf_plaque_over
    found = ["website", "statement"]
    if f.physical_investment_or_equipment and f.total_cost > over:
        found.append("plaque")
    elif not (f.fund == "ESF+" and (f.natural_person or f.so == "m")):
        found.append("poster")
    if f.strategic or f.total_cost > p.event_over:
        found.append("event")
    return tuple(found)


def cancelled(f: Neglect, p: Parameters) -> object:
    """The most of the support that can be cancelled."""
    return p.no_sanction if f.duties_met or f.remedied else p.sanction


SINCE = date(2021, 7, 1)
RULES = (
    Rule(
        id="eu:rule:list-of-operations-age",
        code="EU-PUB-01",
        home=Path(__file__).parent,
        facts=Published,
        clauses=(fresh,),
        known_from=SINCE,
        term="list of operations",
        labels={"eligible": "met", "not_eligible": "not-met"},
    ),
    Rule(
        id="eu:rule:list-of-operations-fields",
        code="EU-PUB-02",
        home=Path(__file__).parent,
        facts=Record,
        clauses=(complete,),
        known_from=SINCE,
        term="list of operations",
        labels={"eligible": "met", "not_eligible": "not-met"},
    ),
    Rule(
        id="eu:rule:list-of-operations-erasure",
        code="EU-PUB-03",
        home=Path(__file__).parent,
        facts=Named,
        clauses=(erased,),
        known_from=SINCE,
        term="list of operations",
        labels={"eligible": "met", "not_eligible": "not-met"},
    ),
    Rule(
        id="eu:rule:visibility",
        code="EU-VIS-01",
        home=Path(__file__).parent,
        facts=Operation,
        value=duties,
        verdicts=(),
        known_from=SINCE,
        term="visibility",
    ),
    Rule(
        id="eu:rule:visibility-sanction",
        code="EU-VIS-02",
        home=Path(__file__).parent,
        facts=Neglect,
        value=cancelled,
        unit="share",
        verdicts=(),
        known_from=SINCE,
        term="visibility",
    ),
)
