"""What an organisation number and a code of legal form say about the legal form."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from ccsi_kit.identifiers import PERSON, WRONG, without_persons
from ccsi_kit.rules import NOT_ASKED, Facts, Parameters, Rule, clause, either, fact, known, warned
from ccsi_kit_se.identifiers import ORGNR

CODES = "se:act:organisationsnummer"
BY_CODE = {
    "21": "f20", "31": "f20", "41": ("f31", "f32"), "43": ("f31", "f32"), "49": ("f31", "f32"), "51": "f41",
    "53": "f56", "54": "f41", "55": "f41", "61": "f51", "62": "f56", "63": "f54", "71": "f53", "72": "f53",
    "81": "f61", "82": "f62", "83": "f62", "84": "f62", "87": "f63", "92": "f43", "96": "eeig", "98": "f90",
    "99": "f90",
}  # fmt: skip
"""Legal forms by the two-digit code. 41, 43 and 49 do not say whether a company is private or public; the European
interest grouping, 96, is none of the common forms."""
BY_DIGIT = {
    "1": "f90", "2": ("f61", "f62", "f54"), "3": "f70", "5": ("f31", "f32"), "6": "f20", "7": ("f41", "f56"),
    "8": ("f51", "f53"), "9": "f20",
}  # fmt: skip
"""Common legal forms by the first digit, where there is no code; 1 is the estate of a person who died."""


def _without_persons(number: Any) -> Any:
    return None if number is None else without_persons(number, ORGNR)


class Holder(Facts):
    """The holder of an organisation number."""

    orgnr: Annotated[str, BeforeValidator(_without_persons)] = fact(
        "The number; that of a natural person is not kept.", example="5599990016"
    )
    jurform: str | None = fact("The two-digit code of the legal form.", example="49")


@clause(CODES, sure="secondary")
def legal_person(f: Holder, p: Parameters) -> object:
    """The number is not that of a natural person: its third digit is two or more."""
    if f.orgnr == PERSON:
        return warned(False, "natural-person")
    return NOT_ASKED if f.orgnr == WRONG else True


@clause(CODES, sure="secondary")
def right_number(f: Holder, p: Parameters) -> object:
    """The number has ten digits, and the check digit fits."""
    if f.orgnr == PERSON:
        return NOT_ASKED
    return True if ORGNR.is_valid(known(f.orgnr)) else warned(False, "se-orgnr-wrong")


@clause(CODES, sure="secondary")
def explained(f: Holder, p: Parameters) -> object:
    """The code, or without one the first digit, is one that the sources explain."""
    if f.orgnr in (PERSON, WRONG):
        return NOT_ASKED
    told = next(iter(known(f.orgnr))) in BY_DIGIT if f.jurform is None else known(f.jurform) in BY_CODE
    return True if told else warned(False, "not-in-sources")


@clause(CODES, sure="secondary")
def form(f: Holder, p: Parameters) -> object:
    """The common legal form."""
    found = BY_DIGIT.get(next(iter(known(f.orgnr))), ()) if f.jurform is None else BY_CODE.get(known(f.jurform), ())
    return either(*found) if isinstance(found, tuple) else found


RULES = (
    Rule(
        id="se:rule:organisationsnummer",
        code="SE-ORG-01",
        home=Path(__file__).parent,
        facts=Holder,
        scope=(legal_person, right_number, explained),
        value=form,
        verdicts=(),
        known_from=date(1975, 1, 1),
        term="organisationsnummer",
    ),
)
