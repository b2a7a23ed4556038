"""How much de minimis aid an undertaking may still get, and whether aid is in the central register."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from ccsi_kit.models import Model
from ccsi_kit.rules import NOT_ASKED, Amount, Facts, Parameters, Rule, clause, fact, later, warned

GENERAL = "eu:act:2023-2831"
SGEI = "eu:act:2023-2832"
OLD_GENERAL = "eu:act:1407-2013"
OLD_SGEI = "eu:act:360-2012"
Day = date
MemberState = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
"""A Member State by its code of two letters: `LV`."""


class Grant(Model):
    """A grant of de minimis aid."""

    granter_state: MemberState = Field(description="The Member State that granted it.", examples=["LV"])
    date: Day = Field(description="The day it was granted.", examples=["2024-03-01"])
    amount: Amount = Field(
        description="Its gross grant equivalent in euro.", examples=["120000"], json_schema_extra={"unit": "eur"}
    )


class Registered(Facts):
    """A grant of de minimis aid."""

    regime: Literal["general", "sgei"] = fact(
        "General aid, or for services of general economic interest.", example="general"
    )
    granted_on: date = fact("The day it was granted.", example="2026-02-01")
    in_register: bool = fact("Whether it is in the central register of the Member State or the Union.", example="true")


class Undertaking(Facts):
    """A single undertaking that is to get aid of a Member State on the day asked."""

    regime: Literal["general", "sgei"] = fact(
        "General aid, or for services of general economic interest.", example="general"
    )
    member_state: MemberState = fact("The Member State that is to grant the aid, by its code.", example="LV")
    grants: tuple[Grant, ...] = fact(
        "Aid of that kind that it got; what other Member States granted does not count.",
        example=[{"granter_state": "LV", "date": "2024-03-01", "amount": "120000"}],
    )
    new_amount: Amount = fact("The aid that is to be granted.", example="80000", unit="eur")
    single_undertaking_confirmed: bool = fact("Whether it is known which enterprises are one with it.", example="true")
    linked_only_by_public_or_non_profit: bool = fact(
        "Whether other enterprises are linked with it only by the same public body or non-profit entity.",
        example="false",
    )
    road_freight: bool = fact("Whether it carries goods by road for others; asked of the old rules.", example="false")
    fiscal_year_end: date = fact(
        "Last day of its fiscal year in which the aid is granted; asked of the old rules.", example="2023-12-31"
    )
    under_old_rules: bool = fact(
        "Whether aid of the first half of 2024 may rest on the regulation that ran until the end of 2023.",
        example="false",
    )


def here(f: Undertaking, p: Parameters) -> list[Grant]:
    """What the same Member State granted up to the day."""
    return [one for one in f.grants if one.date <= p.on and one.granter_state == f.member_state]


def general_headroom(f: Undertaking, p: Parameters) -> Any:
    """What the cap leaves after the aid of the three years up to the day."""
    return p.general - sum(one.amount for one in here(f, p) if p.on < later(one.date, years=p.general_years))


def sgei_headroom(f: Undertaking, p: Parameters) -> Any:
    """The same for services of general economic interest."""
    return p.sgei - sum(one.amount for one in here(f, p) if p.on < later(one.date, years=p.sgei_years))


def old_general_headroom(f: Undertaking, p: Parameters) -> Any:
    """What the old cap, a lower one for road freight, leaves after the aid of this fiscal year and the two before."""
    before = later(f.fiscal_year_end, years=-p.old_general_years)
    cap = p.old_road_freight if f.road_freight else p.old_general
    return cap - sum(one.amount for one in here(f, p) if before < one.date)


def old_sgei_headroom(f: Undertaking, p: Parameters) -> Any:
    """The same for services of general economic interest."""
    before = later(f.fiscal_year_end, years=-p.old_sgei_years)
    return p.old_sgei - sum(one.amount for one in here(f, p) if before < one.date)


@clause(f"{OLD_GENERAL}/8", until="2013-12-31")
def in_sources(f: Undertaking, p: Parameters) -> object:
    """General aid was read from a later day on than aid for services of general economic interest."""
    return True if f.regime == "sgei" else warned(False, "outside-sources", known=p.general_from)


@clause(f"{SGEI}/2.2")
def one_undertaking(f: Undertaking, p: Parameters) -> object:
    """It is known which enterprises count together; links through a public or non-profit body alone do not count."""
    if f.single_undertaking_confirmed:
        return True
    if f.regime == "sgei" and p.on >= p.reform and f.linked_only_by_public_or_non_profit:
        return True
    return warned(False, "eu-group-open")


@clause(f"{OLD_GENERAL}/3.2", since="2014-01-01", until="2023-12-31")
def old_general(f: Undertaking, p: Parameters) -> object:
    """The aid of three fiscal years stays under the cap."""
    return f.new_amount <= old_general_headroom(f, p) if f.regime == "general" else NOT_ASKED


@clause(f"{OLD_SGEI}/2.2", until="2023-12-31", interpretation=True)
def old_sgei(f: Undertaking, p: Parameters) -> object:
    """The aid of three fiscal years for services of general economic interest stays under their cap."""
    return f.new_amount <= old_sgei_headroom(f, p) if f.regime == "sgei" else NOT_ASKED


@clause(f"{GENERAL}/3.2", since="2024-01-01", until="2024-06-30")
def general_run_off(f: Undertaking, p: Parameters) -> object:
    """The aid stays under the cap, or it may rest on the old rules and stays under theirs."""
    if f.regime != "general":
        return NOT_ASKED
    if f.new_amount <= general_headroom(f, p):
        return True
    return f.under_old_rules and f.new_amount <= old_general_headroom(f, p)


@clause(f"{OLD_SGEI}/4", since="2024-01-01", until="2024-06-30", interpretation=True)
def sgei_run_off(f: Undertaking, p: Parameters) -> object:
    """The same for services of general economic interest."""
    if f.regime != "sgei":
        return NOT_ASKED
    if f.new_amount <= sgei_headroom(f, p):
        return True
    return f.under_old_rules and f.new_amount <= old_sgei_headroom(f, p)


@clause(f"{GENERAL}/3.2", since="2024-07-01")
def general(f: Undertaking, p: Parameters) -> object:
    """The aid of three years stays under the cap."""
    return f.new_amount <= general_headroom(f, p) if f.regime == "general" else NOT_ASKED


@clause(f"{SGEI}/3.2", since="2024-07-01")
def sgei(f: Undertaking, p: Parameters) -> object:
    """The aid of three years for services of general economic interest stays under their cap."""
    return f.new_amount <= sgei_headroom(f, p) if f.regime == "sgei" else NOT_ASKED


@clause(f"{GENERAL}/3.2")
def headroom(f: Undertaking, p: Parameters) -> object:
    """What may still be granted afterwards; under the old rules only where the new ones leave too little."""
    if p.on >= p.reform:
        left = sgei_headroom(f, p) if f.regime == "sgei" else general_headroom(f, p)
        if f.new_amount <= left or p.on > p.run_off_end or not f.under_old_rules:
            return left - f.new_amount
    left = old_sgei_headroom(f, p) if f.regime == "sgei" else old_general_headroom(f, p)
    return left - f.new_amount


@clause(f"{GENERAL}/6", since="2026-01-01", sure="secondary")
def general_registered(f: Registered, p: Parameters) -> object:
    """General aid since the register began is in it."""
    return f.in_register if f.regime == "general" and f.granted_on >= p.register_from else NOT_ASKED


@clause(f"{SGEI}/6.1", since="2026-01-01")
def sgei_registered(f: Registered, p: Parameters) -> object:
    """Aid for services of general economic interest since the register began is in it."""
    return f.in_register if f.regime == "sgei" and f.granted_on >= p.register_from else NOT_ASKED


RULES = (
    Rule(
        id="eu:rule:de-minimis",
        code="EU-DM-01",
        home=Path(__file__).parent,
        facts=Undertaking,
        scope=(in_sources, one_undertaking),
        clauses=(old_general, old_sgei, general_run_off, sgei_run_off, general, sgei),
        value=headroom,
        unit="eur",
        known_from=date(2012, 4, 29),
        until=date(2031, 6, 30),
        term="de minimis aid",
    ),
    Rule(
        id="eu:rule:de-minimis-register",
        code="EU-DM-02",
        home=Path(__file__).parent,
        facts=Registered,
        clauses=(general_registered, sgei_registered),
        known_from=date(2024, 1, 1),
        term="de minimis register",
        labels={"eligible": "met", "not_eligible": "not-met"},
    ),
)
