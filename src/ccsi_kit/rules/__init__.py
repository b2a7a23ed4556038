"""Institutional rules: dated, referenced, explained, right on the day that is asked."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.rules.asking import either, known
    from ccsi_kit.rules.cases import Case
    from ccsi_kit.rules.clauses import NOT_ASKED, Clause, clause, warned
    from ccsi_kit.rules.days import later
    from ccsi_kit.rules.facts import Amount, Count, Facts, Number, Share, fact
    from ccsi_kit.rules.gathering import Filled, Gathered, gathered
    from ccsi_kit.rules.outcomes import Outcome, Reason
    from ccsi_kit.rules.parameters import Act, Parameter, Parameters, Value
    from ccsi_kit.rules.records import Declaration, Fact
    from ccsi_kit.rules.rule import Rule
    from ccsi_kit.rules.timelines import Spell

__getattr__, __dir__, __all__ = public(__name__)
