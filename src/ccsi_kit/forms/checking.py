"""Content that people gave becomes a record, or issues at the cells that it came from."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from ccsi_kit.forms.asking import Question
from ccsi_kit.forms.places import Column
from ccsi_kit.forms.rows import Read
from ccsi_kit.models import Issue, Record, complaint


def checked(row: Read, record: type[Record], content: Mapping[str, Any], lang: str) -> Record | None:
    """The record of a content; none where it cannot be one, which the row is told, cell by cell."""
    try:
        return record.model_validate(content)
    except ValidationError as error:
        problems = error.errors(include_url=False)
    within = {problem["loc"][:depth] for problem in problems for depth in range(len(problem["loc"]))}
    for problem in problems:
        if problem["type"] != "too_short" or problem["loc"] not in within:
            _complain(row, problem, record, lang)
    return None


def _complain(row: Read, problem: Any, record: type[Record], lang: str) -> None:
    told = complaint(problem, record, key=".".join(map(str, problem["loc"])))
    owner, question = _owner(row, problem["loc"])
    if question is None:
        row.issues.append(row.spot.issue(told.code, **told.arguments))
        return
    code, more = _worded(told)
    owner.complain(code, _column(owner, question, problem["loc"]), question, lang, **more)
    if owner is not row:
        row.issues.append(owner.issues.pop())


def _worded(told: Issue) -> tuple[str, dict[str, Any]]:
    """A complaint in words about a question instead of a key."""
    if told.code == "missing-key":
        return "form-missing", {}
    if told.code == "bad-value":
        return "form-value", {"problem": told.arguments["problem"]}
    return told.code, {name: value for name, value in told.arguments.items() if name != "key"}


def _owner(row: Read, location: Sequence[int | str]) -> tuple[Read, Question | None]:
    """The row and the question that a place in the content comes from; no question where it is not one's."""
    names: list[str] = []
    for at, step in enumerate(location):
        if not isinstance(step, int):
            names.append(step)
            continue
        parts = row.parts.get(".".join(names), [])
        if step < len(parts):
            return _owner(parts[step], location[at + 1 :])
    return row, _question(row.table.place.questions, names)


def _question(questions: Sequence[Question], names: Sequence[str]) -> Question | None:
    """The question of that name, of the beginning of it, or the first of its group."""
    for length in range(len(names), 0, -1):
        name = ".".join(names[:length])
        found = next((question for question in questions if question.name == name), None)
        if found is not None:
            return found
    whole = ".".join(names)
    below = (question for question in questions if whole and question.name.startswith(f"{whole}."))
    return next(below, questions[0] if not whole and len(questions) == 1 else None)


def _column(row: Read, question: Question, location: Sequence[int | str]) -> Column | None:
    """The column that a complaint about a question is about: of several, the wording or item it points at."""
    if question.kind == "parts":
        return None
    columns = [column for column in row.cells if column.question is question and row.cell(column).strip()]
    number = next((step for step in reversed(location) if isinstance(step, int)), 0)
    kinds = [column for column in columns if column.what in ("wording", "item")]
    return kinds[number] if number < len(kinds) else next(iter(columns), None)
