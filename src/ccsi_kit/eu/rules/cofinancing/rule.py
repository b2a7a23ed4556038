"""How much of a priority the Union may pay, and how much money may go at the raised rate."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from ccsi_kit.eu.rules.cofinancing.regions import listed, regions
from ccsi_kit.rules import NOT_ASKED, Amount, Facts, Parameters, Rule, Share, clause, fact, known, warned

CPR = "eu:act:2021-1060"
ESF = "eu:act:2021-1057"
CARE = "eu:act:2022-2039"
"""It adds article 112(7) to the Common Provisions Regulation."""
STEP = "eu:act:2024-795"
"""It inserts article 12a of the ESF+ Regulation; the next two insert article 12b, and articles 5a, 12c and 12d."""
RESTORE = "eu:act:2024-3236"
MID_TERM = "eu:act:2025-1913"
REGIONS = "eu:act:2021-1130"
OUTERMOST = "outermost"
BORDER = "LV"
"""The only country here whose regions are at the eastern border."""


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


def before(f: Priority, p: Parameters) -> str:
    """What the region was before 2021; nothing where it is not known or spends the money of another category."""
    region = regions().get(known(f.nuts2))
    if region is None or f.allocated_category not in (None, region.category):
        return ""
    return region.before


def category(f: Priority, p: Parameters) -> str:
    """The category that sets the ceiling; an outermost region is one of its own where it spends its own money."""
    region = regions().get(known(f.nuts2))
    if region is None:
        return ""
    if region.outermost and f.allocated_category in (None, region.category):
        return OUTERMOST
    return f.allocated_category or region.category


def of_transition(f: Priority, p: Parameters) -> Any:
    """The ceiling of a transition region."""
    return p.transition_formerly_less_developed if before(f, p) == "L" else p.transition


def of_more_developed(f: Priority, p: Parameters) -> Any:
    """The ceiling of a more developed region."""
    return p.more_developed_formerly_transition if before(f, p) == "T" else p.more_developed


def by_region(f: Priority, p: Parameters) -> Any:
    """The ceiling of the region's category; the lowest where the region is not known, which the scope refuses."""
    found = category(f, p)
    if found == OUTERMOST:
        return p.outermost
    if found == "L":
        return p.less_developed
    return of_transition(f, p) if found == "T" else of_more_developed(f, p)


def at_border(f: Priority, p: Parameters) -> Any:
    """The ceiling of the region, raised at the eastern border once the amendment of the programme was approved."""
    base = by_region(f, p)
    raised = category(f, p) == "L" and known(f.nuts2).startswith(BORDER) and p.on >= p.border_from
    return min(base + p.border_plus, p.whole) if raised and f.border_uplift_approved else base


def rung(f: Priority, p: Parameters) -> str:
    """The category that sets the ceiling of a general priority; nothing of other priorities."""
    if f.priority_type != "general":
        return ""
    found = category(f, p)
    return BORDER if found == "L" and known(f.nuts2).startswith(BORDER) else found


@clause(f"{CPR}/112.3")
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
    if f.priority_type == "third_country_nationals" and p.third_country_first <= p.on <= p.third_country_last:
        return p.third_country
    if f.priority_type == "clld":
        return by_region(f, p) + p.clld_plus
    if f.priority_type == "art12c":
        return min(by_region(f, p) + p.art12c_plus, p.whole)
    if f.priority_type == "art12d":
        return min(by_region(f, p) + p.art12d_plus, p.whole)
    return at_border(f, p)


OWN_CEILING = ("art14_social_innovation", "art10_most_deprived", "step", "natural_disasters")


@clause(f"{CPR}/112.3.d", interpretation=True)
def former_category(f: Priority, p: Parameters) -> object:
    """Of a more developed region only the category before 2021 is asked, not whether its GDP was below the average."""
    return True if f.priority_type not in OWN_CEILING and category(f, p) == "M" else NOT_ASKED


@clause(REGIONS, sure="secondary")
def region(f: Priority, p: Parameters) -> object:
    """The category of the region is known."""
    found = regions().get(known(f.nuts2))
    if found is None:
        return warned(False, "eu-no-region")
    return True if found.sure == "law" else warned(True, "eu-region-secondary")


@clause(f"{CPR}/112.3.a")
def less_developed(f: Rated, p: Parameters) -> object:
    """In less developed regions the rate is not over their ceiling."""
    return f.approved_rate <= p.less_developed if rung(f, p) == "L" else NOT_ASKED


@clause(f"{CPR}/112.3")
def outermost(f: Rated, p: Parameters) -> object:
    """In outermost regions the rate is not over theirs, whatever their category."""
    return f.approved_rate <= p.outermost if rung(f, p) == OUTERMOST else NOT_ASKED


@clause(f"{CPR}/112.3")
def transition(f: Rated, p: Parameters) -> object:
    """In transition regions the rate is not over their ceiling, a higher one for those once less developed."""
    return f.approved_rate <= of_transition(f, p) if rung(f, p) == "T" else NOT_ASKED


@clause(f"{CPR}/112.3", interpretation=True)
def more_developed(f: Rated, p: Parameters) -> object:
    """In more developed regions the rate is not over their ceiling, a higher one for those once in transition."""
    return f.approved_rate <= of_more_developed(f, p) if rung(f, p) == "M" else NOT_ASKED


@clause(f"{CPR}/112.3.a", until="2025-09-19")
def border_before(f: Rated, p: Parameters) -> object:
    """At the eastern border the rate was not over the ceiling of less developed regions."""
    return f.approved_rate <= p.less_developed if rung(f, p) == BORDER else NOT_ASKED


@clause(f"{MID_TERM}/5a.8", since="2025-09-20")
def border(f: Rated, p: Parameters) -> object:
    """At the eastern border the ceiling is higher once the amendment of the programme was approved."""
    if rung(f, p) != BORDER:
        return NOT_ASKED
    if f.approved_rate <= p.less_developed:
        return True
    return f.border_uplift_approved and f.approved_rate <= min(p.less_developed + p.border_plus, p.whole)


@clause(f"{CPR}/112.5", interpretation=True)
def local_development(f: Rated, p: Parameters) -> object:
    """A priority of community-led local development alone has a ceiling above that of its region."""
    return f.approved_rate <= by_region(f, p) + p.clld_plus if f.priority_type == "clld" else NOT_ASKED


@clause(f"{CPR}/112.3", until="2022-10-25", interpretation=True)
def third_country_before(f: Rated, p: Parameters) -> object:
    """A priority for third-country nationals had the ceiling of its region at first."""
    return f.approved_rate <= by_region(f, p) if f.priority_type == "third_country_nationals" else NOT_ASKED


@clause(f"{CARE}/112.7", since="2022-10-26", until="2024-06-30")
def third_country(f: Rated, p: Parameters) -> object:
    """A priority for third-country nationals could be paid whole for a time."""
    return f.approved_rate <= p.third_country if f.priority_type == "third_country_nationals" else NOT_ASKED


@clause(f"{CARE}/112.7", since="2024-07-01", interpretation=True)
def third_country_after(f: Rated, p: Parameters) -> object:
    """Afterwards a priority for third-country nationals has the ceiling of its region again."""
    return f.approved_rate <= at_border(f, p) if f.priority_type == "third_country_nationals" else NOT_ASKED


@clause(f"{ESF}/10")
def most_deprived(f: Rated, p: Parameters) -> object:
    """A priority for the most deprived has a fixed rate."""
    return f.approved_rate == p.art10 if f.priority_type == "art10_most_deprived" else NOT_ASKED


@clause(f"{STEP}/12a.2")
def technologies(f: Rated, p: Parameters) -> object:
    """A priority for strategic technologies has a ceiling of its own."""
    return f.approved_rate <= p.step if f.priority_type == "step" else NOT_ASKED


@clause(f"{RESTORE}/12b.8")
def disasters(f: Rated, p: Parameters) -> object:
    """A priority after natural disasters has a ceiling of its own."""
    return f.approved_rate <= p.disasters if f.priority_type == "natural_disasters" else NOT_ASKED


@clause(f"{MID_TERM}/12c.5", interpretation=True)
def article_12c(f: Rated, p: Parameters) -> object:
    """A priority of article 12c has a ceiling above that of its region, never more than all."""
    return (
        f.approved_rate <= min(by_region(f, p) + p.art12c_plus, p.whole) if f.priority_type == "art12c" else NOT_ASKED
    )


@clause(f"{MID_TERM}/12d.6", interpretation=True)
def article_12d(f: Rated, p: Parameters) -> object:
    """A priority of article 12d has a ceiling above that of its region, never more than all."""
    return (
        f.approved_rate <= min(by_region(f, p) + p.art12d_plus, p.whole) if f.priority_type == "art12d" else NOT_ASKED
    )


@clause(f"{ESF}/14.4")
def social_innovation(f: Rated, p: Parameters) -> object:
    """A priority of social innovation has a raised ceiling."""
    return f.approved_rate <= p.art14 if f.priority_type == "art14_social_innovation" else NOT_ASKED


@clause(f"{ESF}/14.1")
def dedicated(f: Raised, p: Parameters) -> object:
    """A priority is dedicated to social innovation."""
    return f.has_dedicated_priority


@clause(f"{ESF}/14.4")
def cap(f: Raised, p: Parameters) -> object:
    """Only a small part of the country's money is at the raised rate."""
    return f.amount_at_raised_rate <= p.art14_cap * f.national_esf_plus


@clause(f"{CPR}/112.1")
def rate(f: Rated, p: Parameters) -> object:
    """The approved rate."""
    return f.approved_rate


SINCE = date(2021, 1, 1)
CEILINGS = (
    less_developed,
    outermost,
    transition,
    more_developed,
    border_before,
    border,
    local_development,
    third_country_before,
    third_country,
    third_country_after,
    most_deprived,
    technologies,
    disasters,
    article_12c,
    article_12d,
    social_innovation,
)
RULES = (
    Rule(
        id="eu:rule:cofinancing-rate",
        code="EU-COF-01",
        home=Path(__file__).parent,
        facts=Rated,
        scope=(region,),
        clauses=CEILINGS,
        value=rate,
        listed=listed,
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
        clauses=(former_category,),
        value=ceiling,
        listed=listed,
        unit="share",
        verdicts=(),
        known_from=SINCE,
        term="co-financing ceiling",
    ),
)
