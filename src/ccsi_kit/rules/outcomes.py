"""What a rule answers, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, reduce
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from ccsi_kit.errors import UsageError
from ccsi_kit.i18n import day, has_words, labelled, money, number, percent, sentence, words
from ccsi_kit.models import Message, Model
from ccsi_kit.rules.facts import UNKNOWN, Facts, unit, written
from ccsi_kit.rules.parameters import Parameters, Value, act_of

if TYPE_CHECKING:
    from ccsi_kit.rules.clauses import Clause
    from ccsi_kit.rules.rule import Rule

Verdict = Literal["eligible", "not_eligible", "undetermined"]
_MET: Final = {True: "met", False: "unmet", None: "open"}


@dataclass(frozen=True)
class Reason:
    """A clause with its answer: met, not met, or open because facts or a parameter are missing."""

    rule: "Rule"
    clause: "Clause"
    met: bool | None
    facts: Mapping[str, Any]
    """What was known of the facts that it reads."""
    parameters: Mapping[str, Value | None]
    """The values of the parameters that it reads, on the day."""
    limits: Mapping[str, Value | None]
    """Those that its words may name: of what gives a value also those that this case does not need."""
    gives: bool = False
    """Whether it gives the value."""

    @property
    def name(self) -> str:
        """The clause's name."""
        return self.clause.name

    @property
    def verified(self) -> bool:
        """Whether the clause and every value it used were read in a source."""
        return self.clause.sure != "to-check" and all(
            value is None or value.sure != "to-check" for value in self.parameters.values()
        )

    def text(self, lang: str) -> str:
        """The clause with what was found, the threshold, and where it stands in the law."""
        said = {name: fact_shown(self.rule, name, value, lang) for name, value in self._said().items()}
        limits = {
            name: shown(UNKNOWN if value is None else value.value, self.rule.parameters[name].unit, lang)
            for name, value in self.limits.items()
        }
        clause = clause_words(self.rule, self.clause, lang, said, limits)
        answer = "gives" if self.gives and self.met else _MET[self.met]
        return words(f"reason.{answer}", lang, said=clause, where="; ".join(self._where()))

    def _where(self) -> list[str]:
        """Where it stands; of a value also where the parameters stand that it comes from."""
        values = [value.ref for value in self.parameters.values() if value] if self.gives else []
        return list(dict.fromkeys(self.rule.cited(ref) for ref in (self.clause.ref, *values)))

    def _said(self) -> dict[str, Any]:
        return {name: self.facts.get(name, UNKNOWN) for name in sorted(self.clause.facts)}

    def told(self, lang: str) -> dict[str, Any]:
        """As plain data."""
        return {
            "clause": self.name,
            "met": self.met,
            "gives": self.gives,
            "ref": self.clause.ref,
            "verified": self.verified,
            "text": self.text(lang),
            "facts": {name: plain(value) for name, value in self.facts.items()},
            "parameters": {
                name: {
                    "value": plain(value.value),
                    "ref": value.ref,
                    "from": value.from_.isoformat(),
                    "sure": value.sure,
                }
                for name, value in self.parameters.items()
                if value is not None
            },
        }


class Answer(NamedTuple):
    """A clause with what was answered."""

    clause: "Clause"
    met: bool | None
    missing: frozenset[str]
    notes: tuple[Message, ...] = ()
    asked: bool = True
    """Whether the clause concerns the case."""
    used: frozenset[str] | None = None
    """The parameters that were read, where those of its source are more."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """A rule's answer about a case on a day, and what it rests on."""

    rule: "Rule"
    facts: Facts
    parameters: Parameters
    verdict: Verdict | None
    """None where a rule only gives a value."""
    value: Any = None
    candidates: tuple[Any, ...] = ()
    """The values that are possible, where unknown facts leave several."""
    answers: tuple[Answer, ...] = ()
    gives: Answer | None = None
    """What gives the value, where it was asked."""
    missing: frozenset[str] = frozenset()
    """The unknown facts on which it depends how an undetermined outcome is decided."""
    notes: tuple[Message, ...] = ()
    told_by: Mapping[str, Message] = field(default_factory=dict)
    """Who says each fact."""

    @property
    def on(self) -> date:
        """The day asked."""
        return self.parameters.day

    @property
    def decided(self) -> bool:
        """Whether it has a verdict other than undetermined, or a value."""
        return self.verdict in ("eligible", "not_eligible") or (self.verdict is None and self.value is not None)

    @property
    def label(self) -> str:
        """The rule's own word for the verdict, as a code."""
        return self.rule.labels.get(self.verdict or "value", self.verdict or "value")

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Every clause in force that concerns the case, in the order of the law; what gives the value comes last."""
        of_value = (self.gives,) if self.gives else ()
        return tuple(self._reason(answer) for answer in (*self.answers, *of_value) if answer.asked)

    def _reason(self, answer: Answer) -> Reason:
        known, values, part = self.facts.known(), self.parameters.found, answer.clause
        used = part.parameters if answer.used is None else answer.used
        return Reason(
            self.rule, part, answer.met,
            {name: known[name] for name in sorted(part.facts) if name in known},
            {name: values[name] for name in sorted(used)},
            {name: values[name] for name in sorted(part.parameters)},
            gives=answer is self.gives,
        )  # fmt: skip

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons for which it is as it is: of one that is not eligible, the clauses that are not met.

        Where none is, but they cannot all be met together, those that are open.
        """
        if self.verdict != "not_eligible":
            return self.reasons
        unmet = tuple(one for one in self.reasons if one.met is False)
        return unmet or tuple(one for one in self.reasons if one.met is None)

    @property
    def cautions(self) -> tuple[Message, ...]:
        """What to know of the law behind it: values due for a new look that day, or whose start is not known."""
        values = {name: value for reason in self.deciding for name, value in reason.parameters.items() if value}
        due = {name: value for name, value in sorted(values.items()) if value.review < self.on}
        past = [Message("past-review", parameter=name, review=value.review) for name, value in due.items()]
        begun: dict[date, list[str]] = {}
        for name, value in sorted(values.items()):
            if value.start_unknown:
                begun.setdefault(value.from_, []).append(name)
        return (*past, *(Message("start-unknown", parameters=names, since=day) for day, names in sorted(begun.items())))

    @cached_property
    def warnings(self) -> tuple[Message, ...]:
        """What the reader must know, each thing once."""
        told = [*self.notes, *(note for answer in self.answers for note in answer.notes)]
        if unread := sorted({reason.name for reason in self.deciding if not reason.verified}):
            told.append(Message("unverified", clauses=unread))
        return tuple({one.model_dump_json(): one for one in (*told, *self.cautions)}.values())

    @property
    def flags(self) -> frozenset[str]:
        """`provisional`: an implementing act is still to come; `assumed`: the text can be read otherwise."""
        found = {"provisional"} if self.rule.provisional and self.verdict == "eligible" else set()
        return frozenset(found | {"assumed" for reason in self.deciding if reason.clause.interpretation})

    def told(self, lang: str) -> dict[str, Any]:
        """As plain data, with the words of a language."""
        return {
            "rule": self.rule.id,
            "on": self.on.isoformat(),
            "verdict": self.verdict,
            "label": words(f"verdict.{self.label}", lang),
            "value": plain(self.value),
            "value_text": None if self.value is None else value_shown(self.rule, self.value, lang),
            "candidates": [plain(one) for one in self.candidates],
            "facts": [
                {
                    "name": name,
                    "label": fact_label(self.rule, name, lang),
                    "value": plain(value),
                    "told_by": sentence(self.told_by[name], lang) if name in self.told_by else None,
                }
                for name, value in self.facts.known().items()
            ],
            "reasons": [reason.told(lang) for reason in self.reasons],
            "missing": sorted(self.missing),
            "warnings": [{"code": one.code, "text": sentence(one, lang)} for one in self.warnings],
            "flags": sorted(self.flags),
        }


def plain(value: Any) -> Any:
    """A value as JSON holds it: exact numbers and days as text."""
    if isinstance(value, Fraction):
        return written(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return None if value is UNKNOWN else value


def shown(value: Any, counted: str, lang: str) -> str:
    """A fact or a parameter as a reader of a language wants it."""
    if value is UNKNOWN or value is None:
        return words("fact.unknown" if value is UNKNOWN else "fact.none", lang)
    if isinstance(value, bool):
        return words("fact.yes" if value else "fact.no", lang)
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, Fraction | int):
        return _counted(Fraction(value), counted, lang)
    if isinstance(value, tuple) and not value:
        return words("fact.none", lang)
    if isinstance(value, tuple):
        return ", ".join(shown(part, counted, lang) for part in value)
    if isinstance(value, Model):
        parts = (shown(part, unit(type(value), name), lang) for name, part in value)
        return reduce(lambda label, text: labelled(label, text, lang), parts)
    return str(value)


def fact_shown(rule: "Rule", name: str, value: Any, lang: str) -> str:
    """A fact as a reader wants it; one of few words has words of its own, `es:fact:<name>=<word>`."""
    code = f"{rule.country}:fact:{name}={value}"
    return (
        words(code, lang)
        if isinstance(value, str) and has_words(code, "en")
        else shown(value, unit(rule.facts, name), lang)
    )


def question(rule: "Rule", lang: str) -> str:
    """What a rule asks; its name where its package has no words for it."""
    return _said(rule.id, lang, rule.name)


def left_out(rule: "Rule", lang: str) -> str:
    """What a rule does not cover."""
    return _said(f"{rule.id}.left-out", lang, "–")


def clause_words(rule: "Rule", clause: "Clause", lang: str, facts: Mapping[str, str], limits: Mapping[str, str]) -> str:
    """A clause in words, its gaps filled; what its source says of it where its package has no words for it."""
    about = (clause.condition.__doc__ or clause.name).strip().partition("\n")[0]
    return _said(f"{rule.id}/{clause.name}", lang, about, **facts, p=SimpleNamespace(**limits))


def fact_label(rule: "Rule", name: str, lang: str) -> str:
    """What a fact is called."""
    return _said(f"{rule.country}:fact:{name}", lang, name.replace("_", " "))


def _said(code: str, lang: str, otherwise: str, **gaps: Any) -> str:
    try:
        return words(code, lang, **gaps)
    except UsageError:
        return otherwise


def verdict_shown(outcome: Outcome, lang: str) -> str:
    """The verdict in the rule's own words, with the value, or those that are possible."""
    said = words(f"verdict.{outcome.label}", lang)
    if outcome.value is not None:
        return labelled(said, value_shown(outcome.rule, outcome.value, lang), lang)
    possible = ", ".join(value_shown(outcome.rule, one, lang) for one in outcome.candidates)
    return f"{said} ({possible})" if possible else said


def value_shown(rule: "Rule", value: Any, lang: str) -> str:
    """A rule's value as a reader wants it; a text of few has words of its own, `es:value:<text>`."""
    if isinstance(value, dict):
        return "; ".join(
            labelled(value_shown(rule, name, lang), value_shown(rule, part, lang), lang) for name, part in value.items()
        )
    if isinstance(value, list | tuple):
        return ", ".join(value_shown(rule, part, lang) for part in value)
    code = f"{rule.country}:value:{value}"
    if isinstance(value, str) and has_words(code, "en"):
        return words(code, lang)
    return words("unit.years", lang, n=_whole(value)) if rule.unit == "years" else shown(value, rule.unit, lang)


def _counted(value: Fraction, counted: str, lang: str) -> str:
    exact = (value * 10**6).denominator == 1
    if counted in ("share", "ratio") and exact:
        return percent(Decimal(value.numerator) / value.denominator, lang, exact=True)
    if not exact:
        return written(value)
    decimal = Decimal(value.numerator) / value.denominator
    if counted == "percentage-points":
        return words("unit.percentage-points", lang, n=_whole(decimal * 100))
    return money(decimal, counted.upper(), lang) if counted in ("eur", "sek") else number(decimal, lang)


def _whole(value: Any) -> Any:
    """A whole number as one, so that its plural is right."""
    return int(value) if value == int(value) else value


def cited(ref: str, acts: Mapping[str, Any]) -> str:
    """Where something stands, as it is cited."""
    act, article = act_of(ref)
    return f"{acts[act].short}, {article}" if article else str(acts[act].short)
