"""Charts as data: each answers one question, its title says the answer, and a table has its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ccsi_kit.documents.pieces import Words
from ccsi_kit.documents.tables import Table


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is, how much, and the same as it is written; things without the property are `missing`: dashed."""

    label: Words
    value: float
    shown: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """How many of what. `title` is the sentence that the bars show, `description` the same for who cannot see them."""

    title: str
    bars: tuple[Bar, ...]
    caption: Words
    table: Table
    description: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A value on a scale, from where to where its parts spread, and both as they are written; none: a dashed line."""

    label: Words
    value: float | None
    shown: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Dots:
    """Values on one scale, which has its ends; nothing is ordered by size. Without a table one has to stand below."""

    title: str
    dots: tuple[Dot, ...]
    least: float
    most: float
    ends: tuple[str, str]
    """What stands below the two ends of the scale."""
    caption: Words
    table: Table | None
    description: str


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; a bar without both dates is dashed, and `note` stands in it. `second` is the lighter tone."""

    label: Words
    start: date | None
    end: date | None
    shown: str
    second: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened when, one line each."""

    title: str
    spans: tuple[Span, ...]
    caption: Words
    table: Table
    description: str
