"""Insertion companies: companies that employ people at risk of exclusion on their way to an ordinary job."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import NOT_ASKED, Count, Facts, Number, Parameters, Rule, Share, clause, fact, warned

LAW = "es:act:ley-44-2007"
REFORM = "es:act:ley-1-2026"


class Company(Facts):
    """A company that is, or asks to be, an insertion company."""

    company_type: Literal["mercantil", "laboral", "cooperativa"] = fact(
        "What kind of company it is.", example="mercantil"
    )
    promoter_share: Share = fact("Share of the capital that promoting bodies hold.", example="0.51", unit="share")
    promoter_cap: Share = fact(
        "The most that collaborating members of a cooperative or worker-owned company may hold.",
        example="0.45",
        unit="share",
    )
    promoter_experience_years: Number = fact("Years of experience of the promoting body.", example="2", unit="years")
    year_of_activity: Count = fact("The year of activity it is in.", example="2", unit="count")
    staff_base: Count = fact("Workers that the share is counted on.", example="10", unit="persons")
    insertion_workers: Count = fact("Workers on their way to an ordinary job.", example="3", unit="persons")
    reinvestment_share: Share = fact("Share of the surplus that is reinvested.", example="0.8", unit="share")
    registered: bool = fact(
        "Whether it is in the registers of its legal form and of insertion companies.", example="true"
    )
    exclusive_object: bool = fact("Whether it does no other activity.", example="true")
    social_balance: bool = fact("Whether it files a social balance each year.", example="true")
    means: bool = fact("Whether it has the means for what it promised.", example="true")
    accompaniment: bool = fact("Whether it has accompaniment services of its own.", example="true")
    stage: Literal["provisional", "final"] = fact("The qualification that it asks for.", example="final")
    qualified_since: date | None = fact("The day it was qualified, if it was.", example="2024-03-01")


def kept(f: Company, p: Parameters) -> bool:
    """Qualified before the reform, and still in the year that the law gives to adapt."""
    return f.qualified_since is not None and f.qualified_since < p.reform and p.on <= p.transition_end


@clause(f"{LAW}/5.a", until="2026-04-09")
def promoter(f: Company, p: Parameters) -> object:
    """In a commercial company promoting bodies hold most of the capital."""
    return f.promoter_share >= p.promoter_share if f.company_type == "mercantil" else NOT_ASKED


@clause(f"{LAW}/5.a", since="2026-04-10")
def sole_promoter(f: Company, p: Parameters) -> object:
    """In a commercial company promoting bodies hold all of it; one qualified before the reform has a year to adapt."""
    if f.company_type != "mercantil":
        return NOT_ASKED
    if f.promoter_share >= p.promoter_share:
        return True
    if f.promoter_share >= p.kept_promoter_share and kept(f, p):
        return warned(True, "transition", until=p.transition_end)
    return False


@clause(f"{LAW}/5.a")
def collaborators(f: Company, p: Parameters) -> object:
    """In a cooperative or worker-owned company promoting bodies hold what its law lets collaborating members hold."""
    return NOT_ASKED if f.company_type == "mercantil" else f.promoter_share <= f.promoter_cap


@clause(f"{LAW}/5.b")
def registration(f: Company, p: Parameters) -> object:
    """It is registered."""
    return f.registered


@clause(f"{LAW}/5.c")
def insertion(f: Company, p: Parameters) -> object:
    """Enough of its workers are in insertion; asked of the final qualification."""
    if f.stage == "provisional":
        return NOT_ASKED
    share = p.insertion_share_first_years if f.year_of_activity <= p.first_years else p.insertion_share
    return f.insertion_workers >= p.insertion_min and f.insertion_workers >= share * f.staff_base


@clause(f"{LAW}/5.d")
def object_of_business(f: Company, p: Parameters) -> object:
    """It does nothing else."""
    return f.exclusive_object


@clause(f"{LAW}/5.e", until="2026-04-09")
def reinvestment(f: Company, p: Parameters) -> object:
    """Most of the surplus is reinvested; asked of the final qualification."""
    return NOT_ASKED if f.stage == "provisional" else f.reinvestment_share >= p.reinvestment


@clause(f"{LAW}/5.e", since="2026-04-10")
def whole_reinvestment(f: Company, p: Parameters) -> object:
    """All of the surplus is reinvested; a company qualified before the reform has a year to adapt."""
    if f.stage == "provisional":
        return NOT_ASKED
    if f.reinvestment_share >= p.reinvestment:
        return True
    if f.reinvestment_share >= p.kept_reinvestment and kept(f, p):
        return warned(True, "transition", until=p.transition_end)
    return False


@clause(f"{LAW}/5.f")
def balance(f: Company, p: Parameters) -> object:
    """It files a social balance; asked of the final qualification."""
    return NOT_ASKED if f.stage == "provisional" else f.social_balance


@clause(f"{LAW}/5.g")
def sufficient_means(f: Company, p: Parameters) -> object:
    """It has the means for what it promised."""
    return f.means


@clause(f"{LAW}/5.h", since="2026-04-10")
def own_accompaniment(f: Company, p: Parameters) -> object:
    """It accompanies its workers with services of its own; a company qualified before has a year to adapt."""
    return f.accompaniment or kept(f, p)


@clause(f"{LAW}/6", since="2026-04-10")
def experience(f: Company, p: Parameters) -> object:
    """The promoting body has done such work for some years; asked of those who are not yet qualified."""
    return kept(f, p) or f.promoter_experience_years >= p.promoter_experience


@clause(f"{REFORM}/DT-2", since="2026-04-10", interpretation=True)
def year_of_transition(f: Company, p: Parameters) -> object:
    """It was qualified before the reform and has a year to adapt; what it may keep, and until when, is our reading."""
    return True if kept(f, p) else NOT_ASKED


RULES = (
    Rule(
        id="es:rule:empresa-de-insercion",
        code="ES-EI-01",
        home=Path(__file__).parent,
        facts=Company,
        clauses=(
            promoter,
            sole_promoter,
            collaborators,
            registration,
            insertion,
            object_of_business,
            reinvestment,
            whole_reinvestment,
            balance,
            sufficient_means,
            own_accompaniment,
            experience,
            year_of_transition,
        ),
        known_from=date(2008, 1, 13),
        status="constitutive",
        term="empresa de inserción",
    ),
)
