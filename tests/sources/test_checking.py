"""What `convert` would make of a file, for people."""

from pathlib import Path

import pytest

from ccsi_kit.i18n import LANGUAGES, has_words
from ccsi_kit.sources import check, looks_like
from tests.sources.workbench import LISTS, SCHEMES, Workbench

SOURCE = """
key: number
makes:
  - model: organisation
    identifiers: [{scheme: "xx:number", from: number}]
    name: {from: name}
    founded: {from: since, date: "%Y-%m-%d"}
"""


def test_a_file_that_would_be_taken(bench: Workbench, tmp_path: Path) -> None:
    file = bench.file("number,name,since\n5599990016,A,x\n5599990024,B,y\n5599990017,C,2001-01-01\n0101010000,D,\n")
    report = check(bench.source(SOURCE), file, schemes=SCHEMES, vocabularies=LISTS, territories={}, scratch=tmp_path)
    assert report.refused is None
    assert report.books is not None
    assert report.books.used == 3
    assert [(group.code, group.severity, group.count) for group in report.groups] == [
        ("bad-date", "warning", 2), ("bad-identifier", "warning", 1), ("person", "info", 1),
    ]  # fmt: skip
    first = report.groups[0].first
    assert (first.row, first.line, first.column, first.value) == (1, 2, "since", "x")
    assert first.arguments == {"formats": "%Y-%m-%d"}


def test_a_file_that_would_be_refused(bench: Workbench) -> None:
    file = bench.file("number,names,since\n5599990016,A,x\n")
    report = check(bench.source(SOURCE), file, schemes=SCHEMES, vocabularies=LISTS, territories={})
    assert report.books is None
    assert report.refused is not None
    assert report.refused.code == "missing-columns"
    assert [(group.code, group.severity) for group in report.groups] == [("missing-column", "error")]


def test_which_source_a_file_looks_like(bench: Workbench) -> None:
    one = bench.source(SOURCE + "skip: {other: [x]}\n")
    bench.runs += 1
    two = bench.source("key: a\nmakes: [{model: call, title: [{lang: en, from: name}]}]\n")
    bench.runs += 1
    three = bench.source("format: {kind: json}\nkey: zz\nmakes: [{model: call}]\n")
    file = bench.file("NUMBER,Name,since\n5599990016,A,\n")
    assert looks_like(file, [three, two, one]) == ((one, 0.75), (two, 0.5))
    assert looks_like(bench.file(b"", "empty.csv"), [one]) == ()


CODES = """
    bad-date bad-number bad-period unfit-value unknown-code uneven-lists no-key doubled-key equal-rows lines-disagree
    unknown-column all-left-out outside-expect missing-column drift-wrong drift-blank stray-quote unquoted-break
    short-row long-row bad-bytes long-cell html-page empty-file header-only wrong-kind column-doubled
    column-used-and-skipped unknown-scheme unknown-list bad-json too-damaged expression-broken
    expression-not-one expression-forbidden expression-function expression-column person bad-identifier
"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_says_what_is_wrong_and_how_to_mend_it(lang: str) -> None:
    missing = [code for name in CODES.split() for code in (name, f"{name}.mend") if not has_words(code, lang)]
    assert missing == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_has_words(lang: str) -> None:
    reasons = ("natural-persons", "person", "no-key", "doubled-key", "out-of-scope", "unreadable")
    assert [reason for reason in reasons if not has_words(f"reason.{reason}", lang)] == []
