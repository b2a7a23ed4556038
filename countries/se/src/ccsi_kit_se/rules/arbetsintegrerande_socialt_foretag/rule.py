"""Work-integration social enterprises: criteria of a plan, and a stricter profile of the sector; no legal status."""

from datetime import date
from pathlib import Path

from ccsi_kit.rules import Facts, Number, Parameters, Rule, clause, fact

BASE = "se:act:asf-kriterier"
PROFILE = "se:act:skoopi-2021"


class Enterprise(Facts):
    """An enterprise of which one asks whether it is a work-integration social enterprise."""

    business_activity: bool = fact("Whether it runs a business.", example="true")
    integration_aim: bool = fact(
        "Whether its overall aim is to integrate people with great difficulty into work and society.", example="true"
    )
    documented_participation: bool = fact(
        "Whether staff take part by ownership, contract or in another documented way.", example="true"
    )
    reinvests_mainly: bool = fact("Whether profits mainly go into its own or like activities.", example="true")
    independent_of_public: bool = fact("Whether it is organised independently of the public sector.", example="true")


class Strict(Enterprise):
    """The same, asked by the sector's own profile."""

    own_orgnr: bool = fact("Whether it has an organisation number of its own.", example="true")
    public_owner: bool = fact("Whether a public body owns it.", example="false")
    distributes: bool = fact("Whether it shares out profit.", example="false")
    pay_ratio: Number = fact("The highest pay over the lowest.", example="2.5", unit="multiple")
    employment_ambition: bool = fact("Whether it really means to employ people.", example="true")


@clause(BASE)
def business(f: Enterprise, p: Parameters) -> object:
    """It runs a business."""
    return f.business_activity


@clause(BASE)
def aim(f: Enterprise, p: Parameters) -> object:
    """It is there to integrate people into work and society."""
    return f.integration_aim


@clause(BASE)
def participation(f: Enterprise, p: Parameters) -> object:
    """Its staff take part in a documented way."""
    return f.documented_participation


@clause(BASE)
def profits(f: Enterprise, p: Parameters) -> object:
    """Profits mainly go into its own or like activities."""
    return f.reinvests_mainly


@clause(BASE)
def independence(f: Enterprise, p: Parameters) -> object:
    """It is independent of the public sector."""
    return f.independent_of_public


@clause(PROFILE)
def own_number(f: Strict, p: Parameters) -> object:
    """It has a number of its own, and no public owner."""
    return f.own_orgnr and not f.public_owner


@clause(PROFILE)
def no_distribution(f: Strict, p: Parameters) -> object:
    """It shares out no profit."""
    return not f.distributes


@clause(PROFILE)
def pay(f: Strict, p: Parameters) -> object:
    """The highest pay is near the lowest."""
    return f.pay_ratio <= p.pay_ratio


@clause(PROFILE)
def employment(f: Strict, p: Parameters) -> object:
    """It means to employ people."""
    return f.employment_ambition


LABELS = {"eligible": "meets-criteria"}
COMMON = (business, aim, participation, profits, independence)
RULES = (
    Rule(
        id="se:rule:arbetsintegrerande-socialt-foretag",
        code="SE-ASF-01",
        home=Path(__file__).parent,
        facts=Enterprise,
        clauses=COMMON,
        known_from=date(2010, 1, 1),
        term="arbetsintegrerande socialt företag (ASF)",
        labels=LABELS,
    ),
    Rule(
        id="se:rule:arbetsintegrerande-socialt-foretag-skoopi",
        code="SE-ASF-02",
        home=Path(__file__).parent,
        facts=Strict,
        clauses=(*COMMON, own_number, no_distribution, pay, employment),
        known_from=date(2021, 3, 31),
        term="arbetsintegrerande socialt företag (ASF), Skoopi",
        labels=LABELS,
    ),
)
