import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.errors import Refused
from ccsi_kit.tabular import PLACE, Dialect, Found, clean_copy

KEY = ("number",)


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def copied(folder, text, **arguments):
    source, into = folder / "register.csv", folder / "clean.csv"
    source.write_text(text, encoding="utf-8", newline="")
    return clean_copy(source, Dialect(";"), into, **{"key": KEY, "drop_ragged": False, **arguments}), into


def test_the_copy_has_the_place_of_each_row_before_its_cells(tmp_path):
    result, into = copied(tmp_path, 'number;name\r\nLV1;"a ""b"", c"\r\n\r\nLV2\r\nLV3;d\r\n')
    assert into.read_bytes() == (
        b'"__record","__line","__ragged","number","name"\n'
        b'"1","2","0","LV1","a ""b"", c"\n'
        b'"2","4","1","LV2",""\n'
        b'"3","5","0","LV3","d"\n'
    )
    assert result.header == ("number", "name")
    assert (result.records, result.written, result.blank_lines, result.ragged) == (3, 3, 1, 1)
    assert result.found == (Found("short-row", 2, 4, None),)


def test_ragged_rows_are_left_out_and_still_counted(tmp_path):
    result, into = copied(tmp_path, "number;name\nLV1\nLV2;a\nLV3;b;c\n", drop_ragged=True)
    assert read(into)[1:] == [["2", "3", "0", "LV2", "a"]]
    assert (result.records, result.written, result.ragged) == (3, 1, 2)
    assert [item.code for item in result.found] == ["short-row", "long-row"]


@given(cells=st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=9))
def test_any_text_comes_back_from_the_copy(tmp_path_factory, cells):
    text = "".join(
        f'LV{at};"{a.replace(chr(34), chr(34) * 2)}";"{b.replace(chr(34), chr(34) * 2)}"\n'
        for at, (a, b) in enumerate(cells)
    )
    _, into = copied(tmp_path_factory.mktemp("copy"), "number;a;b\n" + text)
    expected = [
        [value.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n") for value in row] for row in cells
    ]
    assert [row[len(PLACE) + 1 :] for row in read(into)[1:]] == expected


def test_a_copy_of_many_rows_is_whole(tmp_path):
    result, into = copied(tmp_path, "number;name\n" + "".join(f"LV{at};x\n" for at in range(2500)))
    assert [row[3] for row in read(into)[1:]] == [f"LV{at}" for at in range(2500)]
    assert result.written == 2500


def test_a_table_that_is_refused_leaves_no_copy(tmp_path):
    with pytest.raises(Refused, match="too-damaged"):
        copied(tmp_path, "number;name\n" + "LV1\n" * 1000)
    assert not (tmp_path / "clean.csv").exists()
