"""Whether ESF+ pays for an item of cost."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import NOT_ASKED, Amount, Facts, Parameters, Rule, clause, fact

CPR = "eu:act:2021-1060"
ESF = "eu:act:2021-1057"


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
    operation_total_incl_vat: Amount = fact("Total cost of the operation with VAT.", example="4999999", unit="eur")
    vat_recoverable: bool = fact("Whether the VAT can be recovered.", example="false")
    declared_elsewhere: bool = fact("Whether it is declared to another fund or programme too.", example="false")
    cost_form: Literal["real", "simplified"] = fact("Real cost, or a simplified cost option.", example="real")
    paid_on: date = fact("The day it was paid; of real costs.", example="2024-05-01")
    action_on: date = fact("The day of the action; of simplified costs.", example="2024-05-01")
    investment_duty: bool = fact("Whether State aid rules ask that the investment is maintained.", example="false")
    investment_maintained: bool = fact("Whether the investment was maintained.", example="true")
    mid_term_extension: bool = fact("Whether the amendment that extends the programme was approved.", example="false")


@clause(f"{ESF}/16")
def kind(f: Item, p: Parameters) -> object:
    """It is no land, real estate or infrastructure."""
    return f.item_type not in ("land", "real-estate", "infrastructure")


@clause(f"{CPR}/64")
def interest(f: Item, p: Parameters) -> object:
    """It is no interest on debt; a subsidy of interest or of guarantee fees is none."""
    return f.item_type != "interest-on-debt"


@clause(f"{ESF}/16")
def equipment(f: Item, p: Parameters) -> object:
    """Furniture, equipment and vehicles are needed, fully depreciated, or the most economic option."""
    if f.item_type != "equipment":
        return NOT_ASKED
    return f.needed_for_objective or f.fully_depreciated or f.most_economic


@clause(f"{CPR}/64.1.c")
def vat(f: Item, p: Parameters) -> object:
    """VAT counts in smaller operations; in larger ones only what cannot be recovered."""
    if f.item_type != "vat":
        return NOT_ASKED
    return f.operation_total_incl_vat < p.vat_under or not f.vat_recoverable


@clause(f"{CPR}/63")
def once(f: Item, p: Parameters) -> object:
    """It is declared once only."""
    return not f.declared_elsewhere


@clause(f"{CPR}/63.2")
def in_time(f: Item, p: Parameters) -> object:
    """It was paid, or with simplified costs the action was carried out, in the period."""
    when = f.paid_on if f.cost_form == "real" else f.action_on
    if when < p.first_day:
        return False
    return when <= p.last_day or (when <= p.last_day_extended and f.mid_term_extension)


@clause(f"{CPR}/65.2")
def durable(f: Item, p: Parameters) -> object:
    """An investment is maintained, where State aid rules ask it; the years of article 65(1) do not bind ESF+."""
    return f.investment_maintained if f.investment_duty else NOT_ASKED


RULES = (
    Rule(
        id="eu:rule:esf-expenditure",
        code="EU-ELI-01",
        home=Path(__file__).parent,
        facts=Item,
        clauses=(kind, interest, equipment, vat, once, in_time, durable),
        known_from=date(2021, 7, 1),
        term="eligible costs",
    ),
)
