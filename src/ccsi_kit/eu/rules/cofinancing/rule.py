"""How much of a priority the Union may pay, and how much money may go at the raised rate."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from ccsi_kit.eu.rules.cofinancing.regions import regions
from ccsi_kit.rules import Amount, Facts, Parameters, Rule, Share, clause, fact, known, warned

CPR = "eu:act:2021-1060"
ESF = "eu:act:2021-1057"
BORDER = "LV"


class Priority(Facts):
    """A priority of a programme, and the region whose money it spends."""

    nuts2: str = fact("NUTS-2 code of the region.", example="SE22")
    allocated_category: Literal["L", "T", "M"] | None = fact(
        "Category of region whose money it is, where that is not the region's own.", example="M"
    )
    priority_type: Literal[
        "general",
        "art14_social_innovation",
        "art10_most_deprived",
        "step",
        "clld",
        "third_country_nationals",
        "natural_disasters",
        "art12c",
        "art12d",
    ] = fact("The kind of priority.", example="art14_social_innovation")
    border_uplift_approved: bool = fact(
        "Whether the amendment with the uplift for regions at the eastern border was approved.", example="false"
    )


class Rated(Priority):
    """The same, with the rate that was approved."""

    approved_rate: Share = fact("The approved rate.", example="0.95", unit="share")


class Raised(Facts):
    """A country's money at the raised rate for social innovation."""

    has_dedicated_priority: bool = fact("Whether a priority is dedicated to social innovation.", example="true")
    amount_at_raised_rate: Amount = fact("ESF+ money at the raised rate.", example="564784849", unit="eur")
    national_esf_plus: Amount = fact(
        "The country's ESF+ money under shared management.", example="11295696991", unit="eur"
    )


def by_region(f: Priority, p: Parameters) -> Any:
    """The ceiling of a general priority; the lowest where the region is not known, which the scope refuses."""
    region = regions().get(known(f.nuts2))
    if region is None:
        return p.more_developed
    category = f.allocated_category or region.category
    if category == "L" or region.outermost:
        return p.less_developed
    if category == "T":
        return p.transition_formerly_less_developed if region.before == "L" else p.transition
    return p.more_developed_formerly_transition if region.before == "T" else p.more_developed


def ceiling(f: Priority, p: Parameters) -> Any:
    """The most that the Union may pay of the priority."""
    if f.priority_type == "art14_social_innovation":
        return p.art14
    if f.priority_type == "art10_most_deprived":
        return p.art10
    if f.priority_type == "step":
        return p.step
    if f.priority_type == "natural_disasters":
        return p.disasters
    if f.priority_type == "third_country_nationals":
        return p.third_country
    base = by_region(f, p)
    if f.priority_type == "clld":
        return base + p.clld_plus
    if f.priority_type in ("art12c", "art12d"):
        return min(base + p.art12_plus, p.whole)
    if known(f.nuts2).startswith(BORDER) and p.on >= p.border_from and f.border_uplift_approved:
        return min(base + p.border_plus, p.whole)
    return base


@clause(f"{CPR}/108")
def region(f: Priority, p: Parameters) -> object:
    """The category of the region is known."""
    return True if known(f.nuts2) in regions() else warned(False, "eu-no-region")


@clause(f"{CPR}/112")
def within(f: Rated, p: Parameters) -> object:
    """The approved rate is not over the ceiling; for the most deprived it is the fixed one."""
    top = ceiling(f, p)
    return f.approved_rate == top if f.priority_type == "art10_most_deprived" else f.approved_rate <= top


@clause(f"{ESF}/14.1")
def dedicated(f: Raised, p: Parameters) -> object:
    """A priority is dedicated to social innovation."""
    return f.has_dedicated_priority


@clause(f"{ESF}/14.4")
def cap(f: Raised, p: Parameters) -> object:
    """Only a small part of the country's money is at the raised rate."""
    return f.amount_at_raised_rate <= p.art14_cap * f.national_esf_plus


def rate(f: Rated, p: Parameters) -> object:
    """The approved rate."""
    return f.approved_rate


SINCE = date(2021, 1, 1)
RULES = (
    Rule(
        id="eu:rule:cofinancing-rate",
        code="EU-COF-01",
        home=Path(__file__).parent,
        facts=Rated,
        scope=(region,),
        clauses=(within,),
        value=rate,
        unit="share",
        known_from=SINCE,
        term="co-financing rate",
    ),
    Rule(
        id="eu:rule:raised-rate-cap",
        code="EU-COF-02",
        home=Path(__file__).parent,
        facts=Raised,
        clauses=(dedicated, cap),
        known_from=SINCE,
        term="social innovative actions",
    ),
    Rule(
        id="eu:rule:cofinancing-ceiling",
        code="EU-COF-03",
        home=Path(__file__).parent,
        facts=Priority,
        scope=(region,),
        value=ceiling,
        unit="share",
        verdicts=(),
        known_from=SINCE,
        term="co-financing ceiling",
    ),
)
