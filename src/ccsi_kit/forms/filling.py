"""Answers that come back become records; every cell that is wrong is told, all of them at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ccsi_kit.forms.answering import CellReader
from ccsi_kit.forms.checking import checked
from ccsi_kit.forms.matching import Matched, matched
from ccsi_kit.forms.places import Column
from ccsi_kit.forms.rawtables import raw_tables
from ccsi_kit.forms.rows import Read, Spot, answered, rows_of
from ccsi_kit.models import Issue, Record

if TYPE_CHECKING:
    from ccsi_kit.forms.form import Form

Current = Callable[[str], Record | None]
"""The record of an id as it is now; none where there is none."""
_REJECTED: Final = frozenset({"rejected", "validation_status_not_approved", "not approved"})


@dataclass(frozen=True)
class Row:
    """A row that became a record: the `id` that it changes, the `key` that a survey gave it, and where it stood."""

    record: Record
    id: str | None
    key: str | None
    place: Spot


@dataclass(frozen=True)
class Filled:
    """What came back: the rows that are right, and everything that is wrong or worth telling."""

    rows: tuple[Row, ...]
    issues: tuple[Issue, ...]


def read_form(
    path: Path, forms: "Sequence[Form]", *, current: Current, country: str | None = None, lang: str = "en"
) -> Filled:
    """Reads what people filled in: our workbook or CSV, an export of ODK Central or KoboToolbox, or JSON Lines.

    `current` gives the record of an id: blank cells leave what it says. `country` is for rows that name none. `lang`:
    language of those words in issues that came with the data; all others are in every language. Raises `Refused` where
    the file is none of the forms or cannot be read.
    """
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        from ccsi_kit.forms.jsonlines import read_json_lines

        return read_json_lines(path, forms, current=current, country=country)
    tables, issues = matched(raw_tables(path), [place for form in forms for place in form.places], path.name)
    filling = _Filling(path.name, current, country, lang)
    rows = [row for form in forms for row in filling.rows(form, tables)]
    unsure = any(issue.severity == "error" for issue in issues)  # which column is meant: no row is sure then
    return Filled(() if unsure else tuple(rows), (*issues, *filling.issues))


class _Filling:
    """One file on its way to records."""

    def __init__(self, file: str, current: Current, country: str | None, lang: str) -> None:
        self._file, self._current, self._country, self._lang = file, current, country, lang
        self._reader = CellReader(lang)
        self.issues: list[Issue] = []

    def rows(self, form: "Form", tables: Sequence[Matched]) -> Iterator[Row]:
        """The records of a form."""
        own = [table for table in tables if table.place.form is form]
        rows = self._joined(own)
        seen: dict[str, int] = {}
        for row in rows:
            if not row.blank and not self._left_out(row):
                yield from self._record(form, row, seen)

    def _joined(self, tables: Sequence[Matched]) -> list[Read]:
        """The rows of records, the rows of their parts below them."""
        levels: dict[tuple[str, ...], list[Read]] = {}
        for table in tables:
            levels.setdefault(table.place.path, []).extend(rows_of(table, self._file, self._lang))
        lost = [
            part
            for path in sorted(levels, key=len)
            if path
            for part in self._join(levels[path], levels.get(path[:-1], []), path[-1])
        ]
        for part in lost:
            self._tell_lost(part)
        return levels.get((), [])

    def _join(self, parts: Sequence[Read], owners: Sequence[Read], name: str) -> Iterator[Read]:
        """Puts parts below the rows that they name; gives those that name none, or more than one."""
        by_link: dict[str, list[Read]] = {}
        for owner in owners:
            for link in owner.links:
                by_link.setdefault(link, []).append(owner)
        for part in sorted(parts, key=_number):
            found = by_link.get(part.parent, [])
            if len(found) == 1:
                found[0].parts.setdefault(name, []).append(part)
            elif not part.blank:
                self._lost(part, several=bool(found))
                yield part

    def _lost(self, part: Read, *, several: bool) -> None:
        """Tells a part that nobody knows what it belongs to, unless it was told that the cell cannot be read."""
        if any(issue.column == part.cells.get(Column("parent"), ("",))[0] for issue in part.issues):
            return
        code = "form-two-parents" if several else "form-no-parent" if part.parent else "form-blank-parent"
        part.complain(code, Column("parent"), None, self._lang, parent=part.parent)

    def _tell_lost(self, part: Read) -> None:
        """Tells what is wrong with the cells of a part that belongs to nothing, as far as they tell it alone."""
        answered(part, {}, self._reader, self._lang)
        self.issues += [issue for issue in _all_issues(part) if issue.code != "form-no-language"]

    def _left_out(self, row: Read) -> bool:
        """Whether those who run the survey rejected the answers."""
        if row.review.casefold() not in _REJECTED:
            return False
        self.issues.append(row.spot.issue("form-rejected", severity="info"))
        return True

    def _record(self, form: "Form", row: Read, seen: dict[str, int]) -> Iterator[Row]:
        id_ = row.cell(Column("id")).strip() or None
        now = self._known(row, id_, form, seen)
        answered(row, form.asks.answers(now) if now else {}, self._reader, self._lang)
        content = {**(now.content() if now else {}), **form.asks.content(row.answers), "id": id_ if now else None}
        content = {"country": self._country, **content} if self._country else content
        record = checked(row, form.asks.record, content, self._lang)
        issues = list(_all_issues(row))
        if record is not None and not issues:
            yield Row(record, id_, row.key, row.spot)
        self.issues += issues

    def _known(self, row: Read, id_: str | None, form: "Form", seen: dict[str, int]) -> Record | None:
        """The record that a row changes; a row is told where it is none, or was changed above."""
        if id_ is None:
            return None
        now = self._current(id_)
        if now is None or not form.asks.fits(now):
            row.complain("form-unknown-id", Column("id"), None, self._lang, id=id_)
            row.lost = True
            return None
        name = now.id or id_
        if name in seen:
            row.complain("form-twice", Column("id"), None, self._lang, id=id_, first=seen[name])
        seen.setdefault(name, row.spot.line)
        return now


def _all_issues(row: Read) -> Iterator[Issue]:
    yield from row.issues
    for parts in row.parts.values():
        for part in parts:
            yield from _all_issues(part)


def _number(part: Read) -> float:
    """The number of a part; those without come last, as they stand."""
    return part.number or float("inf")
