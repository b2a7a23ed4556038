"""The samples of our own sources: every quirk of the real registers, and what becomes of it."""

import csv
import io
import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ccsi_kit.plugins import discover
from ccsi_kit.sources import Source, find_sources
from ccsi_kit.vocabularies import core_vocabularies, read_vocabularies
from tests.sources.workbench import Outcome, Workbench, arguments

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "eu": ROOT / "src/ccsi_kit/eu",
    **{cc: ROOT / f"countries/{cc}/src/ccsi_kit_{cc}" for cc in ("es", "fr", "lv", "se")},
}
SOURCES = {source.id: source for cc in ("eu", "lv") for source in find_sources(FOLDERS[cc] / "sources", cc)}
SAMPLES = {
    "kohesio-new": ("eu-kohesio", "sample-2021-2027.csv"),
    "kohesio-old": ("eu-kohesio", "sample-2014-2020.csv"),
    "register": ("lv-ur-register", "sample.csv"),
    "areas": ("lv-ur-areas", "sample.csv"),
    "slo": ("lv-vid-slo", "sample.csv"),
}


class Samples:
    """The samples, each converted once."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.bench.schemes = discover().schemes
        self.bench.lists = {
            **core_vocabularies(),
            **{
                id: list_
                for folder in FOLDERS.values()
                for id, list_ in read_vocabularies(folder / "vocabularies").items()
            },
        }
        tables = {cc: folder / "vocabularies" for cc, folder in FOLDERS.items()}
        self.bench.places = {
            "lv": {"postcode": tables["lv"] / "postcode.csv"},
            "eu": {"crosswalk": tables["eu"] / "nuts-crosswalk.csv"},
        }
        self._made: dict[str, Outcome] = {}

    def source(self, name: str) -> Source:
        return SOURCES[SAMPLES[name][0]]

    def file(self, name: str) -> Path:
        return self.source(name).folder / SAMPLES[name][1]

    def __getitem__(self, name: str) -> Outcome:
        if name not in self._made:
            self.bench.country = self.source(name).country
            self._made[name] = self.bench.convert(self.source(name), self.file(name))
        return self._made[name]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patched:
        yield Samples(Workbench(tmp_path_factory.mktemp("samples"), patched))


def by_name(rows: list[dict[str, Any]], part: str) -> dict[str, Any]:
    return next(row for row in rows if part in (row["name"] or ""))


def by_key(rows: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return next(row for row in rows if row["key"] == key)


def words(text: list[Mapping[str, str]] | None) -> dict[str, str]:
    return {part["lang"]: part["text"] for part in text or ()}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_both_ways_of_reading_agree_on_every_sample(samples: Samples, name: str) -> None:
    tolerant = samples.bench.convert(samples.source(name), samples.file(name), tolerant=True)
    assert samples[name].books.way == "fast"
    assert samples[name].bytes == tolerant.bytes


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_order_of_rows_and_the_number_of_threads_change_no_table(samples: Samples, name: str) -> None:
    delimiter = samples.source(name).manifest.format.delimiter
    with samples.file(name).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file, delimiter=delimiter)
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([header, *random.Random(3).sample(rows, len(rows))])
    shuffled = samples.bench.convert(samples.source(name), text.getvalue(), threads=1)
    assert {**shuffled.bytes, "issue": b""} == {**samples[name].bytes, "issue": b""}


def test_ur_register_has_a_mark_carriage_returns_and_a_blank_for_closed(samples: Samples) -> None:
    content = samples.file("register").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    assert b"; ;" in content
    active = [row for row in samples["register"]["organisation"] if row["state"] == "active"]
    assert len(active) > 150


def test_ur_register_ended_bodies_have_a_day_or_a_mark(samples: Samples) -> None:
    ended = [row for row in samples["register"]["organisation"] if row["state"] == "ended"]
    assert {row["ended"] for row in ended} == {date(2020, 12, 31), date(2018, 5, 14), None}


def test_ur_register_the_name_in_quotes_comes_before_the_name(samples: Samples) -> None:
    rows = samples["register"]["organisation"]
    assert by_name(rows, "bez pēdiņām")["name"] == "Parauga draudze bez pēdiņām 10"
    assert not [row for row in rows if '"' in row["name"]]
    assert by_name(rows, "otrā daļa")["name"] == "Parauga biedrība; otrā daļa 9"
    assert by_name(rows, "atstarpēm")["name"] == "Parauga klubs ar atstarpēm 14"


def test_ur_register_place_by_postcode_where_there_is_no_atvk(samples: Samples) -> None:
    rows = samples["register"]["organisation"]
    without = by_name(rows, "Dzintars 6")
    assert (without["address"]["municipality"], without["territory"]) == (None, "LV00A")
    nowhere = by_name(rows, "Lāse 7")
    assert (nowhere["address"]["postcode"], nowhere["territory"]) == (None, None)
    assert by_name(rows, "Rasa 8")["address"]["text"] == "Valmiera, Parauga iela 7\n2. stāvs"


def test_ur_register_leaves_persons_out(samples: Samples) -> None:
    made = samples["register"]
    assert made.books.left_out == {"natural-persons": 6, "person": 2, "no-key": 2, "doubled-key": 1}
    text = str(made.tables)
    assert not [word for word in ("Individuālā", "Izdomāt", "Persona", "0000991", "00009912345") if word in text]


def test_ur_register_numbers(samples: Samples) -> None:
    rows = samples["register"]["organisation"]
    written = by_name(rows, "ar svītrām")
    assert written["identifiers"] == [{"scheme": "lv:regcode", "number": written["key"]}]
    wrong = samples["register"].issue("bad-identifier")
    assert by_key(rows, wrong["value"])["identifiers"] == []
    alike = [row for row in rows if row["name"].startswith("Parauga senioru klubs") and row["name"].endswith(" 2")]
    assert len(alike) == 2  # alike, and yet two


def test_ur_register_forms_and_days(samples: Samples) -> None:
    made = samples["register"]
    assert (made.issue("unknown-code")["value"], made.issue("unknown-code")["column"]) == ("XYZ", "type")
    assert (made.issue("bad-date")["value"], made.issue("bad-date")["column"]) == ("2019-02-30", "registered")
    association = by_name(made["organisation"], "Ābele 1")
    assert association["legal_form"] == {"national": "BDR", "common": "ccsi:legal-form/f51"}


def test_ur_areas_may_be_several_empty_or_repeated(samples: Samples) -> None:
    made = samples["areas"]
    assert made.books.used == made.books.read > len(made["organisation"])
    assert made.books.columns["area_of_activity"].blank == 1
    assert max(len(row["activities"]) for row in made["organisation"]) == 5
    labels = [[part["label"][0]["text"] for part in row["activities"]] for row in made["organisation"]]
    assert all(len(set(area)) == len(area) for area in labels)
    assert arguments(made.issue("lines-disagree")) == {"field": "name"}
    assert {row["key"] for row in made["organisation"]} <= {row["key"] for row in samples["register"]["organisation"]}


def test_slo_decisions_are_repeated_by_area_and_dates_have_blanks(samples: Samples) -> None:
    made = samples["slo"]
    statuses = [status for row in made["organisation"] for status in row["statuses"]]
    assert len(made["organisation"]) < made.books.read
    assert {status["kind"] for status in statuses} == {"lv:status/slo"}
    assert {status["state"] for status in statuses} == {"active", "ended"}
    assert all(len(row["activities"]) >= 1 for row in made["organisation"])
    assert made.issue("bad-date")["value"] == "31.02.2015"
    again = next(row for row in made["organisation"] if len(row["statuses"]) > 1)
    assert [status["state"] for status in again["statuses"]] == ["ended", "active"]


def test_kohesio_has_two_layouts_and_four_countries(samples: Samples) -> None:
    new, old = samples["kohesio-new"], samples["kohesio-old"]
    assert (new.books.layout, old.books.layout) == ("2021-2027", "2014-2020")
    for made in (new, old):
        assert {row["country"] for row in made["initiative"]} == {"es", "fr", "lv", "se"}
        assert made.books.left_out == {"out-of-scope": 2, "doubled-key": 1}
        assert set(made.books.money) == {"out-of-scope", "doubled-key"}


def test_kohesio_selection(samples: Samples) -> None:
    """ESF alone or joined, YEI, specific objective 4 told by its label, and fields of social inclusion."""
    keys = {row["key"] for row in samples["kohesio-new"]["initiative"]}
    assert {"Q99000009", "Q99000012", "Q99000013"} <= keys
    assert not {"Q99000010", "Q99000011"} & keys


def test_kohesio_titles_and_empty_words(samples: Samples) -> None:
    rows = samples["kohesio-new"]["initiative"]
    assert set(words(by_key(rows, "Q99000004")["title"])) == {"en"}
    empty = by_key(rows, "Q99000017")
    assert set(words(empty["title"])) == {"es"}
    assert set(words(empty["summary"])) == {"en"}
    assert empty["programme"] == "European Social Fund Plus"
    assert words(by_key(rows, "Q99000014")["summary"])["en"] == "Sample:&nbsp; young people \nfind a first job."


def test_kohesio_codes_are_padded_and_words_are_looked_up(samples: Samples) -> None:
    rows = samples["kohesio-new"]["initiative"]
    for key in ("Q99000005", "Q99000006", "Q99000007"):
        assert len(by_key(rows, key)["themes"]) == 1, key
    assert "unknown-code" not in samples["kohesio-new"].codes() + samples["kohesio-old"].codes()


def test_kohesio_days_and_amounts(samples: Samples) -> None:
    made = samples["kohesio-new"]
    rows, money = made["initiative"], made["funding"]
    assert by_key(rows, "Q99000008")["period"]["end"] is None
    assert by_key(rows, "Q99000016")["period"] is None
    assert made.issue("bad-date")["value"] == "31/02/2023"
    assert str(by_key(money, "Q99000018")["amount"]["value"]) == "12500.50"
    assert by_key(money, "Q99000019")["amount"] is None
    assert {str(row["eu_rate"]) for row in money} == {"0.400000", "0.500000", "0.850000", "None"}


def test_kohesio_beneficiaries_are_paired_or_not_at_all(samples: Samples) -> None:
    made = samples["kohesio-new"]
    rows = made["organisation"]
    assert by_key(rows, "Q99600005")["name"] is None  # an empty name in the middle keeps its place
    assert by_key(rows, "Q99600006")["name"] == "Asociación Muestra Nombre C"
    assert [by_key(rows, key)["name"] for key in ("Q99600007", "Q99600008")] == [None, None]
    assert arguments(made.issue("uneven-lists")) == {"found": 1, "wanted": 2}
    assert made["initiative"][0]["lead"] is None  # the first beneficiary is not the lead


def test_kohesio_local_ids_are_of_four_countries(samples: Samples) -> None:
    rows = [row for name in ("kohesio-new", "kohesio-old") for row in samples[name]["organisation"]]
    schemes = {part["scheme"] for row in rows for part in row["identifiers"]}
    assert schemes == {"eu:kohesio-beneficiary", "es:nif", "fr:siren", "lv:regcode", "se:orgnr"}
    assert by_key(rows, "Q99600012")["identifiers"][1]["number"] == "5599990024"  # written with a hyphen
    legal_unit = by_key(rows, "Q99600018")["identifiers"][1]  # told by the number of its establishment
    assert legal_unit == {"scheme": "fr:siren", "number": "999990047"}
    assert len(by_key(rows, "Q99600020")["identifiers"]) == 1  # a department without number
    shared = {part["number"] for row in samples["register"]["organisation"] for part in row["identifiers"]}
    local = {part["number"] for row in rows for part in row["identifiers"] if part["scheme"] == "lv:regcode"}
    assert local <= shared
    assert len(local) > 10


def test_kohesio_a_number_may_be_one_of_an_operation_and_one_of_a_beneficiary(samples: Samples) -> None:
    made = samples["kohesio-new"]
    assert by_key(made["organisation"], "Q99000001")["identifiers"][0]["scheme"] == "eu:kohesio-beneficiary"
    assert by_key(made["initiative"], "Q99000001")["identifiers"][0]["scheme"] == "eu:kohesio-operation"


def test_kohesio_withholds_persons_with_what_names_them(samples: Samples) -> None:
    made = samples["kohesio-new"]
    assert made.books.things["beneficiary"].left_out == {"name": 1, "number": 4, "unpaired-number": 2}
    assert not [
        word
        for word in ("Inventad", "Påhittad", "Okänd", "Izdomāta", "00000000T", "000101")
        if word in str(made.tables)
    ]
    assert by_key(made["initiative"], "Q99000021")["title"] is None
    assert by_name(made["organisation"], "Taller S.C.")["identifiers"][1]["scheme"] == "es:nif"
    pointed = {part["organisation"] for row in made["initiative"] for part in row["participants"]}
    assert pointed == {f"eu-kohesio#{row['key']}" for row in made["organisation"]}


def test_kohesio_regions_are_todays_and_told_once(samples: Samples) -> None:
    old = {
        code for row in samples["kohesio-old"]["initiative"] if row["country"] == "lv" for code in row["territories"]
    }
    assert old <= {"LV00A", "LV00B", "LV00C", "LV005", "LV009"}
    beside = by_key(samples["kohesio-new"]["initiative"], "Q99000032")
    assert beside["territories"] == ["LV00A"]


def test_kohesio_rows_of_other_countries_are_left_out(samples: Samples) -> None:
    made = samples.bench.convert(samples.source("kohesio-new"), samples.file("kohesio-new"), scope=frozenset({"lv"}))
    assert {row["country"] for rows in (made["initiative"], made["organisation"], made["funding"]) for row in rows} == {
        "lv"
    }


@pytest.mark.parametrize("id", sorted(SOURCES))
def test_every_sample_is_taken_and_small(id: str) -> None:
    source = SOURCES[id]
    assert source.samples
    assert all(path.stat().st_size < 200_000 for path in source.samples)
