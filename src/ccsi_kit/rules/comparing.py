"""What changes in the law between two days: values, clauses, and worked cases that come out otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ccsi_kit.rules.cases import Case
from ccsi_kit.rules.clauses import Clause
from ccsi_kit.rules.outcomes import Outcome, plain
from ccsi_kit.rules.parameters import Value
from ccsi_kit.rules.rule import Rule


@dataclass(frozen=True)
class ChangedCase:
    """A worked case whose outcome is another one, and the clauses for which it is."""

    case: Case
    before: Outcome
    after: Outcome

    @property
    def why(self) -> tuple[str, ...]:
        """The names of the clauses that are answered otherwise, or are there only on one of the days."""
        one, other = ({reason.name: reason.met for reason in outcome.reasons} for outcome in (self.before, self.after))
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
                {"case": one.case.id, "before": one.before.verdict, "after": one.after.verdict, "why": list(one.why)}
                for one in self.cases
            ],
        }


def differences(rules: Iterable[Rule], since: date, until: date) -> Iterator[Change]:
    """The rules in which something is otherwise on the second day than on the first."""
    for rule in rules:
        if change := _change(rule, since, until):
            yield change


def _change(rule: Rule, since: date, until: date) -> Change:
    values = [(name, rule.parameters[name].on(since), rule.parameters[name].on(until)) for name in sorted(rule.reads)]
    parts = (*rule.scope, *rule.clauses)
    return Change(
        rule,
        tuple((name, one, other) for name, one, other in values if (one and one.value) != (other and other.value)),
        begun=tuple(part for part in parts if part.holds(until) and not part.holds(since)),
        ended=tuple(part for part in parts if part.holds(since) and not part.holds(until)),
        cases=tuple(_changed(rule, since, until)),
    )


def _changed(rule: Rule, since: date, until: date) -> Iterator[ChangedCase]:
    for case in rule.cases:
        before, after = (rule.evaluate(case.facts, on=day) for day in (since, until))
        if (before.verdict, before.value) != (after.verdict, after.value):
            yield ChangedCase(case, before, after)
