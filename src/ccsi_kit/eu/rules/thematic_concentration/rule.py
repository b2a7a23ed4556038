"""How a programme must concentrate its ESF+ money."""

from datetime import date
from pathlib import Path

from ccsi_kit.rules import NOT_ASKED, Facts, Parameters, Rule, Share, clause, fact

LAW = "eu:act:2021-1057"


class Programme(Facts):
    """The shares of a country's ESF+ money, without the money of article 12c."""

    inclusion_share: Share = fact(
        "Share for social inclusion, specific objectives (h) to (l), without what counts for material deprivation.",
        example="0.26",
        unit="share",
    )
    deprivation_share: Share = fact(
        "Share for material deprivation: specific objective (m), or (l) where that is justified; counted nowhere else.",
        example="0.03",
        unit="share",
    )
    child_poverty_above_average: bool = fact(
        "Whether child poverty was above the Union's average in 2017-19.", example="true"
    )
    child_poverty_share: Share = fact("Share against child poverty.", example="0.05", unit="share")
    neet_above_average: bool = fact(
        "Whether more young people than average were without work or school in 2017-19.", example="true"
    )
    youth_share: Share = fact("Share for youth employment.", example="0.125", unit="share")
    capacity_recommended: bool = fact(
        "Whether a recommendation to the country names its partners' capacity.", example="false"
    )
    capacity_share: Share = fact(
        "Share for the capacity of social partners and civil society.", example="0.0025", unit="share"
    )


@clause(f"{LAW}/7.4")
def inclusion(f: Programme, p: Parameters) -> object:
    """A quarter goes to social inclusion."""
    return f.inclusion_share >= p.inclusion


@clause(f"{LAW}/7.5")
def deprivation(f: Programme, p: Parameters) -> object:
    """Some goes to the most deprived."""
    return f.deprivation_share >= p.deprivation


@clause(f"{LAW}/7.3")
def child_poverty(f: Programme, p: Parameters) -> object:
    """Some goes against child poverty, where there is more of it than on average."""
    return f.child_poverty_share >= p.child_poverty if f.child_poverty_above_average else NOT_ASKED


@clause(f"{LAW}/7.6")
def youth(f: Programme, p: Parameters) -> object:
    """Some goes to youth employment, where more young people than average have neither work nor school."""
    return f.youth_share >= p.youth if f.neet_above_average else NOT_ASKED


@clause(f"{LAW}/9.2")
def capacity(f: Programme, p: Parameters) -> object:
    """Some goes to the partners' capacity, where a recommendation names it."""
    return f.capacity_share >= p.capacity if f.capacity_recommended else NOT_ASKED


RULES = (
    Rule(
        id="eu:rule:thematic-concentration",
        code="EU-TC-01",
        home=Path(__file__).parent,
        facts=Programme,
        clauses=(inclusion, deprivation, child_poverty, youth, capacity),
        known_from=date(2021, 7, 1),
        term="thematic concentration",
        labels={"eligible": "concentration-met", "not_eligible": "concentration-not-met"},
    ),
)
