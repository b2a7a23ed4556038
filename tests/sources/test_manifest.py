"""Manifests: what may stand in them, and what is said of what may not."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from ccsi_kit.errors import Refused
from ccsi_kit.sources import Manifest, find_sources
from ccsi_kit.sources.manifest import Drop, Each, Expect, Folded, Format, Keep, Make, Recipients
from ccsi_kit.sources.values import Cases, Condition, Lookup, Value
from tests.sources.workbench import HEAD, Workbench

GOOD = 'key: number\nmakes: [{model: organisation, name: {from: [long, short]}, founded: {from: since, date: "%Y"}}]\n'


def complaints(bench: Workbench, text: str) -> list[tuple[int | None, str]]:
    """Line and code of every complaint: the codes of our own, or those of the reader of YAML."""
    with pytest.raises(Refused) as caught:
        bench.source(text)
    return [(issue.line, str(issue.arguments.get("problem", issue.code))) for issue in caught.value.issues]


FIRST = HEAD.count("\n") + 1
"""The line on which the text after the head begins."""


@pytest.mark.parametrize(
    ("make", "code"),
    [
        ("{model: organisation, name: title}", "node-scalar"),  # a column or a constant?
        ("{model: organisation, nmae: {from: a}}", "unknown-field"),
        ("{model: organisation, place: {postcode: a}}", "unknown-field"),
        ("{model: organisation, name: {from: a, is: b}}", "value-origins"),
        ('{model: organisation, founded: {from: a, date: "%Y-%m-%d", number: "."}}', "value-transforms"),
        ('{model: organisation, founded: {is: "2001-01-01", date: "%Y-%m-%d"}}', "value-transforms"),
        ("{model: organisation, founded: {from: a}}", "date-without-format"),
        ("{model: organisation, founded: {is: soon}}", "bad-constant"),
        ("{model: organisation, state: {is: dead}}", "bad-constant"),
        ("{model: organisation, statuses: [{since: {sql: a}}]}", "required-field"),
        ("{model: organisation, statuses: [{kind: {is: no ref}}]}", "bad-constant"),
        ("{model: organisation, other_names: {from: a}}", "node-list"),
        ("{model: organisation, name: [{from: a}]}", "node-value"),
        ("{model: organisation, address: {from: a}}", "node-part"),
        ("{model: organisation, identifiers: [{from: a}]}", "identifier-without-scheme"),
        ("{model: organisation, name: {from: a, lang: en}}", "lang-without-text"),
        ("{model: call, title: [{from: a}]}", "text-without-lang"),
        ("{model: funding, amount: {value: {from: a}, currency: {is: EUR}}}", "number-without-sign"),
        ("{model: funding, recipient: {made: nobody}}", "made-unknown"),
        ('{model: organisation, other_names: [{from: a, split: ";", date: "%Y"}]}', "value-split"),
        (
            '{model: call, sectors: [{code: {from: a, split: ";"}, label: [{lang: en, from: b, split: ";"}]}]}',
            "part-split-twice",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(bench: Workbench, make: str, code: str) -> None:
    assert (FIRST + 1, code) in complaints(bench, f"key: a\nmakes: [{make}]\n")


def test_unknown_keys_are_refused_with_the_nearest_one(bench: Workbench) -> None:
    with pytest.raises(Refused) as caught:
        bench.source(GOOD + "skp: {a: [b]}\n")
    (issue,) = caught.value.issues
    assert (issue.code, issue.arguments["nearest"], issue.line) == ("unknown-key", "skip", FIRST + 2)


def test_a_misspelt_origin_is_no_field(bench: Workbench) -> None:
    with pytest.raises(Refused) as caught:
        bench.source("key: a\nmakes: [{model: organisation, name: {form: a}}]\n")
    assert {"unknown-key"} <= {issue.code for issue in caught.value.issues}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD + "skip: {other: [short]}\n", "column-used-and-skipped"),
        ("key: a\nmakes: []\n", "makes-nothing"),
        ("key: a\nmakes: [{model: call}, {model: call}]\n", "make-doubled"),
        (GOOD + "drop: [{because: x}]\n", "drop-where-or-sql"),
        (GOOD + "drop: [{because: x, sql: a, where: {b: [c]}}]\n", "drop-where-or-sql"),
        ('key: a\nmany: true\nmakes: [{model: call, each: {split: "|", columns: [b]}}]\n', "many-without-own-key"),
        ("key: [a, a]\nmakes: [{model: call}]\n", "names-empty-or-doubled"),
    ],
)
def test_what_contradicts_itself_is_refused(bench: Workbench, text: str, code: str) -> None:
    assert code in [found for _, found in complaints(bench, text)]


def test_things_of_one_row_cannot_wait_for_each_other(bench: Workbench) -> None:
    text = """key: a
makes:
  - {model: service, as: two, key: c, provider: {made: one}}
  - {model: organisation, as: one, key: b}
"""
    assert "made-too-late" in [found for _, found in complaints(bench, text)]


def test_used_columns_are_known(bench: Workbench) -> None:
    manifest = bench.source(GOOD + "drop: [{because: x, where: {kind: [a]}}]\nskip: {other: [z]}\n").manifest
    assert manifest.columns == ("number", "kind", "long", "short", "since")
    assert manifest.skipped == ("z",)


def test_every_field_of_a_manifest_is_explained_with_an_example() -> None:
    for model in (
        Manifest,
        Make,
        Format,
        Expect,
        Drop,
        Keep,
        Recipients,
        Each,
        Folded,
        Value,
        Cases,
        Lookup,
        Condition,
    ):
        for name, field in model.model_fields.items():
            assert field.description, (model, name)
            assert field.examples, (model, name)


def test_a_manifest_is_frozen(bench: Workbench) -> None:
    manifest = bench.source(GOOD).manifest
    with pytest.raises(ValidationError):
        manifest.rank = 1  # type: ignore[misc]


def test_sources_are_folders_with_a_manifest_and_samples(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "manifest.yaml").write_text(HEAD + GOOD)
    (folder / "sample-2.csv").write_text("x")
    (folder / "sample.csv").write_text("x")
    (folder / "sample-notes.md").write_text("x")
    (tmp_path / "empty").mkdir()
    (source,) = find_sources(tmp_path, "xx")
    assert (source.id, source.country, source.folder) == ("xx-register", "xx", folder)
    assert [path.name for path in source.samples] == ["sample-2.csv", "sample.csv"]
    with pytest.raises(Refused) as caught:
        find_sources(tmp_path, "yy")
    assert caught.value.code == "source-of-another-country"
