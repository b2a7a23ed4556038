"""Cells in SQL: trimmed, blank is NULL, and the forms in which dates, numbers and names are compared."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

from ccsi_kit.errors import UsageError
from ccsi_kit.i18n import fold
from ccsi_kit.store import literal

BLANKS: Final = " \t\n\r\v\f\u00a0\u2007\u2009\u200b\u202f\ufeff"
_SCRIPTS: Final = (
    (0xA0, 0x588),
    (0x1C80, 0x1C8A),
    (0x1D00, 0x2E00),
    (0xA640, 0xAB70),
    (0xFB00, 0xFB07),
    (0xFF00, 0xFFEF),
)
_BARE: Final = "(?s)[!-~](.*[!-~])?"
"""A text with nothing to trim, as most are; trimming takes ten times as long as this pattern."""
_GROUPING: Final = " \u00a0\u2009\u202f"
_DIGITS: Final = {
    "%Y": "[0-9]{4}",
    "%m": "[0-9]{2}",
    "%d": "[0-9]{2}",
    "%H": "[0-9]{2}",
    "%M": "[0-9]{2}",
    "%S": "[0-9]{2}",
    "%f": "[0-9]{1,9}",
}


def trimmed(text: str, edges: str) -> str:
    """A cell without blanks at its ends, each line break one LF.

    `edges` is the SQL for whether there may be more than plain blanks and LF to take off: `uncommon` of the row.
    """
    breaks = f"replace(replace({text}, chr(13) || chr(10), chr(10)), chr(13), chr(10))"
    doubtful = f"({text} < '!' AND {text} <> '') OR suffix({text}, ' ') OR suffix({text}, chr(10)) OR {edges}"
    return f"CASE WHEN {doubtful} THEN trim({breaks}, {literal(BLANKS)}) ELSE {text} END"


def uncommon(text: str) -> str:
    """Whether a text holds a blank that is neither the plain one nor LF; a pattern would take three times as long."""
    return " OR ".join(f"contains({text}, {literal(blank)})" for blank in BLANKS if blank not in " \n")


def filled(text: str, blank: Sequence[str]) -> str:
    """A text, or NULL where it is empty or a word for blank; give it the name of a column, not a formula."""
    if not blank:
        return f"nullif({text}, '')"
    words = ", ".join(literal(word.casefold()) for word in ("", *blank))
    longest = max(len(word.encode()) for word in blank)
    return f"CASE WHEN strlen({text}) > {longest} OR lower({text}) NOT IN ({words}) THEN {text} END"


def parts(text: str, separator: str, blank: Sequence[str]) -> str:
    """The parts of a cell that holds several, trimmed, blank ones NULL; the list of a JSON cell is `list`."""
    mark = "chr(31)" if separator == "list" else literal(separator)
    bare = f"CASE WHEN regexp_full_match(__part, {literal(_BARE)}) THEN __part ELSE trim(__part, {literal(BLANKS)}) END"
    trimmed_ = f"list_transform(string_split({text}, {mark}), lambda __part: {bare})"
    return f"list_transform({trimmed_}, lambda __part: {filled('__part', blank)})"


def day(text: str, formats: Sequence[str]) -> str:
    """The date in the first format whose digits the whole text has; NULL where there is no such day."""
    tries = [_tried(text, form) for form in formats]
    return tries[0] if len(tries) == 1 else f"coalesce({', '.join(tries)})"


def _tried(text: str, form: str) -> str:
    whole = f"regexp_full_match({text}, {literal(_shape(form))})"
    return f"CASE WHEN {whole} THEN try_strptime({text}, {literal(form)})::DATE END"


def _shape(form: str) -> str:
    """The pattern of a date format: the engine's own parser takes 2019-1-1 and trailing blanks."""
    pieces = re.split(r"(%.)", form)
    if not {"%Y", "%m", "%d"} <= set(pieces) or any(piece[:1] == "%" and piece not in _DIGITS for piece in pieces):
        raise UsageError("bad-date-format", format=form)
    return "".join(_DIGITS.get(piece) or re.escape(piece) for piece in pieces)


def plain_number(text: str, sign: str) -> str:
    """A number as text with a decimal point, without grouping blanks; NULL where it is none or has over 15 digits.

    Give it the name of a column, not a formula.
    """
    shape = literal(rf"[-+]?[0-9]{{1,15}}({re.escape(sign)}[0-9]+)?")
    bare = f"translate({text}, {literal(_GROUPING)}, '')"
    plain, grouped = (text, bare) if sign == "." else (f"replace({text}, ',', '.')", f"replace({bare}, ',', '.')")
    whole, parted = f"regexp_full_match({text}, {shape})", f"regexp_full_match({bare}, {shape})"
    return f"CASE WHEN {whole} THEN {plain} WHEN {parted} THEN {grouped} END"


def sql_fold(text: str) -> str:
    """`i18n.fold` of a column, for Latin, Greek and Cyrillic letters; give it the name of a column, not a formula."""
    odd = _odd()
    table = f"MAP {{{', '.join(f'{literal(letter)}: {literal(plain)}' for letter, plain in odd.items())}}}"
    letters = f"list_transform(string_split({text}, ''), lambda __letter: coalesce({table}[__letter], __letter))"
    spelt = f"list_aggregate({letters}, 'string_agg', '')"
    whole = f"CASE WHEN regexp_matches({text}, {literal('[' + ''.join(odd) + ']')}) THEN {spelt} ELSE {text} END"
    words = rf"trim(regexp_replace(lower(strip_accents({whole})), '[^\p{{L}}\p{{N}}]+', ' ', 'g'), ' ')"
    return f"CASE WHEN regexp_full_match({text}, '[A-Za-z0-9]+') THEN lower({text}) ELSE {words} END"


@cache
def _odd() -> dict[str, str]:
    """The letters whose fold is more than small letters without accents: ligatures, fractions, full width."""
    letters = (chr(number) for first, last in _SCRIPTS for number in range(first, last))
    folds = {letter: fold(f"a{letter}a")[1:-1] for letter in letters if unicodedata.category(letter) != "Cn"}
    return {letter: plain for letter, plain in folds.items() if plain != (_small(letter) if _counts(letter) else " ")}


def _counts(letter: str) -> bool:
    """Whether the engine sees a letter, digit or mark; all else parts words for both."""
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


def _small(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)).lower()
