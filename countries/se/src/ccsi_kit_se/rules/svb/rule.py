"""Limited companies whose dividends are capped (aktiebolag med särskild vinstutdelningsbegränsning, svb)."""

from datetime import date
from pathlib import Path

from ccsi_kit.rules import Amount, Facts, Number, Parameters, Rule, clause, fact, warned

LAW = "se:act:abl-2005-551"


class Company(Facts):
    """A company that is, or calls itself, an svb."""

    private_company: bool = fact("Whether it is a private limited company.", example="true")
    articles_clause: bool = fact("Whether its articles say that it is one.", example="true")
    uses_designation: bool = fact("Whether (svb) follows its name.", example="true")
    name_shows_it: bool = fact("Whether the name itself shows that it is one.", example="false")
    has_auditor: bool = fact("Whether it has an auditor.", example="true")
    paid_in: Amount = fact("Share capital paid in at the end of the previous year.", example="100000", unit="sek")
    slr_prev_year_end: Number = fact(
        "The State's borrowing rate (statslåneränta) at the end of the previous year.", example="0.025", unit="share"
    )
    unused_5y: Amount = fact("Room not used in the five years before.", example="6000", unit="sek")
    transfers: Amount = fact("What was transferred to the owners in the year.", example="9500", unit="sek")


@clause(f"{LAW}/32.1")
def private(f: Company, p: Parameters) -> object:
    """It is a private limited company."""
    return f.private_company


@clause(f"{LAW}/32.2")
def articles(f: Company, p: Parameters) -> object:
    """Its articles say so."""
    return f.articles_clause


@clause(f"{LAW}/32.17")
def name(f: Company, p: Parameters) -> object:
    """The designation follows its name, unless the name itself shows it."""
    return f.uses_designation or f.name_shows_it


@clause(f"{LAW}/32.18")
def designation(f: Company, p: Parameters) -> object:
    """Other companies do not use the designation."""
    return f.articles_clause or not f.uses_designation


@clause(f"{LAW}/32.3")
def auditor(f: Company, p: Parameters) -> object:
    """It has an auditor."""
    return f.has_auditor


@clause(f"{LAW}/32.5")
def room(f: Company, p: Parameters) -> object:
    """Transfers stay within the room: rate and margin on paid-in capital, and what the years before left unused."""
    within = f.transfers <= f.paid_in * (f.slr_prev_year_end + p.margin) + f.unused_5y
    return True if within else warned(False, "se-carry-years", years=p.carry_years)


RULES = (
    Rule(
        id="se:rule:svb",
        code="SE-SVB-01",
        home=Path(__file__).parent,
        facts=Company,
        clauses=(private, articles, name, designation, auditor, room),
        known_from=date(2006, 1, 1),
        status="constitutive",
        term="aktiebolag med särskild vinstutdelningsbegränsning (svb)",
    ),
)
