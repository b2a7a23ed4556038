"""Gaps in what is asked of a register: days counted from the day of the run, and words of the manifest."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

GAP: Final = re.compile(r"\{([^{}]*)\}")
DAY: Final = r"on(?:[+-][0-9]{1,3}[dwmy])?"
"""How a day is written: `on`, `on-24m`, `on+7d`."""
_SHIFT: Final = re.compile(r"([a-z]+)(?:([+-][0-9]{1,3})([dwmy]))?")
_FORM: Final = re.compile(r"(?:%[dmY]|[-/.])+")


def day(written: str, days: Mapping[str, date]) -> date | None:
    """The day that is so many days, weeks, months or years from a named one; None where that is no day.

    The last day of a month stands for one that the month does not have.

    >>> day("on-24m", {"on": date(2026, 11, 24)}).isoformat()
    '2024-11-24'
    >>> day("on+1m", {"on": date(2026, 1, 31)}).isoformat()
    '2026-02-28'
    """
    found = _SHIFT.fullmatch(written)
    if found is None or found[1] not in days:
        return None
    start, count, unit = days[found[1]], int(found[2] or 0), found[3] or "d"
    if unit in "dw":
        return start + timedelta(days=count * (7 if unit == "w" else 1))
    return _months_later(start, count * (12 if unit == "y" else 1))


def _months_later(start: date, count: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def gap(inside: str, days: Mapping[str, date], words: Mapping[str, str]) -> str | None:
    """What a gap stands for: one of the words, or a day as `name[shift][:form]`, in ISO form unless it says another.

    >>> gap("since:%d/%m/%Y", {"since": date(2026, 11, 24)}, {})
    '24/11/2026'
    """
    if inside in words:
        return words[inside]
    written, coloned, form = inside.partition(":")
    meant = day(written, days)
    if meant is None or (coloned and not _FORM.fullmatch(form)):
        return None
    return meant.strftime(form) if coloned else meant.isoformat()


def filled(text: str, days: Mapping[str, date], words: Mapping[str, str]) -> str:
    """The text with every gap filled; a gap that nothing fills stays as it is.

    >>> filled("projekt/{on-365d}", {"on": date(2026, 11, 24)}, {})
    'projekt/2025-11-24'
    """
    return GAP.sub(lambda found: gap(found[1], days, words) or found[0], text)
