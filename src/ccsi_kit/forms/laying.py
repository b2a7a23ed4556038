"""Records laid out as the tables of their form: what stands in which cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ccsi_kit.forms.asking import Question
from ccsi_kit.forms.places import Column, Place, labels
from ccsi_kit.i18n import words
from ccsi_kit.models import Record, Text

if TYPE_CHECKING:
    from ccsi_kit.forms.form import Form

Cell = str | int | float | Decimal | date | None
_ITEMS = 8
"""Most columns for a choice of several where no record has more."""


@dataclass(frozen=True)
class Laid:
    """A table of a form with what is in it."""

    place: Place
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class _Line:
    """One record, or one part of one: what names it, and its answers."""

    names: Mapping[str, Cell]
    answers: Mapping[str, Any]


def laid(form: "Form", records: Sequence[Record], *, languages: Sequence[str], lang: str | None) -> tuple[Laid, ...]:
    """The tables of a form filled with records; choices by their labels in `lang`, as they are stored without one."""
    lines = dict(_lines(form, records))
    return tuple(_laid(place, lines[place.path], languages, lang) for place in form.places)


def _lines(form: "Form", records: Sequence[Record]) -> Iterator[tuple[tuple[str, ...], list[_Line]]]:
    for place in form.places:
        yield (
            place.path,
            [
                line
                for number, record in enumerate(records, 1)
                for line in _below(form.asks.answers(record), record.id or str(number), place.path, record.id)
            ],
        )


def _below(answers: Mapping[str, Any], key: str, path: tuple[str, ...], id_: str | None) -> Iterator[_Line]:
    """The record alone, or the parts that a path leads to."""
    if not path:
        yield _Line({"id": id_, "row": None if id_ else key}, answers)
        return
    for number, part in enumerate(answers.get(path[0]) or (), 1):
        if len(path) == 1:
            yield _Line({"parent": key, "part": number}, part)
        else:
            yield from _below(part, f"{key}/{number}", path[1:], None)


def _laid(place: Place, lines: Sequence[_Line], languages: Sequence[str], lang: str | None) -> Laid:
    spoken = list(dict.fromkeys((*languages, *_spoken(place, lines))))
    counts = {question.name: _most(question, lines) for question in place.plain if question.kind == "choices"}
    columns = tuple(place.columns(spoken, counts))
    shown = {question.name: labels(question, lang) if lang else {} for question in place.plain}
    rows = tuple(tuple(_cell(column, line, shown, lang) for column in columns) for line in lines)
    return Laid(place, columns, rows)


def _spoken(place: Place, lines: Sequence[_Line]) -> list[str]:
    """The languages of the texts that there are."""
    texts = [question.name for question in place.plain if question.kind == "texts"]
    found = (line.answers.get(name) for line in lines for name in texts)
    return sorted({wording.lang for text in found if isinstance(text, Text) for wording in text.wordings()})


def _most(question: Question, lines: Sequence[_Line]) -> int:
    chosen = max((len(line.answers.get(question.name) or ()) for line in lines), default=0)
    return max(chosen, min(_ITEMS, len(question.choices)))


def _cell(column: Column, line: _Line, shown: Mapping[str, Mapping[str, str]], lang: str | None) -> Cell:
    question = column.question
    if question is None:
        return line.names.get(column.what)
    value = line.answers.get(question.name)
    if column.what == "original":
        return value.original.lang if isinstance(value, Text) else None
    if column.what == "wording":
        said = {wording.lang: wording.text for wording in value.wordings()} if isinstance(value, Text) else {}
        return said.get(column.of)
    if column.what == "item":
        chosen = tuple(value or ())
        place = int(column.of) - 1
        value = chosen[place] if place < len(chosen) else None
    return _shown(value, shown[question.name], lang)


def _shown(value: Any, known: Mapping[str, str], lang: str | None) -> Cell:
    if isinstance(value, bool):
        return words("form.yes" if value else "form.no", lang) if lang else str(value).lower()
    if isinstance(value, str):
        return known.get(value, value)
    return value if isinstance(value, int | float | Decimal | date) else None
