"""Files that cannot be taken as they are, and the word for why."""

import pytest

from ccsi_kit.errors import Refused
from ccsi_kit.sources import Books
from tests.sources.workbench import Workbench

SOURCE = """
key: number
expect: {min: 2, max: 3}
makes: [{model: organisation, name: {from: name}, founded: {from: since, date: "%Y-%m-%d"}}]
skip: {not-needed: [other]}
"""
HEADER = "number,name,since,other\n"


def refused(bench: Workbench, content: bytes | str, source: str = SOURCE, **more: object) -> Refused:
    with pytest.raises(Refused) as caught:
        bench.convert(source, content, **more)
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<!doctype html><html><body>Try again later</body></html>", "html-page"),
        ("", "empty-file"),
        ("\n\r\n", "empty-file"),
        (HEADER, "header-only"),
        (HEADER.strip(), "header-only"),
        ('[{"number": 1}]', "wrong-kind"),
        (b"\x1f\x8b\x08\x00 not really", "wrong-kind"),
        (b"PK\x03\x04 not really", "wrong-kind"),
        ("number,name,since,other,Name\n1,A,,,\n", "column-doubled"),
    ],
)
def test_what_is_no_table_of_this_source(bench: Workbench, content: bytes | str, code: str) -> None:
    assert refused(bench, content).code == code


def test_a_missing_column_is_named_with_the_nearest_one(bench: Workbench) -> None:
    error = refused(bench, "number,nmae,since,other\n1,A,,\n")
    (issue,) = error.issues
    assert (error.code, issue.code, issue.column, issue.arguments["nearest"]) == (
        "missing-columns",
        "missing-column",
        "name",
        "nmae",
    )


def test_a_missing_column_that_is_skipped_is_missing_too(bench: Workbench) -> None:
    assert [issue.column for issue in refused(bench, "number,name,since\n1,A,\n").issues] == ["other"]


def test_a_header_that_is_a_row_shows_no_number_of_a_person(bench: Workbench) -> None:
    error = refused(bench, "0101010000,nam 010101-0000,since,other\n1,A,,\n")
    assert "010101" not in repr([issue.model_dump() for issue in error.issues])


def test_a_column_is_used_or_skipped_not_both(bench: Workbench) -> None:
    source = SOURCE.replace("{from: name}", "{sql: 'coalesce(name, other)'}")
    assert refused(bench, HEADER + "1,A,,\n", source).code == "column-used-and-skipped"


def test_broken_json(bench: Workbench) -> None:
    error = refused(bench, '[{"number": 1, "name": "A"', SOURCE + "format: {kind: json}\n")
    assert error.code == "bad-json"


def test_too_much_damage(bench: Workbench) -> None:
    damaged = "".join(f'{number},A"B"C,"x"y,\n' for number in range(3000))
    assert refused(bench, HEADER + damaged).code == "too-damaged"


def test_the_number_of_rows_counts_for_fetched_files_only(bench: Workbench) -> None:
    content = HEADER + "1,A,,\n"
    assert refused(bench, content, fetched=True).code == "outside-expect"
    assert bench.convert(SOURCE, content).issue("outside-expect")["severity"] == "info"


def table(wrong: int, blank: int, good: int) -> str:
    cells = ["x"] * wrong + [""] * blank + ["2001-01-01"] * good
    return HEADER + "".join(f"{place},A,{cell},\n" for place, cell in enumerate(cells))


def books(bench: Workbench, content: str, **more: object) -> Books:
    return bench.convert(SOURCE, content, **more).books


def test_a_column_that_breaks_is_refused_on_the_first_run_unless_the_manifest_allows_it(bench: Workbench) -> None:
    error = refused(bench, table(30, 0, 270))
    (issue,) = error.issues
    assert (error.code, issue.code, issue.column, issue.arguments["share"]) == ("drift", "drift-wrong", "since", 10)
    assert bench.convert(SOURCE + "allow: {since: 0.2}\n", table(30, 0, 270)).books.issues["bad-date"] == 30
    assert books(bench, table(15, 0, 285)).columns["since"].wrong == 15  # 5 %: no drift
    assert books(bench, table(5, 0, 5)).columns["since"].wrong == 5  # too few cells to tell


def test_a_share_is_drift_when_it_is_three_times_the_last_one(bench: Workbench) -> None:
    before = books(bench, table(12, 60, 228))
    assert books(bench, table(30, 100, 170), previous=[before]).columns["since"].wrong == 30  # 10 % is under 3 x 4 %
    assert [issue.code for issue in refused(bench, table(40, 0, 260), previous=[before]).issues] == ["drift-wrong"]
    assert [issue.code for issue in refused(bench, table(0, 200, 100), previous=[before]).issues] == ["drift-blank"]
    assert books(bench, table(0, 200, 100)).columns["since"].blank == 200  # on a first run nobody knows what is usual


def test_lists_and_schemes_that_nobody_brings(bench: Workbench) -> None:
    unknown = "key: a\nmakes: [{model: organisation, identifiers: [{scheme: 'zz:number', from: a}]}]\n"
    assert refused(bench, "a\n1\n", unknown).code == "unknown-scheme"
    unlisted = "key: a\nmakes: [{model: organisation, themes: [{from: a, lookup: 'zz:list'}]}]\n"
    assert refused(bench, "a\n1\n", unlisted).code == "unknown-list"
