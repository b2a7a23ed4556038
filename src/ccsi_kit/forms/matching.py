"""Which table of which form a table of a file is, and what its columns hold."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from ccsi_kit.errors import Refused
from ccsi_kit.forms.places import Column, Place, simple
from ccsi_kit.forms.rawtables import RawTable
from ccsi_kit.i18n import languages_spoken, words
from ccsi_kit.models import Issue

_HIGH: Final = 20
"""The header stands in one of the first so many rows."""
_CENTRAL: Final = frozenset({
    "SubmissionDate", "KEY", "PARENT_KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected",
    "Status", "ReviewState", "DeviceID", "Edits", "FormVersion",
})  # fmt: skip
"""What ODK Central writes beside the answers."""
_PHONE: Final = frozenset({"start", "end", "today", "deviceid", "username", "phonenumber", "audit", "subscriberid"})
"""What a telephone adds to a form in KoboToolbox."""
_BESIDE: Final = re.compile(r"_.*|meta[-/].*|meta|formhub/uuid|instanceID|instanceName|SET-OF-.*")
_LINKS: Final = frozenset({"PARENT_KEY", "_parent_index"})
_OTHERS: Final = ("choices",)


@dataclass(frozen=True)
class Head:
    """The header of a table as it was read: the row it stands in, and what each column is."""

    row: int
    columns: tuple[Column | None, ...]

    @property
    def answers(self) -> int:
        """How many columns hold answers."""
        return sum(column is not None and column.question is not None for column in self.columns)


@dataclass(frozen=True)
class Matched:
    """A table of a file that is a table of a form."""

    raw: RawTable
    place: Place
    head: Head

    @property
    def header(self) -> tuple[str, ...]:
        """What stands above the columns."""
        return self.raw.rows[self.head.row]

    @property
    def survey(self) -> str | None:
        """Which program exported it; none where it is ours."""
        return _survey(self.header)

    def beside(self, row: Sequence[str], *names: str) -> str:
        """What an export says beside the answers, by the first of these names that it has."""
        found = (row[at] for name in names for at, head in enumerate(self.header) if head == name and at < len(row))
        return next((cell for cell in found if cell.strip()), "")

    def rows(self) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Its rows: number, physical line and cells as wide as the header; without those that only repeat labels."""
        number, wide = 0, len(self.header)
        for at in range(self.head.row + 1, len(self.raw.rows)):
            cells = (*self.raw.rows[at], *[""] * wide)[:wide]
            if not self._labels(cells) and not self._tags(at, cells):
                number += 1
                if any(cell.strip() for cell in cells) or self._uncounted(at):
                    yield number, self.raw.lines[at], cells

    def uncounted(self, line: int) -> Mapping[Column, str]:
        """What those cells of a line show that hold an error or a formula without a value, by column."""
        shown = self.raw.uncounted.get(line - 1, {}) if self.raw.book else {}
        return {column: shown[at] for at, column in enumerate(self.head.columns) if at in shown and column is not None}

    def _uncounted(self, at: int) -> bool:
        return bool(self.raw.uncounted) and bool(self.uncounted(self.raw.lines[at]))

    @cached_property
    def _label_names(self) -> tuple[frozenset[str], ...]:
        """What each column is called in every language."""
        return tuple(
            frozenset(simple(column.label(lang)) for lang in languages_spoken()) if column else frozenset()
            for column in self.head.columns
        )

    def _labels(self, cells: Sequence[str]) -> bool:
        """Whether more than half of what it says are labels of its columns: some may have been worded anew."""
        pairs = [(cell, names) for cell, names in zip(cells, self._label_names, strict=True) if names and cell.strip()]
        found = sum(simple(cell) in names for cell, names in pairs)
        return len(pairs) > 1 and found * 2 > len(pairs)

    def _tags(self, at: int, cells: Sequence[str]) -> bool:
        """Whether it is the row of `#tags` that KoboToolbox writes below the header on demand."""
        tags = [cell for cell in cells if cell.strip()]
        return self.survey == "kobo" and at == self.head.row + 1 and all(tag.startswith("#") for tag in tags)


def matched(tables: Sequence[RawTable], places: Sequence[Place], file: str) -> tuple[list[Matched], list[Issue]]:
    """The tables that are tables of these forms, and issues of those that are not and of columns that mean nothing.

    Lists of parts are those of the forms whose records are there. Raises `Refused` where no table is one of records, or
    where one could be of several forms.
    """
    read = [(raw, _header_row(raw, places)) for raw in tables if not _expected(raw)]
    found = _all_matched(read, [place for place in places if not place.path], file)
    if not found:
        raise Refused("form-none", file=file, forms=", ".join(dict.fromkeys(place.form.id for place in places)))
    forms = [one.place.form for one in found]
    rest = [one for one in read if all(one[0] is not done.raw for done in found)]
    parts = [place for place in places if place.path and any(place.form is form for form in forms)]
    found += _all_matched(rest, parts, file)
    issues = [issue for one in found for issue in _columns(one, file)]
    alone = [raw.name for raw, _ in rest if all(raw is not done.raw for done in found)]
    return found, [*issues, *(Issue("form-sheet", file=file, source=name) for name in alone)]


def _all_matched(tables: Iterable[tuple[RawTable, int]], places: Sequence[Place], file: str) -> list[Matched]:
    return [one for raw, row in tables if (one := _matched(raw, row, places, file)) is not None]


def _header_row(raw: RawTable, places: Sequence[Place]) -> int:
    """The row in which most cells name columns of one place, the first of those: an answer may be such a name too."""
    most = [max(_named(place, row) for place in places) if any(row) else 0 for row in raw.rows[:_HIGH]]
    return most.index(max(most))


def _named(place: Place, row: Sequence[str]) -> int:
    return sum(column is not None for column in _means(place, row))


def _matched(raw: RawTable, row: int, places: Sequence[Place], file: str) -> Matched | None:
    fits = [(place, head) for place in places if (head := _head(raw, row, place)) is not None]
    if not fits:
        return None
    ranks = [(place.called(raw.name), head.answers) for place, head in fits]
    best = [fit for fit, rank in zip(fits, ranks, strict=True) if rank == max(ranks)]
    if len(best) > 1:
        raise Refused("form-ambiguous", file=file, sheet=raw.name, forms=", ".join(place.name for place, _ in best))
    return Matched(raw, *best[0])


def _head(raw: RawTable, row: int, place: Place) -> Head | None:
    """The header as columns of a place; none where it names none of its answers, or only one of both is of parts."""
    header = raw.rows[row]
    head = Head(row, tuple(_means(place, header)))
    pairs = zip(header, head.columns, strict=True)
    linked = any(name in _LINKS or place.is_link(name, column) for name, column in pairs)
    return head if head.answers and linked is bool(place.path) else None


def _means(place: Place, row: Sequence[str]) -> Iterator[Column | None]:
    survey = _survey(row)
    own = {question.name for question in place.plain}
    for header in row:
        aside = header in _CENTRAL if survey == "central" else survey == "kobo" and header in _PHONE - own
        aside = aside or (survey is not None and header not in own and bool(_BESIDE.fullmatch(header)))
        yield place.column(header) if header.strip() and not aside else None


def _survey(header: Sequence[str]) -> str | None:
    if "KEY" in header and {"SubmissionDate", "PARENT_KEY"} & set(header):
        return "central"
    return "kobo" if "_index" in header or {"_id", "_uuid"} <= set(header) else None


def _columns(one: Matched, file: str) -> Iterator[Issue]:
    """Columns that mean nothing, and those that mean what another does."""
    seen: dict[Column, str] = {}
    for header, column in zip(one.header, one.head.columns, strict=True):
        if column is None and header.strip() and not _aside(one, header):
            near = next(iter(get_close_matches(header, one.place.known, n=1, cutoff=0.6)), "")
            yield Issue("form-column", file=file, source=one.raw.name, column=header, nearest=near)
        if column is not None and column in seen:
            yield Issue(
                "form-column-twice", severity="error", file=file, source=one.raw.name, column=header, first=seen[column]
            )
        if column is not None:
            seen.setdefault(column, header)


def _aside(one: Matched, header: str) -> bool:
    known = _CENTRAL if one.survey == "central" else _PHONE if one.survey == "kobo" else frozenset()
    return one.survey is not None and (header in known or bool(_BESIDE.fullmatch(header)))


def _expected(raw: RawTable) -> bool:
    """Whether it is a sheet of ours that holds no answers, or an empty one."""
    about = {simple(words("form.sheet.about", lang)) for lang in languages_spoken()}
    ours = raw.book and simple(raw.name) in {*_OTHERS, *about}
    return ours or not any(cell.strip() for row in raw.rows for cell in row)
