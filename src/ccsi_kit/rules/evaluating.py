"""Evaluates a rule: scope, days, clauses in three-valued logic, value."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ccsi_kit.models import Message
from ccsi_kit.rules.asking import OPEN, Asked, Unknown, ask
from ccsi_kit.rules.clauses import NOT_ASKED, Clause, Warned
from ccsi_kit.rules.facts import Facts
from ccsi_kit.rules.outcomes import Answer, Outcome, Verdict
from ccsi_kit.rules.parameters import NoParameter, Parameters

if TYPE_CHECKING:
    from ccsi_kit.rules.rule import Rule

_NOTHING: frozenset[str] = frozenset()


def evaluate(rule: "Rule", facts: Facts, *, on: date) -> Outcome:
    """The answer of a rule about a case on a day."""
    parameters = _of_day(rule, on) if type(on) is date else Parameters(rule.parameters, on)
    on = parameters.day
    if on < rule.known_from:
        known = Message("outside-sources", known=rule.known_from)
        return Outcome(rule, facts, parameters, "undetermined", notes=(known,))
    if (rule.since and on < rule.since) or (rule.until and on > rule.until):
        code = "not-in-force-yet" if rule.since and on < rule.since else "not-in-force-any-more"
        day = rule.since if code == "not-in-force-yet" else rule.until
        return Outcome(rule, facts, parameters, "not_eligible", notes=(Message(code, day=day),))
    scope = [_answer(part, facts, parameters) for part in rule.scope if part.holds(on)]
    if any(part.met is not True for part in scope):
        return _out_of_scope(rule, facts, parameters, scope)
    answers = [*scope, *(_answer(part, facts, parameters) for part in rule.clauses if part.holds(on))]
    verdict = _verdict(answers) if rule.verdicts else None
    if rule.value is None or verdict == "not_eligible":
        return Outcome(rule, facts, parameters, verdict, answers=tuple(answers), missing=_missing(verdict, answers))
    return _with_value(rule, facts, parameters, answers, verdict)


@lru_cache(maxsize=1024)
def _of_day(rule: "Rule", on: date) -> Parameters:
    return Parameters(rule.parameters, on)


def _answer(clause: Clause, facts: Facts, parameters: Parameters) -> Answer:
    asked, note = _ask(lambda f, p: _truth(clause.condition(f, p)), facts, parameters, as_good=_met)
    if len(asked.answers) > 1:
        return Answer(clause, None, asked.missing)
    answer = asked.answers[0]
    if isinstance(answer, Warned):
        return Answer(clause, answer.met, _NOTHING, (answer.warning,))
    return Answer(clause, _met(answer), asked.missing, (note,) if note else (), asked=answer is not NOT_ASKED)


def _truth(answer: Any) -> Any:
    """An answer that is computed from unknown facts is true in some runs and false in others."""
    return bool(answer) if isinstance(answer, Unknown) else answer


def _met(answer: Any) -> bool | None:
    if answer is OPEN:
        return None
    return answer.met if isinstance(answer, Warned) else bool(answer)


def _ask(
    question: Callable[[Any, Any], Any], facts: Facts, parameters: Parameters, *, as_good: Callable[[Any], Any]
) -> tuple[Asked, Message | None]:
    """What a question answers; without a parameter for the day it is open, and no fact would help."""
    try:
        return ask(question, facts, parameters, as_good=as_good), None
    except NoParameter as missing:
        note = Message("no-parameter-for-date", parameter=missing.args[0])
        return Asked((OPEN,), _NOTHING), note


def _verdict(answers: Sequence[Answer]) -> Verdict:
    met = [answer.met for answer in answers]
    if False in met:
        return "not_eligible"
    return "undetermined" if None in met else "eligible"


def _missing(verdict: Verdict | None, answers: Sequence[Answer]) -> frozenset[str]:
    """The facts that open clauses depend on."""
    if verdict != "undetermined":
        return _NOTHING
    return _NOTHING.union(*(answer.missing for answer in answers if answer.met is None))


def _out_of_scope(rule: "Rule", facts: Facts, parameters: Parameters, scope: Sequence[Answer]) -> Outcome:
    """Undetermined: another law may apply. Where a part of the scope is not met no fact would change that."""
    outside = any(part.met is False for part in scope)
    return Outcome(
        rule, facts, parameters, "undetermined", answers=tuple(scope),
        missing=_NOTHING if outside else _missing("undetermined", scope),
        notes=(Message("out-of-scope"),) if outside and not any(part.notes for part in scope) else (),
    )  # fmt: skip


def _with_value(
    rule: "Rule", facts: Facts, parameters: Parameters, answers: Sequence[Answer], verdict: Verdict | None
) -> Outcome:
    asked, note = _ask(rule.value or (lambda f, p: None), facts, parameters, as_good=lambda one: one)
    missing = _missing(verdict, answers)
    if not asked.decided:
        verdict, missing = "undetermined", missing | asked.missing
    return Outcome(
        rule, facts, parameters, verdict,
        value=asked.answers[0] if asked.decided and verdict != "undetermined" else None,
        candidates=() if asked.decided else asked.possible,
        answers=tuple(answers),
        missing=missing,
        notes=tuple(_notes(asked, note)),
    )  # fmt: skip


def _notes(asked: Asked, note: Message | None) -> Iterator[Message]:
    if note:
        yield note
    elif not asked.decided and asked.possible:
        yield Message("candidates")
