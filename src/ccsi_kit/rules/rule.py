"""A legal question of a country, with the clauses that answer it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from ccsi_kit.models import Message, Organisation
from ccsi_kit.rules.cases import Case, read_cases
from ccsi_kit.rules.clauses import Clause
from ccsi_kit.rules.days import later
from ccsi_kit.rules.evaluating import evaluate
from ccsi_kit.rules.facts import Facts
from ccsi_kit.rules.gathering import Filled
from ccsi_kit.rules.outcomes import Outcome, Verdict, cited
from ccsi_kit.rules.parameters import Act, Listed, Parameter, read_acts, read_parameters
from ccsi_kit.rules.timelines import Spell, timeline

DECIDED: tuple[Verdict, ...] = ("eligible", "not_eligible", "undetermined")


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One question about one case, on a day. The law is a folder: its parameters and cases stand beside `rule.py`.

    A case is eligible when every clause in force is met. `scope` says whether this law applies at all: where it does
    not, or where that is unknown, the outcome is undetermined whatever the clauses say.
    """

    id: str
    """`es:rule:empresa-de-insercion`. Its question is the catalogues' word for it."""
    code: str
    """Another name: `ES-EI-01`."""
    home: Path
    """The folder of the law."""
    facts: type[Facts]
    """The model of the facts that it asks. A fact's words are the catalogues' for `es:fact:<name>`."""
    clauses: tuple[Clause, ...] = ()
    scope: tuple[Clause, ...] = ()
    value: Clause | None = None
    """What gives a value besides a verdict, or instead: an amount, a rate, a body."""
    unit: str = ""
    """What a number that it gives counts."""
    listed: Callable[[], Iterable[Listed]] | None = None
    """The rows of a list that the law has beside its parameters, such as regions."""
    fills: Callable[[Organisation], Mapping[str, Filled]] | None = None
    """The facts that registers fill, from the merged view of an organisation."""
    known_from: date
    """The first day of which the law was read."""
    since: date | None = None
    """The first day of the legal class, where it is not there on all days that are known."""
    until: date | None = None
    status: Literal["constitutive", "declaratory", "none"] = "none"
    """Whether a register entry makes the status, only states it, or there is none."""
    term: str = ""
    """The term of art, in the language of the law."""
    verdicts: tuple[Verdict, ...] = DECIDED
    """The verdicts that it can come to; nothing where it only gives a value."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Other words for its verdicts."""
    provisional: bool = False
    """Whether what it grants still lacks an implementing act."""

    @property
    def country(self) -> str:
        """The code of its country."""
        return self.id.partition(":")[0]

    @property
    def name(self) -> str:
        """The last part of its id."""
        return self.id.rpartition(":")[2]

    @cached_property
    def acts(self) -> Mapping[str, Act]:
        """The acts of its country, and those of the Union, by Ref."""
        union = Path(__file__).parent.parent / "eu" / "rules"
        return {**read_acts(union, "eu"), **read_acts(self.home.parent, self.country)}

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters of its law; raises `Refused` where the file is broken."""
        file = self.home / "parameters.yaml"
        return read_parameters(file, self.acts, self.reads) if file.exists() else {}

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Its worked cases; raises `Refused` where the file is broken."""
        return read_cases(self.home / "cases.yaml", self.name, self.facts)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which its parameters and clauses change."""
        found = {day for name in self.reads for day in self.parameters[name].days}
        of_parts = ((part.since, part.until) for part in self.parts)
        for since, until in (*of_parts, (self.since, self.until)):
            found |= {since} if since else set()
            found |= {later(until, days=1)} if until else set()
        return tuple(sorted({self.known_from, *found}))

    @cached_property
    def reads(self) -> frozenset[str]:
        """The parameters that it reads."""
        return frozenset().union(*(part.parameters for part in self.parts))

    @property
    def parts(self) -> tuple[Clause, ...]:
        """Scope, clauses and what gives its value, in the order of the law."""
        return (*self.scope, *self.clauses, *([self.value] if self.value else []))

    def cited(self, ref: str) -> str:
        """Where something stands, as it is cited."""
        return cited(ref, self.acts)

    def period(self, on: date) -> int:
        """Which of the periods between its days a day is in."""
        return bisect_right(self.days, on)

    def evaluate(self, facts: Facts, *, on: date, told_by: Mapping[str, Message] | None = None) -> Outcome:
        """The answer about a case on a day. Pure: it depends on nothing else.

        `told_by`: who says each fact, to be shown with it. Before `known_from` the answer is undetermined
        (`outside-sources`); before the legal class exists, or after it ended, not eligible.
        """
        outcome = evaluate(self, facts, on=on)
        return replace(outcome, told_by=told_by) if told_by else outcome

    def timeline(self, facts: Facts) -> tuple[Spell, ...]:
        """The answers about a case from the first day that is known, one for each period; it does not know today."""
        return timeline(self, facts)
