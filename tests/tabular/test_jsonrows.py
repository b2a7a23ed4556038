import csv
import json
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.errors import Refused
from ccsi_kit.tabular import PLACE, SEPARATORS, Found, flatten, jsontext

UNIT, RECORD = SEPARATORS[:2]


def flat(folder, content, rows=None, **arguments):
    """The result, and each row as (line, column -> text)."""
    source, into = folder / "answer.json", folder / "clean.csv"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = flatten(source, rows=rows, into=into, **arguments)
    with into.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file, strict=True)
    assert header == [*PLACE, *result.header]
    assert [line[0] for line in lines] == [str(number) for number in range(1, result.records + 1)]
    return result, [(int(line[1]), dict(zip(result.header, line[len(PLACE) :], strict=True))) for line in lines]


def cells(folder, record):
    """The one row that a record becomes."""
    return flat(folder, json.dumps([record]))[1][0][1]


@pytest.mark.parametrize(
    ("record", "row"),
    [
        ({"a": "x", "b": None, "c": True, "d": False}, {"a": "x", "b": "", "c": "true", "d": "false"}),
        ({"a": "NA", "b": "007", "c": " "}, {"a": "NA", "b": "007", "c": " "}),
        ({"seat": {"commune": {"code": "01"}, "name": "x"}}, {"seat.commune.code": "01", "seat.name": "x"}),
        ({"a": ["x", None, "y"], "b": [None], "c": []}, {"a": f"x{UNIT}{UNIT}y", "b": "", "c": ""}),
        ({"a": [1, True, "x"]}, {"a": f"1{UNIT}true{UNIT}x"}),
        (
            {"funds": [{"name": "x", "id": 1}, {"name": "y"}, {"id": 3}]},
            {"funds.name": f"x{UNIT}y{UNIT}", "funds.id": f"1{UNIT}{UNIT}3"},
        ),
        ({"funds": [{"name": "x"}, None]}, {"funds.name": f"x{UNIT}"}),
        ({"funds": [{"seat": {"code": "1"}}]}, {"funds.seat.code": "1"}),
        ({"a": [{"tags": ["x", "y"]}, {"tags": ["z"]}]}, {"a.tags": f"x{RECORD}y{UNIT}z"}),
        ({"a": ["x", {"b": "y"}]}, {"a": f"x{UNIT}", "a.b": f"{UNIT}y"}),
        ({"a": {}, "b": "two\r\nlines"}, {"a": "", "b": "two\nlines"}),
    ],
)
def test_a_record_becomes_a_row(tmp_path, record, row):
    assert cells(tmp_path, record) == row


def test_numbers_keep_their_text(tmp_path):
    numbers = ["1.50", "-0", "1E5", "12345678901234567890123", "0.10"]
    _, rows = flat(tmp_path, f'[{{"a": [{", ".join(numbers)}], "b": NaN}}]')
    assert rows == [(1, {"a": UNIT.join(numbers), "b": "NaN"})]


def test_columns_are_those_of_all_rows_in_the_order_they_come(tmp_path):
    result, rows = flat(tmp_path, '[{"b": 1},\n{"a": 2, "b": null}]')
    assert result.header == ("b", "a")
    assert rows == [(1, {"b": "1", "a": ""}), (2, {"b": "", "a": "2"})]


def test_what_is_only_ever_nothing_is_no_column_beside_its_own_leaves(tmp_path):
    result, _ = flat(
        tmp_path, '[{"a": null, "n": null}, {"a": []}, {"a": [null]}, {"a": [{"b": null}]}, {"a": {"b": 1}}]'
    )
    assert result.header == ("n", "a.b")
    result, _ = flat(tmp_path, '[{"a": ""}, {"a": {"b": 1}}]')
    assert result.header == ("a", "a.b")


RECORDS = [{"id": 1, "x": {"y": "a"}}, {"id": 2}, {"id": 3, "x": {"y": "é"}}]
LINES = [json.dumps(record) for record in RECORDS]


@pytest.mark.parametrize(
    ("content", "rows", "lines"),
    [
        (json.dumps(RECORDS), None, (1, 1, 1)),
        ("\ufeff[\n" + ",\n".join(LINES) + "\n]\n", None, (2, 3, 4)),
        ("\n".join(LINES), None, (1, 2, 3)),
        (f'{{"n": [1], "results": [{LINES[0]},\n{LINES[1]},\n{LINES[2]}], "next": null}}', "results", (1, 2, 3)),
        (f'{{"a": {{"b": [{", ".join(LINES)}]}}, "b": []}}', "a.b", (1, 1, 1)),
        (f'{{"r": [{LINES[0]}]}}\n{{"r": []}}\n{{"r": null}}\n{{"r": [{LINES[1]}, {LINES[2]}]}}\n', "r", (1, 4, 4)),
        (f"[{LINES[0]}, {LINES[1]}]\n[{LINES[2]}]", None, (1, 1, 2)),
        (f"[{LINES[0]}, {LINES[1]}]\n[{LINES[2]}]", "r", (1, 1, 2)),
        (f'{{"r": [{LINES[0]}]}}\n{{"a": {{"b": [{LINES[1]}]}}}}\n{LINES[2]}', ("r", "a.b", "."), (1, 2, 3)),
    ],
)
def test_the_records_are_found_in_every_layout(tmp_path, content, rows, lines):
    _, found = flat(tmp_path, content, rows)
    assert found == [
        (line, {"id": str(at), "x.y": place})
        for at, (line, place) in enumerate(zip(lines, ["a", "", "é"], strict=True), 1)
    ]


def test_a_stated_encoding_is_used(tmp_path):
    assert flat(tmp_path, '[{"a": "Aragón"}]'.encode("latin-1"), encoding="latin-1")[1] == [(1, {"a": "Aragón"})]


def test_text_that_no_cell_can_hold_is_told(tmp_path):
    result, rows = flat(tmp_path, b'[{"a": "x"},\n{"b": "\xff", "a": "\\u0000\\ud800\\u001f", "c": "\xc2\xa0"}]')
    assert rows[1] == (2, {"a": "\ufffd" * 3, "b": "\ufffd", "c": "\u00a0"})
    assert result.found == (Found("bad-bytes", 2, 2, "a"), Found("bad-bytes", 2, 2, "b"))


def test_a_long_cell_is_cut(tmp_path):
    result, rows = flat(tmp_path, json.dumps([{"a": "x" * ((1 << 20) + 1)}]))
    assert len(rows[0][1]["a"]) == 1 << 20
    assert result.found == (Found("long-cell", 1, 1, "a"),)


@pytest.mark.parametrize(
    ("content", "rows", "code", "line", "column"),
    [
        ("", None, "bad-json", 1, 1),
        ("<html>", None, "bad-json", 1, 1),
        ("<html>", "results", "bad-json", 1, 1),
        ('[{"a": 1},\n {"a": 2]\n', None, "bad-json", 2, 9),
        ('[{"a": 1}\n {"a": 2}]', None, "bad-json", 2, 2),
        ('[{"a": 1},\n]', None, "bad-json", 2, 1),
        ('{"r": [{"a": 1}]\n', "r", "bad-json", 2, 1),
        ('{"r": [{"a": 1}], 5}', "r", "bad-json", 1, 19),
        ('[{"a": 1}] x', None, "bad-json", 1, 12),
        ("[" * 100_000, None, "bad-json", 1, 2),
        ('{"a":' * 600 + "1" + "}" * 600, None, "bad-json", 1, 3602),
        ('[\n{"a": 1, "a": 2}]', None, "json-doubled-key", 2, 1),
        ('{"r": [], "r": []}', "r", "json-doubled-key", 1, 14),
        ('[{"a": 1},\n2]', None, "json-row-no-object", 2, 2),
        ('{"results": []}', "items", "no-json-rows", 1, 16),
        ('{"r": {"x": []}}', "r", "no-json-rows", 1, 16),
        ('{"r": null}', "r.x", "no-json-rows", 1, 11),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path, content, rows, code, line, column):
    with pytest.raises(Refused) as refused:
        flat(tmp_path, content, rows)
    arguments = refused.value.arguments
    assert (refused.value.code, arguments["line"], arguments["column"]) == (code, line, column)
    assert not (tmp_path / "clean.csv").exists()


def test_two_leaves_of_one_name_are_refused(tmp_path):
    with pytest.raises(Refused, match="json-columns-clash"):
        flat(tmp_path, '[{"a.b": 1, "a": {"b": 2}}]')


def test_a_break_in_the_middle_is_told_before_the_rest_is_read(tmp_path):
    small = patch.multiple(jsontext, _BLOCK=64, LONGEST_VALUE=256)
    with small, pytest.raises(Refused) as refused:
        flat(tmp_path, '[{"a": 1 "b": 2},\n' + '{"a": 1},\n' * 1000)
    assert (refused.value.code, refused.value.arguments) == ("bad-json", {"line": 1, "column": 10})


def test_a_value_too_long_to_hold_is_refused(tmp_path):
    small = patch.multiple(jsontext, _BLOCK=64, LONGEST_VALUE=256)
    with small, pytest.raises(Refused) as refused:
        flat(tmp_path, '[\n {"a": "' + "x" * 5000)
    assert (refused.value.code, refused.value.arguments) == ("json-too-long", {"line": 2, "column": 2})


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(alphabet='aé"\\,\n ', max_size=4)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=6,
)
records = st.lists(st.dictionaries(st.sampled_from("abc"), values, max_size=3), max_size=4)


def leaves(value, path=()):
    """Every scalar of a value, told naively: path and text."""
    if isinstance(value, dict):
        return [leaf for name, part in value.items() for leaf in leaves(part, (*path, name))]
    if isinstance(value, list):
        return [leaf for part in value for leaf in leaves(part, path)]
    return [] if value is None else [(".".join(path), value if isinstance(value, str) else json.dumps(value))]


@given(
    made=records,
    indent=st.sampled_from([None, 1]),
    block=st.integers(1, 50),
    layout=st.sampled_from(["list", "lines", "under"]),
)
def test_every_scalar_stands_in_its_column_in_order(tmp_path_factory, made, indent, block, layout):
    text = {
        "list": json.dumps(made, indent=indent),
        "lines": "\n".join(json.dumps(record, indent=indent) for record in made) or "[]",
        "under": json.dumps({"n": 12345, "r": made, "z": {}}, indent=indent),
    }[layout]
    with patch.object(jsontext, "_BLOCK", block):
        result, rows = flat(tmp_path_factory.mktemp("json"), text, "r" if layout == "under" else None)
    assert result.records == len(made)
    for record, (_, row) in zip(made, rows, strict=True):
        told = [
            (column, item)
            for column, cell in row.items()
            for item in cell.translate(dict.fromkeys(map(ord, SEPARATORS), "\0")).split("\0")
        ]
        filled = sorted((column, item) for column, item in told if item)
        assert filled == sorted(leaf for leaf in leaves(record) if leaf[1])


@given(made=records, cut=st.integers(min_value=1), block=st.integers(1, 50))
def test_a_cut_answer_is_never_taken(tmp_path_factory, made, cut, block):
    text = json.dumps({"r": made})
    with patch.object(jsontext, "_BLOCK", block), pytest.raises(Refused, match="bad-json"):
        flat(tmp_path_factory.mktemp("cut"), text[: -1 - cut % len(text)], "r")
