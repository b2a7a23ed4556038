import io
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.tabular import window
from ccsi_kit.tabular.window import Window

texts = st.text(alphabet="ab\0\r\n\x85", max_size=30)


def lines_of(text, **sizes):
    with patch.multiple(window, **sizes):
        made = Window(io.StringIO(text, newline=""))
        made.fill(1000)
    return made.lines, made.numbers


@given(text=texts, block=st.integers(1, 9))
def test_lines_and_their_numbers_do_not_depend_on_the_blocks(text, block):
    expected = io.StringIO(text.replace("\0", "\ufffd"), newline="").readlines()
    numbers = [1 + "".join(expected[:at]).count("\n") for at in range(len(expected))]
    assert lines_of(text, _BLOCK=block) == (expected, numbers)


@given(text=texts, block=st.integers(1, 9), longest=st.integers(1, 5))
def test_a_long_line_keeps_its_beginning_its_end_and_its_place(text, block, longest):
    expected, numbers = lines_of(text, _BLOCK=100)
    lines, cut_numbers = lines_of(text, _BLOCK=block, LONGEST_LINE=longest)
    assert cut_numbers == numbers
    for line, whole in zip(lines, expected, strict=True):
        assert line == whole or (line.startswith(whole[:longest] + "\ufffd") and line[-1] in (whole[-1], "\ufffd"))
        assert len(line) <= longest + 2 + block


def test_a_window_holds_a_bounded_stretch():
    with patch.multiple(window, _BLOCK=1000, _HELD=10_000):
        made = Window(io.StringIO(("x" * 999 + "\n") * 1000))
        assert made.fill(1000)
    assert sum(map(len, made.lines)) <= 11_000
