"""Every scheme that is installed: Python and SQL say the same, and no person's number comes through."""

import random
import re
import string
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.identifiers import (
    DECORATION,
    Check,
    Scheme,
    personal,
    sql_luhn,
    sql_personal,
    sql_weighted,
    stdnum_scheme,
)
from ccsi_kit.models import Identifier, Issue
from ccsi_kit.plugins import discover

SCHEMES = discover().schemes
WRITTEN = {  # "#" is any digit, "@" any capital
    "lv:regcode": ("4##########", "LV5##########", "####-###-####", "4 000 ### ####"),
    "es:nif": ("A#######@", "G########", "ESB########", "a-#######-#", "P#######B", "J########", "G######## @@"),
    "es:bdns-call": ("######", "000######", "################"),
    "es:bdns-grant": ("########", "@@########"),
    "fr:siren": ("#########", "### ### ###", "FR###########"),
    "fr:siret": ("##############", "356000000 #####", "### ### ### #####", "35600000000048"),
    "fr:rna": ("W#########", "w9@#######", "W########"),
    "fr:data-inclusion-structure": ("exemple--##", "exemple--Aidants@:##-#@", "Exemple--#"),
    "fr:data-inclusion-service": ("exemple--##", "exemple-#"),
    "se:orgnr": ("######-####", "16######-####", "SE##########01", "55########", "######@###"),
    "se:diarienummer": ("20##-#####", "20##-#####_Vinnova", "20##-#####_vinnova", "20##-#####_VR", "##-###-@##"),
    "eu:kohesio-operation": (
        "https://linkedopendata.eu/entity/Q#######",
        "Q####",
        "q####",
        "HTTPS://linkedopendata.eu/wiki/Item:Q##",
    ),
    "eu:kohesio-beneficiary": ("http://www.linkedopendata.eu/entity/Q#######", "Q0###"),
}
PEOPLE = {
    "lv:regcode": ("0101##-#####", "32#########", "LV 3112## #####", "1##########"),
    "es:nif": (
        "########@",
        "##.###.###-@",
        "X#######@",
        "Y-#######-@",
        "***####**",
        "K#######@",
        "E########",
        "***####** NOMBRE",
    ),
    "se:orgnr": ("##1231-####", "19##1231-####", "## 01 01 ####", "1900##+####", "20##1201@###", "SE##1201####01"),
}
DAMAGE = string.digits + "ABJQXZabz*-. _\u00a0\u2013\u0664\uff14ßéŠ\n'\\"


def written(template: str, chance: random.Random) -> str:
    digits = re.sub("#", lambda _: chance.choice(string.digits), template)
    return re.sub("@", lambda _: chance.choice(string.ascii_uppercase), digits)


def mended(scheme: Scheme, text: str) -> str:
    """The text with the last character that makes it valid, where one does."""
    number = scheme.compact(text)
    ways = (number[:-1] + last for last in string.digits + "ABCDEFGHIJ")
    return next(filter(scheme.is_valid, ways), text)


def damaged(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice([*DAMAGE, ""]) + text[place + chance.randrange(2) :]


def texts(scheme: Scheme, count: int = 3000) -> Iterator[str]:
    """Right, nearly right, people's, damaged and meaningless texts; the same ones every time."""
    chance = random.Random(scheme.id)
    templates = WRITTEN[scheme.id] * 2 + PEOPLE.get(scheme.id, ())
    for _ in range(count):
        text = written(chance.choice(templates), chance)
        text = mended(scheme, text) if chance.random() < 0.5 else text
        for _ in range(chance.choice((0, 0, 1, 1, 2, 5))):
            text = damaged(text, chance)
        yield text
    for _ in range(count // 10):
        yield "".join(chance.choice(DAMAGE) for _ in range(chance.randrange(16)))


def differences(scheme: Scheme, samples: list[str]) -> list[tuple[str, ...]]:
    """Where the column's answers differ from Python's."""
    database = pytest.importorskip("duckdb").connect()
    database.execute("CREATE TABLE texts AS SELECT unnest(?) AS text", [samples])
    asked = (scheme.sql_shape, scheme.sql_person, scheme.sql_valid)
    questions = ", ".join((*(ask("number") for ask in asked), sql_personal("text", [scheme])))
    query = f"SELECT text, number, {questions} FROM (SELECT text, {scheme.sql_compact('text')} AS number FROM texts)"
    return [(*row, *ours) for row in database.execute(query).fetchall() if row[1:] != (ours := answers(scheme, row[0]))]


def answers(scheme: Scheme, text: str) -> tuple[str, bool, bool, bool, bool]:
    number = scheme.compact(text)
    asked = (scheme.has_shape, scheme.is_person, scheme.is_valid)
    return (number, *(ask(number) for ask in asked), personal(text, [scheme]))


every_scheme = pytest.mark.parametrize("scheme", SCHEMES.values(), ids=list(SCHEMES))
with_people = pytest.mark.parametrize("scheme", [s for s in SCHEMES.values() if s.person], ids=lambda scheme: scheme.id)


@every_scheme
def test_the_column_answers_as_python_does(scheme):
    samples = list(texts(scheme))
    assert differences(scheme, samples) == []
    kinds = {answers(scheme, text)[1:] for text in samples}
    assert len(kinds) >= (3 if scheme.person else 2)


@with_people
@pytest.mark.parametrize(
    "change", [{"check": None}, {"shape": "[0-9A-Z]{9,10}"}, {"person": "1[0-9A-Z]{8}"}, {"core": ""}]
)
def test_twins_that_differ_are_found(scheme, change):
    twins = {name: getattr(scheme, name) for name in ("sql_compact", "sql_shape", "sql_person", "sql_valid")}
    wrong = type("Torn", (Scheme,), twins)(**{**vars_of(scheme), **change})
    assert differences(wrong, list(texts(scheme)))


def vars_of(scheme: Scheme) -> dict[str, object]:
    return {field.name: getattr(scheme, field.name) for field in fields(scheme)}


@every_scheme
@given(text=st.text(max_size=30))
def test_parse_never_raises_and_changes_nothing_twice(scheme, text):
    for found in (scheme.parse(text), scheme.parse(scheme.example + text), scheme.parse(text + scheme.example)):
        assert isinstance(found, Identifier | Issue)
        if isinstance(found, Identifier):
            assert scheme.parse(found.number) == found


@every_scheme
def test_a_number_that_was_read_reads_the_same_again(scheme):
    read = [found for found in map(scheme.parse, texts(scheme)) if isinstance(found, Identifier)]
    assert len(read) > 100
    for found in read:
        assert scheme.parse(found.number) == found
        assert found.scheme == scheme.id


@every_scheme
def test_decoration_changes_nothing(scheme):
    chance = random.Random(2)
    for mark in set(scheme.decoration):
        place = chance.randrange(len(scheme.example) + 1)
        assert scheme.parse(scheme.example[:place] + mark + scheme.example[place:]).number == scheme.example


@with_people
def test_no_person_comes_through(scheme):
    chance = random.Random(3)
    for _ in range(2000):
        person = written(chance.choice(PEOPLE[scheme.id]), chance)
        found = scheme.parse(person)
        assert isinstance(found, Issue) and (found.code, found.value) == ("person", None), person
        damage = scheme.parse(damaged(person, chance))
        assert isinstance(damage, Identifier) or damage.value is None or scheme.has_shape(scheme.compact(damage.value))


@with_people
def test_what_may_be_a_person_is_no_organisation(scheme):
    for text in texts(scheme):
        number = scheme.compact(text)
        assert not (scheme.is_person(number) and scheme.has_shape(number))


@with_people
def test_people_are_seen_in_any_column(scheme):
    chance = random.Random(4)
    for template in PEOPLE[scheme.id]:
        person = written(template, chance)
        assert personal(person, [scheme]), person
        assert person.startswith("SE") or personal(f"maksāts {person}, skaidrā naudā", [scheme]), person


def test_dates_amounts_and_organisations_are_shown():
    dates = ("2019-02-30", "30.02.2019", "2019-02-30 12:00:00", "30/2/19")
    for text in (*dates, "25 000,00", "LV-4201", "Kurzemes iela 1", "Xavier", "S 4711", "+371 20000000"):
        assert not personal(text, SCHEMES.values()), text
    for scheme in SCHEMES.values():
        assert not personal(scheme.example, SCHEMES.values()), scheme.id


@every_scheme
def test_nothing_is_not_a_number(scheme):
    database = pytest.importorskip("duckdb").connect()
    empty = "CAST(NULL AS VARCHAR)"
    asked = [ask(empty) for ask in (scheme.sql_compact, scheme.sql_shape, scheme.sql_person, scheme.sql_valid)]
    row = database.execute(f"SELECT {', '.join((*asked, sql_personal(empty, [scheme])))}").fetchone()
    assert row == (None, False, False, False, False)
    assert scheme.parse("").code == "bad-identifier"


@pytest.mark.parametrize("number", ["000000000", "111111111", "123456789", "123456782", "012345678"])
def test_placeholders_are_no_number_whatever_the_check_digit(number):
    scheme = Scheme(id="xx:number", example="471147114", shape="[0-9]{9}")
    assert scheme.parse(number).code == "bad-identifier"
    assert isinstance(replace(scheme, placeholders=False).parse(number), Identifier)


def test_a_number_that_only_begins_like_a_placeholder_is_one():
    scheme = Scheme(id="xx:number", example="A47114711", shape="[A-Z][0-9]{8}")
    assert isinstance(scheme.parse("G12345674"), Identifier)
    assert isinstance(scheme.parse("G12345678"), Issue)


def test_a_check_that_raises_means_invalid():
    def raises(number: str) -> bool:
        raise RuntimeError(number)

    declared = {"id": "xx:number", "example": "4711", "shape": "[0-9]{4}"}
    for scheme in (
        Scheme(**declared, check=Check(raises, sql_luhn(4))),
        stdnum_scheme("no.such", sql=sql_luhn(4), **declared),
    ):
        assert scheme.parse("4711").code == "bad-identifier"


@pytest.mark.parametrize("length", [1, 2, 7, 9, 10, 14, 15])
def test_luhn_and_weights_are_sums_of_digits(length):
    luhn = pytest.importorskip("stdnum.luhn")
    chance = random.Random(length)
    weights = [chance.randrange(12) for _ in range(length)]
    numbers = ["".join(chance.choices(string.digits, k=length)) for _ in range(500)]
    database = pytest.importorskip("duckdb").connect()
    asked = f"{sql_luhn(length)('n')}, {sql_weighted(weights, modulus=7, remainder=3)('n')}"
    for number, *found in database.execute(f"SELECT n, {asked} FROM (SELECT unnest(?) AS n)", [numbers]).fetchall():
        weighted = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))
        assert found == [luhn.is_valid(number), weighted % 7 == 3]


@every_scheme
def test_patterns_mean_the_same_in_python_and_in_re2(scheme):
    for pattern in (scheme.shape, scheme.core, scheme.person, scheme.anywhere):
        assert not re.search(r"\\[dDwWsSAZ1-9]|\(\?[=!<P]|[*+?}][+]|[$^]", pattern), pattern


@every_scheme
def test_the_example_is_a_number_in_its_written_form(scheme):
    assert scheme.parse(scheme.example) == Identifier(scheme=scheme.id, number=scheme.example)


def test_blanks_are_decoration():
    assert set(" \u00a0\u202f\t") <= set(DECORATION)
