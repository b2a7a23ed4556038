"""Forms as workbooks: a sheet that explains, one for each table, and one of choices that the drop-downs point at."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccsi_kit.errors import need
from ccsi_kit.forms.asking import said
from ccsi_kit.forms.laying import Cell, Laid, laid
from ccsi_kit.forms.places import Column, labels, sheet_name, shortened
from ccsi_kit.i18n import words
from ccsi_kit.models import Record
from ccsi_kit.tabular import without_time

if TYPE_CHECKING:
    from ccsi_kit.forms.form import Form

CHOICES: Final = "choices"
EMPTY: Final = 300
"""Rows below the last record that have drop-downs."""
_FIRST: Final = 3
"""Row of the first record: names stand in the first, labels in the second."""
_EXACT: Final = 10**15
"""Greatest whole number that a spreadsheet keeps to the last digit."""
_OLDEST: Final = date(1900, 3, 1)
"""First day that every spreadsheet counts alike; those before are written as text."""
_CODE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Begins what a spreadsheet would take for the code of a letter."""
_GREY, _PALE, _LINE = "FF6B7280", "FFF1F3F5", "FFD9DEE3"


def write_workbook(form: "Form", into: Path, *, lang: str, records: Sequence[Record], languages: Sequence[str]) -> None:
    """Writes a form as a workbook; every cell is a text, a number or a day, never a formula."""
    book = need("openpyxl", extra="workspace").Workbook()
    order = list(dict.fromkeys((lang, *languages)))
    sheets = laid(form, records, languages=order, lang=lang)
    names = _names(form, lang)
    _explain(book.active, form, sheets, names, lang)
    lists = _Lists(book, lang, order)
    for sheet, name in zip(sheets, names[1:], strict=True):
        _table(book.create_sheet(name), sheet, lists, lang)
    lists.write()
    saved = BytesIO()
    book.save(saved)
    without_time(saved, into)


def _names(form: "Form", lang: str) -> list[str]:
    """The names of the sheets: each another, whatever its case."""
    names = [words("form.sheet.about", lang), *(place.title(lang) for place in form.places)]
    taken = {CHOICES}
    for at, name in enumerate(map(sheet_name, names)):
        number, names[at] = 1, name
        while names[at].casefold() in taken:
            number += 1
            names[at] = f"{shortened(name, 28)} {number}"
        taken.add(names[at].casefold())
    return names


def _explain(sheet: Any, form: "Form", sheets: Sequence[Laid], names: Sequence[str], lang: str) -> None:
    """The first sheet: what this is, and how to fill it in."""
    styles = need("openpyxl.styles", extra="workspace")
    sheet.title = names[0]
    sheet.column_dimensions["A"].width = 100
    lines = [said(form.title, lang), words("form.lead", lang, sheet=names[1]), *_how(sheets, lang)]
    for row, line in enumerate(lines, 1):
        cell = _put(sheet, row, 1, line)
        cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
        cell.font = styles.Font(size=16, bold=True) if row == 1 else styles.Font(size=11)


def _how(sheets: Sequence[Laid], lang: str) -> Iterator[str]:
    """How to fill it in: what concerns this form, and nothing else."""
    questions = [question for table in sheets for question in table.place.plain]
    kinds = {question.kind for question in questions}
    more = next((name for table in sheets for name in _further(table).values()), "")
    applies = {
        "rows": True, "blank": True, "choices": bool(kinds & {"choice", "choices", "yes-no"}),
        "several": "choices" in kinds, "more": bool(more), "texts": "texts" in kinds, "parts": len(sheets) > 1,
        "lists": len(sheets) > 1, "id": True, "row": len(sheets) > 1,
    }  # fmt: skip
    yield from (words(f"form.how.{what}", lang, name=more) for what, does in applies.items() if does)


def _further(table: Laid) -> dict[str, str]:
    """The column that may be added to those of a choice of several, by the question, where it has more choices."""
    items = [column.question for column in table.columns if column.what == "item" and column.question]
    counts = Counter(question.name for question in items)
    return {
        question.name: Column("item", question, str(counts[question.name] + 1)).name
        for question in items
        if counts[question.name] < len(question.choices)
    }


class _Lists:
    """The sheet of choices: a column for each list, pointed at by drop-downs."""

    def __init__(self, book: Any, lang: str, languages: Sequence[str]) -> None:
        self._book, self._lang, self._languages = book, lang, languages
        self._columns: dict[tuple[str, ...], str] = {}

    def of(self, column: Column) -> str | None:
        """The range of cells that a column may hold; none where it is free."""
        shown = self._shown(column)
        if not shown:
            return None
        letter = need("openpyxl.utils", extra="workspace").get_column_letter
        at = letter(list(self._columns).index(shown) + 1) if shown in self._columns else letter(len(self._columns) + 1)
        self._columns.setdefault(shown, column.name)
        return f"'{CHOICES}'!${at}$2:${at}${len(shown) + 1}"

    def _shown(self, column: Column) -> tuple[str, ...]:
        question = column.question
        if column.what == "original":
            return tuple(self._languages)
        if question is None or column.what not in ("answer", "item"):
            return ()
        if question.kind == "yes-no":
            return words("form.yes", self._lang), words("form.no", self._lang)
        return tuple(labels(question, self._lang).values())

    def write(self) -> None:
        """Writes the sheet, last in the book."""
        sheet = self._book.create_sheet(CHOICES)
        sheet.sheet_view.showGridLines = False
        for at, (shown, name) in enumerate(self._columns.items(), 1):
            for row, value in enumerate((name, *shown), 1):
                _put(sheet, row, at, value)


def _table(sheet: Any, table: Laid, lists: _Lists, lang: str) -> None:
    looks, further = _Looks(), _further(table)
    for at, column in enumerate(table.columns, 1):
        _head(sheet, at, column, further, lang)
        for row, cells in enumerate(table.rows, _FIRST):
            if cells[at - 1] is not None:
                looks.of(_put(sheet, row, at, cells[at - 1]), column)
        _drop_down(sheet, at, column, lists, len(table.rows))
    letter = need("openpyxl.utils", extra="workspace").get_column_letter(len(table.columns))
    sheet.freeze_panes = "C3"
    sheet.auto_filter.ref = f"A2:{letter}{max(len(table.rows), 1) + 2}"


def _head(sheet: Any, at: int, column: Column, further: Mapping[str, str], lang: str) -> None:
    """Name and label of a column, its help as a note."""
    styles, comments = (need(f"openpyxl.{name}", extra="workspace") for name in ("styles", "comments"))
    letter = need("openpyxl.utils", extra="workspace").get_column_letter(at)
    question = column.question
    must = "*" if question and question.required and column.what == "answer" else ""
    name, label = _put(sheet, 1, at, column.name), _put(sheet, 2, at, f"{column.label(lang)} {must}".strip())
    name.font = styles.Font(size=8, color=_GREY)
    label.font = styles.Font(bold=True)
    label.alignment = styles.Alignment(wrap_text=True, vertical="top")
    label.border = styles.Border(bottom=styles.Side(style="thin", color=_LINE))
    if note := _note(column, further, lang):
        label.comment = comments.Comment(note, "ccsi", width=300, height=120)
    wide = question is not None and question.kind in ("text", "texts") and column.what in ("answer", "wording")
    sheet.column_dimensions[letter].width = 40 if wide else 20


def _note(column: Column, further: Mapping[str, str], lang: str) -> str:
    question = column.question
    if question is None or column.what == "original":
        return words(f"form.note.{column.what}", lang)
    told = [said(question.advice, lang)] if question.advice else []
    if question.kind in ("day", "number", "whole"):
        told.append(words(f"form.note.{question.kind}", lang))
    if question.name in further:
        told.append(words("form.how.more", lang, name=further[question.name]))
    return "\n".join(told)


class _Looks:
    """How cells below the header look; made once, for a book has many cells."""

    def __init__(self) -> None:
        styles = need("openpyxl.styles", extra="workspace")
        self._top = styles.Alignment(wrap_text=True, vertical="top")
        self._pale = styles.PatternFill("solid", start_color=_PALE)
        self._grey = styles.Font(color=_GREY)

    def of(self, cell: Any, column: Column) -> None:
        """Dresses a cell: what names a row is grey, for nobody should change it."""
        cell.alignment = self._top
        if column.what in ("id", "parent", "part"):
            cell.fill, cell.font = self._pale, self._grey


def _drop_down(sheet: Any, at: int, column: Column, lists: _Lists, rows: int) -> None:
    """A drop-down from the first record to well below the last."""
    if (range_ := lists.of(column)) is None:
        return
    letter = need("openpyxl.utils", extra="workspace").get_column_letter(at)
    validation = need("openpyxl.worksheet.datavalidation", extra="workspace").DataValidation
    made = validation(type="list", formula1=range_, allow_blank=True, showErrorMessage=True, errorStyle="warning")
    made.add(f"{letter}{_FIRST}:{letter}{_FIRST + rows + EMPTY - 1}")
    sheet.add_data_validation(made)


def _put(sheet: Any, row: int, column: int, value: Cell) -> Any:
    """Writes a cell: a string stays a string whatever it begins with or looks like."""
    cell = sheet.cell(row, column)
    plain = _plain(value)
    if isinstance(plain, str):
        illegal = need("openpyxl.cell.cell", extra="workspace").ILLEGAL_CHARACTERS_RE
        cell.value = _CODE.sub("_x005F_", illegal.sub("\ufffd", plain))
        cell.data_type = "s"
    elif plain is not None:
        cell.value = plain
        if isinstance(plain, date):
            cell.number_format = "yyyy-mm-dd"
    return cell


def _plain(value: Cell) -> str | int | float | date | None:
    """A value as a cell keeps it to the last digit: as text where it would not."""
    if isinstance(value, int):
        return _whole(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, Decimal):
        return _decimal(value)
    return _day(value) if isinstance(value, date) else value


def _whole(value: int) -> int | str:
    return value if abs(value) < _EXACT else str(value)


def _float(value: float) -> float | str:
    return value if float(f"{value:.15g}") == value else repr(value)


def _decimal(value: Decimal) -> float | str:
    with localcontext(prec=50):
        kept = value.is_finite() and abs(value) < _EXACT and Decimal(f"{float(value):.15g}") == value
    return float(value) if kept else str(value)


def _day(value: date) -> date | str:
    return value if value >= _OLDEST else value.isoformat()
