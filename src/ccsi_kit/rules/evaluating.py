"""Evaluates a rule: scope, days, clauses in three-valued logic, value."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from ccsi_kit.models import Message
from ccsi_kit.rules.asking import MOST, OPEN, Asked, NoParameter, Unknown, ask
from ccsi_kit.rules.clauses import NOT_ASKED, Clause, Warned
from ccsi_kit.rules.facts import Facts
from ccsi_kit.rules.outcomes import Answer, Outcome, Verdict
from ccsi_kit.rules.parameters import Noted, Parameters

if TYPE_CHECKING:
    from ccsi_kit.rules.rule import Rule

_NOTHING: frozenset[str] = frozenset()
TOGETHER: Final = 256
"""Runs after which nobody asks whether open clauses can be met together."""


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
    if any(part.met is False for part in scope):
        return _out_of_scope(rule, facts, parameters, scope)
    clauses = [_answer(part, facts, parameters) for part in rule.clauses if part.holds(on)]
    if any(part.met is None for part in scope):
        return _open_scope(rule, facts, parameters, scope, clauses)
    verdict, missing = _verdict(clauses, facts, parameters) if rule.verdicts else (None, _NOTHING)
    answers, notes = (*scope, *clauses), _impossible(verdict, clauses)
    if rule.value is None or verdict == "not_eligible":
        return Outcome(rule, facts, parameters, verdict, answers=answers, missing=missing, notes=notes)
    return _with_value(rule, rule.value, facts, parameters, answers, verdict, missing)


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
    question: Callable[[Any, Any], Any],
    facts: Facts,
    parameters: Parameters | Noted,
    *,
    as_good: Callable[[Any], Any],
    most: int = MOST,
) -> tuple[Asked, Message | None]:
    """What a question answers; without a parameter for the day it is open, and no fact would help."""
    try:
        return ask(question, facts, parameters, as_good=as_good, most=most), None
    except NoParameter as missing:
        note = Message("no-parameter-for-date", parameter=missing.args[0])
        return Asked((OPEN,), _NOTHING), note


def _verdict(answers: Sequence[Answer], facts: Facts, parameters: Parameters) -> tuple[Verdict, frozenset[str]]:
    """What clauses come to, and the facts that open ones depend on."""
    met = [answer.met for answer in answers]
    if False in met:
        return "not_eligible", _NOTHING
    if None not in met:
        return "eligible", _NOTHING
    together = _together([answer for answer in answers if answer.met is None], facts, parameters)
    if together is None:
        return "undetermined", _missing(answers)
    return ("not_eligible", _NOTHING) if together.answers == (False,) else ("undetermined", together.missing)


def _together(answers: Sequence[Answer], facts: Facts, parameters: Parameters) -> Asked | None:
    """Whether open clauses can all be met at once; none where that is too much to ask, or no parameter is known."""
    if len(answers) == 1 or not all(answer.missing for answer in answers):
        return None
    conditions = [answer.clause.condition for answer in answers]
    asked, _ = _ask(
        lambda f, p: all(_met(_truth(one(f, p))) for one in conditions),
        facts,
        parameters,
        as_good=lambda one: one,
        most=TOGETHER,
    )
    return None if OPEN in asked.answers else asked


def _impossible(verdict: Verdict | None, answers: Sequence[Answer]) -> tuple[Message, ...]:
    """That no clause alone decides, but all of them cannot be met."""
    alone = any(answer.met is False for answer in answers)
    return (Message("not-together"),) if verdict == "not_eligible" and not alone else ()


def _missing(answers: Sequence[Answer]) -> frozenset[str]:
    """The facts that open clauses depend on."""
    return _NOTHING.union(*(answer.missing for answer in answers if answer.met is None))


def _out_of_scope(rule: "Rule", facts: Facts, parameters: Parameters, scope: Sequence[Answer]) -> Outcome:
    """Undetermined: another law applies, and no fact would change that."""
    notes = () if any(part.notes for part in scope) else (Message("out-of-scope"),)
    return Outcome(rule, facts, parameters, "undetermined", answers=tuple(scope), notes=notes)


def _open_scope(
    rule: "Rule", facts: Facts, parameters: Parameters, scope: Sequence[Answer], clauses: Sequence[Answer]
) -> Outcome:
    """Undetermined, because another law may apply; what else is missing to decide is told too."""
    verdict, missing = _verdict(clauses, facts, parameters)
    if rule.value and verdict != "not_eligible":
        missing |= _ask(rule.value.condition, facts, parameters, as_good=lambda one: one)[0].missing
    missing |= _missing(scope)
    return Outcome(rule, facts, parameters, "undetermined", answers=(*scope, *clauses), missing=missing)


def _with_value(
    rule: "Rule", value: Clause, facts: Facts, parameters: Parameters, answers: Sequence[Answer],
    verdict: Verdict | None, missing: frozenset[str],
) -> Outcome:  # fmt: skip
    noted = Noted(parameters)
    asked, note = _ask(value.condition, facts, noted, as_good=lambda one: one)
    if not asked.decided:
        verdict, missing = "undetermined", missing | asked.missing
    return Outcome(
        rule, facts, parameters, verdict,
        value=asked.answers[0] if asked.decided and verdict != "undetermined" else None,
        candidates=() if asked.decided else asked.possible,
        answers=tuple(answers),
        gives=Answer(value, True if asked.decided else None, asked.missing, used=frozenset(noted.names)),
        missing=missing,
        notes=tuple(_notes(asked, note)),
    )  # fmt: skip


def _notes(asked: Asked, note: Message | None) -> Iterator[Message]:
    if note:
        yield note
    elif not asked.decided and asked.possible:
        yield Message("candidates")
