"""Clean tables read as the csv module reads them; in damaged ones no whole row is lost, changed or moved."""

import csv
import io
from collections import Counter
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from ccsi_kit.tabular import Dialect, Found, Row, TolerantReader, evidence, tolerant, window

NAMES = ["number", "name", "place", "note"]
PROSE = st.text(alphabet="ab é;\"\n\r'", max_size=8)
"""No digits: a key shape never occurs in it."""
QUOTED = frozenset(';"\r\n')


def keyed(number, cells):
    return [f"LV{number}", *cells]


def quoted(cell, always):
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if always or QUOTED & set(cell) else cell


def text_of(cells, always):
    return ";".join(quoted(cell, always and always % (at + 2) == 0) for at, cell in enumerate(cells))


def folded(cells):
    return [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]


def file_of(folder, content):
    path = folder / "register.csv"
    path.write_bytes(content)
    return path


def rows_of(path):
    items = list(TolerantReader(path, Dialect(";"), key=("number",)))
    return [item for item in items if isinstance(item, Row)], [item for item in items if isinstance(item, Found)]


tables = st.lists(st.tuples(st.lists(PROSE, min_size=3, max_size=3), st.integers(0, 12)), max_size=8)


@given(table=tables, end=st.sampled_from(["\n", "\r\n"]), bom=st.booleans(), open_end=st.booleans())
def test_a_clean_table_reads_as_the_csv_module_reads_it(tmp_path_factory, table, end, bom, open_end):
    written = [";".join(NAMES)] + [text_of(keyed(at, cells), always) for at, (cells, always) in enumerate(table)]
    text = end.join(written) + ("" if open_end else end)
    path = file_of(tmp_path_factory.mktemp("clean"), b"\xef\xbb\xbf" * bom + text.encode())
    rows, found = rows_of(path)

    assert [row.cells for row in rows] == [
        folded(cells) for cells in csv.reader(io.StringIO(text, newline=""), delimiter=";")
    ][1:]
    starts = [1 + "".join(line + end for line in written[:at]).count("\n") for at in range(1, len(written))]
    assert [row.line for row in rows] == starts
    assert found == []


def with_quote(data, at):
    return data[:at] + b'"' + data[at:]


def without_quote(data, at):
    place = data.find(b'"', at)
    return data if place < 0 else data[:place] + data[place + 1 :]


def with_bad_byte(data, at):
    return data[:at] + b"\xff" + data[at:]


def with_nul(data, at):
    return data[:at] + b"\0" + data[at:]


def with_delimiter(data, at):
    return data[:at] + b";" + data[at:]


def without_delimiter(data, at):
    return data.replace(b";", b"", 1 + at % 2)


def truncated(data, at):
    return data[:at]


def with_break(data, at):
    return data[:at] + (b"\n", b"\r", b"\r\n")[at % 3] + data[at:]


DAMAGES = [with_quote, without_quote, with_bad_byte, with_nul, with_delimiter, without_delimiter, truncated, with_break]

damaged_tables = st.lists(
    st.tuples(
        st.lists(PROSE, min_size=3, max_size=3),
        st.integers(0, 12),
        st.one_of(st.none(), st.lists(st.tuples(st.sampled_from(DAMAGES), st.integers(0, 60)), min_size=1, max_size=3)),
        st.sampled_from([b"\n", b"\r\n", b"\r", b"\n\n", b"\r\n \r\n"]),
    ),
    max_size=9,
)


def damaged_file(table, clean_rows=40):
    """The bytes, and of each whole row the physical line and the cells, counted here and not by the reader."""
    content = bytearray(";".join(NAMES).encode() + b"\n")
    clean = [(["Biedrība", "Rīga", "x"], 0, None, b"\n")] * clean_rows
    whole = []
    for number, (cells, always, damages, end) in enumerate([*clean, *table]):
        data = text_of(keyed(number, cells), always).encode()
        if damages is None:
            whole.append((1 + content.count(b"\n"), tuple(folded(keyed(number, cells)))))
        for damage, at in damages or ():
            data = damage(data, at % (len(data) + 1))
        content += data + end
    return bytes(content), whole


@settings(max_examples=600)
@given(table=damaged_tables)
def test_every_whole_row_of_a_damaged_table_is_kept_at_its_line(tmp_path_factory, table):
    content, whole = damaged_file(table)
    rows, found = rows_of(file_of(tmp_path_factory.mktemp("damaged"), content))
    lost = Counter(whole) - Counter((row.line, tuple(row.cells)) for row in rows if not row.ragged)
    assert not lost
    assert [row.record for row in rows] == list(range(1, len(rows) + 1))
    assert all(len(row.cells) == len(NAMES) for row in rows)
    assert {item.record for item in found} >= {row.record for row in rows if row.ragged}


@given(table=damaged_tables, block=st.integers(1, 99), run=st.integers(1, 60))
def test_what_is_read_does_not_depend_on_blocks_and_runs(tmp_path_factory, table, block, run):
    path = file_of(tmp_path_factory.mktemp("blocks"), damaged_file(table, clean_rows=2 * window.AHEAD)[0])
    with patch.object(evidence, "_SAMPLE_LINES", 40):
        expected = rows_of(path)
        with patch.object(window, "_BLOCK", block), patch.object(tolerant, "RUN", run):
            assert rows_of(path) == expected
