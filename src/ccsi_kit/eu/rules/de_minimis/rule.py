"""How much de minimis aid an undertaking may still get."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from ccsi_kit.models import Model
from ccsi_kit.rules import Amount, Facts, Parameters, Rule, clause, fact, later, warned

GENERAL = "eu:act:2023-2831"


class Grant(Model):
    """A grant of de minimis aid in the same Member State."""

    day: date = Field(description="The day it was granted.", examples=["2024-03-01"])
    amount: Amount = Field(description="Its gross grant equivalent in euro.", examples=["120000"])

    def __str__(self) -> str:
        return f"{self.day}: {self.amount}"


class Undertaking(Facts):
    """A single undertaking that is to get aid in one Member State."""

    regime: Literal["general", "sgei"] = fact(
        "General aid, or for services of general economic interest.", example="general"
    )
    grants: tuple[Grant, ...] = fact(
        "Aid that it got in the same Member State.", example=[{"day": "2024-03-01", "amount": "120000"}]
    )
    new_amount: Amount = fact("The aid that is to be granted.", example="80000", unit="eur")
    single_undertaking_confirmed: bool = fact(
        "Whether it is known which enterprises are one with it; under the rules for services of general economic "
        "interest those linked only by the same public or non-profit body are not.",
        example="true",
    )
    road_freight: bool = fact("Whether it carries goods by road for others.", example="false")
    fiscal_window_start: date = fact(
        "First day of the fiscal year two years before the current one; asked of days before 2024.",
        example="2021-01-01",
    )


def cap(f: Undertaking, p: Parameters) -> Any:
    """The most that may be granted in the window."""
    if f.regime == "sgei":
        return p.sgei
    return p.road_freight if p.on < p.reform and f.road_freight else p.general


def used(f: Undertaking, p: Parameters) -> Any:
    """What was granted in the window: three years back, before 2024 the current fiscal year and the two before."""
    if p.on >= p.reform:
        counted = [one for one in f.grants if one.day <= p.on < later(one.day, years=p.window_years)]
    else:
        counted = [one for one in f.grants if f.fiscal_window_start <= one.day <= p.on]
    return sum((one.amount for one in counted), start=p.nothing)


@clause(f"{GENERAL}/2.2")
def one_undertaking(f: Undertaking, p: Parameters) -> object:
    """It is known which enterprises count together."""
    return True if f.single_undertaking_confirmed else warned(False, "eu-group-open")


@clause(f"{GENERAL}/3.2")
def within(f: Undertaking, p: Parameters) -> object:
    """What was granted and what is to be granted stay under the cap."""
    return used(f, p) + f.new_amount <= cap(f, p)


def headroom(f: Undertaking, p: Parameters) -> object:
    """What may still be granted afterwards."""
    return cap(f, p) - used(f, p) - f.new_amount


RULES = (
    Rule(
        id="eu:rule:de-minimis",
        code="EU-DM-01",
        home=Path(__file__).parent,
        facts=Undertaking,
        scope=(one_undertaking,),
        clauses=(within,),
        value=headroom,
        unit="eur",
        known_from=date(2014, 1, 1),
        until=date(2030, 12, 31),
        term="de minimis aid",
    ),
)
