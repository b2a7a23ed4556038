"""The ceiling of a priority and the clauses that judge its approved rate come to the same."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from ccsi_kit.eu.rules.cofinancing.regions import regions
from ccsi_kit.eu.rules.cofinancing.rule import RULES, Priority
from ccsi_kit.rules.facts import choices

RATED, _, CEILING = RULES
KINDS = choices(Priority, "priority_type")
STEP = Fraction(1, 1000)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("on", [date(2024, 6, 1), date(2025, 9, 19), date(2025, 9, 20)])
def test_a_rate_is_within_exactly_up_to_the_ceiling(kind: str, on: date) -> None:
    for nuts2, category, approved in product(regions(), (None, "L", "T", "M"), (True, False)):
        facts = {
            "nuts2": nuts2,
            "allocated_category": category,
            "priority_type": kind,
            "border_uplift_approved": approved,
        }
        top = CEILING.evaluate(CEILING.facts(**facts), on=on).value
        rates = {None: "undetermined"} if top is None else {top: "eligible", top + STEP: "not_eligible"}
        if top is not None:
            rates[top - STEP] = "not_eligible" if kind == "art10_most_deprived" else "eligible"
        for rate, verdict in rates.items():
            if rate is None or rate <= 1:
                told = {**facts, "approved_rate": Fraction(1, 2) if rate is None else rate}
                assert RATED.evaluate(RATED.facts(**told), on=on).verdict == verdict, told
