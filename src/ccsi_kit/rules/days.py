"""Days that a law counts: months and years later, on the last day of a month where there is no such day."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from ccsi_kit.rules.asking import Unknown


def later(day: Any, *, years: Any = 0, months: Any = 0, days: Any = 0) -> Any:
    """A day so much later; of an unknown day another unknown one. Negative numbers give an earlier day.

    >>> later(date(2026, 1, 31), months=1), later(date(2024, 2, 29), years=1)
    (datetime.date(2026, 2, 28), datetime.date(2025, 2, 28))
    """
    if isinstance(day, Unknown):
        return day.derived("later", years, months, days)
    month = day.year * 12 + day.month - 1 + int(years) * 12 + int(months)
    year, place = divmod(month, 12)
    found = date(year, place + 1, min(day.day, monthrange(year, place + 1)[1]))
    return found + timedelta(int(days))
