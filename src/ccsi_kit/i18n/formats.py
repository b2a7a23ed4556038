"""Numbers, days, money and names of languages and countries, as a language writes them."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from ccsi_kit.i18n.languages import PSEUDO

_GAP = "\u00a0"
"""No-break space: an amount never breaks."""


@lru_cache
def _locale(lang: str) -> Locale:
    try:
        return Locale.parse("en_GB" if lang in (PSEUDO, "en") else lang, sep="_" if "_" in lang else "-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


@lru_cache(maxsize=4096)
def number(value: int | float | Decimal, lang: str) -> str:
    """A number with the language's separators, which do not break.

    >>> number(184200, "lv"), number(184200, "en")
    ('184\\xa0200', '184,200')
    """
    return str(format_decimal(value, locale=_locale(lang))).replace("\u202f", _GAP)


def money(value: Decimal, currency: str, lang: str) -> str:
    """An amount with the code of its currency, held together; whole when there are no cents.

    >>> money(Decimal("184200.00"), "EUR", "sv")
    '184\\xa0200\\xa0EUR'
    """
    whole = value == value.to_integral_value()
    shown = format_decimal(value, format="#,##0" if whole else "#,##0.00", locale=_locale(lang)).replace("\u202f", _GAP)
    return f"{shown}{_GAP}{currency}"


def percent(share: float | Decimal, lang: str, *, exact: bool = False) -> str:
    """A share of one as per cent: rounded to whole ones, or exact, as a limit of a law has to be.

    >>> percent(0.25, "en")
    '25%'
    >>> percent(Decimal("0.0025"), "en", exact=True)
    '0.25%'
    """
    told = format_percent(share, format=None, locale=_locale(lang), decimal_quantization=not exact)
    return str(told).replace("\u202f", _GAP)


@lru_cache(maxsize=4096)
def day(value: date, lang: str) -> str:
    """A day in words.

    >>> from datetime import date
    >>> day(date(2026, 11, 24), "es"), day(date(2026, 6, 1), "fr")
    ('24 de noviembre de 2026', '1er juin 2026')
    """
    said = str(format_date(value, format="long", locale=_locale(lang)))
    return said.replace("1 ", "1er ", 1) if value.day == 1 and _locale(lang).language == "fr" else said


def labelled(label: str, text: str, lang: str) -> str:
    """A label and what it says, with the colon of the language.

    >>> labelled("Avis", "favorable", "fr")
    'Avis\\xa0: favorable'
    """
    return f"{label}{_GAP if _locale(lang).language == 'fr' else ''}: {text}"


def language_name(code: str) -> str:
    """A language in its own name.

    >>> [language_name(code) for code in ("es", "lv")]
    ['Español', 'Latviešu']
    """
    name: str = _locale(code).languages.get(code.split("-")[0], code)
    return name[:1].upper() + name[1:]


def country_name(code: str, lang: str) -> str | None:
    """The name of a country by its ISO 3166-1 code; none where it is no such code.

    >>> country_name("lv", "sv")
    'Lettland'
    """
    name: str | None = _locale(lang).territories.get(code.upper())
    return name


def spoken(value: Any, lang: str) -> str:
    """Any argument of a message as the language writes it; text stays as it is."""
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int | float | Decimal):
        return number(value, lang)
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, tuple | list | set | frozenset):
        return ", ".join(spoken(part, lang) for part in value)
    return str(value)
