"""Where everything in a chart stands: bars, dots and time lines, once for a wide page and once for a narrow one.

Lengths along a line are per cent of the width, so that a drawing fits its column without scaling its letters; heights
are pixels. Colours are classes: the style sheet knows light, dark and print.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ccsi_kit.documents.charts import Bars, Dots, Span, Timeline
from ccsi_kit.documents.pieces import Foreign, Words, plain

WIDE, NARROW = 26, 44
"""Letters that fit on one line of a label."""


@dataclass(frozen=True, slots=True)
class Box:
    """A bar."""

    x: float
    y: int
    width: float
    tone: str


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text; `dx` moves it by pixels, `lang` is its language where that is not the page's."""

    x: float
    y: int
    text: str
    tone: str = "label"
    dx: int = 0
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """An upright hairline."""

    x: float
    y: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A dot."""

    x: float
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready to be written."""

    height: int
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    rules: tuple[Rule, ...] = ()
    spots: tuple[Spot, ...] = ()


def draw(chart: Bars | Dots | Timeline, *, narrow: bool) -> Drawing:
    """The drawing of a chart."""
    if isinstance(chart, Bars):
        return _bars(chart, narrow=narrow)
    if isinstance(chart, Dots):
        return _dots(chart, narrow=narrow)
    return _timeline(chart, narrow=narrow)


def lines(text: str, width: int, most: int = 2) -> tuple[str, ...]:
    """A label in at most two lines of about `width` letters, cut with an ellipsis.

    >>> lines("Spatial segregation of newcomers in small towns", 20)
    ('Spatial segregation', 'of newcomers in…')
    """
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if len(longer) <= width or not rows[-1]:
            rows[-1] = longer
        elif len(rows) < most:
            rows.append(word)
        else:
            rows[-1] += "…"
            break
    return tuple(row if len(row) <= width + 1 else f"{row[: width - 1]}…" for row in rows)


def _named(words: Words, y: int, *, narrow: bool) -> list[Label]:
    """The name of a bar, line below line, in its language."""
    lang = words.lang if isinstance(words, Foreign) else ""
    rows = lines(plain(words), NARROW if narrow else WIDE)
    return [Label(0, y + 13 + 20 * at, row, lang=lang) for at, row in enumerate(rows)]


def _bars(chart: Bars, *, narrow: bool) -> Drawing:
    left, room = (0.0, 82.0) if narrow else (34.0, 54.0)
    most = max((bar.value for bar in chart.bars), default=0) or 1
    boxes: list[Box] = []
    labels: list[Label] = []
    y = 4
    for bar in chart.bars:
        rows = _named(bar.label, y, narrow=narrow)
        width = round(bar.value / most * room, 2)
        top = y + 20 * len(rows) - 1 if narrow else y + 10 * (len(rows) - 1)
        labels += rows
        boxes.append(Box(left, top, width, "missing" if bar.missing else "first"))
        labels.append(Label(left + width, top + 13, bar.shown, "value", 8))
        y = top + 28 if narrow else y + 20 * len(rows) + 18
    return Drawing(y, tuple(boxes), tuple(labels))


def _dots(chart: Dots, *, narrow: bool) -> Drawing:
    """A line of the scale for each value, the spread as a thick piece of it, the value as a dot."""
    left, room = (3.0, 76.0) if narrow else (34.0, 46.0)
    boxes: list[Box] = []
    labels: list[Label] = []
    spots: list[Spot] = []

    def at(value: float) -> float:
        return round(left + (value - chart.least) / (chart.most - chart.least) * room, 2)

    y = 4
    for dot in chart.dots:
        rows = _named(dot.label, y, narrow=narrow)
        top = y + 20 * len(rows) - 1 if narrow else y + 10 * (len(rows) - 1)
        labels += [*rows, Label(100, top + 13, dot.shown, "end")]
        boxes.append(Box(left, top, room, "track" if dot.value is not None else "missing"))
        if dot.low is not None and dot.high is not None:
            boxes.append(Box(at(dot.low), top, max(round(at(dot.high) - at(dot.low), 2), 0.6), "second"))
        if dot.value is not None:
            spots.append(Spot(at(dot.value), top + 8))
        y = top + 28 if narrow else y + 20 * len(rows) + 18
    rules = (Rule(left, y), Rule(left + room, y))
    labels += [Label(rule.x, y + 18, end, "year") for rule, end in zip(rules, chart.ends, strict=True)]
    return Drawing(y + 26, tuple(boxes), tuple(labels), rules, tuple(spots))


@dataclass(frozen=True, slots=True)
class _Axis:
    """Years along the width: from the first of January of one year to that of another."""

    first: int
    last: int
    left: float
    room: float

    def at(self, day: date) -> float:
        start = date(self.first, 1, 1).toordinal()
        share = (day.toordinal() - start) / (date(self.last, 1, 1).toordinal() - start)
        return round(self.left + share * self.room, 2)

    def years(self, most: int) -> range:
        """The years to name, not more than `most`."""
        step = -(-(self.last - self.first + 1) // most)
        return range(self.first, self.last + 1, step)


def _axis(spans: tuple[Span, ...], left: float, room: float) -> _Axis | None:
    days = [day for span in spans for day in (span.start, span.end) if day]
    return _Axis(min(days).year, min(max(days).year + 1, date.max.year), left, room) if days else None


def _timeline(chart: Timeline, *, narrow: bool) -> Drawing:
    left, room = (5.0, 90.0) if narrow else (34.0, 43.0)
    axis = _axis(chart.spans, left, room)
    boxes: list[Box] = []
    labels: list[Label] = []
    y = 4
    for span in chart.spans:
        rows = _named(span.label, y, narrow=narrow)
        labels += rows
        if narrow:
            labels.append(Label(0, y + 13 + 20 * len(rows), span.shown, "soft"))
            y += 20 * (len(rows) + 1)
            middle = y - 2
            y += 30
        else:
            middle = y + 10 * (len(rows) - 1)
            labels.append(Label(100, middle + 13, span.shown, "end"))
            y += 20 * len(rows) + 18
        boxes.append(_span(span, axis, left, room, middle))
        if span.note:
            labels.append(Label(boxes[-1].x, middle + 13, span.note, "soft", 6))
    years = axis.years(4 if narrow else 6) if axis else range(0)
    rules = tuple(Rule(axis.at(date(year, 1, 1)), y) for year in years if axis)
    labels += [Label(rule.x, y + 18, str(year), "year") for rule, year in zip(rules, years, strict=True)]
    return Drawing(y + (26 if axis else 0), tuple(boxes), tuple(labels), rules)


def _span(span: Span, axis: _Axis | None, left: float, room: float, y: int) -> Box:
    tone = "missing" if span.start is None or span.end is None else "second" if span.second else "first"
    start = axis.at(span.start) if axis and span.start else left
    end = axis.at(span.end) if axis and span.end else left + room
    return Box(start, y, max(round(end - start, 2), 0.6), tone)
