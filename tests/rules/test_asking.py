"""What is decided although facts are unknown, against trying every filling."""

from datetime import date
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from ccsi_kit.rules import Clause, Count, Facts, Rule, Share, either, fact, known, later
from ccsi_kit.rules.asking import OPEN, ask

Few = Annotated[Count, Field(le=3)]


class Toy(Facts):
    """Facts of few values, so that all fillings can be tried."""

    a: bool = fact("a", example="true")
    b: bool = fact("b", example="true")
    k: Literal["x", "y", "z"] = fact("k", example="x")
    n: Few = fact("n", example="1")
    m: Few | None = fact("m", example="1")


VALUES: dict[str, tuple[Any, ...]] = {
    "a": (True, False), "b": (True, False), "k": ("x", "y", "z"), "n": (0, 1, 2, 3), "m": (None, 0, 1, 2, 3),
}  # fmt: skip
ATOMS = [
    "f.a", "f.b", "f.k == 'x'", "f.k in ('x', 'y')", "f.k != 'z'", "f.n >= 2", "f.n == 1", "f.n != 3",
    "1 < f.n", "f.n < 3",
    "(f.m is None)", "(f.m is not None and f.m > 1)",
]  # fmt: skip
TEXTS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda text: f"(not {text})"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})"),
    ),
    max_leaves=5,
)
GIVEN = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})


def clause(text: str, name: str) -> Clause:
    condition = eval(f"lambda f, p: {text}")
    condition.__name__ = name
    return Clause(condition, "xx:act:law/1")


def rule(*texts: str) -> Rule:
    clauses = tuple(clause(text, f"c{place}") for place, text in enumerate(texts))
    return Rule(
        id="xx:rule:toy", code="XX-1", home=Path("nowhere"), facts=Toy, clauses=clauses, known_from=date(2000, 1, 1)
    )


ON = date(2026, 1, 1)


def fillings(names: set[str]) -> list[dict[str, Any]]:
    ordered = sorted(names)
    return [dict(zip(ordered, values, strict=True)) for values in product(*(VALUES[name] for name in ordered))]


def verdict(one: Rule, facts: dict[str, Any]) -> str | None:
    return one.evaluate(Toy(**facts), on=ON).verdict


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), facts=GIVEN)
def test_unknown_facts_never_change_what_is_decided_and_leave_open_what_is_not(texts, facts) -> None:
    one = rule(*texts)
    found = verdict(one, facts)
    rest = VALUES.keys() - facts.keys()
    met = {
        tuple(bool(ask(part.condition, Toy(**facts, **more), None).answers[0]) for part in one.clauses)
        for more in fillings(rest)
    }
    if found == "undetermined":
        by_clause = list(zip(*met, strict=True))
        assert not any(set(answers) == {False} for answers in by_clause)
        assert any(len(set(answers)) == 2 for answers in by_clause)
    else:
        assert {all(answers) for answers in met} == {found == "eligible"}


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, facts=GIVEN)
def test_what_is_missing_decides_and_each_of_it_matters(text, facts) -> None:
    one = rule(text)
    outcome = one.evaluate(Toy(**facts), on=ON)
    missing = set(outcome.missing)
    assert missing <= VALUES.keys() - facts.keys()
    assert bool(missing) is (outcome.verdict == "undetermined")
    assert all(verdict(one, {**facts, **more}) != "undetermined" for more in fillings(missing))
    for name in missing:
        others = fillings(missing - {name})
        assert any(
            len({verdict(one, {**facts, **more, name: value}) for value in VALUES[name]}) == 2 for more in others
        )


class Money(Facts):
    """Facts whose sums and days are compared."""

    part: Share = fact("part", example="0.5", unit="share")
    whole: Count = fact("whole", example="10", unit="persons")
    day: date | None = fact("day", example="2026-01-01")
    name: str = fact("name", example="Example")


@pytest.mark.parametrize(
    ("text", "facts", "answers", "missing"),
    [
        ("f.part * f.whole >= 5", {"part": "0.5"}, {True, False}, {"whole"}),
        ("f.part >= 0", {}, {True}, set()),
        ("f.part > 1", {}, {False}, set()),
        ("f.part <= 1 and f.whole >= 0", {}, {True}, set()),
        ("f.day is None or later(f.day, months=12) <= on", {"part": "1"}, {True, False}, {"day"}),
        ("'undación' in f.name", {}, {True, False}, {"name"}),
        ("bool(f.name.startswith('X'))", {}, {True, False}, {"name"}),
        ("len(f.name) > 3", {}, {OPEN}, {"name"}),
        ("f.part if f.whole > 2 else 0", {"whole": 1}, {0}, set()),
        ("f.part if f.whole > 2 else 0", {"whole": 5}, {OPEN}, {"part"}),
        ("f.part >= 0.75 and f.part < 0.5", {}, {False}, set()),
        ("f.part >= 0.75 or f.part < 0.75", {}, {True}, set()),
        ("f.whole > 1 or f.whole < 2", {}, {True}, set()),
        ("f.whole != 0 and f.whole < 1", {}, {False}, set()),
    ],
)
def test_numbers_days_and_texts_that_are_not_known(text: str, facts, answers: set[Any], missing: set[str]) -> None:
    question = eval(f"lambda f, p: {text}", {"later": later, "on": ON})
    asked = ask(question, Money(**facts), None)
    assert set(asked.answers) == answers
    assert asked.missing == missing


def test_a_fact_that_nobody_has_is_an_error_of_the_program() -> None:
    with pytest.raises(AttributeError, match="no fact 'nmae'"):
        ask(lambda f, p: f.nmae, Money(), None)


def test_a_value_may_be_one_of_several_and_other_code_needs_known_facts() -> None:
    asked = ask(lambda f, p: either("a", "b"), Money(), None)
    assert (asked.decided, asked.possible) == (False, ("a", "b"))
    asked = ask(lambda f, p: known(f.name)[:1], Money(), None)
    assert (asked.decided, asked.possible, asked.missing) == (False, (), {"name"})
    assert ask(lambda f, p: known(f.name)[:1], Money(name="Xy"), None).answers == ("X",)


def test_conditions_that_cannot_all_be_met_are_not_met_although_each_is_open() -> None:
    from ccsi_kit.plugins import country

    rule = country("fr").rules["societe-a-mission"]
    told = dict.fromkeys(("raison_detre", "objectives", "oti_check", "declared"), True)
    facts = rule.facts(**told, committee_has_employee=False, staff=119)
    found = rule.evaluate(facts, on=date(2025, 6, 1))
    assert (found.verdict, found.missing) == ("not_eligible", frozenset())
    assert [one.code for one in found.warnings if one.code == "not-together"]
    assert {one.name for one in found.deciding} == {"follow_up", "employee"}
    either = rule.evaluate(facts.replace(staff=49), on=date(2025, 6, 1))
    assert (either.verdict, either.missing) == ("undetermined", {"committee_or_referent"})
