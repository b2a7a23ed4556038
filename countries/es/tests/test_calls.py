"""Every quirk of the calls in the BDNS, by name."""

import json
import random
import re
from collections import Counter
from datetime import date

import pytest
from tests.sources.bdns import CALLS, GRANTS, items, raw, written
from tests.sources.country import converted, sample, told

from ccsi_kit.errors import Refused
from ccsi_kit.models import Call

SOURCES = (CALLS, GRANTS)
ON = date(2026, 11, 24)


def call(number: int):
    return told(sample(CALLS).entry("call", f"99{number:05d}"))


def is_open(number: int) -> bool | None:
    return Call.model_validate({name: value for name, value in call(number).items() if name != "key"}).is_open(on=ON)


def detail(number: int):
    return next(item for item in items(CALLS) if item.get("codigoBDNS") == f"99{number:05d}")


def test_pages_of_the_search_and_details_are_read():
    assert [(book.file, book.layout) for book in sample(CALLS).books] == [
        ("sample-detail.json", "detail"),
        ("sample-search.json", "search"),
    ]
    assert all(book.used for book in sample(CALLS).books)


def test_a_column_is_written_in_two_ways(tmp_path):
    assert '"codigoInvente"' in raw(CALLS) and '"codigoINVENTE"' in raw(GRANTS)
    page = raw(CALLS).splitlines()[-1].replace("codigoInvente", "codigoINVENTE")
    other = json.loads(raw(GRANTS).splitlines()[0].replace("codigoINVENTE", "codigoInvente"))
    for id, answer in ((CALLS, json.loads(page)), (GRANTS, other)):
        assert converted(id, written(tmp_path, answer)).issues().keys() <= {"lines-disagree"}


def test_a_title_may_be_missing():
    assert "title" not in call(5) and "title" not in call(99)
    assert call(5)["identifiers"] == [{"scheme": "es:bdns-call", "number": "9900005"}]


def test_the_language_of_the_second_title_is_not_told():
    assert [part["lang"] for part in call(11)["title"]] == ["es", "und"]
    assert call(6)["title"][1]["text"] == "ANULADA"  # with a blank at its end


def test_a_call_on_two_pages_counts_once():
    assert [item["numeroConvocatoria"] for item in items(CALLS) if "nivel1" in item].count("9900030") == 2
    assert sample(CALLS).left_out() == {"doubled-key": 1}


def test_indefinitely_is_not_open_now_and_openness_is_told_by_the_day():
    assert (call(40)["always_open"], is_open(40)) == (True, True)  # can be applied for at any time
    assert (call(36)["always_open"], is_open(36)) == (False, True)  # the day lies within the dates
    assert is_open(38) is True  # on its only day
    assert is_open(32) is False and is_open(35) is False  # over; not yet
    assert is_open(33) is None  # no last day
    assert is_open(34) is None  # only words
    assert is_open(6) is None  # of the search, which tells no dates


def test_ends_in_words_or_one_blank_are_no_days():
    assert detail(33)["textFin"].startswith("30 días") and detail(34)["textFin"] == " "
    assert "closes" not in call(33) and not {"opens", "closes"} & call(34).keys()


def test_a_day_that_is_none_is_left_blank():
    assert detail(41)["fechaFinSolicitud"] == "2026-02-30"
    assert "closes" not in call(41) and "opens" in call(41)


def test_lists_have_words_with_blanks_and_codes_beside_them():
    assert {"codigo": "GRA", "descripcion": "GRAN EMPRESA "} in detail(36)["tiposBeneficiarios"]
    assert call(36)["audiences"] == ["es:beneficiary-type/4", "es:beneficiary-type/5"]  # the third is in no list


def test_sectors_are_sections_divisions_and_groups_of_two_versions_and_kept_in_words():
    codes = {(part["codigo"], part["descripcion"]) for item in items(CALLS) for part in item.get("sectores", ())}
    assert {"Q", "94", "94.9"} <= {code for code, _ in codes}
    assert len({words for code, words in codes if code == "Q"}) == 2
    assert {tuple(sector) for row in sample(CALLS).tables["call"] for sector in told(row).get("sectors", ())} == {
        ("label",)
    }


@pytest.mark.parametrize(
    ("number", "regions", "territory"),
    [
        (36, ["ES - ESPAÑA "], "ES"),
        (38, ["ES3 - COMUNIDAD DE MADRID"], "ES3"),
        (31, ["ES51 - CATALUÑA", "ES511 - Barcelona"], "ES51"),
        (32, ["ES511 - Barcelona", "ES - ESPAÑA "], "ES"),
        (33, ["ES62 - REGION DE MURCIA", "ES61 - ANDALUCIA"], "ES6"),
        (34, [], None),
        (42, ["EXTRANJERO DE MUESTRA"], None),
    ],
)
def test_where_a_call_is_for_is_the_smallest_region_around_all(number, regions, territory):
    assert [region["descripcion"] for region in detail(number)["regiones"]] == regions
    assert call(number).get("territory") == territory


def test_lists_come_in_any_order(tmp_path):
    details = [item for item in items(CALLS) if "codigoBDNS" in item]
    mixed = json.loads(json.dumps(details))
    for item in mixed:
        for name in ("tiposBeneficiarios", "sectores", "regiones"):
            random.Random(4).shuffle(item[name])
    assert mixed != details
    one, other = (converted(CALLS, written(tmp_path, *some)).tables["call"] for some in (details, mixed))
    assert one == other


def test_lists_that_are_empty_everywhere_are_no_fault(tmp_path):
    empty = {name: [] for name in ("tiposBeneficiarios", "sectores", "regiones", "fondos", "documentos", "anuncios")}
    found = converted(CALLS, written(tmp_path, detail(36) | empty))
    assert found.issues() == {} and found.keys("call") == {"9900036"}


def test_a_budget_has_cents_or_is_missing():
    assert call(36)["budget"] == {"value": "180000.50", "currency": "EUR"} and "budget" not in call(35)


def test_a_body_is_one_however_its_levels_are_spelt_and_two_where_they_differ():
    assert call(6)["funder"] == call(7)["funder"]
    names = Counter(row["name"] for row in sample(CALLS).tables["organisation"] if "SERVICIOS SOCIALES" in row["name"])
    assert {name.rpartition(" ")[2] for name in names} == {"NORTE", "SUR"}


def test_names_of_bodies_are_put_together_of_what_their_levels_add():
    names = {row["name"] for row in sample(CALLS).tables["organisation"]}
    assert "AYUNTAMIENTO DE MUESTRA DEL LLANO" in names
    assert "INSTITUTO DE MUESTRA DE LA JUVENTUD, MINISTERIO DE MUESTRA SOCIAL" in names
    assert "AGENCIA MUESTRA DE ECONOMÍA SOCIAL (AMES), MUESTRA OESTE" in names
    assert "MINISTERIO DE MUESTRA DEL TRABAJO" in names
    assert not [name for name in names if re.search(r"\b(ESTADO|LOCAL|AUTONOMICA|OTROS)\b", name)]


@pytest.mark.parametrize("answer", [{"codigo": "ERR_VALIDACION", "error": "Muestra"}, ["Muestra de error"]])
@pytest.mark.parametrize("id", SOURCES)
def test_an_answer_that_tells_an_error_is_refused(tmp_path, id, answer):
    with pytest.raises(Refused):
        converted(id, written(tmp_path, answer))
