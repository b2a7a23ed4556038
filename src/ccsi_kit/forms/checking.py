"""Content that people gave becomes a record, or issues at the cells that it came from."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from ccsi_kit.forms.asking import Question
from ccsi_kit.forms.places import Column
from ccsi_kit.forms.rows import Read, told
from ccsi_kit.models import Issue, Record, complaint


def checked(row: Read, record: type[Record], content: Mapping[str, Any], lang: str) -> Record | None:
    """The record of a content; none where it cannot be one, which the row is told, cell by cell.

    Cells that were complained of already are left out of the content, and what follows from that is not told.
    """
    try:
        return record.model_validate(content)
    except ValidationError as error:
        problems = error.errors(include_url=False)
    known = _any_wrong(row)
    told_ = [problem for problem in problems if not _unsaid(problem)] or ([] if known else problems)
    within = {problem["loc"][:depth] for problem in problems for depth in range(len(problem["loc"]))}
    for problem in told_:
        if problem["type"] != "too_short" or problem["loc"] not in within:
            _complain(row, problem, record, lang, after=known)
    return None


def _unsaid(problem: Any) -> bool:
    """Whether it only says that a record type could not work out for itself what was not said."""
    return problem["input"] is None and str(problem["type"]).endswith("_type")


def _any_wrong(row: Read) -> bool:
    return bool(row.issues) or any(_any_wrong(part) for parts in row.parts.values() for part in parts)


def _complain(row: Read, problem: Any, record: type[Record], lang: str, *, after: bool) -> None:
    """Tells one problem; `after` others it may only follow from them."""
    found = complaint(problem, record, key=".".join(map(str, problem["loc"])))
    owner, questions = _owner(row, problem["loc"])
    holds = _holding(row, problem["input"]) if not questions else None
    questions = (holds.question,) if holds and holds.question else questions
    if not questions:
        row.issues += [] if after else [row.spot.issue(found.code, value=found.value, **found.arguments)]
        return
    unsure = found.code == "missing-key" and (row.lost or owner.lost)
    if not unsure and owner.wrong.isdisjoint(question.name for question in questions):
        column = holds or _column(owner, questions[0], problem["loc"], lang)
        code, more = _worded(found, problem, questions[0], lang)
        owner.complain(code, column, questions[0], lang, **more)


def _holding(row: Read, value: Any) -> Column | None:
    """The one answer that says a value, where its place in the content is none of a question's."""
    if not isinstance(value, str) or not value.strip():
        return None
    holds = [column for column in row.cells if column.question is not None and value in row.cell(column)]
    return holds[0] if len(holds) == 1 else None


def _worded(found: Issue, problem: Any, question: Question, lang: str) -> tuple[str, dict[str, Any]]:
    """A complaint in words about a question instead of a key."""
    if found.code == "missing-key" or _unsaid(problem):
        return "form-missing", {}
    if found.code == "bad-value":
        return "form-value", {"problem": found.arguments["problem"]}
    value = {} if found.value is None else {"value": found.value}
    return found.code, {**found.arguments, "key": told(question.label, lang), **value}


def _owner(row: Read, location: Sequence[int | str]) -> tuple[Read, tuple[Question, ...]]:
    """The row and the questions that a place in the content comes from; none where it is of the whole row."""
    names: list[str] = []
    for at, step in enumerate(location):
        if not isinstance(step, int):
            names.append(step)
            continue
        parts = row.parts.get(".".join(names), [])
        if step < len(parts):
            return _owner(parts[step], location[at + 1 :])
    return row, _questions(row.table.place.questions, names)


def _questions(questions: Sequence[Question], names: Sequence[str]) -> tuple[Question, ...]:
    """The question of that name, of the beginning of it, or those of its group."""
    for length in range(len(names), 0, -1):
        name = ".".join(names[:length])
        found = next((question for question in questions if question.name == name), None)
        if found is not None:
            return (found,)
    whole = ".".join(names)
    if not whole:
        return tuple(questions) if len(questions) == 1 else ()
    return tuple(question for question in questions if question.name.startswith(f"{whole}."))


def _column(row: Read, question: Question, location: Sequence[int | str], lang: str) -> Column | None:
    """The column that a complaint about a question is about: of several, the wording or item it points at.

    Where all are blank, the one to fill in: of wordings that in the reader's language.
    """
    if question.kind == "parts":
        return None
    own = [column for column in row.cells if column.question is question]
    filled = [column for column in own if row.cell(column).strip()]
    number = next((step for step in reversed(location) if isinstance(step, int)), 0)
    kinds = [column for column in filled if column.what in ("wording", "item")]
    blank = sorted(own, key=lambda column: column.of != lang)
    return kinds[number] if number < len(kinds) else next(iter((*filled, *blank)), None)
