"""Clubs of a country that is nowhere."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.models import Organisation
from ccsi_kit.rules import Count, Facts, Filled, Parameters, Rule, clause, fact


class Club(Facts):
    """A club."""

    form: Literal["ASS", "FOU"] = fact("Its legal form.", example="ASS")
    members: Count = fact("How many members it has.", example="7", unit="persons")


@clause("zz:act:club-act/1")
def form(f: Club, p: Parameters) -> object:
    """It is an association."""
    return f.form == "ASS"


@clause("zz:act:club-act/1")
def members(f: Club, p: Parameters) -> object:
    """It has enough members."""
    return f.members >= p.members


def fills(organisation: Organisation) -> dict[str, Filled]:
    """Its legal form."""
    national = organisation.legal_form.national if organisation.legal_form else None
    return {"form": Filled(national, "legal_form")} if national in ("ASS", "FOU") else {}


RULES = (
    Rule(
        id="zz:rule:club",
        code="ZZ-1",
        home=Path(__file__).parent,
        facts=Club,
        clauses=(form, members),
        fills=fills,
        known_from=date(2000, 1, 1),
    ),
)
