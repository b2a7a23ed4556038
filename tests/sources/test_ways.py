"""The fast and the tolerant way come to the same tables; a damaged file loses only what is damaged."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccsi_kit.sources import expressions
from ccsi_kit.sources import load as loading
from tests.sources.workbench import Outcome, Workbench

FIELDS = {
    "name": ("organisation", "name: {from: [c1, c2]}"),
    "founded": ("organisation", 'founded: {from: c1, date: ["%Y-%m-%d", "%d.%m.%Y"]}'),
    "form": (
        "organisation",
        'legal_form: {national: {from: c2}, common: {from: c2, lookup: {from: "xx:form", to: "ccsi:legal-form"}}}',
    ),
    "number": ("organisation", 'identifiers: [{scheme: "xx:number", from: c3}]'),
    "state": ("organisation", "state: {sql: \"CASE WHEN c2 IS NULL THEN 'active' ELSE 'ended' END\"}"),
    "names": ("organisation", 'other_names: [{from: c3, split: "|"}]'),
    "themes": ("organisation", 'themes: [{from: c4, split: "|", lookup: {from: "xx:theme", to: "ccsi:theme"}}]'),
    "amount": ("funding", 'amount: {value: {from: c4, number: ","}, currency: {is: EUR}}'),
    "title": ("call", "title: [{lang: en, from: c1}, {lang: {by: c2, cases: {A: sv}}, from: c3}]"),
}
CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "A", "B", "Z", "2001-01-01", "31.12.2020", "2001-02-30", "1 234,50", "-7", "x", "work|home||odd"]
    ),
    st.sampled_from(
        [
            "5599990016",
            "559999-0024",
            "5599990017",
            "0101010000",
            " \u00a0a\u00a0 ",
            'q"uo"te',
            "a,b;c",
            "l1\nl2",
            "t\tb",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8),
)


@dataclass
class Register:
    """A manifest and a file for it."""

    manifest: str
    content: bytes


@st.composite
def registers(draw: st.DrawFn) -> Register:
    chosen = draw(st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=5, unique=True))
    makes: dict[str, list[str]] = {}
    for name in chosen:
        model, text = FIELDS[name]
        makes.setdefault(model, []).append(text)
    key = draw(st.sampled_from(["key: k\n", "key: content\n", "key: k\nmany: true\n", "key: [k, c2]\n"]))
    extra = draw(
        st.sampled_from(
            ["", "drop: [{because: gone, where: {c2: [B]}}]\n", 'blank: ["x"]\n', "keep: {sql: \"c2 <> 'Z'\"}\n"]
        )
    )
    shown = "makes:\n" + "".join(
        f"  - model: {model}\n" + "".join(f"    {line}\n" for line in lines) for model, lines in makes.items()
    )
    used = {column for column in ("c1", "c2", "c3", "c4") if column in shown + extra + key}
    skipped = sorted({"c1", "c2", "c3", "c4"} - used)
    skip = f"skip: {{other: [{', '.join(skipped)}]}}\n" if skipped else ""
    allow = "allow: {k: 1, c1: 1, c2: 1, c3: 1, c4: 1}\n"
    delimiter, end, bom = draw(st.sampled_from(",;|\t")), draw(st.sampled_from(["\n", "\r\n"])), draw(st.booleans())
    rows = draw(st.lists(st.tuples(st.sampled_from("0123456789"), CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=12))
    text = io.StringIO()
    writer = csv.writer(
        text, delimiter=delimiter, lineterminator=end, quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    )
    writer.writerows([("k", "c1", "c2", "c3", "c4"), *rows])
    content = text.getvalue().removesuffix(end if draw(st.booleans()) else "")
    written = json.dumps(delimiter)
    head = f"format: {{delimiter: {written}}}\n"
    return Register(head + key + extra + shown + skip + allow, content.encode("utf-8-sig" if bom else "utf-8"))


def same_both_ways(bench: Workbench, register: Register, *, planted: bool = False) -> None:
    source = bench.source(register.manifest)
    fast = bench.convert(source, register.content)
    with bench.monkeypatch.context() as patched:
        if planted:
            true_day = expressions.day
            patched.setattr(expressions, "day", lambda text, formats: f"({true_day(text, formats)} + 1)")
        tolerant = bench.convert(source, register.content, tolerant=True)
    assert fast.bytes == tolerant.bytes
    assert fast.books.replace(way="tolerant", blank_lines=0) == tolerant.books.replace(blank_lines=0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(register=registers())
def test_both_ways_come_to_the_same_bytes(bench: Workbench, register: Register) -> None:
    same_both_ways(bench, register)


DATED = Register(
    'key: k\nmakes: [{model: organisation, founded: {from: c1, date: "%Y-%m-%d"}}]\n', b"k,c1\n1,2001-01-01\n"
)


def test_a_planted_difference_in_one_transform_is_found(bench: Workbench) -> None:
    same_both_ways(bench, DATED)
    with pytest.raises(AssertionError):
        same_both_ways(bench, DATED, planted=True)


@pytest.mark.parametrize(
    ("content", "way"),
    [
        (b"k,c1\n1,2001-01-01\n", "fast"),
        (b"k,c1\r\n1,2001-01-01\r\n2,2001-01-01", "fast"),
        (b'k,c1\n1,"2001\n"\n2,x\n\n\n', "fast"),
        (b"k,c1\n\n1,2001-01-01\n", "tolerant"),  # a blank line inside: proof 3
        (b"k,c1\n1,2001-01-01\r\n2,x\n", "tolerant"),  # two sorts of line ends: proof 4
        (b'k,c1,c2\n1,"2,3\n4,pipe 5",6\n', "tolerant"),  # valid, and yet perhaps two records: proof 5
        (b"k,c1\n1,2001-01-01\0\n", "tolerant"),  # NUL: proof 1
        (b'k,c1\n1,"2001-01-01"x\n2,y\n', "tolerant"),  # a reject: proof 2
        (b"k,c1\n1,2001-01-01,3\n2,y\n", "tolerant"),
    ],
)
def test_what_is_not_proven_takes_the_tolerant_way(bench: Workbench, content: bytes, way: str) -> None:
    manifest = DATED.manifest + ("skip: {other: [c2]}\n" if b"c2" in content else "")
    assert bench.convert(manifest, content).books.way == way


def test_a_clean_copy_that_the_engine_reads_otherwise_is_an_error_of_the_program(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_copy = loading.clean_copy

    def shorter(*arguments: Any, **more: Any) -> Any:
        copied = true_copy(*arguments, **more)
        path: Path = arguments[2]
        path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
        return copied

    monkeypatch.setattr(loading, "clean_copy", shorter)
    with pytest.raises(Exception, match="clean-copy-misread"):
        bench.convert(DATED.manifest, b"k,c1\n1,2001-01-01\n2,x\n", tolerant=True)


ROWS = [
    f"{55999:05d}{number:05d},Sample club {number},20{number % 26:02d}-01-{number % 28 + 1:02d},Street {number}"
    for number in range(400)
]
DAMAGE = {
    40: lambda row: row.replace("club", 'cl"ub', 1),  # a letter to every reader
    60: lambda row: row.replace("Sample", '"Sample', 1),  # a quote that never closes
    80: lambda row: row + ",more",
    100: lambda row: row.replace(",", "", 1),  # a lost delimiter
    120: lambda row: row.replace("club", "cl\nub", 1),  # a break outside quotes
    140: lambda row: row.replace("club", "cl\ufffdb", 1),
    160: lambda row: row[:14],
    180: lambda row: "\n" + row,
    399: lambda row: row[:-3] + '"',
}
WHOLE = """
key: number
many: false
makes:
  - model: organisation
    name: {from: name}
    founded: {from: since, date: "%Y-%m-%d"}
    address: {text: {from: street}}
"""


def test_of_a_damaged_file_no_undamaged_row_is_lost_or_changed(bench: Workbench) -> None:
    rows = [DAMAGE[place](row) if place in DAMAGE else row for place, row in enumerate(ROWS)]
    content = ("number,name,since,street\n" + "\n".join(rows) + "\n").encode().replace("\ufffd".encode(), b"\xff")
    made = bench.convert(WHOLE, content)
    whole = {row[0]: row for place, row in enumerate(csv.reader(ROWS)) if place not in DAMAGE}  # an independent reader
    read = {row["key"]: row for row in made["organisation"]}
    assert {
        key: (read[key]["name"], read[key]["founded"].isoformat(), read[key]["address"]["text"]) for key in whole
    } == {key: (row[1], row[2], row[3]) for key, row in whole.items()}
    assert made.books.read == 400
    assert made.books.blank_lines == 1
    _told_where_it_is_damaged(made, content)


def _told_where_it_is_damaged(made: Outcome, content: bytes) -> None:
    """Every damaged row but those that any reader takes as they are has an Issue at its row and line, without value."""
    lines = content.split(b"\n")
    reader = [
        issue
        for issue in made["issue"]
        if issue["code"] in ("stray-quote", "long-row", "short-row", "unquoted-break", "bad-bytes")
    ]
    assert {issue["row"] - 1 for issue in reader} == set(DAMAGE) - {40, 180, 399} | (
        {399} & {issue["row"] - 1 for issue in reader}
    )
    for issue in reader:
        assert lines[issue["line"] - 1][:4] == b"5599"
    mended = {issue["row"] for issue in reader}
    assert all(issue["value"] is None for issue in made["issue"] if issue["row"] in mended)


def test_rows_that_lost_a_cell_are_left_out_where_persons_are_dropped(bench: Workbench) -> None:
    rows = [*ROWS[:50], "5599900050,IK,Anna"]
    content = "number,name,since,street\n" + "\n".join(rows) + "\n"
    kept = bench.convert(WHOLE, content)
    dropped = bench.convert(WHOLE + "drop: [{because: natural-persons, where: {since: [IK]}}]\n", content)
    assert kept.books.left_out == {}
    assert dropped.books.left_out == {"unreadable": 1}
