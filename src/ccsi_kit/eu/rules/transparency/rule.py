"""What must be public: the list of operations, and what beneficiaries show."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from ccsi_kit.rules import Amount, Count, Facts, Parameters, Rule, clause, fact, known, later, warned

LAW = "eu:act:2021-1060"
MID_TERM = "eu:act:2025-1913"
"""It inserts article 12c of the ESF+ Regulation."""
FIELDS = ("d", "e", "f", "g", "h", "i", "j", "k", "l", "n")
"""Letters of article 49(3) that every record has; a is the name of a legal entity, b of a natural person, c of a
fishing vessel, m the place of the beneficiary."""
OF_A_CALL = ("a", "b", "c", "d", "e")
"""Letters of article 49(2)."""


def _letters(said: Any) -> Any:
    """The letters of which a record says something; what it says, a name maybe, is not kept."""
    return tuple(letter for letter, text in said.items() if text) if isinstance(said, Mapping) else said


Letters = Annotated[
    tuple[Annotated[str, StringConstraints(pattern="^[a-n]$")], ...],
    BeforeValidator(_letters),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}}),
]
"""A record by the letters of an article. Only the letters are kept."""


class Published(Facts):
    """A list of operations."""

    last_update: date = fact("The day it was last updated.", example="2026-01-10")


class Record(Facts):
    """A record of the list."""

    record: Letters = fact(
        "What it says by the letters of article 49(3); only the letters are kept.",
        example={"a": "Biedrība Sociālā māja", "d": "Mūzika tiltam", "k": "0.85"},
    )
    beneficiary_is_natural_person: bool = fact("Whether the beneficiary is a natural person.", example="false")
    several_locations: bool = fact("Whether the operation is mobile or covers several places.", example="false")


class Timetable(Facts):
    """The timetable of planned calls."""

    timetable_updates: Count = fact("How often it was updated in a year.", example="3")
    call: Letters = fact(
        "What it says of a call by the letters of article 49(2); only the letters are kept.",
        example={"a": "Latvija", "b": "h", "c": "biedrības", "d": "1000000", "e": "2026-03-01/2026-05-31"},
    )


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
    security_exempted: bool = fact(
        "Whether it is under a priority of article 12c and display is not required for reasons of security.",
        example="false",
    )


class Neglect(Facts):
    """An operation whose beneficiary was asked to make the support visible."""

    duties_met: bool = fact("Whether the beneficiary does what it has to do.", example="false")
    remedied: bool = fact("Whether it has put the omission right.", example="false")


@clause(f"{LAW}/49.3")
def fresh(f: Published, p: Parameters) -> object:
    """It is updated often enough."""
    return p.on <= later(f.last_update, months=p.list_interval)


@clause(f"{LAW}/49.3")
def complete(f: Record, p: Parameters) -> object:
    """It has every field: the name of a legal entity or of a natural person, and the beneficiary's place if needed."""
    wanted = [*FIELDS, "b" if f.beneficiary_is_natural_person else "a"]
    if f.beneficiary_is_natural_person or f.several_locations:
        wanted.append("m")
    lacking = tuple(letter for letter in sorted(wanted) if letter not in known(f.record))
    return warned(False, "eu-missing-fields", fields=lacking) if lacking else True


@clause(f"{LAW}/49.3")
def erased(f: Named, p: Parameters) -> object:
    """The name of a natural person is taken away after some years."""
    if not f.beneficiary_is_natural_person or not f.name_shown:
        return True
    return p.on < later(f.first_published, years=p.erase_after)


@clause(f"{LAW}/49.2")
def often(f: Timetable, p: Parameters) -> object:
    """It is updated some times a year."""
    return f.timetable_updates >= p.calls_per_year


@clause(f"{LAW}/49.2")
def told(f: Timetable, p: Parameters) -> object:
    """It says where, for what, for whom, how much and when."""
    lacking = tuple(letter for letter in OF_A_CALL if letter not in known(f.call))
    return warned(False, "eu-missing-fields", fields=lacking) if lacking else True


@clause(f"{LAW}/50.1")
def duties(f: Operation, p: Parameters) -> object:
    """What the beneficiary has to do."""
    over = p.esf_plaque_over if f.fund == "ESF+" else p.erdf_plaque_over
    found = ["website", "statement"]
    if f.security_exempted and p.on >= p.security_from:
        return tuple(found)
    if f.physical_investment_or_equipment and f.total_cost > over:
        found.append("plaque")
    elif not (f.fund == "ESF+" and (f.natural_person or f.so == "m")):
        found.append("poster")
    if f.strategic or f.total_cost > p.event_over:
        found.append("event")
    return tuple(found)


@clause(f"{LAW}/50.3")
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
        id="eu:rule:call-timetable",
        code="EU-PUB-04",
        home=Path(__file__).parent,
        facts=Timetable,
        clauses=(often, told),
        known_from=SINCE,
        term="timetable of planned calls",
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
