"""What an organisation number and a code of legal form say about the legal form."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from ccsi_kit.rules import Facts, Parameters, Rule, clause, either, fact, known, warned
from ccsi_kit_se.identifiers import ORGNR

CODES = "se:act:organisationsnummer"
PERSON = "natural-person"
BY_CODE = {
    "21": "f20", "31": "f20", "41": "f32", "43": "f32", "49": ("f31", "f32"), "51": "f41", "53": "f56", "54": "f41",
    "55": "f41", "61": "f51", "62": "f56", "63": "f54", "71": "f53", "72": "f53", "81": "f61", "82": "f62", "83": "f62",
    "84": "f62", "87": "f63", "92": "f43", "95": "f90", "96": "f90", "98": "f90", "99": "f90",
}  # fmt: skip
"""Common legal forms by the two-digit code; 49 is private or public, 96 the European interest grouping."""
BY_DIGIT = {
    "2": ("f61", "f62", "f54"), "3": "f70", "5": ("f31", "f32"), "6": "f20", "7": ("f41", "f56"), "8": ("f51", "f53"),
    "9": "f20",
}  # fmt: skip
"""Common legal forms by the first digit, where there is no code."""


def _without_persons(number: Any) -> Any:
    """A number without decoration; that of a natural person is not kept, not even as a fact."""
    if not isinstance(number, str) or number == PERSON:
        return number
    compact = ORGNR.compact(number)
    return PERSON if ORGNR.is_person(compact) else compact


class Holder(Facts):
    """The holder of an organisation number."""

    orgnr: Annotated[str, BeforeValidator(_without_persons)] = fact(
        "The number; that of a natural person is not kept.", example="5599990016"
    )
    jurform: str | None = fact("The two-digit code of the legal form.", example="49")


@clause(CODES, sure="secondary")
def legal_person(f: Holder, p: Parameters) -> object:
    """The number is not that of a natural person: its third digit is two or more."""
    return warned(False, "se-natural-person") if f.orgnr == PERSON else True


@clause(CODES, sure="secondary")
def right_number(f: Holder, p: Parameters) -> object:
    """The number has ten digits, and the check digit fits."""
    if f.orgnr == PERSON or ORGNR.is_valid(known(f.orgnr)):
        return True
    return warned(False, "se-orgnr-wrong")


def form(f: Holder, p: Parameters) -> object:
    """The common legal form."""
    digit = next(iter(known(f.orgnr)))
    told = BY_CODE.get(known(f.jurform)) if f.jurform is not None else None
    found = told or BY_DIGIT.get(digit, "f90")
    return either(*found) if isinstance(found, tuple) else found


RULES = (
    Rule(
        id="se:rule:organisationsnummer",
        code="SE-ORG-01",
        home=Path(__file__).parent,
        facts=Holder,
        scope=(legal_person, right_number),
        value=form,
        verdicts=(),
        known_from=date(1975, 1, 1),
        term="organisationsnummer",
    ),
)
