"""Asks a clause although some facts are unknown: it is run once for every way in which they could turn out.

A clause is plain Python that returns a value. Where it compares an unknown fact, the run takes one answer and another
run takes the other; a fact with few values takes each of them, one that may be none is none in one of the runs. What
all runs agree on is decided, whatever the unknown facts are. Comparisons of one number with several bounds are kept
consistent, so that no run believes that a share is over 60 % and under 50 %.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import ceil, floor
from typing import Any, Final, NamedTuple

from ccsi_kit.rules.facts import Facts, choices, is_whole, limits, may_be_none

MOST: Final = 4096
"""Runs after which a question counts as open."""
_LESS, _EQUAL, _MORE = "less", "equal", "more"
_TRUE: Final = {
    "<": {_LESS},
    "<=": {_LESS, _EQUAL},
    "==": {_EQUAL},
    "!=": {_LESS, _MORE},
    ">=": {_EQUAL, _MORE},
    ">": {_MORE},
}


class NoParameter(Exception):
    """A parameter has no value on the day that is asked; its name."""


class _Open:
    """The answer of a run that came to something which cannot be computed without the fact."""

    def __repr__(self) -> str:
        return "open"


OPEN: Final = _Open()


class Either(tuple[Any, ...]):
    """An answer that is one of several, and nobody knows which."""

    __slots__ = ()


def either(*answers: Any) -> Either:
    """The answer of a value that is one of several although all facts are known."""
    return Either(answers)


def known(value: Any) -> Any:
    """A fact that is to be handed to other code: where it is not known the question is open."""
    if isinstance(value, Unknown):
        raise _Stuck(*value.facts)
    return value


class Asked(NamedTuple):
    """The answers that are possible, and the unknown facts on which it depends which of them it is."""

    answers: tuple[Any, ...]
    missing: frozenset[str]

    @property
    def decided(self) -> bool:
        """Whether all runs came to the same."""
        return len(self.answers) == 1 and self.answers[0] is not OPEN and not isinstance(self.answers[0], Either)

    @property
    def possible(self) -> tuple[Any, ...]:
        """The answers that are possible, each once; nothing where nobody can say which."""
        if OPEN in self.answers:
            return ()
        found: list[Any] = []
        for answer in self.answers:
            found += [one for one in (answer if isinstance(answer, Either) else (answer,)) if one not in found]
        return tuple(found)


def ask(
    question: Callable[[Any, Any], Any],
    facts: Facts,
    parameters: Any,
    *,
    as_good: Callable[[Any], Any] = lambda one: one,
    most: int = MOST,
) -> Asked:
    """What a question answers about facts of which some are unknown; of answers that are `as_good` the first.

    After `most` runs it counts as open.
    """
    unknown = facts.unknown
    if not unknown:
        return Asked((question(facts, parameters),), frozenset())
    runs: list[_Run] = []
    waiting: list[tuple[Any, ...]] = [()]
    while waiting:
        if len(runs) >= most:
            return Asked((OPEN,), frozenset(name for run in runs for choice in run.made for name in choice.facts))
        run = _Run(waiting.pop())
        run.answer = _answer(question, _View(facts, unknown, run), parameters, run)
        runs.append(run)
        taken = [choice.taken for choice in run.made]
        for place in range(len(run.start), len(run.made)):
            waiting += [(*taken[:place], other) for other in run.made[place].options[1:]]
    if all(run.lacks for run in runs):
        raise NoParameter(runs[0].lacks)
    answers: list[tuple[Any, Any]] = []
    for run in runs:
        run.weight = as_good(run.answer)
        if not any(known == run.weight for known, _ in answers):
            answers.append((run.weight, run.answer))
    missing = _depends_on(runs, len(answers) == 1)
    if stuck := {name for run in runs for name in run.stuck}:  # what else would be asked if these were known
        missing |= ask(question, facts.like_examples(stuck), parameters, as_good=as_good, most=most).missing
    return Asked(tuple(answer for _, answer in answers), missing)


class _Choice(NamedTuple):
    question: str
    facts: tuple[str, ...]
    options: tuple[Any, ...]
    taken: Any


class _Stuck(Exception):
    """Something was asked of an unknown fact that has no two answers."""


@dataclass
class _Run:
    """One way in which the unknown facts could turn out: the choices it was told to take, then the first of each."""

    start: tuple[Any, ...]
    made: list[_Choice] = field(default_factory=list)
    settled: dict[str, Any] = field(default_factory=dict)
    bounds: "dict[str, _Bounds]" = field(default_factory=dict)
    stuck: tuple[str, ...] = ()
    lacks: str = ""
    """The parameter that has no value on the day."""
    answer: Any = OPEN
    weight: Any = None

    def choose(self, question: str, facts: tuple[str, ...], options: Sequence[Any]) -> Any:
        if question not in self.settled:
            taken = self.start[len(self.made)] if len(self.made) < len(self.start) else options[0]
            self.made.append(_Choice(question, facts, tuple(options), taken))
            self.settled[question] = taken
        return self.settled[question]


def _answer(question: Callable[[Any, Any], Any], view: Any, parameters: Any, run: _Run) -> Any:
    try:
        answer = question(view, parameters)
    except _Stuck as stuck:
        run.stuck = tuple(stuck.args)
        return OPEN
    except NoParameter as lacking:
        run.lacks = lacking.args[0]
        return OPEN
    if isinstance(answer, Unknown):
        run.stuck = answer.facts
        return OPEN
    return answer


class _View:
    """Facts as a clause reads them."""

    def __init__(self, facts: Facts, unknown: frozenset[str], run: _Run) -> None:
        self.__dict__ = {name: getattr(facts, name) for name in type(facts).model_fields if name not in unknown}
        object.__setattr__(self, "_run", (type(facts), run))

    def __getattr__(self, name: str) -> Any:
        kind, run = object.__getattribute__(self, "_run")
        if name not in kind.model_fields:
            raise AttributeError(f"{kind.__name__} has no fact {name!r}")
        if may_be_none(kind, name) and run.choose(f"{name} is none", (name,), (False, True)):
            return None
        if few := choices(kind, name):
            return run.choose(name, (name,), few)
        if name not in run.bounds:
            run.bounds[name] = _Bounds(*limits(kind, name), facts=(name,), whole=is_whole(kind, name))
        return Unknown(run, name, (name,))


@dataclass
class _Bounds:
    """Where a number or a day can still lie."""

    least: Any = None
    most: Any = None
    with_least: bool = True
    with_most: bool = True
    never: tuple[Any, ...] = ()
    facts: tuple[str, ...] = ()
    whole: bool = False

    def places(self, other: Any) -> set[str]:
        """Where it can lie, seen from another value."""
        above = self.least is None or self.least < other or (self.least == other and self.with_least)
        below = self.most is None or self.most > other or (self.most == other and self.with_most)
        found = set()
        if self.least is None or self.least < other:
            found.add(_LESS)
        if above and below and other not in self.never:
            found.add(_EQUAL)
        if self.most is None or self.most > other:
            found.add(_MORE)
        return found

    def narrow(self, places: set[str], other: Any) -> None:
        """Keeps only some places."""
        if _LESS not in places:
            self.least, self.with_least = other, _EQUAL in places
        if _MORE not in places:
            self.most, self.with_most = other, _EQUAL in places
        if places == {_LESS, _MORE}:
            self.never = (*self.never, other)
        if self.whole:
            self._tighten()

    def _tighten(self) -> None:
        """Whole numbers begin and end at whole numbers that they can be."""
        if self.least is not None:
            self.least = ceil(self.least) if self.with_least else floor(self.least) + 1
            self.with_least = True
            while self.least in self.never:
                self.least += 1
        if self.most is not None:
            self.most = floor(self.most) if self.with_most else ceil(self.most) - 1
            self.with_most = True
            while self.most in self.never:
                self.most -= 1

    def meets(self, other: "_Bounds") -> bool:
        """Whether one value fits both."""
        return _reaches(self.least, self.with_least, other.most, other.with_most) and _reaches(
            other.least, other.with_least, self.most, self.with_most
        )


def _reaches(least: Any, with_least: bool, most: Any, with_most: bool) -> bool:
    return least is None or most is None or least < most or (least == most and with_least and with_most)


class Unknown:  # noqa: PLW1641
    """A number, day or text that is not known. Comparing it gives an answer of this run, computing another unknown."""

    def __init__(self, run: _Run, text: str, facts: tuple[str, ...]) -> None:
        self._run, self._text, self.facts = run, text, facts

    def derived(self, how: str, *others: Any) -> "Unknown":
        """What is computed from it."""
        facts = {*self.facts, *(name for other in others if isinstance(other, Unknown) for name in other.facts)}
        shown = ", ".join(other._text if isinstance(other, Unknown) else repr(other) for other in others)
        return Unknown(self._run, f"{how}({self._text}, {shown})", tuple(sorted(facts)))

    def _compare(self, how: str, other: Any) -> bool:
        if other is None:
            return how == "!="
        if isinstance(other, Unknown):
            question, facts = f"{self._text} {how} {other._text}", tuple(sorted({*self.facts, *other.facts}))
            return bool(self._run.choose(question, facts, (True, False)))
        bounds = self._run.bounds.setdefault(self._text, _Bounds(facts=self.facts))
        possible = bounds.places(other)
        true, false = possible & _TRUE[how], possible - _TRUE[how]
        if not true or not false:
            return bool(true)
        answer = bool(self._run.choose(f"{self._text} {how} {other!r}", self.facts, (True, False)))
        bounds.narrow(true if answer else false, other)
        return answer

    def __lt__(self, other: Any) -> bool:
        return self._compare("<", other)

    def __le__(self, other: Any) -> bool:
        return self._compare("<=", other)

    def __gt__(self, other: Any) -> bool:
        return self._compare(">", other)

    def __ge__(self, other: Any) -> bool:
        return self._compare(">=", other)

    def __eq__(self, other: object) -> bool:
        return self._compare("==", other)

    def __ne__(self, other: object) -> bool:
        return self._compare("!=", other)

    def __bool__(self) -> bool:
        return bool(self._run.choose(f"{self._text} is true", self.facts, (True, False)))

    def __contains__(self, part: object) -> bool:
        return bool(self._run.choose(f"{part!r} in {self._text}", self.facts, (True, False)))

    def __add__(self, other: Any) -> "Unknown":
        return self.derived("+", other)

    def __radd__(self, other: Any) -> "Unknown":
        return self.derived("+", other)

    def __sub__(self, other: Any) -> "Unknown":
        return self.derived("-", other)

    def __rsub__(self, other: Any) -> "Unknown":
        return self.derived("from", other)

    def __mul__(self, other: Any) -> "Unknown":
        return self.derived("*", other)

    def __rmul__(self, other: Any) -> "Unknown":
        return self.derived("*", other)

    def __truediv__(self, other: Any) -> "Unknown":
        return self.derived("/", other)

    def __rtruediv__(self, other: Any) -> "Unknown":
        return self.derived("under", other)

    def _stuck(self, *_: Any) -> Any:
        raise _Stuck(*self.facts)

    __iter__ = __len__ = __int__ = __float__ = __index__ = __getitem__ = __hash__ = _stuck

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *arguments: self.derived(name, *arguments)


def _depends_on(runs: Sequence[_Run], alone: bool) -> frozenset[str]:
    """The facts that change the answer under some filling of the others."""
    found = {name for run in runs for name in run.stuck}
    if alone:
        return frozenset(found)
    names = {name for run in runs for choice in run.made for name in choice.facts} - found
    for one, other in combinations(runs, 2):
        if one.weight != other.weight:
            found |= {name for name in names - found if _differ_only_in(name, one, other)}
    return frozenset(found)


def _differ_only_in(name: str, one: _Run, other: _Run) -> bool:
    """Whether two runs can be of cases that differ in one fact alone."""
    others = {choice.question: choice for choice in other.made}
    for choice in one.made:
        if name not in choice.facts and choice.question in others and others[choice.question].taken != choice.taken:
            return False
    shared = one.bounds.keys() & other.bounds.keys()
    return all(name in one.bounds[text].facts or one.bounds[text].meets(other.bounds[text]) for text in shared) and any(
        name in choice.facts and choice.question in others and others[choice.question].taken != choice.taken
        for choice in one.made
    )
