"""Files of one source that are written in more than one way."""

import json

import pytest

from ccsi_kit.errors import Refused
from tests.sources.workbench import Workbench

CALLS = """
format: {kind: json, rows: [content, "."]}
key: number
aliases: {number: [codigo], office: [body.office]}
layouts: {found: [pagina], told: [budget]}
makes:
  - model: organisation
    as: funder
    key: {fold: [state, office]}
    name: {from: [office, state]}
  - {model: call, title: [{lang: es, from: title}], funder: {made: funder}}
skip: {not-needed: [budget, pagina]}
optional: [state]
"""
PAGE = {"content": [{"number": "1", "title": "Una", "state": "Norte", "office": "Salud", "pagina": None}], "last": True}
DETAIL = {"codigo": "2", "title": "Dos", "state": "NORTE", "body": {"office": "Salúd"}, "budget": 5}


def test_a_column_has_other_names_in_other_files(bench: Workbench) -> None:
    found, told = (bench.convert(CALLS, json.dumps(one), name="calls.json") for one in (PAGE, DETAIL))
    assert (found.one("call")["key"], told.one("call")["key"]) == ("1", "2")
    assert (found.books.layout, told.books.layout) == ("found", "told")
    assert found.books.issues == told.books.issues == {}


def test_a_name_of_several_columns_is_one_key_however_it_is_spelt(bench: Workbench) -> None:
    keys = [
        bench.convert(CALLS, json.dumps(one), name="calls.json").one("organisation")["key"] for one in (PAGE, DETAIL)
    ]
    assert keys == ["norte salud", "norte salud"]
    alone = {"number": "3", "title": "Tres", "state": "Norte", "office": None, "pagina": 1}
    assert bench.convert(CALLS, json.dumps(alone), name="calls.json").one("organisation")["key"] == "norte"
    nobody = bench.convert(CALLS, json.dumps(alone | {"state": " "}), name="calls.json")
    assert nobody["organisation"] == [] and nobody.one("call")["key"] == "3"


def test_one_column_under_two_of_its_names_is_refused(bench: Workbench) -> None:
    with pytest.raises(Refused) as refused:
        bench.convert(CALLS, json.dumps({**DETAIL, "number": "2"}), name="calls.json")
    assert (refused.value.code, refused.value.arguments["column"]) == ("column-doubled", "number")
