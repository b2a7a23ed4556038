"""What the letter of a tax number (NIF) says about the legal form of its holder."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from ccsi_kit.identifiers import PERSON, WRONG, without_persons
from ccsi_kit.rules import NOT_ASKED, Facts, Parameters, Rule, clause, either, fact, known, warned
from ccsi_kit_es.identifiers import NIF

LAW = "es:act:orden-eha-451-2008"
SHARED = "E"
"""Letter of people who hold property together; it tells the form, and the number is as personal as theirs."""
FORMS = {
    "A": "f32", "B": "f31", "C": "f20", "D": "f20", "E": "f20", "F": "f41", "H": "f56", "J": "f20", "N": "f70",
    "P": "f62", "Q": "f63", "R": "f54", "S": "f61", "U": "f90", "V": "f90", "W": "f70",
}  # fmt: skip
"""The common legal form by letter; G is of associations and, in practice, of foundations."""


def _without_persons(number: Any) -> Any:
    if number is None or number == SHARED:
        return number
    return SHARED if _held_together(NIF.compact(str(number))) else without_persons(number, NIF)


def _held_together(compact: str) -> bool:
    shape = compact.startswith(SHARED) and NIF.has_shape(compact.replace(SHARED, "A", 1))
    return bool(shape and NIF.check and NIF.check.valid(compact))


class Holder(Facts):
    """The holder of a tax number."""

    nif: Annotated[str, BeforeValidator(_without_persons)] = fact(
        "The number; that of a natural person is not kept.", example="F99991978"
    )
    name: str | None = fact("Its name.", example="Fundación Ejemplo")


@clause("es:act:rd-1065-2007/19.2-20.2")
def legal_person(f: Holder, p: Parameters) -> object:
    """The number is not that of a natural person."""
    if f.nif == PERSON:
        return warned(False, "natural-person")
    return NOT_ASKED if f.nif == WRONG else True


@clause(LAW, sure="secondary")
def right_number(f: Holder, p: Parameters) -> object:
    """The number is written rightly: letter, digits and check character."""
    if f.nif == PERSON:
        return NOT_ASKED
    return True if f.nif == SHARED or NIF.is_valid(known(f.nif)) else warned(False, "es-nif-wrong")


@clause(f"{LAW}/3", sure="to-check", interpretation=True)
def foundations_too(f: Holder, p: Parameters) -> object:
    """G is of associations by the text, and of foundations in practice; only the name tells them apart."""
    return warned(True, "es-nif-foundations") if known(f.nif).startswith("G") else NOT_ASKED


@clause(LAW)
def not_old(f: Holder, p: Parameters) -> object:
    """G and Q tell less on a number from before July 2008, when they had other kinds of holders too."""
    return warned(True, "es-nif-old") if known(f.nif).startswith(("G", "Q")) else NOT_ASKED


@clause(f"{LAW}/3-5")
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
        scope=(legal_person, right_number, foundations_too, not_old),
        value=form,
        verdicts=(),
        known_from=date(2008, 7, 1),
        term="número de identificación fiscal (NIF)",
    ),
)
