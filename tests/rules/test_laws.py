"""The rules of every country: their worked cases, their words, and that none of their clauses could be otherwise."""

import ast
import inspect
import random
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise, product
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsi_kit.i18n import LANGUAGES, has_words, words
from ccsi_kit.plugins import discover
from ccsi_kit.rules import NOT_ASKED, Case, Clause, Facts, Outcome, Parameters, Rule
from ccsi_kit.rules.asking import NoParameter
from ccsi_kit.rules.clauses import Warned
from ccsi_kit.rules.days import later
from ccsi_kit.rules.facts import UNKNOWN, choices, limits, may_be_none
from ccsi_kit.rules.outcomes import shown


@cache
def rules() -> tuple[Rule, ...]:
    plugins = discover()
    return tuple(rule for loaded in plugins.countries.values() for rule in loaded.rules.values())


def each_rule() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)


def conditions(rule: Rule) -> tuple[Clause, ...]:
    return (*rule.scope, *rule.clauses)


def wrong(rule: Rule) -> Iterator[str]:
    """The cases that do not come out as they say."""
    for case in rule.cases:
        if differs := case.differs(outcome(rule, case)):
            yield f"case {case.id}: {'; '.join(differs)}"


def outcome(rule: Rule, case: Case) -> Outcome:
    return rule.evaluate(case.facts, on=case.on)


@each_rule()
def test_every_case_comes_out_as_it_says(rule: Rule) -> None:
    assert rule.cases
    assert not list(wrong(rule))


@each_rule()
def test_every_verdict_that_can_be_reached_has_a_case_that_rests_on_more_than_memory(rule: Rule) -> None:
    sure = [case for case in rule.cases if case.basis != "to-check"]
    assert {case.verdict for case in sure} == {*(rule.verdicts or (None, "undetermined"))}


def opposite(clause: Clause) -> Clause:
    """The clause with the contrary answer."""

    def contrary(f, p):  # type: ignore[no-untyped-def]
        answer = clause.condition(f, p)
        met = answer.met if isinstance(answer, Warned) else answer is NOT_ASKED or bool(answer)
        return not met

    contrary.__name__ = clause.name
    changed = replace(clause, condition=contrary)
    changed.__dict__.update(facts=clause.facts, parameters=clause.parameters)
    return changed


@each_rule()
def test_no_clause_can_be_turned_round_unnoticed(rule: Rule) -> None:
    unnoticed = []
    for clause in conditions(rule):
        scope = tuple(opposite(one) if one is clause else one for one in rule.scope)
        clauses = tuple(opposite(one) if one is clause else one for one in rule.clauses)
        if not list(wrong(replace(rule, scope=scope, clauses=clauses))):
            unnoticed.append(clause.name)
    assert not unnoticed


@each_rule()
def test_the_order_of_clauses_does_not_matter(rule: Rule) -> None:
    turned = replace(rule, clauses=rule.clauses[::-1], scope=rule.scope[::-1])
    for case in rule.cases:
        one, other = outcome(rule, case), outcome(turned, case)
        assert (one.verdict, one.value, one.missing, one.flags) == (
            other.verdict,
            other.value,
            other.missing,
            other.flags,
        )
        assert {(r.name, r.met) for r in one.reasons} == {(r.name, r.met) for r in other.reasons}


def functions_of(function: Callable[..., object]) -> Iterator[Callable[..., object]]:
    """A clause's function and those to which it hands its facts and parameters."""
    yield function
    handed = [*inspect.signature(function).parameters]
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Call) and [getattr(part, "id", "") for part in node.args] == handed:
            yield from functions_of(function.__globals__[getattr(node.func, "id", "")])


def numbers_of(function: Callable[..., object]) -> list[object]:
    """Numbers in the body of a function, written there or in a constant of its file."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(tree, ast.FunctionDef)
    nodes = [node for statement in tree.body for node in ast.walk(statement)]
    written = [node.value for node in nodes if isinstance(node, ast.Constant)]
    named = [function.__globals__.get(node.id) for node in nodes if isinstance(node, ast.Name)]
    made = [ast.unparse(node) for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) in EXACT]
    return [one for one in (*written, *named) if type(one) in (int, float, Fraction, Decimal)] + made


EXACT = ("Fraction", "Decimal", "float", "int")


@each_rule()
def test_no_number_is_written_into_a_clause(rule: Rule) -> None:
    for part in rule.parts:
        for function in functions_of(part.condition):
            assert not numbers_of(function), f"{function.__name__}: make {numbers_of(function)} a parameter"


HALF = Fraction(1, 2)


def test_numbers_are_seen_wherever_they_are_written() -> None:
    def plain(f, p):  # type: ignore[no-untyped-def]
        return f.share >= 0.5

    def made(f, p):  # type: ignore[no-untyped-def]
        return f.share >= Fraction("1/2")

    def named(f, p):  # type: ignore[no-untyped-def]
        return f.share >= HALF

    def parameter(f, p):  # type: ignore[no-untyped-def]
        return f.share >= p.half

    assert [bool(numbers_of(one)) for one in (plain, made, named, parameter)] == [True, True, True, False]


@each_rule()
def test_facts_and_parameters_are_all_read_and_all_there(rule: Rule) -> None:
    read = frozenset().union(*(part.facts for part in rule.parts))
    assert read == set(rule.facts.model_fields), "a fact that no clause reads, or one that is no field"
    assert rule.reads <= set(rule.parameters)
    for part in rule.parts:
        assert part.ref.partition("/")[0] in rule.acts


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@each_rule()
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_has_words_in_every_language(rule: Rule, lang: str) -> None:
    facts = {f"{rule.country}:fact:{name}" for name in rule.facts.model_fields}
    few = {
        f"{rule.country}:fact:{name}={word}"
        for name in rule.facts.model_fields for word in choices(rule.facts, name) if isinstance(word, str)
    }  # fmt: skip
    wanted = {rule.id, f"{rule.id}.left-out", *facts, *few, *(f"{rule.id}/{part.name}" for part in rule.parts)}
    assert not {code for code in wanted if not has_words(code, lang)}
    for label in (rule.labels.get(verdict, verdict) for verdict in rule.verdicts):
        assert has_words(f"verdict.{label}", lang)
    for part in rule.parts:
        named = gaps(words(f"{rule.id}/{part.name}", lang))
        limits = {f"p.{name}" for name in part.parameters}
        if part is rule.value:  # it shows its value, and where the limits stand that it used
            assert named - limits == part.facts, part.name
        else:
            assert named == part.facts | limits, f"{part.name}: facts and parameters to name"


@each_rule()
def test_every_outcome_can_be_told_in_every_language(rule: Rule) -> None:
    for case in rule.cases:
        for lang in LANGUAGES:
            told = outcome(rule, case).told(lang)
            assert all("{" not in reason["text"] for reason in told["reasons"])
            assert all("{" not in warning["text"] for warning in told["warnings"])


@each_rule()
def test_a_timeline_covers_all_days_without_gap(rule: Rule) -> None:
    for case in rule.cases:
        spells = rule.timeline(case.facts)
        assert spells[0].since == rule.known_from
        assert spells[-1].until is None
        for one, after in pairwise(spells):
            assert one.until is not None
            assert (after.since - one.until).days == 1
        inside = [
            spell for spell in spells if spell.since <= case.on and (spell.until is None or case.on <= spell.until)
        ]
        assert case.on < rule.known_from or inside[0].outcome.verdict == outcome(rule, case).verdict


def pool(rule: Rule, name: str) -> list[object]:
    """Values that a fact can have: the few there are, or those of the worked cases and what lies about them."""
    few = choices(rule.facts, name)
    seen = [getattr(case.facts, name) for case in rule.cases if name in case.facts.model_fields_set]
    near: list[object] = list(few)
    for value in [] if few else [one for one in seen if one is not None]:
        step = 1 if isinstance(value, int) else Fraction(1, 100)
        if isinstance(value, date):
            near += [value, *(later(value, years=years) for years in (-6, 6))]
        elif isinstance(value, Fraction):
            near += [value - step, value, value + step, value * Fraction(4, 5), value * Fraction(6, 5)]
        else:
            near += [value - step, value, value + step] if isinstance(value, int) else [value]
    least, most = limits(rule.facts, name)
    inside = [
        value for value in near
        if not isinstance(value, int | Fraction) or isinstance(value, bool)
        or ((least is None or value >= least) and (most is None or value <= most))
    ]  # fmt: skip
    return [*inside, *([None] if may_be_none(rule.facts, name) else [])] or [UNKNOWN]


@each_rule()
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_decided_stays_so_whatever_the_unknown_facts_are(rule: Rule, data: st.DataObject) -> None:
    whole = {name: data.draw(st.sampled_from(pool(rule, name)), name) for name in rule.facts.model_fields}
    whole = {name: value for name, value in whole.items() if value is not UNKNOWN}
    hidden = data.draw(st.sets(st.sampled_from(sorted(whole)))) if whole else set()
    on = data.draw(st.sampled_from(sorted({*rule.days, *(case.on for case in rule.cases)})))
    part = rule.evaluate(rule.facts(**{name: value for name, value in whole.items() if name not in hidden}), on=on)
    assert part.missing <= part.facts.unknown
    if part.decided:
        full = rule.evaluate(rule.facts(**whole), on=on)
        assert (part.verdict, part.value) == (full.verdict, full.value)
        assert not part.missing


@each_rule()
def test_clauses_read_what_their_source_says(rule: Rule) -> None:
    """The facts found from the source of a clause are those that it reads, over many cases."""
    chance = random.Random(5)
    pools = {name: pool(rule, name) for name in rule.facts.model_fields}
    for clause in conditions(rule):
        days = [day for day in {*rule.days, *(case.on for case in rule.cases)} if clause.holds(day)]
        read: set[str] = set()
        for _ in range(3000):
            drawn = {name: chance.choice(values) for name, values in pools.items()}
            spy = Spy(rule.facts(**{name: value for name, value in drawn.items() if value is not UNKNOWN}))
            with suppress(NoParameter, Missing):
                clause.condition(spy, Parameters(rule.parameters, chance.choice(sorted(days))))
            read |= spy.seen
            if read == clause.facts:
                break
        assert read == clause.facts, clause.name


class Missing(Exception):
    """A fact that is not known was read."""


class Spy:
    """Facts that note what is read of them."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.seen = facts, set[str]()

    def __getattr__(self, name: str) -> object:
        self.seen.add(name)
        if name in self.facts.unknown:
            raise Missing(name)
        return getattr(self.facts, name)


@each_rule()
def test_a_share_is_shown_as_it_is(rule: Rule) -> None:
    for parameter in rule.parameters.values():
        for value in parameter.values if parameter.unit in ("share", "ratio") else ():
            told = shown(value.value, "share", "en")
            assert Fraction(told.removesuffix("%")) / (100 if told.endswith("%") else 1) == value.value


@each_rule()
def test_a_value_says_where_it_comes_from(rule: Rule) -> None:
    for case in rule.cases:
        given = outcome(rule, case)
        if given.value is not None:
            (reason,) = [one for one in given.reasons if one.gives]
            assert reason.met and rule.cited(reason.clause.ref) in reason.text("en")
            for value in reason.parameters.values():
                assert value and rule.cited(value.ref) in reason.text("en")


ASKED_IN_VAIN = {"EU-COF-01": "allocated_category", "EU-DM-01": "road_freight"}
"""Facts told missing although nothing depends on them: no region is known, or the value is not given anyway."""


@each_rule()
def test_what_is_missing_decides_and_each_of_it_matters(rule: Rule) -> None:
    """Two facts of a decided case are hidden: some values of those told missing decide it, and each matters."""
    chance = random.Random(7)
    pools = {name: [value for value in pool(rule, name) if value is not UNKNOWN] for name in rule.facts.model_fields}
    for case in [case for case in rule.cases if outcome(rule, case).decided] * 4:
        whole = case.facts.known()
        hidden = chance.sample(sorted(whole), min(2, len(whole)))
        known = {name: value for name, value in whole.items() if name not in hidden}
        part = rule.evaluate(rule.facts(**known), on=case.on)
        if part.decided or not part.missing <= {*hidden}:  # what the case leaves out is asked too
            continue
        if any(isinstance(whole[name], tuple) for name in part.missing):  # nobody knows what a list adds up to
            continue
        if any(None in one.limits.values() for one in part.reasons if one.met is None):  # not known for the day: open
            continue
        came = {}
        for values in product(*([UNKNOWN, *pools[name]] for name in sorted(part.missing))):
            given = {n: value for n, value in zip(sorted(part.missing), values, strict=True) if value is not UNKNOWN}
            one = rule.evaluate(rule.facts(**known, **given), on=case.on)
            came[values] = (one.verdict, str(one.value), one.decided)
        assert any(decided for *_, decided in came.values()), f"{case.id}: {sorted(part.missing)} decide nothing"
        for place, name in enumerate(sorted(part.missing)):
            apart = defaultdict(set)
            for values, said in came.items():
                apart[values[:place] + values[place + 1 :]].add(said)
            matters = any(len(said) > 1 for said in apart.values())
            assert matters or ASKED_IN_VAIN.get(rule.code) == name, f"{case.id}: {name} does not matter"
