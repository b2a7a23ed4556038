"""The form of a set of criteria: its questions, and an assessment as answers and back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from ccsi_kit.criteria.records import Answer, Assessment
from ccsi_kit.criteria.scales import NA, NO, NONE, UNCLEAR, YES, Scale
from ccsi_kit.criteria.sets import CriteriaSet, Criterion
from ccsi_kit.forms import Choice, Label, Question, said
from ccsi_kit.i18n import LANGUAGES, fold, words
from ccsi_kit.models import Message, Record, Text

ASKED: Final = ("country", "subject", "assessor", "on", "context", "conflict", "conflict_note")
"""The fields of an assessment that a form asks besides the criteria."""
_SILENT: Final = tuple(Choice(value=value, label=Message(value.replace("/", "."))) for value in (NONE, NA))
_YES_NO: Final = tuple(Choice(value=value, label=Message(f"answer.{value}")) for value in (YES, NO, UNCLEAR))
_MOST_STEPS: Final = 20
"""Steps of a range of numbers that are offered as choices."""
_BETWEEN: Final = re.compile(r"[;|]")


class CriteriaForm:
    """What a set of criteria asks of an assessor. Satisfies `Asks`.

    A criterion is a choice with *no answer* and *not applicable* among the others; where it is text or any number,
    those two are a question of their own, `<criterion>.silent`. `<criterion>.note` says why and `<criterion>.evidence`
    what shows it, an address or Ref a line.
    """

    record = Assessment

    def __init__(self, set_: CriteriaSet) -> None:
        self.set = set_

    @property
    def id(self) -> str:
        """Id of the set."""
        return self.set.id

    @property
    def title(self) -> Label:
        """What the set is called."""
        return self.set.title

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What is asked: about the assessment, then of each criterion the answer, why, and what shows it."""
        items = self.set.items.values()
        return (*self._heading(), *(question for item in items for question in self._item(item)))

    def _heading(self) -> Iterator[Question]:
        kinds = {"country": "text", "subject": "ref", "assessor": "ref", "on": "day", "conflict": "yes-no"}
        for name in ASKED:
            if name != "context" or self.set.paired:
                code = f"record.assessment.{name}"
                choices = _contexts() if name == "context" else ()
                yield Question(
                    name=name, label=Message(code), kind="choice" if choices else kinds.get(name, "text"),
                    choices=choices, required=name in ("subject", "assessor", "on", "context"),
                )  # fmt: skip

    def _item(self, item: Criterion) -> Iterator[Question]:
        scale = self.set.scale(item.id)
        offered = choices(scale)
        if offered:
            kind = "choices" if scale.several else "choice"
            yield Question(name=item.id, label=item.label, help=item.about, kind=kind, choices=(*offered, *_SILENT))
        else:
            least, most = scale.bounds if scale.kind == "number" else (None, None)
            kind = "number" if scale.kind == "number" else "text"
            yield Question(name=item.id, label=item.label, help=item.about, kind=kind, least=least, most=most)
            yield Question(name=f"{item.id}.silent", label=_of("silent", item), kind="choice", choices=_SILENT)
        for name in ("note", "evidence"):
            yield Question(
                name=f"{item.id}.{name}", label=_of(name, item), help=Message(f"criteria.{name}.help"), kind="text"
            )

    def fits(self, record: Record) -> bool:
        """Whether it is an assessment with this set."""
        return isinstance(record, Assessment) and record.set == self.set.id

    def answers(self, record: Record) -> dict[str, Any]:
        """The answers that an assessment holds, by the names of the questions; what is not answered is left out."""
        if not isinstance(record, Assessment):
            raise TypeError(f"{type(record).__name__} is no assessment")
        found = {name: getattr(record, name) for name in ASKED if name != "context" or self.set.paired}
        for answer in record.answers:
            found |= self._said(answer) if answer.item in self.set.items else {}
        return {name: value for name, value in found.items() if value not in (None, "", ())}

    def _said(self, answer: Answer) -> dict[str, Any]:
        scale, name = self.set.scale(answer.item), answer.item
        apart = not answer.given and not choices(scale)
        return {
            f"{name}.silent" if apart else name: _written(answer.value, scale),
            f"{name}.note": answer.note,
            f"{name}.evidence": "\n".join(answer.evidence),
        }

    def content(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The content of an assessment that gives these answers.

        A note without an answer is kept with *no answer*; a value that is not on the scale is kept for `check` to tell.
        """
        own = {name: answers[name] for name in ASKED if answers.get(name) not in (None, "")}
        given = [found for item in self.set.items if (found := self._read(item, answers)) is not None]
        return {**own, "set": self.set.id, "version": self.set.version, "answers": sorted(given, key=_by_item)}

    def _read(self, item: str, answers: Mapping[str, Any]) -> dict[str, Any] | None:
        value, silent, note, evidence = (answers.get(f"{item}{part}") for part in ("", ".silent", ".note", ".evidence"))
        value = silent if value in (None, "", (), []) else value
        if value in (None, "", (), []) and not note and not evidence:
            return None
        read = NONE if value in (None, "", (), []) else read_value(value, self.set.scale(item))
        found = {"item": item, "value": read, "note": note or None, "evidence": _lines(evidence)}
        return {name: part for name, part in found.items() if part not in (None, ())}


def _lines(cell: Any) -> tuple[str, ...]:
    """What stands in a cell, line by line."""
    return tuple(line.strip() for line in str(cell or "").splitlines() if line.strip())


def _by_item(answer: Mapping[str, Any]) -> str:
    return str(answer["item"])


def _of(question: str, item: Criterion) -> Text:
    """A question about the answer to a criterion, in the languages that the criterion is written in."""
    wordings = item.label.wordings()
    asked = {one.lang: words(f"criteria.{question}", one.lang, item=one.text) for one in wordings}
    return Text.model_validate(asked)


def _contexts() -> tuple[Choice, ...]:
    return tuple(Choice(value=value, label=Message(f"criteria.context.{value}")) for value in ("source", "target"))


def choices(scale: Scale) -> tuple[Choice, ...]:
    """The answers of a scale to choose from; none where they are too many, or no end of them."""
    if scale.kind == "yes-no":
        return _YES_NO
    if scale.kind == "number" and scale.step and (scale.bounds[1] - scale.bounds[0]) / scale.step <= _MOST_STEPS:
        steps = round((scale.bounds[1] - scale.bounds[0]) / scale.step)
        numbers = [round(scale.bounds[0] + step * scale.step, 9) for step in range(steps + 1)]
        return tuple(Choice(value=f"{n:.12g}", label=Message("criteria.number", number=n)) for n in numbers)
    levels = [Choice(value=f"{level.value:.12g}", label=level.label) for level in scale.levels]
    return (*levels, *(Choice(value=tag.id, label=tag.label) for tag in scale.tags))


def _written(value: Any, scale: Scale) -> Any:
    """A value as its question takes it."""
    if scale.several:
        return (value,) if isinstance(value, str) else value
    if isinstance(value, tuple):
        return value[0]
    return f"{value:.12g}" if isinstance(value, float) and choices(scale) else value


def read_value(value: Any, scale: Scale) -> Any:
    """What was answered to a criterion with this scale, as an assessment keeps it."""
    chosen: Sequence[Any] = value if isinstance(value, tuple | list) else (value,)
    if NA in chosen or NONE in chosen:
        return chosen[0] if len(chosen) == 1 else tuple(chosen)
    read = scale.read(tuple(chosen) if scale.kind == "tags" else value)
    return value if read is None else read


def named_value(text: str, scale: Scale) -> Any:
    """What a text names on a scale: a value, or the label of one in any language; several parted by `;` or `|`.

    >>> from ccsi_kit.criteria.scales import BUILT_IN
    >>> named_value("jā", BUILT_IN["yes-no"]), named_value("sans objet", BUILT_IN["yes-no"])
    ('yes', 'answer/na')
    """
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()] if scale.several else [text]
    read = [_named(part, scale) for part in parts]
    return read_value(read if len(read) > 1 else read[0] if read else text, scale)


def _named(text: str, scale: Scale) -> str:
    """The value that has this label; the text itself where it is a value, or no label, or one of two values."""
    offered = choices(scale)
    if not offered or text in {choice.value for choice in (*offered, *_SILENT)}:
        return text
    found = {
        choice.value
        for choice in (*offered, *_SILENT)
        if fold(text) in {fold(said(choice.label, lang)) for lang in LANGUAGES}
    }
    return found.pop() if len(found) == 1 else text
