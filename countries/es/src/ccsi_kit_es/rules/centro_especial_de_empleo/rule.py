"""Sheltered workshops (centros especiales de empleo), and those of social initiative."""

from datetime import date
from pathlib import Path

from ccsi_kit.rules import Count, Facts, Parameters, Rule, Share, clause, fact

LAW = "es:act:rdleg-1-2013"


class Centre(Facts):
    """A body that is, or wants to be, a sheltered workshop."""

    staff: Count = fact("All its workers.", example="50", unit="persons")
    adjustment_nondisabled: Count = fact(
        "Workers of the adjustment services who are not disabled; they are not counted.", example="5", unit="persons"
    )
    disabled: Count = fact("Disabled workers.", example="32", unit="persons")


class SocialCentre(Facts):
    """A sheltered workshop of which one asks whether it is of social initiative."""

    qualified_by_region: bool = fact("Whether the region has qualified it as a sheltered workshop.", example="true")
    nonprofit_share: Share = fact(
        "Share of it that non-profit bodies, or bodies with a social aim in their statutes, promote or own.",
        example="0.6",
        unit="share",
    )
    full_reinvestment: bool = fact("Whether it has bound itself to reinvest all its profits.", example="true")


@clause(f"{LAW}/43")
def disabled_staff(f: Centre, p: Parameters) -> object:
    """Most of its workers are disabled; staff of the adjustment services without a disability is left out."""
    return f.adjustment_nondisabled < f.staff and f.disabled >= p.disabled_share * (f.staff - f.adjustment_nondisabled)


@clause(f"{LAW}/43")
def workshop(f: SocialCentre, p: Parameters) -> object:
    """It is a sheltered workshop."""
    return f.qualified_by_region


@clause(f"{LAW}/43.4")
def promoters(f: SocialCentre, p: Parameters) -> object:
    """More than half of it is promoted or owned by non-profit or statutorily social bodies, directly or not."""
    return f.nonprofit_share > p.ownership_over


@clause(f"{LAW}/43.4")
def profits(f: SocialCentre, p: Parameters) -> object:
    """It has bound itself to reinvest all its profits."""
    return f.full_reinvestment


RULES = (
    Rule(
        id="es:rule:centro-especial-de-empleo",
        code="ES-CEE-01",
        home=Path(__file__).parent,
        facts=Centre,
        clauses=(disabled_staff,),
        known_from=date(2013, 12, 4),
        status="constitutive",
        term="centro especial de empleo",
    ),
    Rule(
        id="es:rule:centro-especial-de-empleo-de-iniciativa-social",
        code="ES-CEE-02",
        home=Path(__file__).parent,
        facts=SocialCentre,
        clauses=(workshop, promoters, profits),
        known_from=date(2013, 12, 4),
        since=date(2018, 3, 9),
        status="constitutive",
        term="centro especial de empleo de iniciativa social",
    ),
)
