"""A row of a table that came back: what it is called, what it answers, and what is wrong with it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ccsi_kit.forms.answering import CellReader, Problem
from ccsi_kit.forms.asking import Label, Question, said
from ccsi_kit.forms.matching import Matched
from ccsi_kit.forms.places import Column, What, language_code
from ccsi_kit.forms.rawtables import unguarded
from ccsi_kit.models import Issue, Message, Text

_MOST_DIGITS = 9
Parts = dict[str, list["Read"]]


@dataclass(frozen=True)
class Spot:
    """Where something stands: number of the record and physical line; and in a workbook the row, which is the line."""

    file: str
    sheet: str
    row: int
    line: int

    def issue(self, code: str, **more: Any) -> Issue:
        """An issue at this place."""
        more = {"severity": "error", **more}
        return Issue(code, file=self.file, source=self.sheet or None, row=self.row, line=self.line, **more)


@dataclass
class Read:
    """A row as it was read: its cells by column, and, once they are joined to it, the parts below it."""

    table: Matched
    spot: Spot
    cells: Mapping[Column, tuple[str, str, str]]
    """By what a column is: header, cell, and the name that a spreadsheet gives the cell."""
    key: str | None
    parent: str
    links: frozenset[str]
    """What parts may name as the row that they belong to."""
    review: str = ""
    """What those who run a survey say of the answers."""
    lang: str = ""
    """Language of the answers; a part has that of what it is a part of."""
    parts: Parts = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)
    """The questions whose cells were complained of."""
    lost: bool = False
    """Whether it is not known which record it changes, so that a blank cell need not be missing."""

    def cell(self, column: Column) -> str:
        """What stands in a column, blank where there is none."""
        return self.cells.get(column, ("", "", ""))[1]

    @property
    def number(self) -> int | None:
        """The place in its list that it names; none where it names none."""
        named = self.cell(Column("part")).strip()
        return int(named) if named.isdecimal() and len(named) <= _MOST_DIGITS else None

    @property
    def blank(self) -> bool:
        """Whether it says nothing but its own name."""
        named = {"row", "part", "language"}
        return not (self.parts or self.issues) and all(
            not cell[1].strip() for column, cell in self.cells.items() if column.what not in named
        )

    def complain(self, code: str, column: Column | None, question: Question | None, lang: str, **more: Any) -> None:
        """Notes what is wrong with a cell, or with the whole row."""
        place: dict[str, Any] = {}
        if column is not None and column in self.cells:
            header, cell, name = self.cells[column]
            place = {"column": header, "value": cell or None, "cell": name}
        elif question is not None:
            place = {"column": question.name}
        asked = {"question": told(question.label, lang)} if question is not None else {}
        self.issues.append(self.spot.issue(code, **{**place, **asked, **more}))


def told(label: Label, lang: str) -> Message | str:
    """A label as an issue holds it: as words of the catalogues where it is such."""
    return label if isinstance(label, Message) else said(label, lang)


def rows_of(table: Matched, file: str, lang: str) -> list[Read]:
    """The rows of a table, each with its cells by column; one is told of its cells that cannot be read."""
    plain = (lambda cell: cell) if table.survey or table.raw.book else unguarded
    rows = [_row(table, file, number, line, cells, plain) for number, line, cells in table.rows()]
    for row in rows:
        for column, shown in table.uncounted(row.spot.line).items():
            row.complain("form-uncounted", column, column.question, lang, value=shown)
            row.wrong |= {column.question.name} if column.question else set()
            row.lost = row.lost or column.what == "id"
    return rows


def _row(table: Matched, file: str, number: int, line: int, cells: Sequence[str], plain: Callable[[str], str]) -> Read:
    known = {
        column: (header, plain(cell), f"{_letters(at)}{line}" if table.raw.book else "")
        for at, (header, cell, column) in enumerate(zip(table.header, cells, table.head.columns, strict=True))
        if column is not None
    }
    at = {column.what: cell[1].strip() for column, cell in known.items() if column.question is None}
    key = table.beside(cells, "KEY", "_uuid", "meta-instanceID", "meta/instanceID") or None
    parent = at.get("parent") or table.beside(cells, "PARENT_KEY", "_parent_index")
    sheet = table.raw.name if table.raw.book or table.raw.name != file.rpartition(".")[0] else ""
    return Read(
        table,
        Spot(file, sheet, number, line),
        known,
        key,
        parent,
        frozenset(_links(at, parent, table.beside(cells, "KEY", "_index"))),
        table.beside(cells, "ReviewState", "_validation_status"),
    )


def _links(at: Mapping[What, str], parent: str, key: str) -> Iterator[str]:
    """What parts may name a row by: its id, with the version or without, its label, its key, its place in a list."""
    id_ = at.get("id", "")
    yield from filter(None, (id_, id_.partition("@")[0], at.get("row", ""), key))
    if parent and at.get("part"):
        yield f"{parent}/{at['part']}"


def _letters(at: int) -> str:
    """What a spreadsheet calls the column of a number, counted from 0."""
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)


def answered(row: Read, base: Mapping[str, Any], reader: CellReader, lang: str) -> None:
    """Notes what a row and the parts below it answer, blank cells leaving what `base` says; and what is wrong.

    A question with a wrong cell keeps what `base` says.
    """
    answers = dict(base)
    for question in row.table.place.plain:
        if question.name in row.wrong:
            continue
        try:
            found = _answer(row, question, base.get(question.name), reader)
        except _AtColumns as wrong:
            row.wrong.add(question.name)
            for column, problem in wrong.problems:
                row.complain(problem.code, column, question, lang, **problem.arguments)
            continue
        if found is not None:
            answers[question.name] = found
    for name, parts in row.parts.items():
        before = list(base.get(name) or ())
        for part in parts:
            part.lang = language_code(row.cell(Column("language"))) or row.lang
            number = part.number
            known = before[number - 1] if number and number <= len(before) else {}
            answered(part, known, reader, lang)
        answers[name] = [part.answers for part in parts]
    row.answers = answers


class _AtColumns(Exception):
    """What is wrong with the cells of a question."""

    def __init__(self, *problems: tuple[Column, Problem]) -> None:
        super().__init__()
        self.problems = problems


def _wrong(column: Column, code: str, **arguments: Any) -> _AtColumns:
    return _AtColumns((column, Problem(code, **arguments)))


def _answer(row: Read, question: Question, base: Any, reader: CellReader) -> Any:
    """What a row answers to a question; none where its cells are blank."""
    if question.kind == "texts":
        return _text(row, question, base)
    if question.kind == "choices":
        return _several(row, question, reader, base or ())
    column = Column("answer", question)
    cell = row.cell(column)
    if (question.kind == "choice" or question.is_country) and cell.strip() == base:
        return base  # what a record says already needs to be in no list
    return _read(row, column, question, reader) if cell.strip() else None


def _read(row: Read, column: Column, question: Question, reader: CellReader) -> Any:
    try:
        return reader.answer(question, row.cell(column))
    except Problem as problem:
        raise _AtColumns((column, problem)) from problem


def _several(row: Read, question: Question, reader: CellReader, before: Sequence[str]) -> tuple[str, ...] | None:
    """Choices: of one cell, of numbered cells, or of the cells that say of each choice whether it is chosen."""
    whole, wrong = Column("answer", question), None
    if row.cell(whole).strip():
        try:
            found: tuple[str, ...] = _read(row, whole, question, reader)
        except _AtColumns as problem:
            wrong = problem  # labels in a row may be unclear where the columns beside it are not
        else:
            return found
    columns = [column for column in row.cells if column.question is question and row.cell(column).strip()]
    apart = [column for column in columns if column.what == "chosen"]
    items = sorted((column for column in columns if column.what == "item"), key=lambda column: int(column.of))
    told = _each(row, (*apart, *items), question, reader, before)
    if wrong and not any(told[: len(apart)]):
        raise wrong
    return tuple(dict.fromkeys(value for value in told if value)) if any(told) or apart else None


def _each(
    row: Read, columns: Sequence[Column], question: Question, reader: CellReader, before: Sequence[str]
) -> list[str]:
    """What the cells of single choices say; raises what is wrong with any of them."""
    said_: list[str] = []
    wrong: list[tuple[Column, Problem]] = []
    for column in columns:
        try:
            said_.append(_one(row, column, question, reader, before))
        except Problem as problem:
            wrong.append((column, problem))
    if wrong:
        raise _AtColumns(*wrong)
    return said_


def _one(row: Read, column: Column, question: Question, reader: CellReader, before: Sequence[str]) -> str:
    cell = row.cell(column).strip()
    if column.what == "item":
        return cell if cell in before else reader.choice(question, row.cell(column))
    if cell.casefold() not in ("0", "1", "true", "false"):
        raise Problem("form-yes-no")
    return column.of if cell.casefold() in ("1", "true") else ""


def _text(row: Read, question: Question, base: Any) -> Text | None:
    """A text from its wordings; what is not said anew stays, and a wording that changed is no machine's any more."""
    said_now = _wordings(row, question)
    mark = Column("original", question)
    original = row.cell(mark).strip()
    before = {wording.lang: wording for wording in base.wordings()} if isinstance(base, Text) else {}
    if not said_now and not (original and before):
        if original:
            raise _wrong(mark, "form-original", language=original)
        return None
    order = list(dict.fromkeys((*before, *said_now)))
    if original and original not in order:
        raise _wrong(mark, "form-original", language=original)
    order.sort(key=lambda lang: lang != original)
    return Text.model_validate([
        before[lang] if lang in before and said_now.get(lang, before[lang].text) == before[lang].text
        else {"lang": lang, "text": said_now[lang]}
        for lang in order
    ])  # fmt: skip


def _wordings(row: Read, question: Question) -> dict[str, str]:
    found = {
        column.of: _clean(row.cell(column))
        for column in row.cells
        if column.what == "wording" and column.question is question and row.cell(column).strip()
    }
    plain = Column("answer", question)
    if row.cell(plain).strip():
        lang = language_code(row.cell(Column("language"))) or row.lang
        if not lang:
            raise _wrong(plain, "form-no-language", name=f"{question.name}@lv")
        found.setdefault(lang, _clean(row.cell(plain)))
    return found


def _clean(cell: str) -> str:
    """A cell as a record keeps it."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()
