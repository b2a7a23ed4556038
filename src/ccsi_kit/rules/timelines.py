"""A rule's answers over time."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ccsi_kit.rules.days import later
from ccsi_kit.rules.facts import Facts
from ccsi_kit.rules.outcomes import Outcome

if TYPE_CHECKING:
    from ccsi_kit.rules.rule import Rule


class Spell(NamedTuple):
    """A time in which the answer is the same: its first day, its last (none: as far as is known), the answer."""

    since: date
    until: date | None
    outcome: Outcome


def timeline(rule: "Rule", facts: Facts) -> tuple[Spell, ...]:
    """The answers from the first day that is known. They change on days of the law and of the case."""
    starts, found = [*rule.days], {}
    while starts:
        start = starts.pop(0)
        if start in found or start < rule.known_from:
            continue
        seen: list[date] = []
        found[start] = rule.evaluate(facts, on=_Day.noting(start, seen))
        starts += [day for day in seen if day > start and day not in found]
    days: list[date] = sorted(found)
    ends = [*(later(day, days=-1) for day in days[1:]), None]
    spells = [Spell(day, end, found[day]) for day, end in zip(days, ends, strict=True)]
    return tuple(_joined(spells))


def _joined(spells: list[Spell]) -> list[Spell]:
    """Neighbours that say the same as one."""
    joined = spells[:1]
    for spell in spells[1:]:
        if _same(joined[-1].outcome, spell.outcome):
            joined[-1] = joined[-1]._replace(until=spell.until)
        else:
            joined.append(spell)
    return joined


def _same(one: Outcome, other: Outcome) -> bool:
    """Whether they say the same; values that are due for a new look are no change of the law."""
    return _said(one) == _said(other)


def _said(outcome: Outcome) -> tuple[Any, ...]:
    warnings = [warning for warning in outcome.warnings if warning not in outcome.cautions]
    reasons = [(one.name, one.met, one.facts, one.parameters) for one in outcome.reasons]
    return outcome.verdict, outcome.value, outcome.candidates, reasons, outcome.missing, warnings, outcome.flags


class _Day(date):
    """A day that notes the days it is compared with: there the answer may change."""

    seen: list[date]

    @classmethod
    def noting(cls, day: date, seen: list[date]) -> "_Day":
        made = cls(day.year, day.month, day.day)
        made.seen = seen
        return made

    def _note(self, other: Any) -> Any:
        if isinstance(other, date) and hasattr(self, "seen"):
            self.seen += [other, later(other, days=1)]
        return other

    def __lt__(self, other: Any) -> bool:
        return super().__lt__(self._note(other))

    def __le__(self, other: Any) -> bool:
        return super().__le__(self._note(other))

    def __gt__(self, other: Any) -> bool:
        return super().__gt__(self._note(other))

    def __ge__(self, other: Any) -> bool:
        return super().__ge__(self._note(other))

    __eq__, __hash__ = date.__eq__, date.__hash__
