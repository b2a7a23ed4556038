"""Whether ESF+ pays for an item of cost, how long, how much land a fund pays, and how long investments are kept."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import NOT_ASKED, Amount, Facts, Parameters, Rule, Share, clause, fact, later

CPR = "eu:act:2021-1060"
ESF = "eu:act:2021-1057"
MID_TERM = "eu:act:2025-1913"
"""It inserts article 5a of the ESF+ Regulation."""
Fund = Literal["ESF+", "ERDF", "CF"]


class Item(Facts):
    """An item of cost under the general support of ESF+."""

    item_type: Literal[
        "other",
        "land",
        "real-estate",
        "infrastructure",
        "equipment",
        "interest-on-debt",
        "interest-or-guarantee-subsidy",
        "vat",
    ] = fact(
        "What it is; equipment is furniture, equipment and vehicles, a subsidy one of interest or of guarantee fees.",
        example="equipment",
    )
    needed_for_objective: bool = fact("Whether it is needed for the objective.", example="true")
    fully_depreciated: bool = fact("Whether it is fully depreciated during the operation.", example="false")
    most_economic: bool = fact("Whether buying it is the most economic option.", example="false")
    support: Literal["grant", "financial-instrument", "small-project-fund"] = fact(
        "What pays: a grant, also one beside a financial instrument; an instrument or a small project fund that pays "
        "an investment of a final recipient.",
        example="grant",
    )
    operation_total_incl_vat: Amount = fact(
        "Total cost of the operation with VAT; of a grant beside a financial instrument, of the part that it pays.",
        example="4999999",
        unit="eur",
    )
    vat_recoverable: bool = fact("Whether the VAT can be recovered.", example="false")
    declared_elsewhere: bool = fact("Whether it is declared to another fund or programme too.", example="false")
    cost_form: Literal["real", "simplified"] = fact("Real cost, or a simplified cost option.", example="real")
    paid_on: date = fact("The day it was paid; of real costs.", example="2024-05-01")
    action_on: date = fact("The day of the action; of simplified costs.", example="2024-05-01")
    investment_duty: bool = fact("Whether State aid rules ask that the investment is maintained.", example="false")
    investment_maintained: bool = fact("Whether the investment was maintained.", example="true")
    mid_term_extension: bool = fact("Whether the amendment that extends the programme was approved.", example="false")


class Amendment(Facts):
    """An amendment of a programme in the mid-term review."""

    reallocated_share: Share = fact(
        "Share of the programme's money that it moves to the priorities of article 5a(2).", example="0.07", unit="share"
    )
    single_programme: bool = fact(
        "Whether it is the only programme of its country, for the whole of it, of ERDF, Cohesion Fund, ESF+ and JTF.",
        example="true",
    )
    amendment_approved: bool = fact("Whether it was approved.", example="true")
    requested_on: date = fact("The day it was requested.", example="2025-12-01")


class Land(Facts):
    """Land that an operation buys."""

    fund: Fund = fact("The fund.", example="ERDF")
    land_amount: Amount = fact("What is paid for the land.", example="100000", unit="eur")
    eligible_total: Amount = fact("Total eligible expenditure of the operation.", example="1000000", unit="eur")
    derelict_site: bool = fact(
        "Whether the site is derelict, or was in industrial use and has buildings.", example="false"
    )
    environmental_conservation: bool = fact("Whether the operation is for environmental conservation.", example="false")


class Investment(Facts):
    """An operation that has been paid, and what became of it."""

    fund: Fund = fact("The fund.", example="ERDF")
    infrastructure_or_productive: bool = fact(
        "Whether it is an investment in infrastructure, or a productive one.", example="true"
    )
    final_payment: date = fact("The day of the final payment to the beneficiary.", example="2024-03-01")
    changed_on: date | None = fact(
        "The day on which the activity ceased or left the region, ownership changed to an undue advantage, or it was "
        "changed so that its objectives are undermined; none where nothing of that happened.",
        example="2027-03-01",
    )
    shortened_for_sme: bool = fact(
        "Whether the Member State has shortened the time for investments and jobs of small and medium-sized "
        "enterprises, and this is one.",
        example="false",
    )
    state_aid_until: date | None = fact(
        "The last day for which State aid rules ask that the investment is maintained; none where they do not.",
        example="2029-03-01",
    )
    excused: bool = fact(
        "Whether the activity ceased by a bankruptcy without fraud, or the support is of a financial instrument.",
        example="false",
    )


@clause(f"{ESF}/16.1.a")
def kind(f: Item, p: Parameters) -> object:
    """It is no land, real estate or infrastructure."""
    return f.item_type not in ("land", "real-estate", "infrastructure")


@clause(f"{CPR}/64.1.a")
def interest(f: Item, p: Parameters) -> object:
    """It is no interest on debt; a subsidy of interest or of guarantee fees is none."""
    return f.item_type != "interest-on-debt"


@clause(f"{ESF}/16.1.b")
def equipment(f: Item, p: Parameters) -> object:
    """Furniture, equipment and vehicles are needed, fully depreciated, or the most economic option."""
    if f.item_type != "equipment":
        return NOT_ASKED
    return f.needed_for_objective or f.fully_depreciated or f.most_economic


@clause(f"{CPR}/64.1.c")
def vat(f: Item, p: Parameters) -> object:
    """VAT counts in smaller operations, of instruments and small project funds; elsewhere if it is not recoverable."""
    if f.item_type != "vat":
        return NOT_ASKED
    if f.support != "grant":
        return True
    return f.operation_total_incl_vat < p.vat_under or not f.vat_recoverable


@clause(f"{CPR}/63.9")
def once(f: Item, p: Parameters) -> object:
    """It is declared once only."""
    return not f.declared_elsewhere


@clause(f"{CPR}/63.2", until="2025-09-19")
def in_period(f: Item, p: Parameters) -> object:
    """It was paid, or with simplified costs the action was carried out, in the period."""
    when = f.paid_on if f.cost_form == "real" else f.action_on
    return p.first_day <= when <= p.last_day


@clause(f"{MID_TERM}/5a.5", since="2025-09-20")
def in_time(f: Item, p: Parameters) -> object:
    """The same, a year longer where the amendment of the programme was approved."""
    when = f.paid_on if f.cost_form == "real" else f.action_on
    if when < p.first_day:
        return False
    return when <= p.last_day or (when <= p.last_day_extended and f.mid_term_extension)


@clause(f"{CPR}/65.2")
def durable(f: Item, p: Parameters) -> object:
    """An investment is maintained, where State aid rules ask it; the years of article 65(1) do not bind ESF+."""
    return f.investment_maintained if f.investment_duty else NOT_ASKED


@clause(f"{MID_TERM}/5a.5")
def approved(f: Amendment, p: Parameters) -> object:
    """The amendment was approved."""
    return f.amendment_approved


@clause(f"{MID_TERM}/5a.5")
def enough(f: Amendment, p: Parameters) -> object:
    """It moves enough of the money; less where one programme of the four funds covers the whole country."""
    return f.reallocated_share >= (p.extension_share_single if f.single_programme else p.extension_share)


@clause(f"{MID_TERM}/5a.2", interpretation=True)
def requested(f: Amendment, p: Parameters) -> object:
    """It was requested in time; the paragraph on extension does not repeat the day."""
    return f.requested_on <= p.extension_requested_by


@clause(f"{ESF}/16.1.a")
def no_land(f: Land, p: Parameters) -> object:
    """ESF+ buys no land."""
    return f.fund != "ESF+"


@clause(f"{CPR}/64.1.b")
def land_limit(f: Land, p: Parameters) -> object:
    """Of other funds land is a small part of the total, but for environmental conservation."""
    if f.fund == "ESF+" or f.environmental_conservation:
        return NOT_ASKED
    return f.land_amount <= (p.land_derelict if f.derelict_site else p.land) * f.eligible_total


@clause(f"{CPR}/65.1")
def kept(f: Investment, p: Parameters) -> object:
    """Infrastructure and productive investments are kept for years, or as long as State aid rules ask."""
    if f.fund == "ESF+" or not f.infrastructure_or_productive or f.excused:
        return NOT_ASKED
    if f.changed_on is None:
        return True
    years = p.sme_jobs_years if f.shortened_for_sme else p.durability_years
    end = later(f.final_payment, years=years) if f.state_aid_until is None else f.state_aid_until
    return f.changed_on > end


@clause(f"{CPR}/65.2")
def kept_for_state_aid(f: Investment, p: Parameters) -> object:
    """Of ESF+ an investment is kept only where State aid rules ask it, and as long."""
    if f.fund != "ESF+" or f.state_aid_until is None or f.excused:
        return NOT_ASKED
    return f.changed_on is None or f.changed_on > f.state_aid_until


SINCE = date(2021, 7, 1)
LABELS = {"eligible": "met", "not_eligible": "not-met"}
RULES = (
    Rule(
        id="eu:rule:esf-expenditure",
        code="EU-ELI-01",
        home=Path(__file__).parent,
        facts=Item,
        clauses=(kind, interest, equipment, vat, once, in_period, in_time, durable),
        known_from=SINCE,
        term="eligible costs",
    ),
    Rule(
        id="eu:rule:extended-eligibility",
        code="EU-ELI-02",
        home=Path(__file__).parent,
        facts=Amendment,
        clauses=(approved, enough, requested),
        known_from=SINCE,
        since=date(2025, 9, 20),
        term="mid-term review",
        labels=LABELS,
    ),
    Rule(
        id="eu:rule:land-limit",
        code="EU-ELI-03",
        home=Path(__file__).parent,
        facts=Land,
        clauses=(no_land, land_limit),
        known_from=SINCE,
        term="purchase of land",
        labels=LABELS,
    ),
    Rule(
        id="eu:rule:durability",
        code="EU-ELI-04",
        home=Path(__file__).parent,
        facts=Investment,
        clauses=(kept, kept_for_state_aid),
        known_from=SINCE,
        term="durability of operations",
        labels=LABELS,
    ),
)
