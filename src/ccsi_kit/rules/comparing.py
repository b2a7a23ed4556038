"""What changes in the law between two days: values, clauses, and worked cases that come out otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ccsi_kit.rules.cases import Case
from ccsi_kit.rules.clauses import Clause
from ccsi_kit.rules.days import later
from ccsi_kit.rules.outcomes import Outcome, plain
from ccsi_kit.rules.parameters import Value
from ccsi_kit.rules.rule import Rule


@dataclass(frozen=True)
class ChangedCase:
    """A worked case whose outcome is another one, and the clauses for which it is."""

    case: Case
    before: Outcome
    after: Outcome
    time_passes: bool
    """Whether nothing in the rule changed between the days: it comes out otherwise because time passed."""

    @property
    def why(self) -> tuple[str, ...]:
        """The names of the clauses that are answered otherwise, or are there only on one of the days."""
        one, other = (
            {reason.name: (reason.met, outcome.value if reason.gives else None) for reason in outcome.reasons}
            for outcome in (self.before, self.after)
        )
        return tuple(name for name in dict.fromkeys([*one, *other]) if one.get(name, "") != other.get(name, ""))


@dataclass(frozen=True)
class Change:
    """What changes in one rule."""

    rule: Rule
    parameters: tuple[tuple[str, Value | None, Value | None], ...]
    """Name, value before, value after."""
    begun: tuple[Clause, ...]
    ended: tuple[Clause, ...]
    cases: tuple[ChangedCase, ...]

    def __bool__(self) -> bool:
        return bool(self.parameters or self.begun or self.ended or self.cases)

    def told(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "rule": self.rule.id,
            "parameters": [
                {"name": name, "before": before and plain(before.value), "after": after and plain(after.value)}
                for name, before, after in self.parameters
            ],
            "begun": [clause.name for clause in self.begun],
            "ended": [clause.name for clause in self.ended],
            "cases": [
                {
                    "case": one.case.id,
                    "before": {"verdict": one.before.verdict, "value": plain(one.before.value)},
                    "after": {"verdict": one.after.verdict, "value": plain(one.after.value)},
                    "why": list(one.why),
                    "time_passes": one.time_passes,
                }
                for one in self.cases
            ],
        }


def differences(rules: Iterable[Rule], since: date, until: date) -> Iterator[Change]:
    """The rules in which something is otherwise on the second day than on the first."""
    for rule in rules:
        if change := law_change(rule, since, until, cases=True):
            yield change


def law_change(rule: Rule, since: date, until: date, *, cases: bool = False) -> Change:
    """What is otherwise in one rule; its worked cases only where they are asked for."""
    values = [(name, rule.parameters[name].on(since), rule.parameters[name].on(until)) for name in sorted(rule.reads)]
    return Change(
        rule,
        tuple((name, one, other) for name, one, other in values if (one and one.value) != (other and other.value)),
        begun=tuple(part for part in rule.parts if part.holds(until) and not part.holds(since)),
        ended=tuple(part for part in rule.parts if part.holds(since) and not part.holds(until)),
        cases=tuple(_changed(rule, since, until)) if cases else (),
    )


def _changed(rule: Rule, since: date, until: date) -> Iterator[ChangedCase]:
    for case in rule.cases:
        before, after = (rule.evaluate(case.facts, on=day) for day in (since, until))
        if (before.verdict, before.value) != (after.verdict, after.value):
            yield ChangedCase(case, before, after, time_passes=not any(since < day <= until for day in _days(rule)))


def _days(rule: Rule) -> Iterator[date]:
    """The days on which the law changes, and those after a last day that the law names."""
    yield from rule.days
    for name in rule.reads:
        for value in rule.parameters[name].values:
            if isinstance(value.value, date):
                yield later(value.value, days=1)
