"""What a country declares of one of its numbers, and what follows from it in Python and in SQL.

Each question has twins: `compact` and `sql_compact`, `has_shape` and `sql_shape`, `is_person` and `sql_person`,
`is_valid` and `sql_valid`. The first answers for one number; the second writes the DuckDB expression that answers the
same for a column. An expression repeats its argument many times: give it the name of a column, not a formula.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase, ascii_uppercase

from ccsi_kit.models import Identifier, Issue

SPACES = " \t\r\n\u00a0\u2007\u2009\u200b\u202f\ufeff"
DECORATION = SPACES + "-\u2010\u2011\u2012\u2013\u2014\u2212./"
"""What people write between the characters of a number: blanks, hyphens, dots, slashes."""

_RUN = "1234567|12345678(?:9(?:0(?:1(?:2(?:3(?:4)?)?)?)?)?)?[0-9]?"
_PLACEHOLDER = f"[A-Z]*(?:{'|'.join(f'{digit}+' for digit in range(10))}|0?(?:{_RUN}))[A-Z]*"


@dataclass(frozen=True)
class Check:
    """A check digit, twice: for one number in Python, and as the SQL expression that is true where it is right.

    Both are asked about text of the scheme's shape. On other text the Python may raise and the SQL be anything,
    but the SQL must not fail.
    """

    valid: Callable[[str], bool]
    sql: Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """Who issues a number, how it is written, and whether it may be a natural person's.

    Patterns are regular expressions that Python and RE2 read alike: no look-around, no back-references, and `[0-9]`
    rather than `\\d`. All but `anywhere` must match the whole text.

    >>> scheme = Scheme(id="xx:number", example="S4711", shape="S[0-9]{4}", core="(?:XX)?(S[0-9]{4})")
    >>> scheme.parse("xx-s 47.11").number
    'S4711'
    >>> scheme.parse("S 471").code
    'bad-identifier'
    """

    id: str
    """`lv:regcode`. The title is the catalogues' word for `scheme.lv:regcode`."""
    example: str
    """An invented number, in its one written form."""
    shape: str
    """What an organisation's number looks like, check digit aside; text of this shape is in its one written form."""
    core: str = ""
    """A written form with prefix or suffix whose groups, put together, are the number; other text stays as it is."""
    decoration: str = DECORATION
    """Characters that mean nothing and are taken out."""
    upper: bool = True
    """Whether letters a to z are made large. They are not in addresses and in ids that tell them apart."""
    placeholders: bool = True
    """Whether one digit repeated and 123456789 are no number. False where numbers are given out one after another."""
    check: Check | None = None
    """The check digit."""
    person: str = ""
    """What in a column of this scheme may be a natural person's number; rather too much than too little."""
    anywhere: str = ""
    """What is a natural person's number in any column, alone or inside other words; narrow enough to spare dates."""

    @cached_property
    def _table(self) -> dict[int, int | None]:
        small, large = (ascii_lowercase, ascii_uppercase) if self.upper else ("", "")
        return str.maketrans(small, large, self.decoration)

    def compact(self, text: str) -> str:
        """The number without decoration, prefix and small letters; of other text whatever is left."""
        bare = text.translate(self._table)
        found = _full(self.core, bare) if self.core else None
        return "".join(part or "" for part in found.groups()) if found else bare

    def has_shape(self, compact: str) -> bool:
        """Whether it looks like an organisation's number, check digit aside."""
        return _full(self.shape, compact) is not None

    def is_person(self, compact: str) -> bool:
        """Whether it may be a natural person's number."""
        return bool(self.person) and _full(self.person, compact) is not None

    def is_valid(self, compact: str) -> bool:
        """Whether it is an organisation's number: shape, check digit, no placeholder."""
        if not self.has_shape(compact) or (self.placeholders and _full(_PLACEHOLDER, compact)):
            return False
        try:
            return self.check is None or bool(self.check.valid(compact))
        except Exception:
            return False

    def parse(self, text: str) -> Identifier | Issue:
        """The number in its one written form, or why it is none. Never raises.

        Issue codes: `person`, never with a value; `bad-identifier`, with the text only where no person's number can
        hide in it: where the scheme has none, or the text has an organisation's shape.
        """
        number = self.compact(text)
        if self.is_person(number):
            return Issue("person", severity="info", scheme=self.id)
        if self.is_valid(number):
            return Identifier(scheme=self.id, number=number)
        shown = text if not self.person or self.has_shape(number) else None
        return Issue("bad-identifier", value=shown, scheme=self.id)

    def sql_compact(self, column: str) -> str:
        """Text: `compact` of a column. NULL gives NULL."""
        small, large = (ascii_lowercase, ascii_uppercase) if self.upper else ("", "")
        changed = quoted(f"[^{re.escape(small + self.decoration)}]*")
        bare = f"translate({column}, {quoted(small + self.decoration)}, {quoted(large)})"
        bare = f"CASE WHEN regexp_full_match({column}, {changed}) THEN {column} ELSE {bare} END"
        if self.core:
            groups = "".join(f"\\{number}" for number in range(1, re.compile(self.core).groups + 1))
            bare = f"regexp_replace({bare}, {quoted(f'^(?:{self.core})$')}, {quoted(groups)})"
        return f"CASE WHEN {matches(column, self.shape)} THEN {column} ELSE {bare} END"

    def sql_shape(self, column: str) -> str:
        """Boolean: `has_shape` of a column of compact numbers. NULL gives FALSE."""
        return f"coalesce({matches(column, self.shape)}, FALSE)"

    def sql_person(self, column: str) -> str:
        """Boolean: `is_person` of a column of compact numbers. NULL gives FALSE."""
        return f"coalesce({matches(column, self.person)}, FALSE)" if self.person else "FALSE"

    def sql_valid(self, column: str) -> str:
        """Boolean: `is_valid` of a column of compact numbers. NULL gives FALSE."""
        tests = [matches(column, self.shape)]
        if self.placeholders:
            tests.append(f"NOT {matches(column, _PLACEHOLDER)}")
        if self.check is not None:
            tests.append(self.check.sql(column))
        # A product, not AND: inside AND the engine computes equal parts once per use, four times as slowly.
        return f"coalesce({' * '.join(f'({test})::INTEGER' for test in tests)}, 0) = 1"


def _full(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, text, re.ASCII)


def matches(column: str, pattern: str) -> str:
    """Boolean: whether the whole of a column's text fits a pattern. NULL gives NULL."""
    return f"regexp_full_match({column}, {quoted(pattern)})"


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
