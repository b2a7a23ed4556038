"""What the letter of a tax number (NIF) says about the legal form of its holder."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from ccsi_kit.rules import Facts, Parameters, Rule, clause, either, fact, known, warned
from ccsi_kit_es.identifiers import NIF

LAW = "es:act:orden-eha-451-2008"
PERSON = "natural-person"
FORMS = {
    "A": "f32", "B": "f31", "C": "f20", "D": "f20", "E": "f20", "F": "f41", "H": "f56", "J": "f20", "N": "f70",
    "P": "f62", "Q": "f63", "R": "f54", "S": "f61", "U": "f90", "V": "f90", "W": "f70",
}  # fmt: skip
"""The common legal form by letter; G is of associations and, in practice, of foundations."""


def _without_persons(number: Any) -> Any:
    """A number without decoration; that of a natural person is not kept, not even as a fact."""
    if not isinstance(number, str) or number == PERSON:
        return number
    compact = NIF.compact(number)
    return PERSON if NIF.is_person(compact) else compact


class Holder(Facts):
    """The holder of a tax number."""

    nif: Annotated[str, BeforeValidator(_without_persons)] = fact(
        "The number; that of a natural person is not kept.", example="F99991978"
    )
    name: str | None = fact("Its name.", example="Fundación Ejemplo")


@clause(f"{LAW}/3")
def legal_person(f: Holder, p: Parameters) -> object:
    """The number is not that of a natural person."""
    return warned(False, PERSON) if f.nif == PERSON else True


@clause(f"{LAW}/2")
def right_number(f: Holder, p: Parameters) -> object:
    """The number is written rightly: letter, digits and check character."""
    if f.nif == PERSON or NIF.is_valid(known(f.nif)):
        return True
    return warned(False, "es-nif-wrong")


def form(f: Holder, p: Parameters) -> object:
    """The common legal form."""
    letter = next(iter(known(f.nif)))
    if letter in FORMS:
        return FORMS[letter]
    if f.name is not None and "fundaci" in f.name.casefold():
        return "f53"
    return either("f51", "f53")


RULES = (
    Rule(
        id="es:rule:nif",
        code="ES-NIF-01",
        home=Path(__file__).parent,
        facts=Holder,
        scope=(legal_person, right_number),
        value=form,
        verdicts=(),
        known_from=date(2008, 7, 1),
        term="número de identificación fiscal (NIF)",
    ),
)
