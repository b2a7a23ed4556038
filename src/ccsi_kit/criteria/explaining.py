"""From one number to the last answer."""

import math
from collections.abc import Iterator
from datetime import date
from itertools import chain, repeat
from typing import NamedTuple

from ccsi_kit.criteria.records import Answer, Chosen
from ccsi_kit.criteria.scales import NA, NONE
from ccsi_kit.criteria.scoring import Scores, spread_said
from ccsi_kit.criteria.sets import TOTAL, CriteriaSet, Criterion
from ccsi_kit.criteria.soundness import bounds
from ccsi_kit.i18n import day, has_words, labelled, number, percent, sentence, words
from ccsi_kit.models import Result, Text


class Given(NamedTuple):
    """What one assessment says of a node: the value that it adds up to there and, of a criterion, the answer."""

    assessment: str
    """Its Ref; "" where it has none."""
    value: float | None
    answer: Answer | None = None
    chosen: Chosen | None = None
    """Who set a reconciled answer, and which assessments had said just that."""
    on: date | None = None
    """The day of the assessment, where there is one."""


class Step(NamedTuple):
    """A node of the way from a number to the answers: its result, what each assessment says, and its parts."""

    node: str
    label: Text
    result: Result
    weight: float
    given: tuple[Given, ...]
    reconciled: bool
    """Whether the assessors agreed on one assessment; else the value is the mean of theirs."""
    parts: "tuple[Step, ...]" = ()
    gave: int | None = None
    """Of a reconciled node how many assessors had given a number of their own."""

    def walk(self) -> "Iterator[Step]":
        """This step and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


def explained(scores: Scores, node: str = TOTAL) -> Step:
    """How a number of a subject came about, down to the answers; raises `KeyError` for a node that is not there."""
    set_, scoring = scores.scoring.set, scores.scoring
    found = None if node == TOTAL else set_.nodes[node]
    values = scoring.reckoned[node].value
    given = tuple(
        Given(scoring.matrix.basis[column], _number(values[column]), *_answer(scores, node, column))
        for column in scores.counted
    )
    parts = () if isinstance(found, Criterion) else set_.group(node).parts
    weight = 1.0 if found is None else found.weight
    below = tuple(explained(scores, part.id) for part in parts)
    return Step(node, set_.label(node), scores[node], weight, given, scores.reconciled, below, scores.gave(node))


def explanation(set_: CriteriaSet, step: Step, lang: str, depth: int = 0) -> Iterator[str]:
    """The lines of an explanation in a language, each step indented below the one that it is a part of."""
    margin = "  " * depth
    told = " · ".join(_result(set_, step, lang))
    yield f"{margin}{labelled(step.label.say(lang).text, told, lang)}"
    for given in step.given:
        marks = chain(["- "], repeat("    "))
        yield from (
            f"{margin}  {mark}{said}" for mark, said in zip(marks, _given(set_, step, given, lang), strict=False)
        )
    for part in step.parts:
        yield from explanation(set_, part, lang, depth + 1)


def _result(set_: CriteriaSet, step: Step, lang: str) -> Iterator[str]:
    result = step.result
    if result.method != "none" and (step.node not in set_.items or set_.scale(step.node).scored):
        yield shown_value(set_, step.node, result, lang)
        yield words(f"criteria.method.{result.method}", lang)
        yield from [words("criteria.mean-of", lang, n=result.n)] if result.n > 1 and not step.reconciled else []
        yield sentence(spread_said(result, gave=step.gave), lang)
    if result.coverage is not None:
        yield words("criteria.coverage", lang, share=percent(result.coverage, lang))
    if step.weight != 1:
        yield words("criteria.weight", lang, weight=step.weight)


def _given(set_: CriteriaSet, step: Step, given: Given, lang: str) -> Iterator[str]:
    """What one assessment says, and of which day; then why, and what shows it."""
    who = given.assessment or words("criteria.unnamed", lang)
    who = f"{who} ({day(given.on, lang)})" if given.on else who
    if given.answer is None:
        if step.result.method != "none":
            silent = "answer.none" if step.node in set_.items else "criteria.no-value"
            yield labelled(who, words(silent, lang) if given.value is None else _rounded(given.value, lang), lang)
        return
    yield labelled(who, answered(set_, given.answer, lang), lang)
    if given.answer.note:
        yield labelled(words("criteria.why", lang), given.answer.note, lang)
    if given.answer.evidence:
        yield labelled(words("criteria.shown-by", lang), ", ".join(given.answer.evidence), lang)
    if given.chosen:
        yield _set_by(given.chosen, lang)


def _set_by(chosen: Chosen, lang: str) -> str:
    if chosen.by is None:
        return words("criteria.all-said", lang, assessments=", ".join(chosen.of))
    said = words("criteria.set-by", lang, person=chosen.by)
    return f"{said} ({words('criteria.as-in', lang, assessments=', '.join(chosen.of))})" if chosen.of else said


def answered(set_: CriteriaSet, answer: Answer, lang: str) -> str:
    """An answer in words."""
    scale, value = set_.scale(answer.item), answer.value
    if value in (NONE, NA) or scale.kind == "yes-no":
        code = str(value).replace("/", ".") if value in (NONE, NA) else f"answer.{value}"
        return words(code, lang) if has_words(code, "en") else str(value)
    read = scale.read(value)
    if scale.kind == "tags":
        chosen = [tag.label.say(lang).text for tag in scale.tags if isinstance(read, tuple) and tag.id in read]
        return ", ".join(chosen) or str(value)
    level = next((level for level in scale.levels if level.value == read), None)
    if level is not None:
        return f"{number(level.value, lang)} ({level.label.say(lang).text})"
    return number(read, lang) if isinstance(read, float) else str(value)


def shown_value(set_: CriteriaSet, node: str, result: Result, lang: str) -> str:
    """The value of a node, and the least and the greatest that it could be; or that there is none."""
    if result.value is None:
        return words("criteria.no-value", lang)
    ends = "–".join(_rounded(end, lang) for end in bounds(set_, set_ if node == TOTAL else set_.nodes[node]))
    return f"{_rounded(result.value, lang)} ({ends})"


def _rounded(value: float, lang: str) -> str:
    return number(round(value, 2), lang)


def _answer(scores: Scores, node: str, column: int) -> tuple[Answer | None, Chosen | None, date | None]:
    assessments = scores.scoring.matrix.assessments
    if not assessments:
        return None, None, None
    one = assessments[column]
    chosen = one.reconciled.chosen if one.reconciled else ()
    return one.by_item.get(node), next((choice for choice in chosen if choice.item == node), None), one.on


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
