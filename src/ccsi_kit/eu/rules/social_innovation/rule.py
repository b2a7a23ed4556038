"""What social innovation, social experimentation and a social enterprise are in the Union's words."""

from datetime import date
from pathlib import Path
from typing import Literal

from ccsi_kit.rules import Facts, Parameters, Rule, clause, fact

LAW = "eu:act:2021-1057"


class Innovation(Facts):
    """An initiative, judged by people with evidence; the rule only adds up."""

    social_ends: bool = fact("Whether its ends are social.", example="true")
    social_means: bool = fact("Whether its means are social.", example="true")
    novelty: bool = fact("Whether the idea is new: a product, service, practice or model.", example="true")
    implementation: bool = fact("Whether it is put into practice, not only thought of.", example="true")
    social_need: bool = fact("Whether it meets a social need.", example="true")
    new_collaboration: bool = fact(
        "Whether it makes new relations between public, civil and private actors.", example="true"
    )
    societal_benefit: bool = fact("Whether society and its capacity to act gain by it.", example="true")


class Experiment(Facts):
    """A policy intervention, judged by people with evidence."""

    policy_intervention: bool = fact("Whether it is an intervention of policy.", example="true")
    small_scale: bool = fact("Whether it is on a small scale.", example="true")
    impact_measurable: bool = fact("Whether its conditions allow its impact to be measured.", example="true")
    transfer_or_scale_intended: bool = fact("Whether wider use is meant to follow.", example="true")


class Enterprise(Facts):
    """A body of any legal form, or a natural person."""

    body: Literal["undertaking", "natural-person", "neither"] = fact(
        "What it is: an undertaking, whatever its legal form, a natural person, or neither.", example="undertaking"
    )
    primary_social_objective_in_statutes: bool = fact(
        "Whether statutes or another binding document make positive social impact the primary objective.",
        example="true",
    )
    measurable_impact: bool = fact("Whether that impact can be measured.", example="true")
    profit_rules_predefined: bool = fact("Whether there are rules beforehand on how profits are used.", example="true")
    profits_first_to_objective: bool = fact("Whether profits go to the objective first.", example="true")
    participatory_governance: bool = fact(
        "Whether it is managed in an entrepreneurial, participatory, accountable and transparent way.", example="true"
    )


@clause(f"{LAW}/2.8")
def social(f: Innovation, p: Parameters) -> object:
    """It is social in its ends and in its means."""
    return f.social_ends and f.social_means


@clause(f"{LAW}/2.8")
def new_and_done(f: Innovation, p: Parameters) -> object:
    """It is a new idea that is developed and put into practice."""
    return f.novelty and f.implementation


@clause(f"{LAW}/2.8")
def need(f: Innovation, p: Parameters) -> object:
    """It meets a social need."""
    return f.social_need


@clause(f"{LAW}/2.8")
def collaboration(f: Innovation, p: Parameters) -> object:
    """It makes new social relations or collaborations."""
    return f.new_collaboration


@clause(f"{LAW}/2.8")
def benefit(f: Innovation, p: Parameters) -> object:
    """Society gains by it."""
    return f.societal_benefit


@clause(f"{LAW}/2.10")
def intervention(f: Experiment, p: Parameters) -> object:
    """It is a policy intervention on a small scale."""
    return f.policy_intervention and f.small_scale


@clause(f"{LAW}/2.10")
def measured(f: Experiment, p: Parameters) -> object:
    """Its impact can be measured."""
    return f.impact_measurable


@clause(f"{LAW}/2.10")
def wider_use(f: Experiment, p: Parameters) -> object:
    """Wider use is meant to follow."""
    return f.transfer_or_scale_intended


@clause(f"{LAW}/2.13")
def who(f: Enterprise, p: Parameters) -> object:
    """It is an undertaking of whatever legal form, or a natural person."""
    return f.body in ("undertaking", "natural-person")


@clause(f"{LAW}/2.13.a")
def objective(f: Enterprise, p: Parameters) -> object:
    """Measurable social impact is its primary objective."""
    return f.primary_social_objective_in_statutes and f.measurable_impact


@clause(f"{LAW}/2.13.b")
def profits(f: Enterprise, p: Parameters) -> object:
    """Profits go to the objective first, by rules made beforehand."""
    return f.profit_rules_predefined and f.profits_first_to_objective


@clause(f"{LAW}/2.13.c")
def governance(f: Enterprise, p: Parameters) -> object:
    """It is managed in a participatory way."""
    return f.participatory_governance


SINCE = date(2021, 7, 1)
LABELS = {"eligible": "meets-criteria"}
RULES = (
    Rule(
        id="eu:rule:social-innovation",
        code="EU-SI-01",
        home=Path(__file__).parent,
        facts=Innovation,
        clauses=(social, new_and_done, need, collaboration, benefit),
        known_from=SINCE,
        term="social innovation",
        labels=LABELS,
    ),
    Rule(
        id="eu:rule:social-experimentation",
        code="EU-SI-02",
        home=Path(__file__).parent,
        facts=Experiment,
        clauses=(intervention, measured, wider_use),
        known_from=SINCE,
        term="social experimentation",
        labels=LABELS,
    ),
    Rule(
        id="eu:rule:social-enterprise",
        code="EU-SE-01",
        home=Path(__file__).parent,
        facts=Enterprise,
        clauses=(who, objective, profits, governance),
        known_from=SINCE,
        term="social enterprise",
        labels=LABELS,
    ),
)
