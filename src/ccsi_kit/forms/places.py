"""The tables of a form: one of records, one for each list of parts; their columns by name, and by any label."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from ccsi_kit.forms.asking import Label, Question, said
from ccsi_kit.i18n import language_name, languages_spoken, sentence, words
from ccsi_kit.models import Message, Text

if TYPE_CHECKING:
    from ccsi_kit.forms.form import Form

What = Literal["answer", "wording", "original", "item", "chosen", "id", "row", "parent", "part", "language"]
ID: Final = "id"
ROW: Final = "_row"
PARENT: Final = "_parent"
PART: Final = "_part"
LANGUAGE: Final = "answer_language"
"""The question that a survey asks once: in which language the texts are."""
_OF_RECORDS: Final[Mapping[str, What]] = {ID: "id", ROW: "row", LANGUAGE: "language"}
_OF_PARTS: Final[Mapping[str, What]] = {PARENT: "parent", PART: "part"}
_TAG: Final = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_SHEET: Final = 31
"""Most characters of the name of a sheet."""
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9.-]")


@dataclass(frozen=True, eq=False)
class Column:
    """What the cells below a header hold: an answer, one wording or the original language of a text, one of several
    choices (`item` the choice itself, `chosen` whether it is), or a name of the row.

    Columns of questions of one name are equal: they are told apart within one table.
    """

    what: What
    question: Question | None = None
    of: str = ""
    """Language, number or choice."""

    @property
    def _key(self) -> tuple[str, str, str]:
        return self.what, self.question.name if self.question else "", self.of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Column) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def name(self) -> str:
        """What we write above it."""
        if self.question is None:
            return next(name for name, what in {**_OF_RECORDS, **_OF_PARTS}.items() if what == self.what)
        mark = {"wording": "@", "item": "#", "chosen": "/", "original": ".original"}.get(self.what, "")
        return f"{self.question.name}{mark}{self.of}"

    def label(self, lang: str) -> str:
        """What a reader sees above it."""
        if self.question is None:
            return words(f"form.column.{self.what}", lang)
        asked = said(self.question.label, lang)
        if self.what == "wording":
            return f"{asked} ({language_name(self.of)})"
        if self.what == "original":
            return words("form.column.original", lang, question=asked)
        return f"{asked} {self.of}" if self.what == "item" else asked


@dataclass(frozen=True)
class Place:
    """A table of a form: `path` is empty for the records, else the names of the lists that lead to the parts."""

    form: "Form"
    path: tuple[str, ...]
    questions: tuple[Question, ...]
    titles: tuple[Label, ...]

    @property
    def name(self) -> str:
        """`need`, `need.participants`."""
        return ".".join((self.form.id, *self.path))

    def title(self, lang: str) -> str:
        """What a reader calls it: a list of parts by its own name, inside of another by both."""
        return " - ".join(said(title, lang) for title in self.titles)

    @cached_property
    def plain(self) -> tuple[Question, ...]:
        """The questions that are answered here; lists of parts have tables of their own."""
        return tuple(question for question in self.questions if question.kind != "parts")

    def columns(self, languages: Sequence[str], items: Mapping[str, int]) -> Iterator[Column]:
        """Its columns: a text has one for each language, a choice of several one for each of its `items`."""
        yield from ((Column("parent"), Column("part")) if self.path else (Column("id"), Column("row")))
        for question in self.plain:
            if question.kind == "texts":
                yield from (Column("wording", question, lang) for lang in languages)
                yield Column("original", question)
            elif question.kind == "choices":
                yield from (Column("item", question, str(n + 1)) for n in range(items[question.name]))
            else:
                yield Column("answer", question)

    @cached_property
    def _known(self) -> dict[str, Column]:
        """Columns by how they may be called; a name beats a label, and a label that means two means none."""
        labels: dict[str, Column | None] = {}
        for name, column in self._labels():
            labels[name] = column if labels.get(name, column) == column else None
        return {**{name: column for name, column in labels.items() if column}, **dict(self._names())}

    def _names(self) -> Iterator[tuple[str, Column]]:
        for question in self.plain:
            for column in _of(question):
                for name in _spelt(question):
                    yield simple(name + column.name.removeprefix(question.name)), column
                    if column.what == "chosen":
                        yield simple(f"{name}/{encoded(column.of)}"), column
        for name, what in self._specials.items():
            yield name, Column(what)

    @property
    def _specials(self) -> Mapping[str, What]:
        return _OF_PARTS if self.path else _OF_RECORDS

    def _labels(self) -> Iterator[tuple[str, Column]]:
        for lang in languages_spoken():
            for what in self._specials.values():
                yield simple(Column(what).label(lang)), Column(what)
            if not self.path:
                yield simple(words("form.paper.language", lang)), Column("language")
            for question in self.plain:
                yield from _labelled(question, lang)
        for question in self.plain:  # the last part of a name, where groups were left out of an export
            for column in _of(question):
                if "." in question.name and column.what != "chosen":
                    yield simple(column.name.removeprefix(f"{question.name.rpartition('.')[0]}.")), column

    def column(self, header: str) -> Column | None:
        """What a header means: our name, a survey's, or a label in any language; none where it means nothing."""
        head, _, lang = header.strip().partition("@")
        asked = self._known.get(simple(head))
        if _TAG.match(lang) and asked and asked.question and asked.question.kind == "texts":
            return Column("wording", asked.question, lang)
        parts = simple(header).split("/")
        ways = ("/".join(parts[at:]) for at in range(len(parts)))
        return next((self._known[way] for way in ways if way in self._known), None)

    def is_link(self, header: str, column: Column | None) -> bool:
        """Whether a header is that of what a part belongs to; `column` is what it means here."""
        return column.what == "parent" if column is not None else simple(header) in self._links

    @cached_property
    def _links(self) -> set[str]:
        return {PARENT, *(simple(Column("parent").label(lang)) for lang in languages_spoken())}

    @cached_property
    def known(self) -> list[str]:
        """Every name that we write above a column."""
        return sorted({column.name for question in self.plain for column in _of(question)} | set(self._specials))

    def called(self, name: str) -> int:
        """How surely a sheet or file of that name is this table: 0 not at all, most where it has one of our names.

        A survey's files end in the names of the lists, whatever the survey is called.
        """
        end = simple("-" + "-".join(self.path))
        if simple(name) in self._callings:
            return len(name) + 1
        return len(end) if self.path and simple(name).endswith(end) else 0

    @cached_property
    def _callings(self) -> set[str]:
        titles = {simple(sheet_name(self.title(lang))) for lang in languages_spoken()}
        ours = {simple(self.name), simple("-".join((self.form.id, *self.path))), simple(sheet_name(self.name))}
        return titles | ours | ({simple(self.path[-1])} if self.path else set())


def places(form: "Form") -> Iterator[Place]:
    """The tables of a form, a list of parts after what it belongs to."""
    yield from _below(form, (), form.questions, (form.title,))


def _below(
    form: "Form", path: tuple[str, ...], questions: tuple[Question, ...], titles: tuple[Label, ...]
) -> Iterator[Place]:
    yield Place(form, path, questions, titles)
    for question in questions:
        if question.kind == "parts":
            yield from _below(form, (*path, question.name), question.parts, (*(titles if path else ()), question.label))


def _of(question: Question) -> Iterator[Column]:
    """The columns of a question that are there in every file; wordings are told by their language."""
    yield Column("answer", question)
    if question.kind == "texts":
        yield Column("original", question)
        yield from (Column("wording", question, lang) for lang in languages_spoken())
    if question.kind == "choices":
        yield from (Column("item", question, str(n + 1)) for n in range(max(len(question.choices), 3)))
        yield from (Column("chosen", question, choice.value) for choice in question.choices)


def _labelled(question: Question, lang: str) -> Iterator[tuple[str, Column]]:
    """What files in a language write above the columns of a question."""
    label = question.label
    ways = [said(label, lang)]
    if isinstance(label, Message) and {"whole", "part"} <= set(label.arguments):  # surveys say the group apart
        whole, part = (sentence(label.arguments[name], lang) for name in ("whole", "part"))
        ways += [f"{whole}/{part}", part]
    for column in _of(question):
        if column.what != "chosen":
            yield simple(column.label(lang)), column
    yield from ((simple(way), Column("answer", question)) for way in ways)
    for way in ways:
        for choice in question.choices if question.kind == "choices" else ():
            yield simple(f"{way}/{said(choice.label, lang)}"), Column("chosen", question, choice.value)


def _spelt(question: Question) -> Iterator[str]:
    """How exports write the name of a question: groups joined by a dot, a dash or a slash."""
    yield question.name
    survey = [encoded(part) for part in question.name.split(".")]
    yield from (by.join(survey) for by in (".", "-", "/"))


def simple(name: str) -> str:
    """A name as names are compared: lower case, one space between words, no mark of what must be answered."""
    return " ".join(name.split()).removesuffix("*").rstrip().casefold()


def sheet_name(title: str) -> str:
    """A title as a sheet may be called: 31 characters, none of `[]:*?/\\`, no `'` at an end; cut after a word.

    >>> sheet_name("Needs: open/matched"), sheet_name("To what extent it is a social innovation")
    ('Needs open matched', 'To what extent it is a social')
    """
    return shortened(" ".join(re.sub(r"[\[\]:*?/\\]", " ", title).split()), _SHEET).strip(" '") or "-"


def shortened(name: str, most: int) -> str:
    """A name of at most so many characters, cut after a word where that leaves half of them.

    >>> shortened("a social innovation", 12), shortened("Sozialwirtschaft", 6)
    ('a social', 'Sozial')
    """
    if len(name) <= most:
        return name
    whole = name[: most + 1].rpartition(" ")[0].rstrip(" ,;.-–(")
    return whole if len(whole) * 2 > most else name[:most]


def encoded(name: str) -> str:
    """A name or a value as a survey may hold it; no two give the same.

    >>> encoded("ccsi:role/promoter")
    'ccsi_3arole_2fpromoter'
    """
    made = _UNSAFE.sub(lambda found: "".join(f"_{byte:02x}" for byte in found[0].encode()), name)
    return made if made[:1].isalpha() or made[:1] == "_" else f"_.{made}"


def labels(question: Question, lang: str) -> dict[str, str]:
    """The label of each choice by its value; where two have the same, the value stands behind."""
    plain = {choice.value: " ".join(said(choice.label, lang).split()) for choice in question.choices}
    seen = list(plain.values())
    return {value: f"{label} ({value})" if seen.count(label) > 1 else label for value, label in plain.items()}


def language_code(name: str) -> str:
    """The tag of a language that is named by its tag or in its own words.

    >>> language_code("Español"), language_code("lv")
    ('es', 'lv')
    """
    if not name.strip() or _TAG.match(name.strip()):
        return name.strip()
    own = {simple(language_name(lang)): lang for lang in languages_spoken()}
    return own.get(simple(name), name.strip())


def all_languages(question: Question) -> list[str]:
    """The languages that a question's choices have labels in."""
    own = {
        wording.lang
        for choice in question.choices
        if isinstance(choice.label, Text)
        for wording in choice.label.wordings()
    }
    return sorted(own | set(languages_spoken()))
