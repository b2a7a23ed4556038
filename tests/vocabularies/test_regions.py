"""Regions, and the tables that say in which region a place lies."""

import csv
import re
from collections import defaultdict

import pytest

from ccsi_kit.plugins import discover
from ccsi_kit.vocabularies import crosswalk, territories

COUNTRIES = discover().countries
TABLES = {
    f"{code}-{kind}": country.folder / "vocabularies" / f"{kind}.csv"
    for code, country in COUNTRIES.items()
    for kind in ("postcode", "municipality", "nuts-crosswalk")
    if (country.folder / "vocabularies" / f"{kind}.csv").exists()
}
KIB = 1024


def rows(path) -> dict[str, str]:
    _, *lines = path.read_text(encoding="utf-8").splitlines()
    found = [(row["code"], row["territory"]) for row in csv.DictReader(lines)]
    assert len(found) == len(dict(found)) and found == sorted(found)
    return dict(found)


def test_regions_are_a_tree_under_their_country():
    regions = territories()
    assert {region.country for region in regions.values()} == {"es", "fr", "lv", "se"}
    for code, region in regions.items():
        assert (region.code, region.year, region.country) == (code, 2024, code[:2].lower())
        assert region.parent == (code[:-1] if region.level else None)
        assert region.level == 0 or region.parent in regions
        assert region.level == 3 or any(other.parent == code for other in regions.values())
        assert region.name and region.name == region.name.strip()


def test_latvia_has_the_regions_of_2024():
    assert {code for code in territories() if code.startswith("LV00") and len(code) == 5} == {
        *("LV005", "LV009", "LV00A", "LV00B", "LV00C"),
    }


def test_older_codes_lead_to_todays():
    assert set(crosswalk()) == {"LV003", "LV006", "LV007", "LV008"}
    assert not set(crosswalk()) & set(territories())
    assert set(crosswalk().values()) <= set(territories())


@pytest.mark.parametrize("table", TABLES)
def test_tables_lead_to_regions_of_their_country(table):
    path, country = TABLES[table], table.partition("-")[0]
    regions = territories()
    assert path.stat().st_size < 300 * KIB
    for code, territory in rows(path).items():
        assert re.fullmatch("[0-9A-Z-]+", code)
        assert territory in regions
        assert country == "eu" or (regions[territory].country, regions[territory].level) == (country, 3)


@pytest.mark.parametrize("table", [*TABLES, "nuts"])
def test_tables_say_whose_they_are(table):
    path = TABLES.get(table, COUNTRIES["eu"].folder / "vocabularies" / "nuts.csv")
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert re.fullmatch(r"# publisher: .+; licence: .+; date: \d{4}-\d{2}-\d{2}; .*NUTS 2024.*", first)


@pytest.mark.parametrize("country", sorted({"es", "fr"} & set(COUNTRIES)))
def test_postcodes_and_municipalities_agree(country):
    """Both begin with the number of the province or department, but few lie across its border."""
    places, postcodes = rows(TABLES[f"{country}-municipality"]), rows(TABLES[f"{country}-postcode"])
    regions = defaultdict(set)
    for code, territory in places.items():
        regions[code[:2].replace("2A", "20").replace("2B", "20")].add(territory)
    agreeing = sum(territory in regions[code[:2]] for code, territory in postcodes.items())
    assert agreeing / len(postcodes) > 0.99
    assert {territory for group in regions.values() for territory in group} == {
        code for code, region in territories().items() if region.country == country and region.level == 3
    }


@pytest.mark.parametrize(
    ("table", "code", "territory"),
    [
        ("lv-postcode", "LV-1050", "LV00A"),
        ("lv-postcode", "3601", "LV00B"),
        ("se-postcode", "20506", "SE224"),
        ("se-municipality", "0180", "SE110"),
        ("es-municipality", "28079", "ES300"),
        ("fr-municipality", "97411", "FRY40"),
        ("fr-municipality", "44109", "FRG01"),
        ("fr-postcode", "44000", "FRG01"),
    ],
)
def test_places_that_everybody_knows(table, code, territory):
    if table not in TABLES:
        pytest.skip("its package is not installed")
    assert rows(TABLES[table])[code] == territory
