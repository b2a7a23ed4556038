"""The French sources: every quirk of each register by name, persons out, entries as they must be, real files."""

import json
import re
from collections import Counter

import pytest
from stdnum import luhn
from tests.realdata import needs
from tests.sources.country import converted, sample, source, told

from ccsi_kit.vocabularies import read_vocabularies

REGISTER, STRUCTURES, SERVICES = (
    "fr-recherche-entreprises",
    "fr-data-inclusion-structures",
    "fr-data-inclusion-services",
)
SOURCES = (REGISTER, STRUCTURES, SERVICES)
INTEGRATION = {f"status/{code}" for code in ("aci", "ai", "ei", "eiti", "etti", "geiq", "ea", "eatt", "esat")}


def siren(serial: int) -> str:
    """A number of the made range."""
    return f"99999{serial:03d}" + luhn.calc_check_digit(f"99999{serial:03d}")


def registered(serial: int):
    return told(sample(REGISTER).entry("organisation", siren(serial)))


def organisations(id: str):
    return [told(row) for row in sample(id).tables["organisation"]]


def services():
    return [told(row) for row in sample(SERVICES).tables["service"]]


def structure(name: str):
    return next(entry for entry in organisations(STRUCTURES) if entry["name"] == name)


def service(number: int):
    return next(entry for entry in services() if entry["key"].endswith(f"-service-{number:03d}"))


def all_kinds(id: str) -> Counter[str]:
    return Counter(kind for entry in organisations(id) for kind in kinds(entry))


def kinds(entry) -> list[str]:
    return [status["kind"].removeprefix("fr:") for status in entry.get("statuses", ())]


def numbers(entry, scheme: str) -> list[str]:
    return [part["number"] for part in entry["identifiers"] if part["scheme"] == scheme]


def raw(id: str) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in source(id).samples)


@pytest.mark.parametrize(
    ("id", "read", "left_out", "issues", "entries"),
    [
        (
            REGISTER,
            280,
            {"natural-persons": 9, "not-public": 2, "doubled-key": 1},
            {"bad-date": 1, "bad-identifier": 3, "unfit-value": 1, "doubled-key": 1, "unknown-code": 2},
            {"organisation": 268},
        ),
        (STRUCTURES, 60, {}, {"bad-identifier": 2, "unknown-code": 1}, {"organisation": 60}),
        (
            SERVICES,
            121,
            {"doubled-key": 1},
            {"doubled-key": 1, "unknown-code": 4},
            {"organisation": 41, "service": 120},
        ),
    ],
)
def test_books_and_issues_of_the_samples(id, read, left_out, issues, entries):
    found = sample(id)
    assert sum(book.read for book in found.books) == read
    assert (found.left_out(), found.issues()) == (Counter(left_out), Counter(issues))
    assert {model: len(found.keys(model)) for model in entries} == entries


# persons


@pytest.mark.parametrize("id", SOURCES)
def test_no_planted_person_is_in_any_table(id):
    planted = set(re.findall(r"[Pp]ersonnexemple\d\d|PERSONNEXEMPLE\d\d", raw(id)))
    assert len(planted) > {REGISTER: 30, STRUCTURES: 4, SERVICES: 15}[id]
    assert "personnexemple" not in sample(id).written().casefold()


def test_no_number_of_a_sole_trader_is_in_any_table():
    traders = [siren(serial) for serial in range(480, 491)]
    assert all(number in raw(REGISTER) for number in traders)
    assert not [number for number in traders if number in sample(REGISTER).written()]


def test_officers_elected_persons_and_accounts_are_in_the_sample_and_not_read():
    for name in ('"dirigeants":[{', '"elus":[{', '"finances":{"20', '"date_de_naissance"'):
        assert name in raw(REGISTER)
    used = {column for book in sample(REGISTER).books for column in book.columns}
    assert not [column for column in used if re.search("dirigeant|elus|finance|nom_complet", column)]


def test_contacts_are_not_read():
    for id in (STRUCTURES, SERVICES):
        used = {column for book in sample(id).books for column in book.columns}
        assert not used & {"contact_nom_prenom", "telephone", "courriel", "complement_adresse"}


def test_addresses_and_telephone_numbers_are_taken_out_of_texts():
    text = structure("Structure qui dit tout Exemple")["purpose"][0]["text"]
    assert text.startswith("Texte d’exemple. Écrire à […] ou appeler le […], le […] ou le […].")
    assert "2024" in text
    description = service(104)["description"][0]["text"]
    assert description.endswith("auprès de […], au […] ou au […]. Prévoir le dossier 20240199009908.")


@pytest.mark.parametrize("serial", [480, 482, 483, 484, 485, 486, 487, 488, 489, 490])
def test_who_is_or_may_be_a_person_has_no_entry(serial):
    """By mark, by form alone, by an older form, by the mark alone, as people who own or act together, by a name that is
    a person's only, masked, opposed to publication, and without a word about it."""
    assert siren(serial) not in sample(REGISTER).keys("organisation")


# quirks of the register


def test_a_list_of_nothing_is_nothing():
    assert '"liste_enseignes":[null]' in raw(REGISTER) and '"tva":[null]' in raw(REGISTER)
    assert "other_names" not in registered(193)
    assert registered(192)["other_names"] == ["EXEMPLE FIGUIER"]


def test_the_year_1900_is_an_unknown_day():
    assert '"date_creation":"1900-01-01"' in raw(REGISTER)
    assert "founded" not in registered(254)


def test_foundations_are_not_marked_as_associations():
    assert registered(150)["legal_form"] == {"national": "9300", "common": "ccsi:legal-form/f53"}
    assert kinds(registered(150)) == ["status/ess"]


def test_lawyers_associations_and_congregations_are_no_associations():
    marked = {result["siren"]: result["complements"]["est_association"] for result in results()}
    assert marked[siren(252)] and marked[siren(253)]
    assert kinds(registered(252)) == kinds(registered(253)) == []
    assert "common" not in registered(252)["legal_form"]


def test_places_that_contradict_each_other_are_told_by_the_municipality():
    entry = registered(257)
    assert entry["address"]["text"].endswith("31000 TOULOUSE") and entry["address"]["postcode"] == "75015"
    assert entry["territory"] == "FRG01"


def test_a_masked_seat_has_its_municipality_alone():
    assert raw(REGISTER).count("[NON-DIFFUSIBLE]") > 10
    assert registered(256)["address"] == {"municipality": "97411", "place": "SAINT-DENIS"}
    assert "DIFFUSIBLE" not in sample(REGISTER).written()


def test_places_with_letters_leading_zeros_overseas_districts_and_abroad():
    found = {entry["address"].get("municipality"): entry.get("territory") for entry in organisations(REGISTER)}
    assert (found["2A004"], found["2B033"], found["01053"], found["97209"]) == ("FRM01", "FRM02", "FRK21", "FRY20")
    assert found["75115"] == "FR101"  # a district of Paris, told by its postcode
    assert found["48061"] == "FRJ14"  # a village
    assert "territory" not in registered(267) and registered(267)["address"]["place"] == "VILLE D'EXEMPLE"


def test_kinds_of_integration_come_several_and_without_one():
    assert set(kinds(registered(240))) == {"status/ess", "status/association", "status/siae", "status/ei", "status/aci"}
    assert set(kinds(registered(241))) == {"status/ess", "status/association", "status/siae"}


def test_every_kind_of_integration_is_known():
    marks = {"status/ess", "status/association", "status/siae", "status/societe-mission"}
    assert set(all_kinds(REGISTER)) == marks | INTEGRATION | {"status/opcs", "status/sep"}


def test_an_adapted_enterprise_is_no_structure_of_integration():
    assert set(kinds(registered(204))) == {"status/ess", "status/ea"}


def test_a_mark_on_who_has_ceased_is_of_unknown_state():
    entry = registered(255)
    assert (entry["state"], entry["ended"]) == ("ended", "2021-06-30")
    assert {status["state"] for status in entry["statuses"]} == {"unknown"}


def test_a_result_on_two_pages_counts_once():
    results_ = [result["siren"] for result in results()]
    assert results_.count(siren(77)) == 2
    assert len([key for key in sample(REGISTER).tables["organisation"] if key["key"] == siren(77)]) == 1


def test_numbers_overseas_and_wrong_ones():
    assert numbers(registered(260), "fr:rna") == ["W9Z9999260"]
    assert numbers(registered(261), "fr:rna") == []
    assert siren(262) not in sample(REGISTER).keys("organisation")
    wrong = next(entry for entry in organisations(REGISTER) if "CHIFFRE FAUX" in entry["name"])
    assert [part["scheme"] for part in wrong["identifiers"]] == ["fr:rna"]


def test_what_is_not_known_is_left_blank():
    assert registered(263)["legal_form"] == {"national": "9999"}
    assert set(kinds(registered(264))) == {"status/ess", "status/association"}
    assert "founded" not in registered(265) and "state" not in registered(266)


def test_pages_with_and_without_the_sections_of_a_full_search_are_read():
    full = [result for result in results() if "dirigeants" in result]
    assert 10 < len(full) < len(results())
    assert {result["siren"] for result in full} - sample(REGISTER).keys("organisation") == {siren(482)}


def test_the_new_code_of_activity_beside_the_old_one_is_not_read():
    assert '"activite_principale_naf25":"94.99H"' in raw(REGISTER)
    assert registered(2)["activities"] == [{"code": "94.99Z"}]


def test_legal_forms_map():
    forms = [entry["legal_form"] for entry in organisations(REGISTER)]
    common = {form["national"]: form["common"].removeprefix("ccsi:legal-form/") for form in forms if "common" in form}
    assert common == {
        **dict.fromkeys(("9220", "9221", "9222", "9223", "9230", "9260"), "f51"),
        **dict.fromkeys(("5458", "5460", "5558", "5560", "6316", "6317"), "f41"),
        "7210": "f62",
        "9300": "f53",
        "9240": "f54",
        "8210": "f43",
        "5710": "f32",
        "5499": "f31",
    }
    assert {form["national"] for form in forms} - set(common) == {"9224", "9999"}


def results():
    return [result for line in raw(REGISTER).splitlines() for result in json.loads(line)["results"]]


# quirks of data·inclusion


def test_the_weekly_file_and_pages_of_the_api_are_read():
    for id in (STRUCTURES, SERVICES):
        weekly, page = (json.loads(file.read_text(encoding="utf-8")) for file in source(id).samples)
        assert isinstance(weekly, list) and isinstance(weekly[0]["date_maj"], int)
        assert isinstance(page["items"][0]["date_maj"], str)
        assert all(book.used for book in sample(id).books)


def test_a_structure_has_the_number_of_the_organisation_it_belongs_to():
    antenna = structure("Association Exemple Chêne 2 (antenne)")
    assert numbers(antenna, "fr:siren") == [siren(2)]
    assert numbers(antenna, "fr:siret") != numbers(registered(2), "fr:siret")


def test_about_35_structures_are_of_organisations_in_the_register():
    ours = [number for entry in organisations(STRUCTURES) for number in numbers(entry, "fr:siren")]
    shared = [number for number in ours if number in sample(REGISTER).keys("organisation")]
    assert (len(shared), len(set(shared))) == (36, 34)


def test_some_organisations_are_in_the_list_of_european_projects_too():
    funded = {number for entry in organisations("eu-kohesio") for number in numbers(entry, "fr:siren")}
    assert len(funded & sample(REGISTER).keys("organisation")) >= 15


def test_a_wrong_or_short_number_gives_none():
    for name in ("Structure au Siret faux Exemple", "Structure au Siret court Exemple"):
        assert not numbers(structure(name), "fr:siret")
    assert not numbers(structure("Structure au Siret court Exemple"), "fr:siren")


def test_networks_and_statuses():
    found = set(all_kinds(STRUCTURES))
    assert found >= INTEGRATION | {"network/emmaus", "network/chantier-ecole"} and "network/aci" not in found
    assert kinds(structure("Structure au réseau inconnu Exemple")) == ["network/emmaus"]
    assert kinds(structure("Structure qui dit tout Exemple")) == []


def test_networks_and_statuses_are_the_whole_list_of_the_publisher():
    file = needs("fr/data_inclusion/schema/extra/reseaux-porteurs.json")
    published = {item["value"] for item in json.loads(file.read_text(encoding="utf-8"))}
    lists = read_vocabularies(source(STRUCTURES).folder.parents[1] / "vocabularies")
    assert published == set(lists["fr:network"].concepts) | (published & set(lists["fr:status"].concepts))


def test_one_establishment_told_by_two_producers_has_one_number():
    told_by: dict[str, set[str]] = {}
    for entry in organisations(STRUCTURES):
        for number in numbers(entry, "fr:siret"):
            told_by.setdefault(number, set()).add(entry["key"].partition("--")[0])
    assert [len(producers) for producers in told_by.values() if len(producers) > 1] == [2]


def test_one_name_with_another_number_stays_apart():
    names = Counter(entry["name"] for entry in organisations(STRUCTURES))
    twice = next(name for name, count in names.items() if count == 2 and "Établissement" not in name)
    apart = [numbers(entry, "fr:siren") for entry in organisations(STRUCTURES) if entry["name"] == twice]
    assert apart[0] != apart[1]
    assert registered(2)["name"] == registered(258)["name"]


def test_the_digits_of_a_number_in_another_scheme_are_another_number():
    assert numbers(registered(259), "fr:rna") == [f"W{siren(258)}"]
    assert numbers(registered(259), "fr:siren") != numbers(registered(258), "fr:siren")


def test_a_service_with_the_id_of_its_structure_stays_apart_from_it():
    same = sample(SERVICES).keys("service") & sample(STRUCTURES).keys("organisation")
    assert len(same) == 1
    assert not sample(SERVICES).keys("service") & sample(SERVICES).keys("organisation")


def test_a_service_names_its_structure_even_where_no_file_has_it():
    assert service(98)["provider"] == f"{SERVICES}#soliguide/soliguide--exemple-absente"
    assert "soliguide--exemple-absente" not in sample(STRUCTURES).keys("organisation")
    made = {f"{SERVICES}#{key}" for key in sample(SERVICES).keys("organisation")}
    assert {entry["provider"] for entry in services()} == made


def test_places_of_services_are_told_by_municipality_else_postcode():
    assert service(101)["territories"] == ["FRK21"]  # by its postcode, 01000
    assert service(2)["territories"] and "territories" not in service(102)


def test_empty_lists_and_unknown_codes_of_services():
    assert not {"themes", "audiences", "modes", "cost", "kind"} & set(service(103))
    assert service(99)["themes"] == ["fr:theme/numerique--acquerir-un-equipement", "ccsi:theme/digital"]
    assert "kind" not in service(100) and "cost" not in service(100)


def test_services_are_of_six_kinds_and_many_themes():
    assert len({entry["kind"] for entry in services() if "kind" in entry}) == 6
    assert len({theme for entry in services() for theme in entry.get("themes", ()) if theme.startswith("fr:")}) > 60
    assert {entry["audience"] for entry in services()} == {"people"}


# real files


@pytest.mark.parametrize(
    ("id", "path", "entries"),
    [
        (REGISTER, "fr/recherche_entreprises/search_page_constructed_from_sirene.json", {"organisation": 5}),
        (REGISTER, "fr/recherche_entreprises/search_response_example.json", {"organisation": 1}),
        (STRUCTURES, "fr/data_inclusion/page_structures.json", {"organisation": 1}),
        (SERVICES, "fr/data_inclusion/page_services.json", {"organisation": 1, "service": 1}),
    ],
)
def test_real_files_are_read_without_an_issue(id, path, entries):
    found = converted(id, needs(path))
    assert {model: len(found.keys(model)) for model in entries} == entries
    assert (found.issues(), found.left_out()) == (Counter(), Counter())


def test_no_number_of_a_sample_is_one_of_the_real_files():
    made = set(re.findall(r"(?<!\d)99999\d{4}(?!\d)", raw(REGISTER)))
    files = [file for file in needs("fr").rglob("*") if file.suffix in (".csv", ".json")]
    real = {number for file in files for number in re.findall(rb"(?<!\d)99999\d{4}", file.read_bytes())}
    assert len(made) > 250 and not made & {number.decode() for number in real}
