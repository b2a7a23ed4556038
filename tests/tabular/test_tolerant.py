from unittest.mock import patch

import pytest

from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.tabular import Dialect, Found, Row, TolerantReader, tolerant, window

CLEAN = [[f"LV{number}", "Biedrība", "Rīga"] for number in range(100, 140)]
FIRST = len(CLEAN) + 2
"""The physical line after the header and the clean rows."""


def reader_of(tmp_path, tail, **arguments):
    """A reader of a header, forty clean rows and what stands in question."""
    path = tmp_path / "register.csv"
    head = "".join(f"{';'.join(cells)}\n" for cells in [["number", "name", "place"], *CLEAN])
    path.write_bytes(head.encode() + (tail.encode() if isinstance(tail, str) else tail))
    return TolerantReader(path, Dialect(";"), **{"key": ("number",), **arguments})


def read(tmp_path, tail, **arguments):
    """Rows after the clean ones as (line, ragged, cells), and findings as (code, line, column)."""
    items = list(reader_of(tmp_path, tail, **arguments))
    assert [item.cells for item in items[: len(CLEAN)]] == CLEAN
    rows = [tuple(item)[1:] for item in items if isinstance(item, Row)][len(CLEAN) :]
    return rows, [(item.code, item.line, item.column) for item in items if isinstance(item, Found)]


def whole(line, *cells):
    return (line, False, list(cells))


NEXT = "LV1;Next;Rīga\n"


def test_rows_are_numbered_and_findings_follow_their_row(tmp_path):
    items = list(reader_of(tmp_path, b"LV1;\xff;b\nLV2;c;d\n"))[-3:]
    number = len(CLEAN)
    assert items[0] == Row(number + 1, FIRST, False, ["LV1", "\ufffd", "b"])
    assert items[1] == Found("bad-bytes", number + 1, FIRST, "name")
    assert items[2] == Row(number + 2, FIRST + 1, False, ["LV2", "c", "d"])


@pytest.mark.parametrize(
    ("rule", "tail", "rows", "found"),
    [
        ("a line break inside quotes is LF", 'LV2;"a\r\nb\rc";d\n', [whole(FIRST, "LV2", "a\nb\nc", "d")], []),
        ("empty cells too many are cut", "LV2;a;b;;\n", [whole(FIRST, "LV2", "a", "b")], []),
        ("a quote inside a cell is a letter", 'LV2;SIA "a";b\n', [whole(FIRST, "LV2", 'SIA "a"', "b")], []),
        (
            "a quote closes only before a delimiter or the end",
            'LV2;"SIA "Saule; un "mēness"";b\n',
            [whole(FIRST, "LV2", 'SIA "Saule; un "mēness"', "b")],
            ["stray-quote"],
        ),
        ("an open quote is a letter", 'LV2;"a;b\n', [whole(FIRST, "LV2", '"a', "b")], ["stray-quote"]),
        ("a quoted key is a letter too", '"LV2;a;b\n', [whole(FIRST, '"LV2', "a", "b")], ["stray-quote"]),
        (
            "a misplaced quote in a cell of several lines",
            'LV2;"a "b" c\r\nd";e\n',
            [whole(FIRST, "LV2", 'a "b" c\nd', "e")],
            ["stray-quote"],
        ),
        ("a line that broke", "LV2;a\nb;c\n", [whole(FIRST, "LV2", "a\nb", "c")], ["unquoted-break"]),
        ("a line that broke twice", "LV2;a\n\nb;c\n", [whole(FIRST, "LV2", "a\n\nb", "c")], ["unquoted-break"]),
        ("too few cells", "LV2;a\n", [(FIRST, True, ["LV2", "a", ""])], ["short-row"]),
        ("too many cells", "LV2;a;b;c\n", [(FIRST, True, ["LV2", "a", "b"])], ["long-row"]),
    ],
)
def test_rule(tmp_path, rule, tail, rows, found):
    got, findings = read(tmp_path, tail + NEXT)
    assert got == [*rows, whole(FIRST + tail.count("\n"), "LV1", "Next", "Rīga")], rule
    assert findings == [(code, FIRST, None) for code in found], rule


def test_a_quote_that_pairs_with_a_later_one_takes_no_record_in(tmp_path):
    rows, found = read(tmp_path, 'LV2;"a;b\nLV3;pipe 5";c\n')  # valid CSV for one record of three cells
    assert rows == [whole(FIRST, "LV2", '"a', "b"), whole(FIRST + 1, "LV3", 'pipe 5"', "c")]
    assert found == [("stray-quote", FIRST, None)]


def test_a_record_of_several_lines_is_seen_after_an_open_quote(tmp_path):
    rows, _ = read(tmp_path, 'LV2;"a;b\nLV3;"\nc";d\n')
    assert rows == [whole(FIRST, "LV2", '"a', "b"), whole(FIRST + 1, "LV3", "\nc", "d")]


def test_a_key_has_no_line_break_in_it(tmp_path):
    rows, _ = read(
        tmp_path, 'LV2;a;"\n"\nLV3";b;c\n'
    )  # from line 2 of LV2 on: a record whose key is a line break and LV3
    assert rows == [whole(FIRST, "LV2", "a", "\n"), whole(FIRST + 2, 'LV3"', "b", "c")]


@pytest.mark.parametrize("tail", ["LV2;a\nLV3;b\n", '"LV"2";a\nLV3;"b"\n'])
def test_a_broken_line_is_not_joined_with_what_has_a_key(tmp_path, tail):
    rows, found = read(tmp_path, tail + NEXT)
    assert [row[1] for row in rows] == [True, True, False]
    assert found == [("short-row", FIRST, None), ("short-row", FIRST + 1, None)]


def test_blank_lines_are_counted_and_are_no_rows(tmp_path):
    reader = reader_of(tmp_path, f"\n\r\n  \n{NEXT};;\n\n")
    assert [item.line for item in reader][len(CLEAN) :] == [FIRST + 3, FIRST + 4]
    assert (reader.blank_lines, reader.records) == (4, len(CLEAN) + 2)


def test_only_lf_counts_as_a_line_but_a_lone_cr_ends_one(tmp_path):
    rows, _ = read(tmp_path, "LV1;a;b\rLV2;c;d\r\nLV3;e;f")
    assert rows == [whole(FIRST, "LV1", "a", "b"), whole(FIRST, "LV2", "c", "d"), whole(FIRST + 1, "LV3", "e", "f")]


def test_cr_counts_in_a_file_without_lf(tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes(b"number;name\rLV1;a\r\rLV2;b")
    rows = list(TolerantReader(path, Dialect(";"), key=("number",)))
    assert rows == [Row(1, 2, False, ["LV1", "a"]), Row(2, 4, False, ["LV2", "b"])]


def test_bytes_that_are_no_text_cost_a_cell_and_not_a_row(tmp_path):
    rows, found = read(tmp_path, b"LV1;a\0b;\xc3\nLV2;\xe2\x82;\xef\xbf\xbd\nLV3;c;d\n")
    assert [cells for _, _, cells in rows] == [
        ["LV1", "a\ufffdb", "\ufffd"],
        ["LV2", "\ufffd", "\ufffd"],
        ["LV3", "c", "d"],
    ]
    assert found == [("bad-bytes", FIRST + at, column) for at in (0, 1) for column in ("name", "place")]


def test_a_cell_above_a_mebibyte_is_cut(tmp_path):
    rows, found = read(tmp_path, f"LV1;{'x' * (1 << 20)};b\nLV2;{'y' * ((1 << 20) + 1)};b\n")
    assert [len(cells[1]) for _, _, cells in rows] == [1 << 20, 1 << 20]
    assert found == [("long-cell", FIRST + 1, "name")]


def test_a_table_without_a_key_is_judged_by_its_most_regular_column(tmp_path):
    rows, found = read(tmp_path, 'Saule;"a;b\nLV2;c;d\n', key=())
    assert rows == [whole(FIRST, "Saule", '"a', "b"), whole(FIRST + 1, "LV2", "c", "d")]
    rows, found = read(tmp_path, 'Saule;"a\nb; c; d\ne";f\n', key=())
    assert (rows, found) == ([whole(FIRST, "Saule", "a\nb; c; d\ne", "f")], [])


@pytest.mark.parametrize("names", [("sum",), ()])
def test_the_end_of_a_record_is_no_record_though_it_shows_the_same_key(tmp_path, names):
    path = tmp_path / "grants.csv"
    grants = "".join(f"Name {'x ' * number},street,{number},1{number}\n" for number in range(10, 50))
    path.write_text(f'name,address,programme,sum\n{grants}School,"Avenue 5\nPraia, Cabo",7,10\n', encoding="utf-8")
    items = list(TolerantReader(path, Dialect(","), key=names))
    assert items[-1].cells == ["School", "Avenue 5\nPraia, Cabo", "7", "10"]
    assert len(items) == 41


def test_a_record_may_have_many_lines(tmp_path):
    long = "\n".join(f"line {number}" for number in range(tolerant.RUN - 1))
    for shift in (0, 700):
        before = NEXT * shift
        rows, found = read(tmp_path, f'{before}LV2;"{long}";b\n{NEXT}')
        assert rows[shift:] == [
            whole(FIRST + shift, "LV2", long, "b"),
            whole(FIRST + shift + tolerant.RUN - 1, "LV1", "Next", "Rīga"),
        ]
        assert found == []


def test_a_quote_that_never_closes_does_not_swallow_the_file(tmp_path):
    most = 0
    fill = window.Window.fill

    def watched(self, *wanted):
        nonlocal most
        going = fill(self, *wanted)
        most = max(most, sum(map(len, self.lines)))
        return going

    reader = reader_of(tmp_path, 'LV2;"a\n' + f"LV3;{'prose ' * 20};c\n" * 60_000)
    with patch.object(window.Window, "fill", watched):
        items = list(reader)
    assert len(items) == len(CLEAN) + 60_000 + 2
    assert most < 3 << 20


def test_a_line_that_never_ends_loses_its_middle_and_not_the_next_line(tmp_path):
    with patch.object(window, "LONGEST_LINE", 1 << 12), patch.object(window, "_BLOCK", 1 << 10):
        rows, found = read(tmp_path, f"LV2;{'x' * (1 << 16)};b\n{NEXT}")
    assert len("".join(rows[0][2])) < 1 << 13
    assert rows[1] == whole(FIRST + 1, "LV1", "Next", "Rīga")
    assert found[0][:2] in {("bad-bytes", FIRST), ("short-row", FIRST)}


@pytest.mark.parametrize(("damaged", "share", "stops"), [(999, 0.0, False), (1000, 0.9, True), (1000, 0.97, False)])
def test_too_much_damage_stops_the_reading(tmp_path, damaged, share, stops):
    reader = reader_of(tmp_path, "LV2;a\n" * damaged, share=share)
    if not stops:
        assert sum(isinstance(item, Row) for item in reader) == damaged + len(CLEAN)
        return
    with pytest.raises(Refused, match="too-damaged") as refused:
        list(reader)
    assert refused.value.arguments == {"damaged": 1000, "records": 1040, "line": FIRST + 999, "share": share}


def test_a_key_that_the_header_does_not_have_is_a_wrong_call(tmp_path):
    with pytest.raises(UsageError, match="missing-column"):
        reader_of(tmp_path, "", key=("nummer",))


def test_a_reader_can_read_again(tmp_path):
    reader = reader_of(tmp_path, "LV2;a\n\n")
    assert list(reader) == list(reader)
    assert (reader.records, reader.damaged, reader.blank_lines) == (len(CLEAN) + 1, 1, 1)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"number;name\n"])
def test_nothing_gives_no_rows(tmp_path, content):
    path = tmp_path / "empty.csv"
    path.write_bytes(content)
    assert list(TolerantReader(path, Dialect(";"))) == []
