"""Registers in JSON: what is skipped as a whole, pages and bare lists, things that are placed without an address."""

import json

import pytest

from ccsi_kit.errors import Refused
from tests.sources.workbench import Workbench

ORGANISATIONS = """
format: {kind: json, rows: results}
key: number
skip: {personal-data: [officers, seat.note]}
makes:
  - model: organisation
    identifiers: [{scheme: "xx:item", from: number}]
    name: {from: seat.name}
"""
SERVICES = """
format: {kind: json, rows: results}
key: number
makes:
  - model: service
    place: {municipality: town, postcode: code}
    name: [{lang: en, from: name}]
"""


def page(*records: dict[str, object]) -> str:
    return json.dumps({"results": records, "page": 1})


def test_what_is_skipped_stands_for_all_beneath_it_and_may_be_missing(bench: Workbench) -> None:
    full = {
        "number": "Q1",
        "seat": {"name": "A", "note": {"by": "x"}},
        "officers": [{"name": "Nobody", "born": {"year": 1}}],
    }
    found = bench.convert(ORGANISATIONS, page(full, {"number": "Q2", "seat": {"name": "B"}}))
    assert [row["name"] for row in found["organisation"]] == ["A", "B"]
    assert found.codes() == []
    assert set(found.books.columns) == {"number", "seat.name"}
    assert bench.convert(ORGANISATIONS, page({"number": "Q2", "seat": {"name": "B"}})).codes() == []


def test_what_is_not_beneath_it_is_strange(bench: Workbench) -> None:
    found = bench.convert(ORGANISATIONS, page({"number": "Q1", "seat": {"name": "A", "notes": "x"}, "officers2": "y"}))
    assert {issue["column"] for issue in found["issue"] if issue["code"] == "unknown-column"} == {
        "seat.notes",
        "officers2",
    }


def test_a_column_that_is_used_may_not_be_missing(bench: Workbench) -> None:
    with pytest.raises(Refused) as refused:
        bench.convert(ORGANISATIONS, page({"number": "Q1", "seat": {"title": "A"}}))
    assert refused.value.code == "missing-columns"


def test_in_csv_a_dot_is_a_letter_and_a_skipped_column_is_there(bench: Workbench) -> None:
    csv = ORGANISATIONS.replace("{kind: json, rows: results}", "{kind: csv}")
    found = bench.convert(csv, "number,seat.name,seat.note,officers,officers.name\nQ1,A,x,y,z\n")
    assert [issue["column"] for issue in found["issue"] if issue["code"] == "unknown-column"] == ["officers.name"]
    with pytest.raises(Refused):
        bench.convert(csv, "number,seat.name,officers\nQ1,A,x\n")


def test_a_bare_list_is_read_as_the_pages_are(bench: Workbench) -> None:
    records = [{"number": "Q1", "seat": {"name": "A"}}, {"number": "Q2", "seat": {"name": "B"}}]
    bare = bench.convert(ORGANISATIONS, json.dumps(records))
    assert bare["organisation"] == bench.convert(ORGANISATIONS, page(*records))["organisation"]


def test_places_are_told_by_municipality_else_by_postcode(bench: Workbench) -> None:
    towns, codes = bench.table("towns.csv", {"01": "XX011"}), bench.table("codes.csv", {"1000": "XX012"})
    bench.places = {"xx": {"municipality": towns, "postcode": codes}}
    told = [("01", "1000"), ("99", "10 00"), (None, "1000"), ("99", "9999"), (None, None)]
    rows = [{"number": f"Q{at}", "name": "x", "town": town, "code": code} for at, (town, code) in enumerate(told)]
    found = bench.convert(SERVICES, page(*rows))
    assert [row["territories"] for row in found["service"]] == [["XX011"], ["XX012"], ["XX012"], None, None]


def test_a_place_may_be_told_by_one_column(bench: Workbench) -> None:
    bench.places = {"xx": {"postcode": bench.table("codes.csv", {"1000": "XX012"})}}
    only = SERVICES.replace("municipality: town, ", "")
    found = bench.convert(only, page({"number": "Q1", "name": "x", "code": "1000"}))
    assert found.one("service")["territories"] == ["XX012"]
