"""The Spanish sources: books, persons out, entries as they must be, real files."""

import csv
import json
import re
from collections import Counter
from decimal import Decimal

import pytest
from tests.realdata import needs
from tests.sources.bdns import CALLS, GRANTS, items, raw, written
from tests.sources.country import converted, sample, told

SOURCES = (CALLS, GRANTS)


def fundings():
    return [told(row) for row in sample(GRANTS).tables["funding"]]


def grants_to(beneficiary: str | None):
    """The grants in the sample whose beneficiary is written so, as they came out."""
    keys = [str(item["id"]) for item in items(GRANTS) if item["beneficiario"] == beneficiary]
    return [row for row in fundings() if row["key"] in keys]


def grant(beneficiary: str | None):
    return {**items(GRANTS)[0], "beneficiario": beneficiary}


@pytest.mark.parametrize(
    ("id", "read", "left_out", "issues", "entries"),
    [
        (
            CALLS,
            161,
            {"doubled-key": 1},
            {"bad-date": 1, "doubled-key": 1, "lines-disagree": 1, "unknown-code": 1},
            {"call": 106, "organisation": 21},
        ),
        (
            GRANTS,
            302,
            {"natural-persons": 25, "doubled-key": 1},
            {"person": 7, "doubled-key": 1, "lines-disagree": 2, "unknown-code": 1},
            {"call": 108, "funding": 276, "organisation": 216},
        ),
    ],
)
def test_books_and_issues_of_the_samples(id, read, left_out, issues, entries):
    found = sample(id)
    assert sum(book.read for book in found.books) == read
    assert (found.left_out(), found.issues()) == (Counter(left_out), Counter(issues))
    assert {model: len(found.keys(model)) for model in entries} == entries


# persons


@pytest.mark.parametrize(("id", "planted"), [(CALLS, 12), (GRANTS, 25)])
def test_no_planted_person_is_in_any_table(id, planted):
    assert len(set(re.findall(r"(?i)personamuestra\d\d", raw(id)))) >= planted
    assert not re.search("(?i)personamuestra|inventada", sample(id).written())


def test_no_number_of_a_person_is_in_any_table():
    first = [str(item["beneficiario"]).split(" ")[0] for item in items(GRANTS)]
    numbers = [word for word in first if re.match(r"[*]|[0-9XYZKLME][.0-9]", word)]
    assert len(numbers) == 23
    everything = sample(GRANTS).written() + sample(CALLS).written()
    assert not [number for number in numbers if number in everything or number.replace(".", "") in everything]
    assert "99999930Z" in raw(CALLS) and "99999930Z" not in everything


@pytest.mark.parametrize(
    "beneficiary",
    [
        "***9990** INVENTADA PERSONAMUESTRA91",
        "***9990**PERSONAMUESTRA91",
        "99999901R INVENTADA PERSONAMUESTRA91",
        "99.999.901-R INVENTADA PERSONAMUESTRA91",
        "9999901R INVENTADA PERSONAMUESTRA91",
        "X9999911Z INVENTADA PERSONAMUESTRA91",
        "Y9999911Z INVENTADA PERSONAMUESTRA91",
        "Z9999911Z INVENTADA PERSONAMUESTRA91",
        "K9999921B INVENTADA PERSONAMUESTRA91",
        "l9999921b INVENTADA PERSONAMUESTRA91",
        "M-9999921-B INVENTADA PERSONAMUESTRA91",
        "ESM9999921B INVENTADA PERSONAMUESTRA91",
        "E99999312 HERENCIA YACENTE DE PERSONAMUESTRA91",
        "J99994044 PERSONAMUESTRA91 Y SCHMIDT",
        "J99994044",
    ],
)
def test_a_grant_to_a_person_is_left_out_as_a_whole(tmp_path, beneficiary):
    found = converted(
        GRANTS, written(tmp_path, {"content": [grant("G99990012 MUESTRA"), grant(beneficiary) | {"id": 7}]})
    )
    assert found.left_out() == {"natural-persons": 1}
    assert "personamuestra" not in found.written().casefold() and found.keys("funding") == {"990000001"}
    assert found.books[0].money == {"natural-persons": {"EUR": Decimal("1200.00")}}


@pytest.mark.parametrize(
    "name",
    [
        "MUESTRA TALLER S.C.",
        "MUESTRA TALLER SC",
        "MUESTRA TALLER, S.C.P.",
        "HNOS MUESTRA, SOCIEDAD CIVIL",
        "MUESTRA SCP",
    ],
)
def test_a_civil_partnership_that_says_so_is_an_organisation(tmp_path, name):
    found = converted(GRANTS, written(tmp_path, {"content": [grant(f"J99990020 {name}")]}))
    assert found.left_out() == {} and [row["recipient"] is None for row in found.tables["funding"]] == [False]


@pytest.mark.parametrize(
    "beneficiary",
    [
        "G99990011 ASOCIACIÓN MUESTRA DÍGITO EQUIVOCADO",
        "ASOCIACIÓN MUESTRA SIN NÚMERO",
        "INVENTADA PERSONAMUESTRA25",
        "G9999041 PERSONAMUESTRA26",
        "UNO DE MUESTRA",
        None,
    ],
)
def test_who_has_no_right_number_may_be_a_person_and_is_withheld(beneficiary):
    (row,) = grants_to(beneficiary)
    assert "recipient" not in row and "amount" in row
    assert sample(GRANTS).books[0].things["recipient"].left_out == {"without-number": 6}


def test_a_title_that_names_who_was_withheld_is_withheld_too():
    assert "premio para Uno de Muestra" in raw(GRANTS)
    assert "uno de muestra" not in sample(GRANTS).written().casefold()


def test_numbers_that_stand_for_persons_and_texts_that_may_name_some_are_not_read():
    used = {column for id in SOURCES for book in sample(id).books for column in book.columns}
    assert not [column for column in used if re.search("(?i)persona$|anuncio|documento|text", column)]
    assert '"idPersona":77' in raw(GRANTS) and '"texto":"<p>La alcaldesa' in raw(CALLS)


# real files


def real_calls():
    path = needs("es/bdns_calls_2026/calls.json")
    return json.loads(path.read_text(encoding="utf-8"))["convocatorias"]


def test_real_calls_in_pages_and_details(tmp_path):
    pairs = real_calls()
    pages = [{"content": [one["busqueda"] for one in pairs[at : at + 20]]} for at in range(0, len(pairs), 20)]
    found = converted(
        CALLS,
        written(tmp_path, *pages, name="a.json"),
        written(tmp_path, *(one["detall"] for one in pairs), name="b.json"),
    )
    assert [(book.layout, book.read, book.used) for book in found.books] == [("search", 71, 71), ("detail", 71, 71)]
    assert found.issues() == {}
    details = [row for row in found.tables["call"] if row["always_open"] is not None]
    assert sum(row["always_open"] for row in details) == 7
    assert sum(row["closes"] is None for row in details) == 26
    assert all(row["budget"] and row["territory"] and row["audiences"] for row in details)
    assert all(row["funder"] and row["title"] for row in found.tables["call"])


@pytest.mark.parametrize(
    ("id", "file", "left_out"),
    [
        (CALLS, "convocatorias_busqueda", {}),
        (CALLS, "convocatorias_ultimas", {}),
        (CALLS, "convocatoria_detalle", {}),
        (GRANTS, "concesiones_busqueda", {"natural-persons": 1}),
    ],
)
def test_examples_of_the_publisher(id, file, left_out):
    found = converted(id, needs(f"es/bdns/examples/{file}.json"))
    assert found.left_out() == left_out and found.issues().keys() <= {"all-left-out"}


OLD = {
    "ID": "id",
    "IDConv": "idConvocatoria",
    "convocanteN1": "nivel1",
    "convocanteN2": "nivel2",
    "convocanteN3": "nivel3",
    "bbreguladoras": "urlBR",
    "fechaconc": "fechaConcesion",
    "ayudaequiv": "ayudaEquivalente",
    "proyecto": "numeroConvocatoria",
}
"""Columns of the grants of 2022 under the names of today's answers; others have the same name."""


def rows(path: str):
    with needs(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_real_grants_of_2022_under_the_names_of_today(tmp_path):
    items_ = [
        {OLD.get(name, name): value or None for name, value in row.items()}
        for row in rows("es/bdns_2022/concesiones_2022_part1.csv")
    ]
    for item in items_:
        item["descripcionCooficial"] = item.pop("programa") and None
    found = converted(GRANTS, written(tmp_path, {"content": items_}))
    assert (found.books[0].read, found.books[0].used, found.issues()) == (1270, 1270, {})
    assert len(found.keys("call")) == 47 and all(row["recipient"] for row in found.tables["funding"])
    sums = {"grant": Decimal(0), "guarantee": Decimal(0)}
    for row in found.tables["funding"]:
        sums[row["instrument"].rpartition("/")[2]] += row["amount"]["value"]
    assert sums["guarantee"] > 4 * sums["grant"]


def test_the_index_of_2024_has_no_titles(tmp_path):
    known = dict.fromkeys(("descripcion", "descripcionLeng", "nivel1", "nivel2", "nivel3", "codigoInvente"))
    items_ = [
        {"numeroConvocatoria": row["codigo_bdns"], "fechaRecepcion": row["fecha_recepcion"], **known}
        for row in rows("es/bdns/convocatorias_2024_index.csv")
    ]
    found = converted(CALLS, written(tmp_path, {"content": items_}))
    assert (found.books[0].read, found.books[0].used) == (67_309, 67_309)
    assert not any(row["title"] for row in found.tables["call"])
