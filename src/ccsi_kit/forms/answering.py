"""What stands in a cell, as an answer; or what is wrong with it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache, cached_property
from itertools import product
from string import ascii_lowercase
from typing import Any, Final

from ccsi_kit.forms.asking import Question, said
from ccsi_kit.forms.places import all_languages, encoded, labels, simple
from ccsi_kit.i18n import country_name, languages_spoken, words

_DAY: Final = re.compile(
    r"(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?)"
    r"(?:[T ]\s?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_SPACES: Final = re.compile("(?<=\\d)[ \u00a0\u202f](?=\\d{3}(?!\\d))")
_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d{1,3})?", re.ASCII)
_UNCLEAR: Final = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_SLUG: Final = re.compile("[a-z][a-z0-9-]*")
_BETWEEN: Final = re.compile(r"[\n;|]")
_SHOWN: Final = 12
_MOST_WHOLE: Final = 10**30
_ISO: Final = 2
"""Letters of the code of a country."""
_ALMOST: Final = 0.82
"""How like the name of a country a short name is that is a slip of the pen, and no country of its own."""


class Problem(Exception):
    """What is wrong with a cell: the code of an Issue and its arguments."""

    def __init__(self, code: str, **arguments: Any) -> None:
        super().__init__(code)
        self.code, self.arguments = code, arguments


class CellReader:
    """Reads cells as answers; `lang` is for the words that a problem tells."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._names: dict[int, dict[str, str]] = {}
        self._asked: list[Question] = []
        self._readers: Mapping[str, Callable[[Question, str], Any]] = {
            "ref": lambda _, cell: cell.strip(), "day": lambda _, cell: _day(cell),
            "whole": lambda _, cell: _whole(cell), "number": lambda _, cell: _number(cell),
            "yes-no": lambda _, cell: self._yes_no(cell), "choice": self._choice, "choices": self._choices,
        }  # fmt: skip

    def answer(self, question: Question, cell: str) -> Any:
        """The answer that a cell which is not blank gives; raises `Problem`."""
        if question.is_country:
            return _country(cell, self._lang)
        read = self._readers.get(question.kind)
        return read(question, cell) if read else cell

    def choice(self, question: Question, cell: str) -> str:
        """The choice that a cell names; raises `Problem`."""
        return self._choice(question, cell)

    def _yes_no(self, cell: str) -> bool:
        found = self._yes_no_words.get(simple(cell))
        if found is None:
            raise Problem("form-yes-no")
        return found

    @cached_property
    def _yes_no_words(self) -> dict[str, bool]:
        pairs = [(word, lang) for lang in languages_spoken() for word in ("yes", "no")]
        spoken = {simple(words(f"form.{word}", lang)): word == "yes" for word, lang in pairs}
        return {**spoken, "true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}

    def _choice(self, question: Question, cell: str) -> str:
        found = _named(self._known(question), cell)
        if found is None:
            raise self._no_choice(question, cell)
        return found

    def _choices(self, question: Question, cell: str) -> tuple[str, ...]:
        """Several choices: one a line, parted by `;` or `|`, or, as surveys write them, by spaces."""
        known = self._known(question)
        if (whole := _named(known, cell)) is not None:
            return (whole,)
        if _BETWEEN.search(cell):
            parts = [part for part in _BETWEEN.split(cell) if part.strip()]
            return tuple(dict.fromkeys(self._choice(question, part) for part in parts))
        ways = list(_ways(simple(cell).split(" "), known))
        if len(ways) != 1:
            raise self._no_choice(question, cell)
        return tuple(dict.fromkeys(ways[0]))

    def _no_choice(self, question: Question, cell: str) -> Problem:
        shown = list(labels(question, self._lang).values())
        near = "" if _as_number(cell) else _nearest(cell, shown)
        more = ["..."] if len(shown) > _SHOWN else []
        return Problem("form-choice", nearest=near, known="; ".join([*shown[:_SHOWN], *more]))

    def _known(self, question: Question) -> dict[str, str]:
        """Choices by their value, by the name that a survey has for it, and by every label that means only one."""
        if id(question) not in self._names:
            self._asked.append(question)  # kept, so that no other question gets its number
            self._names[id(question)] = _all_names(question)
        return self._names[id(question)]


def _all_names(question: Question) -> dict[str, str]:
    names: dict[str, str | None] = {}
    for lang in all_languages(question):
        plain = [(said(choice.label, lang), choice.value) for choice in question.choices]
        _add(names, [*plain, *((label, value) for value, label in labels(question, lang).items())])
    values: dict[str, str | None] = {}
    _add(values, [(encoded(choice.value), choice.value) for choice in question.choices])
    _add(values, [(choice.value, choice.value) for choice in question.choices])
    exact = {name: choice.value for choice in question.choices for name in (encoded(choice.value), choice.value)}
    return {**{name: value for name, value in {**names, **values}.items() if value is not None}, **exact}


def _add(names: dict[str, str | None], pairs: list[tuple[str, str]]) -> None:
    """Adds names of values; one that means two values means none."""
    for name, value in pairs:
        key = simple(name)
        names[key] = value if names.get(key, value) == value else None


def _named(known: Mapping[str, str], cell: str) -> str | None:
    """The choice of that name; a number may have a comma, and zeros at its end."""
    found = known.get(cell.strip(), known.get(simple(cell)))
    return found if found is not None else known.get(_as_number(cell))


def _as_number(cell: str) -> str:
    """A number in the way that choices have it; blank for what is none.

    >>> _as_number("2,0"), _as_number("0.50"), _as_number("two")
    ('2', '0.5', '')
    """
    try:
        number = f"{_number(cell):f}"
    except Problem:
        return ""
    return number.rstrip("0").rstrip(".") if "." in number else number


def _nearest(cell: str, known: Sequence[str], cutoff: float = 0.6) -> str:
    return next(iter(get_close_matches(" ".join(cell.split()), known, n=1, cutoff=cutoff)), "")


def _country(cell: str, lang: str) -> str:
    """The code of a country that a cell says by its code or by its name in any language.

    A country may have any short name of its own, unless it is almost that of another.
    """
    called = simple(cell)
    known = _countries(tuple(languages_spoken()))
    if called in known or (len(called) == _ISO and _SLUG.fullmatch(called)):
        return known.get(called, called)
    near = _nearest(called, list(known))
    if _SLUG.fullmatch(cell.strip()) and not _nearest(called, [near], _ALMOST):
        return called
    raise Problem("form-country", nearest=(country_name(known[near], lang) or near) if near else "")


@cache
def _countries(languages: Sequence[str]) -> Mapping[str, str]:
    """The codes of countries by their names in these languages; a name of two is of none."""
    codes = ["".join(letters) for letters in product(ascii_lowercase, repeat=_ISO)]
    found: dict[str, str | None] = {}
    _add(found, [(name, code) for lang in languages for code in codes if (name := country_name(code, lang))])
    return {name: code for name, code in found.items() if code is not None}


def _ways(parts: list[str], known: Mapping[str, str], most: int = 2) -> Iterator[tuple[str, ...]]:
    """The ways to read words in a row as names of choices, at most so many."""
    if not parts:
        yield ()
        return
    longest = max((name.count(" ") for name in known), default=0) + 1
    found = 0
    for size in range(1, min(longest, len(parts)) + 1):
        if (value := known.get(" ".join(parts[:size]))) is not None:
            for rest in _ways(parts[size:], known, most):
                yield (value, *rest)
                if (found := found + 1) >= most:
                    return


def _day(cell: str) -> date:
    """A day as it is written: the year first, or with dots and the day first. With slashes nobody knows."""
    found = _DAY.fullmatch(cell.strip())
    if found is None:
        raise Problem("form-day")
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise Problem("form-day") from error


def _whole(cell: str) -> int:
    try:
        number = _number(cell)
    except Problem as error:
        raise Problem("form-whole") from error
    if number != number.to_integral_value() or abs(number) > _MOST_WHOLE:
        raise Problem("form-whole")
    return int(number)


def _number(cell: str) -> Decimal:
    """A number with a point or a comma; `1,234` is two numbers in two languages, hence none."""
    text = _SPACES.sub("", cell.strip()).replace("\u2212", "-")
    if _UNCLEAR.fullmatch(text):
        raise Problem("form-number-unclear", point=text.replace(",", "."), plain=text.replace(",", ""))
    if not _NUMBER.fullmatch(text):
        raise Problem("form-number")
    return Decimal(text.replace(",", "."))
