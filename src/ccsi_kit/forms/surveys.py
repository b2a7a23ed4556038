"""Forms as XLSForm: the sheets survey, choices and settings that ODK and KoboToolbox make a survey of."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccsi_kit.errors import need
from ccsi_kit.forms.asking import Label, Question, said
from ccsi_kit.forms.places import LANGUAGE, encoded
from ccsi_kit.i18n import language_name
from ccsi_kit.models import Message
from ccsi_kit.tabular import without_time

if TYPE_CHECKING:
    from ccsi_kit.forms.form import Form

_TYPES: Final = {
    "text": "text", "texts": "text", "whole": "integer", "number": "decimal", "day": "date", "ref": "text",
}  # fmt: skip
_YES_NO: Final = "yes_no"
_LANGUAGES: Final = "languages"
_MULTILINE: Final = "multiline"

Line = dict[str, Any]


def write_survey(form: "Form", into: Path, *, languages: Sequence[str], form_id: str, version: str) -> None:
    """Writes a form as an XLSForm; the names of questions and choices lead back to ours."""
    survey = _Survey(languages)
    lines = [*survey.language(form), *survey.questions(form.questions, form.title)]
    settings = {
        "form_title": said(form.title, languages[0]), "form_id": form_id or encoded(form.id), "version": version,
        "default_language": _spoken(languages[0]),
    }  # fmt: skip
    book = need("openpyxl", extra="workspace").Workbook()
    book.remove(book.active)
    for name, sheet in (("survey", lines), ("choices", survey.choices), ("settings", [settings])):
        _sheet(book.create_sheet(name), sheet)
    saved = BytesIO()
    book.save(saved)
    without_time(saved, into)


def _spoken(lang: str) -> str:
    """A language as an XLSForm names it: `Español (es)`."""
    return f"{language_name(lang)} ({lang})"


class _Survey:
    """The lines of a survey while they are made, and the lists that they choose from."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._languages = languages
        self._lists: dict[str, str] = {}
        self.choices: list[Line] = []

    def language(self, form: "Form") -> Iterator[Line]:
        """The question in which language the texts are, where any are asked."""
        if not _asks_texts(form.questions):
            return
        names: list[tuple[str, Label | str]] = [(lang, language_name(lang)) for lang in self._languages]
        self._list(_LANGUAGES, names)
        label = Message("form.paper.language")
        yield {
            "type": f"select_one {_LANGUAGES}", "name": LANGUAGE, **self._said("label", label),
            "required": "yes", "default": self._languages[0],
        }  # fmt: skip

    def questions(self, questions: Sequence[Question], whole: Label) -> Iterator[Line]:
        """The lines of questions: those of one dotted beginning are a group, those of parts are repeated."""
        at = 0
        while at < len(questions):
            folder = questions[at].name.rpartition(".")[0]
            end = at + 1
            while end < len(questions) and questions[end].name.rpartition(".")[0] == folder:
                end += 1
            yield from self._group(folder.split(".") if folder else [], questions[at:end], whole)
            at = end

    def _group(self, folders: Sequence[str], questions: Sequence[Question], whole: Label) -> Iterator[Line]:
        """Questions of one beginning: a group where their labels say of what; else each by its whole name."""
        shared, _ = _halves(questions[0])
        label, folders = (shared, folders) if shared else (whole, ())
        for folder in folders:
            yield {"type": "begin group", "name": encoded(folder), **self._said("label", label)}
        for question in questions:
            yield from self._question(question, inside=bool(folders))
        yield from ({"type": "end group"} for _ in folders)

    def _question(self, question: Question, *, inside: bool) -> Iterator[Line]:
        name = encoded(question.name.rpartition(".")[2] if inside else question.name)
        label = (_halves(question)[1] if inside else None) or question.label
        told = {**self._said("label", label), **(self._said("hint", question.advice) if question.advice else {})}
        if question.kind == "parts":
            yield {"type": "begin repeat", "name": name, **self._said("label", label)}
            yield from self.questions(question.parts, label)
            yield {"type": "end repeat"}
            return
        line = {"type": self._type(question), "name": name, **told, "required": "yes" if question.required else ""}
        line["appearance"] = _MULTILINE if question.kind in ("text", "texts") and not question.is_country else ""
        yield {**line, **self._bounds(question)}

    def _bounds(self, question: Question) -> Line:
        """What a number must be, and the words for one that is not."""
        asked = [
            (f". {sign} {limit:g}", Message(f"value.{code}", limit=limit))
            for sign, limit, code in ((">=", question.least, "at-least"), ("<=", question.most, "at-most"))
            if limit is not None
        ]
        if not asked:
            return {}
        told = {
            f"constraint_message::{_spoken(lang)}": "; ".join(said(message, lang) for _, message in asked)
            for lang in self._languages
        }
        return {"constraint": " and ".join(condition for condition, _ in asked), **told}

    def _type(self, question: Question) -> str:
        if question.kind == "yes-no":
            return f"select_one {self._list(_YES_NO, [(word, Message(f'form.{word}')) for word in ('yes', 'no')])}"
        if question.kind in ("choice", "choices"):
            names = [(encoded(choice.value), choice.label) for choice in question.choices]
            list_ = self._list(encoded(question.name).replace(".", "_"), names)
            return f"select_{'one' if question.kind == 'choice' else 'multiple'} {list_}"
        return _TYPES[question.kind]

    def _list(self, name: str, choices: Sequence[tuple[str, "Label | str"]]) -> str:
        """The name of a list of choices; equal lists are one."""
        lines = [{"name": value, **self._said("label", label)} for value, label in choices]
        key = repr(lines)
        if key not in self._lists:
            taken = set(self._lists.values())
            name = next(
                free for free in (name, *(f"{name}_{n}" for n in range(2, len(taken) + 3))) if free not in taken
            )
            self._lists[key] = name
            self.choices += [{"list_name": name, **line} for line in lines]
        return self._lists[key]

    def _said(self, column: str, label: "Label | str") -> dict[str, str]:
        return {
            f"{column}::{_spoken(lang)}": label if isinstance(label, str) else said(label, lang)
            for lang in self._languages
        }


def _halves(question: Question) -> tuple[Message | None, Message | None]:
    """What a label says a question is a part of, and the part; none of both where it is a part of nothing."""
    arguments = question.label.arguments if isinstance(question.label, Message) else {}
    whole, part = arguments.get("whole"), arguments.get("part")
    return (whole, part) if isinstance(whole, Message) and isinstance(part, Message) else (None, None)


def _asks_texts(questions: Sequence[Question]) -> bool:
    return any(question.kind == "texts" or _asks_texts(question.parts) for question in questions)


def _sheet(sheet: Any, lines: Sequence[Mapping[str, Any]]) -> None:
    """Writes lines as a sheet; every cell is a text. A `$` before a brace would be a formula of the survey."""
    header = list(dict.fromkeys(name for line in lines for name in line))
    for row, cells in enumerate([header, *([line.get(name, "") for name in header] for line in lines)], 1):
        for column, value in enumerate(cells, 1):
            if value != "":
                cell = sheet.cell(row, column)
                cell.value = str(value).replace("${", "$ {")
                cell.data_type = "s"
