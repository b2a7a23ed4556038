"""The Swedish sources: every quirk of Vinnova and SweCRIS by name, persons out, entries as they must be, real files."""

import csv
import gzip
import io
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from tests.realdata import needs
from tests.sources.country import converted, sample, source, told

from ccsi_kit.cli.main import exit_code
from ccsi_kit.workspace import Workspace

VINNOVA, SWECRIS = "se-vinnova", "se-swecris"
SOURCES = (VINNOVA, SWECRIS)


def projects():
    return json.loads(raw(VINNOVA))


def project(number: int):
    return told(sample(VINNOVA).entry("initiative", f"2099-{number:05d}"))


def lines():
    read = (
        csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")), delimiter=";") for file in source(SWECRIS).samples
    )
    return [line for some in read for line in some]


def initiative(key: str):
    return told(sample(SWECRIS).entry("initiative", key))


def grants(key: str):
    """The grants of a project, by year."""
    found = [told(row) for row in sample(SWECRIS).tables["funding"]]
    return [row for row in found if row["key"].rpartition("/")[0] == key or row["key"] == key + "/funding"]


def organisation(number: str):
    return told(sample(SWECRIS).entry("organisation", number))


def titles(entry):
    return {part["lang"]: part["text"] for part in entry.get("title", ())}


def raw(id: str) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in source(id).samples)


def made(folder: Path, *some, head=None, name: str = "export.csv") -> Path:
    """Lines of the sample, changed, as a file."""
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, head or list(lines()[-1]), delimiter=";", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(some)
    return folder / name


def line(key: str):
    return next(one for one in lines() if one["ProjectId"] == key)


@pytest.mark.parametrize(
    ("id", "read", "left_out", "issues", "entries"),
    [
        (
            VINNOVA,
            73,
            {"doubled-key": 1},
            {
                "bad-identifier": 1,
                "bad-date": 1,
                "bad-period": 1,
                "doubled-key": 1,
                "lines-disagree": 1,
                "unfit-value": 1,
            },
            {"funding": 72, "initiative": 72, "organisation": 34},
        ),
        (
            SWECRIS,
            90,
            {"repeats-another-funder": 3},
            {"person": 7, "bad-period": 1, "lines-disagree": 1},
            {"funding": 87, "initiative": 84, "organisation": 43},
        ),
    ],
)
def test_books_and_issues_of_the_samples(id, read, left_out, issues, entries):
    found = sample(id)
    assert sum(book.read for book in found.books) == read
    assert (found.left_out(), found.issues()) == (Counter(left_out), Counter(issues))
    assert {model: len(found.keys(model)) for model in entries} == entries


# persons


@pytest.mark.parametrize(("id", "planted"), [(VINNOVA, 32), (SWECRIS, 90)])
def test_no_planted_person_is_in_any_table(id, planted):
    assert len(set(re.findall(r"(?i)personexempel\d+", raw(id)))) >= planted
    assert not re.search("(?i)personexempel|påhittad", sample(id).written())


def test_no_number_of_a_person_is_in_any_table():
    planted = [
        one["CoordinatingOrganisationId"] for one in lines() if "Personexempel" in one["CoordinatingOrganisationNameSv"]
    ]
    numbers = [re.sub("[^0-9]", "", number)[-10:] for number in planted if number]
    assert len(numbers) == 4 and all(number[2] == "1" for number in numbers)
    everything = sample(SWECRIS).written()
    assert not [form for number in numbers for form in (number, f"{number[:6]}-{number[6:]}") if form in everything]


@pytest.mark.parametrize("number", ["2099-00101", "2099-00102", "2099-00103", "2099-00104", "2099-00105"])
def test_a_coordinator_who_is_or_may_be_a_person_is_withheld(number):
    """With a hyphen, with the century, bare, without any number, and named in the title."""
    entry = initiative(f"{number}_VR")
    assert not {"lead", "participants"} & entry.keys()
    assert [grant.keys() & {"recipient", "amount"} for grant in grants(f"{number}_VR")] == [{"amount"}]


def test_a_title_that_names_who_was_withheld_is_withheld_too():
    assert line("2099-00105_VR")["ProjectTitleSv"].startswith("Exempelprojekt 105: Påhittad")
    assert "title" not in initiative("2099-00105_VR")


def test_who_took_part_abstracts_contacts_and_texts_are_not_read():
    used = {column for id in SOURCES for book in sample(id).books for column in book.columns}
    assert not [
        column for column in used if re.search("(?i)people|abstract|kontakt|arb$|mal|resultat|implementation", column)
    ]
    assert all(one["InvolvedPeople"].startswith("¤¤¤") for one in lines() if "InvolvedPeople" in one)
    assert raw(VINNOVA).count('"KontaktLista": [{"Namn": "Påhittad') == 4


# quirks of Vinnova


def test_names_of_fields_hold_letters_with_rings_and_dots(tmp_path):
    assert '"ÄrenderubrikEngelska"' in raw(VINNOVA)
    spelt = tmp_path / "projekt.json"
    spelt.write_text(raw(VINNOVA).replace("Ärenderubrik", "A\u0308renderubrik"), encoding="utf-8")
    assert converted(VINNOVA, spelt).tables["initiative"] == sample(VINNOVA).tables["initiative"]


@pytest.mark.parametrize(("number", "said"), [(3, "x"), (4, "xx"), (5, ""), (6, "XX"), (21, None)])
def test_placeholders_are_no_titles(number, said):
    assert projects()[number - 1]["ÄrenderubrikEngelska"] == said
    assert titles(project(number)).keys() == {"sv"}


@pytest.mark.parametrize("number", [7, 8])
def test_a_title_that_a_machine_translated_says_so_and_loses_the_mark(number):
    swedish, english = project(number)["title"]
    assert (swedish["machine"], english["machine"]) == (False, True)
    assert english["text"].startswith(f"Example project {number}: ") and "translated" not in english["text"]
    assert not any(part["machine"] for part in project(1)["title"])


def test_a_title_in_english_alone():
    assert titles(project(10)).keys() == {"en"}


def test_the_year_1900_is_no_day():
    assert projects()[8]["ProjektSlut"] == "1900-01-01T00:00:00"
    assert project(9)["period"].keys() == {"start"}


def test_days_that_are_none_and_periods_that_end_before_they_start():
    assert project(20)["period"].keys() == {"start"} and "period" not in project(22)


def test_states_are_told_by_words_and_an_unknown_word_is_told():
    states = Counter(told(row).get("state") for row in sample(VINNOVA).tables["initiative"])
    assert states.keys() == {"active", "ended", None} and states[None] == 2
    assert {"state"} & (project(11).keys() | project(12).keys()) == set()


def test_links_come_in_several_shapes_and_are_not_read():
    shapes = {tuple(link) for one in projects() for link in one["LankLista"]}
    assert shapes == {("Beskrivning", "URL"), ("Lanknamn", "Lankadress")}
    assert {"Beskrivning": "", "URL": ""} in projects()[12]["LankLista"]


def test_a_coordinator_has_a_name_and_no_number_and_is_one_however_spelt():
    assert all(not row["identifiers"] for row in sample(VINNOVA).tables["organisation"])
    assert project(17)["lead"] == project(18)["lead"] and projects()[16]["KoordinatorOrg"].isupper()
    assert projects()[15]["KoordinatorOrg"] == "" and "lead" not in project(16)


def test_a_grant_is_of_the_whole_project_and_tells_no_recipient():
    found = [told(row) for row in sample(VINNOVA).tables["funding"]]
    assert not [row for row in found if "recipient" in row]
    assert {row["amount"]["currency"] for row in found if "amount" in row} == {"SEK"}
    assert [row["key"] for row in found if "amount" not in row] == ["2099-00021"]


def test_a_project_that_comes_twice_counts_once():
    assert [one["Diarienummer"] for one in projects()].count("2099-00050") == 2
    assert sample(VINNOVA).left_out() == {"doubled-key": 1}


def test_numbers_with_blanks_and_what_is_no_number():
    assert projects()[22]["Diarienummer"] == "2099-00023 "
    assert project(23)["identifiers"] == [{"scheme": "se:diarienummer", "number": "2099-00023"}]
    assert "identifiers" not in told(sample(VINNOVA).entry("initiative", "2099-24"))


# quirks of SweCRIS


def test_files_with_27_and_28_columns_are_read():
    heads = [len(file.read_text(encoding="utf-8").partition("\n")[0].split(";")) for file in source(SWECRIS).samples]
    assert heads == [27, 28]
    assert all(book.used for book in sample(SWECRIS).books)


def test_delimiters_and_quotes_inside_a_title():
    assert titles(initiative("2099-00081_Vinnova"))["sv"] == 'Exempelprojekt 81: "Hemma hos"; en delad exempelbostad'


def test_titles_may_be_blank():
    assert line("2099-00082_Vinnova")["ProjectTitleEn"] == " "
    assert "title" not in initiative("2099-00082_Vinnova")


def test_grants_of_several_years_keep_their_own_amounts():
    yearly = grants("2099-00141_Forte")
    assert [(row["key"][-4:], row["amount"]["value"]) for row in yearly] == [
        ("2024", "400000.00"),
        ("2025", "410000.00"),
        ("2026", "420000.00"),
    ]
    assert {row["initiative"] for row in yearly} == {"se-swecris#2099-00141_Forte"}
    assert sample(SWECRIS).issues()["lines-disagree"] == 1  # the name of a university, not these


def test_grants_that_stand_there_again_under_another_funder_are_left_out():
    assert "2099-00005_RJ" in raw(SWECRIS) and "2099-00005_RJ" not in sample(SWECRIS).written()
    money = Counter()
    for book in sample(SWECRIS).books:
        money.update({reason: sums["SEK"] for reason, sums in book.money.items()})
    repeated = [one for one in lines() if re.fullmatch(r"\d{4}-\d{5}_RJ", one["ProjectId"])]
    assert money == {"repeats-another-funder": sum(Decimal(one["FundingsSek"]) for one in repeated)}


def test_own_numbers_of_that_funder_begin_with_letters():
    assert {"P99-9001:1_RJ", "SAB99-9002_RJ"} <= sample(SWECRIS).keys("initiative")


def test_look_alikes_stay_apart():
    ours, other = initiative("2099-00005_Vinnova"), initiative("2099-00005_Formas")
    assert ours["identifiers"] == [{"scheme": "se:diarienummer", "number": "2099-00005"}]
    assert other["identifiers"] == [{"scheme": "se:diarienummer", "number": "2099-00005_Formas"}]
    numbers = {(row["name"], row["identifiers"][0]["number"]) for row in sample(SWECRIS).tables["organisation"]}
    assert [count for count in Counter(name for name, _ in numbers).values() if count > 1] == [2]


@pytest.mark.parametrize(
    "key",
    [
        "101/99_SNSB",
        "102/99 S_SNSB",
        "P99-9001:1_RJ",
        "SAB99-9002_RJ",
        "P99001-1_Energi",
        "P2099-99002_Energi",
        "20990001_HLF",
    ],
)
def test_numbers_of_other_forms_are_keys_and_no_identifiers(key):
    assert "identifiers" not in initiative(key.replace("/", "%2F"))


def test_days_come_with_a_time_and_as_years():
    assert line("2099-00085_Vinnova")["ProjectStartDate"] == "2024-03-01 12:00:00"
    assert initiative("2099-00085_Vinnova")["period"] == {"start": "2024-03-01", "end": "2026-02-28"}
    assert line("2099-00085_Vinnova")["FundingStartDate"] == "2024"
    assert grants("2099-00085_Vinnova")[0]["identifiers"]  # the years are those of the project


def test_a_grant_is_the_one_vinnova_tells_only_where_it_covers_the_project():
    assert "identifiers" not in grants("2099-00086_Vinnova")[0]  # a part of it
    assert not [row for row in grants("2099-00142_Vinnova") if "identifiers" in row]  # a year each
    assert not [row for row in grants("2099-00111_Forte") if "identifiers" in row]  # another funder


def test_a_line_without_year_and_amount_keeps_its_project():
    assert titles(initiative("2099-00083_Vinnova")).keys() == {"sv", "en"}
    assert [row for row in grants("2099-00083_Vinnova") if "amount" in row] == []


def test_a_period_that_ends_before_it_starts_is_none():
    assert "period" not in initiative("2099-00084_Vinnova")


def test_numbers_come_with_hyphen_and_prefix_and_names_in_english_alone():
    university = organisation("5599991014")
    assert (university["name"], university["other_names"]) == ("Example University", ["Example University"])
    assert line("2099-00087_Vinnova")["CoordinatingOrganisationId"] == "16" + university["key"]
    assert initiative("2099-00087_Vinnova")["lead"] == f"se-swecris#{university['key']}"


def test_a_wrong_check_digit_is_no_number():
    assert "Exempelföreningen Fel Kontrollsiffra" in raw(SWECRIS)
    assert "Fel Kontrollsiffra" not in sample(SWECRIS).written()
    assert "lead" not in initiative("2099-00088_Vinnova")


def test_kinds_of_organisations_are_no_legal_forms():
    assert not [row for row in sample(SWECRIS).tables["organisation"] if row["legal_form"]]


def test_lines_in_any_order_tell_the_same(tmp_path):
    some = [one for one in lines() if "InvolvedPeople" in one]
    one, other = (converted(SWECRIS, made(tmp_path, *order)).tables for order in (some, some[::-1]))
    assert all(one[model] == other[model] for model in ("organisation", "initiative", "funding"))


# both together


def _sources(thing):
    return {entry.partition("#")[0] for entry in thing.entries}


def test_projects_and_their_grants_are_one_in_both(tmp_path):
    stages = [word for stage in ("fetch", "convert", "link") for word in ("--stage", stage)]
    call = ["run", "--workspace", str(tmp_path), "--country", "se", "--sample", "--on", "2026-11-24", *stages]
    assert exit_code(call) == 0
    workspace = Workspace.open(tmp_path)
    registers = [one for one in workspace.initiatives(country="se") if "records" not in _sources(one)]
    both = [one for one in registers if len(one.entries) > 1]
    money = [one for one in workspace.fundings() if len(one.entries) > 1]
    assert (len(both), len(money)) == (47, 47)
    assert all(
        one.lead and one.lead.startswith("se:orgnr:") for one in both
    )  # SweCRIS has the number, and speaks first
    assert {one.origins["state"].source for one in both if one.state} == {VINNOVA}
    assert {one.initiative for one in money} <= {one.id for one in both}
    assert 15 <= sum(len(one.entries) > 1 for one in workspace.organisations(country="se")) <= 40


# real files


def test_real_projects_of_vinnova():
    found = converted(VINNOVA, needs("se/vinnova/projekt_constructed.json"))
    assert (found.books[0].used, found.issues()) == (29, {})
    assert len(found.keys("organisation")) == 8
    assert Counter(row["state"] for row in found.tables["initiative"]) == {"ended": 27, "active": 2}
    assert all(row["amount"] and row["initiative"] for row in found.tables["funding"])


def test_real_grants_of_vinnova_in_swecris():
    found = converted(SWECRIS, needs("se/swecris/swecris_kth_vinnova.csv"))
    assert (found.books[0].way, found.books[0].used, found.issues()) == ("fast", 479, {})
    assert {len(row["identifiers"]) for row in found.tables["initiative"]} == {1}
    assert all(row["recipient"] and row["funder"] for row in found.tables["funding"])


def test_real_grants_of_all_funders_in_swecris(tmp_path):
    path = tmp_path / "part2.csv"
    path.write_bytes(gzip.decompress(needs("se/swecris/swecris_kth_part2.csv.gz").read_bytes()))
    found = converted(SWECRIS, path)
    assert (found.books[0].read, found.left_out()) == (2442, {"repeats-another-funder": 575})
    assert found.issues() == {"person": 2, "bad-period": 1}  # two sole traders
    assert found.books[0].things["coordinator"].left_out == {"number": 2}
    assert len(found.keys("initiative")) == len(found.keys("funding")) == 1867
