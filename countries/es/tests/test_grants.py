"""Every quirk of the grants in the BDNS, by name."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

from tests.sources.bdns import CALLS, GRANTS, items, raw, written
from tests.sources.country import converted, sample, source, told

from ccsi_kit.cli.main import exit_code
from ccsi_kit.i18n import fold
from ccsi_kit.vocabularies import read_vocabularies
from ccsi_kit.workspace import Workspace

ON = date(2026, 11, 24)


def recipients():
    return [told(row) for row in sample(GRANTS).tables["organisation"] if row["identifiers"]]


def recipient(key: str):
    return told(sample(GRANTS).entry("organisation", key))


def fundings():
    return [told(row) for row in sample(GRANTS).tables["funding"]]


def nif(entry) -> list[str]:
    return [part["number"] for part in entry["identifiers"] if part["scheme"] == "es:nif"]


def test_numbers_come_decorated_and_with_the_country():
    for number in ("G99990095", "G99990137"):
        assert len([entry for entry in recipients() if nif(entry) == [number]]) == 2
    assert '"g-9999009-5 ASOC' in raw(GRANTS) and '"ESG99990137 ' in raw(GRANTS)


def test_a_name_in_two_spellings_is_one_entry_and_another_name_is_another():
    keys = {entry["key"] for entry in recipients() if nif(entry) == ["G99990012"]}
    assert keys == {"g99990012 asociacion muestra olivo 1", "g99990012 asoc muestra olivo"}


def test_a_beneficiary_may_be_a_number_alone():
    assert nif(recipient("g99990210")) == ["G99990210"] and "name" not in recipient("g99990210")


def test_look_alikes_stay_apart():
    same_digits = recipient("b99990012 asociacion muestra olivo 1")
    assert nif(same_digits) == ["B99990012"] and same_digits["name"] == "ASOCIACIÓN MUESTRA OLIVO 1"
    named = {
        number for entry in recipients() if entry.get("name") == "ASOCIACIÓN MUESTRA ROBLE 9" for number in nif(entry)
    }
    assert len(named) == 2
    numbers = [part for row in fundings() for part in row.get("identifiers", ()) if part["number"] == "9900021"]
    assert numbers == [{"scheme": "es:bdns-grant", "number": "9900021"}]  # a call has this number too


def test_a_guarantee_is_no_grant():
    guarantees = [row for row in fundings() if row.get("instrument") == "ccsi:instrument/guarantee"]
    worth = [Decimal(row["grant_equivalent"]["value"]) for row in guarantees]
    assert len(guarantees) == 21 and min(worth) == 0
    assert all(Decimal(row["amount"]["value"]) > equal for row, equal in zip(guarantees, worth, strict=True))
    kinds = Counter(row.get("instrument", "").rpartition("/")[2] for row in fundings())
    assert kinds == {"grant": 252, "guarantee": 21, "equity": 1, "other": 1, "": 1}


def test_a_form_of_support_that_is_in_no_list_is_told():
    (row,) = [row for row in fundings() if "instrument" not in row]
    assert row["amount"]["value"] == "620.00"


def test_the_number_of_a_grant_is_there_in_live_answers_only(tmp_path):
    assert sum("identifiers" not in row for row in fundings()) == 1
    without = [{name: value for name, value in item.items() if name != "codConcesion"} for item in items(GRANTS)[:9]]
    found = converted(GRANTS, written(tmp_path, {"content": without}))
    assert found.issues().keys() <= {"lines-disagree"} and found.books[0].used == 9


def test_a_grant_on_two_pages_counts_once():
    assert [item["id"] for item in items(GRANTS)].count(990000060) == 2
    assert sample(GRANTS).left_out()["doubled-key"] == 1


def test_money_of_grants_that_are_left_out_is_told():
    money = sample(GRANTS).books[0].money
    left = [item for item in items(GRANTS) if re.match(r"[*]|[0-9XYZKLME][.0-9]|J.*PERSONA", str(item["beneficiario"]))]
    assert money["natural-persons"] == {"EUR": Decimal(sum(item["importe"] for item in left))}


def test_the_call_of_a_grant_has_the_number_of_the_call():
    assert sample(GRANTS).keys("call") >= sample(CALLS).keys("call")
    assert (
        sample(GRANTS).entry("call", "9900021")["identifiers"] == sample(CALLS).entry("call", "9900021")["identifiers"]
    )


def test_both_sources_name_a_body_alike():
    names = {key: sample(CALLS).entry("organisation", key)["name"] for key in sample(CALLS).keys("organisation")}
    for key in names.keys() - {"local muestra del valle ayuntamiento de muestra del valle"}:
        assert fold(sample(GRANTS).entry("organisation", key)["name"]) == fold(names[key])


def test_some_organisations_are_in_the_list_of_european_projects_too():
    kohesio = {part["number"] for row in sample("eu-kohesio").tables["organisation"] for part in row["identifiers"]}
    assert len(kohesio & {number for entry in recipients() for number in nif(entry)}) >= 12


def test_calls_of_both_sources_are_one_and_details_say_more_than_the_search(tmp_path):
    stages = [word for stage in ("fetch", "convert", "link") for word in ("--stage", stage)]
    told_ = ["run", "--workspace", str(tmp_path), "--country", "es", "--sample", "--on", ON.isoformat(), *stages]
    assert exit_code(told_) == 0
    workspace = Workspace.open(tmp_path)
    calls = {str(one.id): one for one in workspace.calls()}
    assert len(calls) == 108 and sum(len(one.entries) > 1 for one in calls.values()) == 106
    assert sum(one.budget is not None for one in calls.values()) == 69  # 70 details, one without
    assert Counter(one.is_open(on=ON) for one in calls.values()) == Counter({None: 59, True: 29, False: 20})
    assert {one.origins["title"].source for one in calls.values() if one.title} == {CALLS, GRANTS}
    assert (
        sum(len({ref.split("#")[0] for ref in one.entries}) > 1 for one in workspace.organisations(country="es")) >= 12
    )


def test_legal_forms_map():
    forms = [entry["legal_form"] for entry in recipients()]
    common = {form["national"]: form["common"].removeprefix("ccsi:legal-form/") for form in forms if "common" in form}
    assert common == {
        "A": "f32",
        "B": "f31",
        "C": "f20",
        "D": "f20",
        "F": "f41",
        "H": "f56",
        "J": "f20",
        "N": "f70",
        "P": "f62",
        "Q": "f63",
        "R": "f54",
        "S": "f61",
        "U": "f90",
        "V": "f90",
        "W": "f70",
    }
    assert {form["national"] for form in forms} - common.keys() == {"G"}


def test_a_number_is_of_the_letter_that_tells_the_form():
    assert all(nif(entry)[0][0] == entry["legal_form"]["national"] for entry in recipients())


def test_the_lists_are_those_of_the_country():
    lists = read_vocabularies(source(CALLS).folder.parents[1] / "vocabularies")
    assert {"es:beneficiary-type", "es:instrument", "es:legal-form"} <= lists.keys()
