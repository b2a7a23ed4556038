from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.documents import Bar, Bars, Column, Dot, Dots, Span, Table, Timeline
from ccsi_kit.documents.drawing import draw, lines

TABLE = Table("", (Column("a"),), ())
values = st.lists(st.floats(0, 1e9), min_size=1, max_size=12)
days = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
narrow = pytest.mark.parametrize("narrow", [False, True])


@narrow
@given(values=values)
def test_bars_are_as_long_as_their_values_and_stay_inside(narrow: bool, values: list[float]) -> None:
    chart = Bars("", tuple(Bar("label", value, "1") for value in values), "", TABLE, "")
    boxes = draw(chart, narrow=narrow).boxes
    longest = max(values) or 1
    room = 82 if narrow else 54
    for box, value in zip(boxes, values, strict=True):
        assert box.width == pytest.approx(value / longest * room, abs=0.01)
        assert 0 <= box.x <= box.x + box.width <= 100


@narrow
@given(spans=st.lists(st.tuples(days, days), min_size=1, max_size=8))
def test_spans_stand_in_the_order_of_time_and_stay_inside(
    narrow: bool, spans: list[tuple[date | None, date | None]]
) -> None:
    tidy = [(a, b) if a is None or b is None or a <= b else (b, a) for a, b in spans]
    drawing = draw(Timeline("", tuple(Span("x", a, b, "1") for a, b in tidy), "", TABLE, ""), narrow=narrow)
    for box, (start, end) in zip(drawing.boxes, tidy, strict=True):
        assert (box.tone == "missing") == (start is None or end is None)
        assert 0 <= box.x <= box.x + box.width <= 101
    dated = [(start, box.x) for box, (start, _) in zip(drawing.boxes, tidy, strict=True) if start]
    for earlier, later in pairwise(sorted(dated)):
        assert earlier[1] <= later[1]
    assert len(drawing.rules) <= (4 if narrow else 6)


@narrow
def test_rows_never_overlap(narrow: bool) -> None:
    long = "a label so long that it takes two lines in every drawing, wide or narrow"
    bars = Bars("", tuple(Bar(long if n % 2 else "short", n, "1") for n in range(6)), "", TABLE, "")
    spans = Timeline("", tuple(Span(long if n % 2 else "short", None, None, "1") for n in range(6)), "", TABLE, "")
    for drawing in (draw(bars, narrow=narrow), draw(spans, narrow=narrow)):
        tops = [box.y for box in drawing.boxes]
        assert all(below - above >= 24 for above, below in pairwise(tops))
        assert drawing.height >= tops[-1] + 17


def test_missing_is_dashed_and_a_zero_has_no_length() -> None:
    chart = Bars("", (Bar("a", 0, "0"), Bar("none", 5, "5", missing=True)), "", TABLE, "")
    zero, missing = draw(chart, narrow=False).boxes
    assert zero.width == 0
    assert missing.tone == "missing"


def test_a_chart_of_nothing_draws_nothing() -> None:
    assert draw(Timeline("", (), "", TABLE, ""), narrow=False).boxes == ()
    assert draw(Bars("", (), "", TABLE, ""), narrow=True).boxes == ()


@given(st.text(), st.integers(2, 60))
def test_a_label_fits_its_lines(text: str, width: int) -> None:
    rows = lines(text, width)
    assert 1 <= len(rows) <= 2
    assert all(len(row) <= width + 1 for row in rows)
    if "…" not in "".join(rows):
        assert " ".join(rows).split() == text.split()


@narrow
def test_dots_stand_on_their_scale_with_their_spread(narrow):
    dots = (Dot("A", 1.5, "1.5", 1, 2), Dot("B", 0, "0"), Dot("C", None, "no answer"))
    drawing = draw(Dots("t", dots, 0, 2, ("none", "fully"), "c", TABLE, "d"), narrow=narrow)
    tracks = [box for box in drawing.boxes if box.tone == "track"]
    left, room = tracks[0].x, tracks[0].width
    assert [spot.x for spot in drawing.spots] == [round(left + 0.75 * room, 2), left]
    (spread,) = [box for box in drawing.boxes if box.tone == "second"]
    assert (spread.x, spread.width) == (round(left + room / 2, 2), round(room / 2, 2))
    assert [box.tone for box in drawing.boxes] == ["track", "second", "track", "missing"]
    assert {"none", "fully", "1.5", "no answer"} <= {label.text for label in drawing.labels}
    assert max(label.y for label in drawing.labels) <= drawing.height
