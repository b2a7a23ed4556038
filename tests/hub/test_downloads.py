import csv
import json
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.hub.downloads import _line
from tests.hub.conftest import MadeSite


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00")), min_size=1))
def test_no_cell_is_a_formula_and_none_is_lost(cells: list[str]) -> None:
    read = next(csv.reader(StringIO(_line(cells), newline="")), [])
    assert len(read) == len(cells) or cells == [""]
    for cell, back in zip(cells, read, strict=False):
        assert back in (cell, f"'{cell}")
        assert not back.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@A1", "\t=1", " =1", "＝1"])
def test_a_formula_becomes_text(formula: str) -> None:
    assert _line([formula]).startswith(("'", "\"'"))


def test_the_csv_has_a_line_for_each_with_licence_and_day(site: MadeSite) -> None:
    file = site.root / "data/lv/organisations.csv"
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == len(site.view.organisations())
    for row in rows:
        assert "CC0-1.0" in row["Licence"]
        assert row["Nolasīts"] == "2026-11-24" or row["Nolasīts"] < "2026-11-24"
        assert row["Avots"]
    assert {row["Nosaukums"] for row in rows} >= {"'=Muestra", "Exemple & <Cie>"}


def test_the_part_of_a_country_holds_that_country(site: MadeSite) -> None:
    file = site.root / "data/es/organisations-country-lv.csv"
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 15
    assert {row["País"] for row in rows} == {"lv"}


def test_the_json_says_sources_licence_and_day(site: MadeSite) -> None:
    data = json.loads((site.root / "data/organisations-country-lv.json").read_text(encoding="utf-8"))
    assert data["on"] == "2026-11-24"
    assert data["sample"] is True
    assert {source["id"]: source["licence"] for source in data["sources"]} == {
        "lv-registrs": "CC0-1.0",
        "lv-statusi": "CC0-1.0",
        "eu-kopums": "CC-BY-4.0",
    }
    assert len(data["organisations"]) == 15
    first = data["organisations"][0]
    assert first["origins"]["name"] in first["entries"]
