"""No number and no name of a natural person leaves a register."""

import random
import re

from tests.sources.workbench import Outcome, Workbench, arguments

COUNT = 10_000
REGISTER = """
key: regcode
drop: [{where: {type: [IK]}, because: natural-persons}]
makes:
  - model: organisation
    identifiers: [{scheme: "xx:number", from: regcode}]
    name: {from: name}
    founded: {from: registered, date: "%Y-%m-%d"}
    legal_form: {national: {from: type}, common: {from: type, lookup: {from: "xx:form", to: "ccsi:legal-form"}}}
allow: {registered: 1, type: 1, regcode: 1}
"""
PROJECTS = """
key: id
makes:
  - model: organisation
    as: partner
    each: {split: "|", columns: [items, names, numbers]}
    key: items
    person: "starts_with(numbers, '99')"
    identifiers: [{scheme: "xx:item", from: items}, {scheme: "xx:number", from: numbers}]
    name: {from: names}
  - model: initiative
    title: [{lang: en, from: title}]
    participants: [{organisation: {made: partner}, role: {is: "ccsi:role/beneficiary"}}]
  - {model: funding, initiative: {made: initiative}, recipient: {made: partner}}
allow: {numbers: 1, names: 1}
"""
SECRET = "Zzyzx"
"""Part of every planted person's name."""


def personal_number(chance: random.Random) -> str:
    day = f"{chance.randrange(40, 99):02d}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
    number = f"{day}{chance.randrange(10000):04d}"
    return chance.choice([number, f"{number[:6]}-{number[6:]}", f" {number[:6]} {number[6:]}", f"16{number}"])


def leaks(made: Outcome, numbers: set[str]) -> list[str]:
    """Cells of any table that hold a planted name or number."""
    text = "\n".join(str(cell) for rows in made.tables.values() for row in rows for cell in row.values())
    bare = {re.sub("[^0-9]", "", number) for number in numbers}
    runs = (re.sub("[^0-9]", "", run) for run in re.findall("[0-9][0-9 -]{8,14}[0-9]", text))
    found = {run[start : start + 10] for run in runs for start in range(len(run) - 9)}
    return [SECRET] * (SECRET in text) + sorted(found & bare)


def test_ten_thousand_persons_of_a_register_leave_no_trace(bench: Workbench) -> None:
    chance = random.Random(5)
    numbers: set[str] = set()
    rows = []
    for place in range(COUNT):
        number = personal_number(chance)
        numbers.add(number.strip().removeprefix("16"))
        rows.append(
            chance.choice(
                [
                    f"{number},{SECRET} Anna,A,2001-01-01",  # by number
                    f"5599{place:06d},{SECRET} Firm,{chance.choice(['IK', 'ik', ' IK '])},2001-01-01",  # by legal form
                    f"{number[:7]}?{number[8:]},{SECRET} Eva,A,2001-01-01",  # a damaged number fits no pattern
                    f"5599{place:06d},Club,A,{number}",  # under another column
                    f"5599{place:06d},Club,born {number} or so,2001-01-01",
                ]
            )
        )
    made = bench.convert(REGISTER, "regcode,name,type,registered\n" + "\n".join(rows) + "\n")
    shown = [row for row in made["organisation"] if row["legal_form"]["national"].startswith("born")]
    for row in shown:
        row["legal_form"] = None  # what a register writes under a column of its own is used as it is
    assert leaks(made, numbers) == []
    assert made.books.used > 0
    persons = [issue for issue in made["issue"] if issue["code"] == "person"]
    assert all((issue["line"], issue["column"], issue["value"]) == (None, None, None) for issue in persons)
    assert {tuple(arguments(issue)) for issue in persons} == {("rule",)}


def test_ten_thousand_persons_among_partners_leave_no_trace(bench: Workbench) -> None:
    chance = random.Random(6)
    numbers: set[str] = set()
    rows = []
    for place in range(COUNT):
        number, name = personal_number(chance), f"{SECRET}a{place} Anna"
        numbers.add(number.strip().removeprefix("16"))
        item = f"Q{place}"
        rows.append(
            chance.choice(
                [
                    f"{place},Job,{item},{name},{number}",
                    f"{place},A job for ANNA {SECRET}A{place}!,{item},{name},{number}",  # the title names the person
                    f"{place},Job,Q{place + COUNT}|{item},Club|{name},5599990016|{number}",
                    f"{place},Job,{item}|Q{place + COUNT},{name}|Club,{number}",  # a number that cannot be paired
                    f"{place},Job,{item},{name},992{place:07d}",  # by a rule of the source
                ]
            )
        )
    made = bench.convert(PROJECTS, "id,title,items,names,numbers\n" + "\n".join(rows) + "\n")
    assert leaks(made, numbers) == []
    assert made.books.used == COUNT
    assert len(made["organisation"]) > 0
    left_out = made.books.things["partner"].left_out
    assert set(left_out) == {"number", "unpaired-number", "name"}
    refs = {f"xx-register#{row['key']}" for row in made["organisation"]}
    pointed = {part["organisation"] for row in made["initiative"] for part in row["participants"]}
    assert pointed == refs  # nothing points at who was withheld


def test_a_text_that_names_a_withheld_person_is_withheld_whatever_the_order(bench: Workbench) -> None:
    rows = ["1,Doe: a new start with Jané,Q1,Jane Doe,9001010000", "2,Doe alone,Q2,Jane Doe,9001010000"]
    made = bench.convert(PROJECTS, "id,title,items,names,numbers\n" + "\n".join(rows) + "\n")
    assert [row["title"] is None for row in made["initiative"]] == [True, False]
    assert {arguments(issue)["rule"] for issue in made["issue"]} == {"number", "name-in-text"}


def test_a_wrong_number_is_shown_only_in_an_organisations_shape(bench: Workbench) -> None:
    source = REGISTER.replace("key: regcode", "key: name")
    made = bench.convert(
        source, "regcode,name,type,registered\n5599990017,A,A,2001-01-01\n4O010112345,B,A,2001-01-01\n"
    )
    assert [issue["value"] for issue in made["issue"]] == ["5599990017", None]
