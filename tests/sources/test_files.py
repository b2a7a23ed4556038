"""A source that comes in several files: what they say under one key is one entry."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccsi_kit.errors import Refused
from tests.sources.test_things import HEADER, OPERATIONS
from tests.sources.workbench import Outcome, Workbench

ROW = st.tuples(
    st.lists(st.sampled_from("12345"), min_size=1, max_size=3, unique=True),
    st.sampled_from(["Club", "Klub", ""]),
    st.sampled_from(["5599990016", "5599990024", "5599990017", ""]),
    st.sampled_from(["1", "2.5", "x", ""]),
)


def written(rows: list[tuple[list[str], str, str, str]]) -> list[str]:
    """Lines with a key each, whose partners may come again in others."""
    return [
        f"o{place},Job {place},{'|'.join(f'Q{one}' for one in items)},{'|'.join([name] * len(items))},"
        f"{'|'.join([number] * len(items))},{amount}\n"
        for place, (items, name, number, amount) in enumerate(rows)
    ]


def in_files(bench: Workbench, *parts: list[str]) -> Outcome:
    files = [bench.file(HEADER + "".join(part), f"part-{n}.csv") for n, part in enumerate(parts)]
    allow = "allow: {names: 1, numbers: 1, amount: 1}\n"
    return bench.convert_files(bench.source(OPERATIONS + allow), files)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, min_size=2, max_size=12), cut=st.integers(min_value=1, max_value=11))
def test_a_file_cut_in_two_says_what_the_whole_says(bench: Workbench, rows, cut: int) -> None:
    lines = written(rows)
    cut = min(cut, len(lines) - 1)
    whole, parts = in_files(bench, lines), in_files(bench, lines[:cut], lines[cut:])
    for model in ("organisation", "initiative", "funding"):
        assert parts[model] == whole[model]
    assert in_files(bench, lines[cut:], lines[:cut])["organisation"] == whole["organisation"]


def test_an_issue_says_its_file_and_the_row_there(bench: Workbench) -> None:
    lines = written([(["1"], "Club", "", "1"), (["2"], "Club", "", "x"), (["3"], "Club", "", "x")])
    made = in_files(bench, lines[:1], lines[1:])
    assert [(one["file"], one["row"], one["code"]) for one in made["issue"]] == [
        ("part-1.csv", 1, "bad-number"),
        ("part-1.csv", 2, "bad-number"),
    ]
    assert (made.books.file, made.books.read) == ("part-0.csv", 1)


def test_an_operation_in_two_files_is_one_entry(bench: Workbench) -> None:
    (first,), (second,) = written([(["1"], "Club", "", "1")]), written([(["2"], "Klub", "", "3")])
    made = in_files(bench, [first], [second])
    assert [row["name"] for row in made["organisation"]] == ["Club", "Klub"]
    assert [part["organisation"] for part in made.one("initiative")["participants"]] == [
        "xx-register#Q1",
        "xx-register#Q2",
    ]


def test_one_file_that_cannot_be_taken_refuses_all(bench: Workbench) -> None:
    good = bench.file(HEADER + written([(["1"], "Club", "", "1")])[0], "good.csv")
    bad = bench.file("<!doctype html><html>", "bad.csv")
    with pytest.raises(Refused) as refused:
        bench.convert_files(bench.source(OPERATIONS), [good, bad])
    assert refused.value.code == "html-page"
    assert not list((bench.folder / f"out-{bench.runs}").iterdir())
