"""The common legal forms over four countries: one table, the code lists, and the rules that tell forms apart."""

import csv

import pytest

from ccsi_kit.plugins import discover
from ccsi_kit.vocabularies import Vocabulary, read_vocabularies, vocabulary
from ccsi_kit_es.rules.nif import rule as nif
from ccsi_kit_fr.rules import forms
from ccsi_kit_se.rules.organisationsnummer import rule as organisationsnummer
from tests.realdata import needs

FORM = "ccsi:legal-form"
ELF = "eu:elf"

COMMON = {
    "f10": "no", "f20": "no", "f31": "conditional", "f32": "conditional", "f33": "yes", "f34": "conditional",
    "f41": "yes", "f42": "yes", "f43": "yes", "f51": "conditional", "f53": "conditional", "f54": "conditional",
    "f55": "no", "f56": "no", "f61": "no", "f62": "no", "f63": "no", "f70": "no", "f90": "conditional",
}  # fmt: skip
"""Whether a form belongs to the social economy as such."""

NATIONAL = {
    "es": {
        "f20": "C D E J", "f31": "B", "f32": "A", "f41": "F", "f54": "R", "f56": "H", "f61": "S", "f62": "P",
        "f63": "Q", "f70": "N W", "f90": "U V", "": "G",
    },
    "fr": {
        "f10": "1000", "f20": "5202 5306 6599", "f31": "5499", "f32": "5599 5699 5710", "f33": "5505 5605",
        "f41": "5458 5558 5658 5460 5560 5660 6316 6317", "f43": "8210 8290 6411",
        "f51": "9220 9230 9210 9260 9221 9222 9223", "f53": "9300", "f54": "9240", "f55": "8410 8420 8450 8490",
        "f56": "9110 9150", "f62": "7210 7220 7225 7229 7230", "f63": "7410", "f90": "9900",
        "f70": "3110 3120 3205 3210 3220 3290",
    },
    "se": {
        "f20": "21 31", "f41": "51 54 55", "f43": "92", "f51": "61", "f53": "71 72", "f54": "63", "f56": "53 62",
        "f61": "81", "f62": "82 83 84", "f63": "87", "f90": "98 99", "": "41 43 49 96",
    },
    "lv": {
        "f10": "IK IND ZEM ZVJ", "f20": "PS KS", "f31": "SIA", "f32": "AS", "f41": "KB", "f51": "BDR", "f53": "NOD",
        "f54": "DRZ BAZ", "f55": "ARB", "f70": "AKF", "": "FIL",
    },
}  # fmt: skip
"""National codes by common form; those under nothing do not tell the form. French local authorities begin with 72."""

BELONG_BY_NATIONAL_FORM = {"fr": {"9210", "9220", "9221", "9222", "9223", "9230", "9260", "9300"}}
"""Associations and foundations of France belong as such; elsewhere a national rule decides."""


def national(country: str) -> Vocabulary:
    return read_vocabularies(discover().countries[country].folder / "vocabularies")[f"{country}:legal-form"]


def codes(country: str, form: str) -> set[str]:
    """The national codes whose common form is this one."""
    list_ = national(country)
    return {code for code in list_.concepts if list_.matches(FORM).get(list_.ref(code), f"{FORM}/") == f"{FORM}/{form}"}


def test_the_common_forms():
    assert vocabulary(FORM).matches("ccsi:social-economy") == {
        f"{FORM}/{form}": f"ccsi:social-economy/{belongs}" for form, belongs in COMMON.items()
    }


@pytest.mark.parametrize(("country", "form"), [(country, form) for country in NATIONAL for form in NATIONAL[country]])
def test_a_national_code_has_its_common_form(country, form):
    assert set(NATIONAL[country][form].split()) <= codes(country, form)


@pytest.mark.parametrize("country", NATIONAL)
def test_what_belongs_by_its_national_form(country):
    told = national(country).matches("ccsi:social-economy")
    belong = {
        code for code in national(country).concepts if told.get(f"{country}:legal-form/{code}", "").endswith("yes")
    }
    assert belong == BELONG_BY_NATIONAL_FORM.get(country, set())


def test_workers_companies_of_france_do_not_belong_by_their_form():
    told = national("fr").matches("ccsi:social-economy")
    assert {told[f"fr:legal-form/{code}"] for code in ("5505", "5605")} == {"ccsi:social-economy/no"}


def test_the_letters_of_the_spanish_rule_are_those_of_the_list():
    assert {code: form for form in NATIONAL["es"] if form for code in codes("es", form)} == nif.FORMS


def test_the_codes_of_the_swedish_rule_are_those_of_the_list():
    told = {code: form for code, form in organisationsnummer.BY_CODE.items() if form in COMMON}
    assert told == {code: form for form in NATIONAL["se"] if form for code in codes("se", form)}
    assert set(organisationsnummer.BY_CODE) == set(national("se").concepts)


@pytest.mark.parametrize(
    ("ours", "form"),
    [
        (forms.COOPERATIVES, "f41"),
        (forms.MUTUALS, "f43"),
        ((*forms.ASSOCIATIONS_1901, forms.LOCAL_LAW), "f51"),
        (forms.FOUNDATIONS, "f53"),
        ((forms.NATURAL_PERSON,), "f10"),
    ],
)
def test_the_codes_of_the_french_rules_are_those_of_the_list(ours, form):
    assert set(ours) == codes("fr", form)


def test_companies_and_bodies_of_public_law_in_the_french_rules():
    assert set(forms.COMPANIES) == codes("fr", "f31") | codes("fr", "f32")
    assert codes("fr", "f61") | codes("fr", "f62") | codes("fr", "f63") <= {
        code for code in national("fr").concepts if code.startswith(forms.PUBLIC_LAW)
    }


@pytest.mark.parametrize("country", NATIONAL)
def test_a_code_of_iso_20275_has_the_common_form_of_the_national_code(country):
    common, elf = national(country).matches(FORM), elf_list().matches(FORM)
    paired = national(country).matches(ELF)
    assert paired and {ref for ref, code in paired.items() if elf.get(code) != common.get(ref)} == set()


def test_codes_of_iso_20275_are_as_published():
    with needs("eu/elf_codes/elf_codes_1.4.1_eu27.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["ELF Code"]: row for row in csv.DictReader(file)}
    for code, concept in elf_list().concepts.items():
        (name,) = concept.label.wordings()
        row = rows[code]
        assert (name.lang, name.text) == (
            row["Language Code (ISO 639-1)"],
            row["Entity Legal Form name Local name"].strip(),
        )
        assert row["ELF Status ACTV/INAC"] == "ACTV"


def elf_list() -> Vocabulary:
    return read_vocabularies(discover().countries["eu"].folder / "vocabularies")[ELF]
