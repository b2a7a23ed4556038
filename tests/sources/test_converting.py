"""Rows, keys, books and the order of things, on small registers."""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ccsi_kit.errors import Refused
from tests.sources.workbench import Workbench, arguments

SIMPLE = """
key: number
makes:
  - model: organisation
    identifiers: [{scheme: "xx:number", from: number}]
    name: {from: name}
    founded: {from: since, date: ["%Y-%m-%d", "%d.%m.%Y"]}
"""
GRANTS = """
key: content
makes: [{model: funding, amount: {value: {from: amount, number: ","}, currency: {is: EUR}}}]
"""


def numbers(count: int) -> list[str]:
    """Right numbers of the scheme, one after the other."""
    found = []
    for start in range(559900000, 559900000 + count):
        total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(str(start)))
        found.append(f"{start}{-total % 10}")
    return found


def test_cells_are_trimmed_and_blank_ones_are_nothing(bench: Workbench) -> None:
    made = bench.convert(SIMPLE, "number,name,since\n 5599990016 ,\u00a0 Sample club\t,  \n").one("organisation")
    assert made["name"] == "Sample club"
    assert made["founded"] is None
    assert made["identifiers"] == [{"scheme": "xx:number", "number": "5599990016"}]
    assert (made["source"], made["key"], made["country"]) == ("xx-register", "5599990016", "xx")


def test_line_breaks_in_cells_are_one_sort_and_lines_are_physical(bench: Workbench) -> None:
    content = 'number,name,since\r\n5599990016,"Sample\r\nclub",2001-01-01\r\n5599990024,Other,2001-13-01\r\n'
    for tolerant in (False, True):
        made = bench.convert(SIMPLE, content, tolerant=tolerant)
        assert [row["name"] for row in made["organisation"]] == ["Sample\nclub", "Other"]
        issue = made.issue("bad-date")
        assert (issue["row"], issue["line"], issue["column"], issue["value"]) == (2, 4, "since", "2001-13-01")


def test_the_books_balance_and_every_row_is_left_out_for_one_reason(bench: Workbench) -> None:
    source = """
key: number
drop: [{because: natural-persons, where: {form: [" Sole Trader "]}}, {because: closed, sql: "since IS NULL"}]
keep: {sql: "name <> 'Elsewhere'"}
makes: [{model: organisation, identifiers: [{scheme: "xx:number", from: number}], name: {from: name}}]
skip: {}
"""
    rows = [
        "5599990016,Club,2001,A",
        "5599990024,Anna,2001,SOLE-TRADER",
        "5599990032,Old club,,A",
        "5599990040,Elsewhere,2001,A",
        "5599990057,,2001,A",  # NULL is not true: out of scope
        ",Nobody,2001,A",
        "0101010000,Person,2001,A",
        "55999900x6,Damaged,2001,A",
        "5599990016,Club again,2001,A",
    ]
    made = bench.convert(source, "number,name,since,form\n" + "\n".join(rows) + "\n")
    assert made.books.read == 9
    assert made.books.used == 1
    assert made.books.left_out == {
        "natural-persons": 1, "closed": 1, "out-of-scope": 2, "no-key": 2, "person": 1, "doubled-key": 1,
    }  # fmt: skip
    assert made.one("organisation")["name"] == "Club"
    doubled = made.issue("doubled-key")
    assert (doubled["row"], doubled["value"], arguments(doubled)) == (9, "5599990016", {"kept": 1})


def test_of_doubled_keys_the_least_by_content_is_kept_wherever_it_stands(bench: Workbench) -> None:
    rows = ["5599990016,Beta,2001-01-01", "5599990016,Alpha,2002-01-01", "5599990016,Gamma,2001-01-01"]
    kept = {
        bench.convert(SIMPLE, "number,name,since\n" + "\n".join(order) + "\n").bytes["organisation"]
        for order in (rows, rows[::-1])
    }
    assert len(kept) == 1
    assert bench.convert(SIMPLE, "number,name,since\n" + "\n".join(rows) + "\n").one("organisation")["name"] == "Alpha"


def test_numbers_in_the_key_are_written_in_one_form(bench: Workbench) -> None:
    made = bench.convert(SIMPLE, "number,name,since\n16559999-0016,Club,\n5599990016,Club,\n")
    assert [row["key"] for row in made["organisation"]] == ["5599990016"]
    assert made.books.left_out == {"doubled-key": 1}


def test_a_key_of_several_columns_keeps_them_apart(bench: Workbench) -> None:
    source = "key: [a, b]\nmakes: [{model: call, title: [{lang: en, from: title}]}]\n"
    made = bench.convert(source, "a,b,title\n1/2,3,One\n1,2/3,Two\n1,,Three\n")
    assert [row["key"] for row in made["call"]] == sorted(["1%2F2/3", "1/2%2F3"])
    assert made.books.left_out == {"no-key": 1}


def test_equal_rows_without_a_number_stay_separate_things(bench: Workbench) -> None:
    made = bench.convert(GRANTS, "amount,remark\n100,\n250,\n100,\n100,\n")
    assert sorted(row["amount"]["value"] for row in made["funding"]) == [100, 100, 100, 250]
    assert len({row["key"] for row in made["funding"]}) == 4
    assert made.books.issues["equal-rows"] == 2
    assert {issue["severity"] for issue in made["issue"] if issue["code"] == "equal-rows"} == {"info"}


def test_lines_with_one_key_are_one_row(bench: Workbench) -> None:
    source = """
key: number
many: true
makes:
  - model: organisation
    identifiers: [{scheme: "xx:number", from: number}]
    name: {from: name}
    activities: [{label: [{lang: en, from: area}]}]
"""
    made = bench.convert(
        source, "number,name,area\n5599990016,Club,Sport\n5599990016,Club,Art\n5599990016,Klub,Art\n5599990016,Club,\n"
    )
    club = made.one("organisation")
    assert [activity["label"][0]["text"] for activity in club["activities"]] == ["Art", "Sport"]
    assert club["name"] == "Club"
    assert made.books.used == made.books.read == 4
    assert arguments(made.issue("lines-disagree")) == {"field": "name"}


def test_rows_of_other_countries_are_out_of_scope(bench: Workbench) -> None:
    source = """
key: number
makes: [{model: organisation, country: {sql: "lower(land)"}, name: {from: name}}]
"""
    content = "number,name,land\n1,A,SE\n2,B,LV\n3,C,\n"
    assert bench.convert(source, content, scope=frozenset({"se"})).books.left_out == {"out-of-scope": 2}
    assert bench.convert(source, content, scope=frozenset({"xx", "lv"})).books.left_out == {"out-of-scope": 1}
    assert [row["country"] for row in bench.convert(source, content)["organisation"]] == ["se", "lv", "xx"]


def test_money_of_rows_left_out_is_counted(bench: Workbench) -> None:
    source = """
key: id
drop: [{because: closed, where: {state: [closed]}}]
makes: [{model: funding, amount: {value: {from: amount, number: "."}, currency: {from: currency}}}]
"""
    made = bench.convert(
        source,
        "id,amount,currency,state\n1,10,EUR,open\n2,2.50,EUR,closed\n3,4,SEK,Closed\n4,x,EUR,closed\n1,7,EUR,open\n",
    )
    assert made.books.money == {
        "closed": {"EUR": Decimal("2.50"), "SEK": Decimal(4)},
        "doubled-key": {"EUR": Decimal(7)},
    }


def test_a_file_whose_rows_are_all_left_out_makes_empty_tables(bench: Workbench) -> None:
    made = bench.convert(SIMPLE, "number,name,since\n0101010000,Person,\n")
    assert made["organisation"] == []
    assert made.issue("all-left-out")["severity"] == "warning"


def test_unused_columns_are_told_and_ignored(bench: Workbench) -> None:
    made = bench.convert(SIMPLE, "number,nmae,name,since\n5599990016,?,Club,2001-01-01\n")
    issue = made.issue("unknown-column")
    assert (issue["column"], issue["row"], arguments(issue)) == ("nmae", None, {"nearest": "name"})


def test_cells_are_counted_by_column(bench: Workbench) -> None:
    made = bench.convert(SIMPLE, "number,name,since\n5599990016,Club,2001-01-01\n5599990024,,x\n5599990032,A,\n")
    since = made.books.columns["since"]
    assert (since.cells, since.blank, since.wrong) == (3, 1, 1)
    assert made.books.columns["name"].blank == 1


def test_at_most_a_thousand_issues_of_a_code_are_kept_and_all_are_counted(bench: Workbench) -> None:
    source = SIMPLE + "allow: {since: 1}\n"
    content = "number,name,since\n" + "".join(f"{number},Club,x\n" for number in numbers(1200))
    made = bench.convert(source, content)
    assert made.books.issues == {"bad-date": 1200}
    assert len(made["issue"]) == made.books.kept == 1000
    assert [issue["row"] for issue in made["issue"]] == list(range(1, 1001))


def test_shuffled_rows_and_other_threads_give_the_same_bytes(bench: Workbench) -> None:
    rows = [
        f"{number},Club {place % 7},20{place % 30:02d}-01-01\n"
        for place, number in enumerate(numbers(400) + numbers(50))
    ]
    source = bench.source(SIMPLE)
    shuffled = random.Random(1).sample(rows, len(rows))
    results = [
        bench.convert(source, "number,name,since\n" + "".join(order), threads=threads)
        for order, threads in ((rows, 1), (rows, 2), (shuffled, 2))
    ]
    assert len({result.bytes["organisation"] for result in results}) == 1
    assert results[0].bytes["issue"] == results[1].bytes["issue"]


def test_a_table_in_json(bench: Workbench) -> None:
    source = """
format: {kind: json, rows: result.records}
key: id
makes:
  - model: organisation
    name: {from: name}
    address: {place: {from: seat.town}}
    themes: [{from: themes, split: list, lookup: {from: "xx:theme", to: "ccsi:theme"}}]
skip: {contacts: [people.name]}
"""
    content = """{"result": {"records": [
      {"id": 7, "name": "Club", "seat": {"town": "Town"}, "themes": ["work", "home", "odd"],
       "people": [{"name": "Anna"}]},
      {"id": 8, "name": null, "seat": {"town": null}, "themes": [null], "people": []}]}}"""
    made = bench.convert(source, content, name="register.json")
    club, nameless = made["organisation"]
    assert club["address"]["place"] == "Town"
    assert club["themes"] == ["ccsi:theme/employment", "ccsi:theme/housing"]
    assert (nameless["address"], nameless["themes"]) == (None, [])
    assert (made.issue("unknown-code")["value"], made.issue("unknown-code")["row"]) == ("odd", 1)


def test_a_header_below_other_lines(bench: Workbench) -> None:
    made = bench.convert(SIMPLE + "format: {header_row: 3}\n", "Sample list\n\nnumber,name,since\n5599990016,Club,x\n")
    assert (made.issue("bad-date")["row"], made.issue("bad-date")["line"]) == (1, 4)


def test_another_code_page_takes_the_tolerant_way(bench: Workbench) -> None:
    content = "number;name;since\n5599990016;Förening;2001-01-01\n".encode("cp1252")
    made = bench.convert(SIMPLE + 'format: {encoding: cp1252, delimiter: ";"}\n', content)
    assert (made.books.way, made.one("organisation")["name"]) == ("tolerant", "Förening")


def test_the_result_depends_on_the_arguments_alone(bench: Workbench) -> None:
    """Twice the same: nothing is taken from a clock or from chance."""
    content = "number,name,since\n" + "".join(f"{number},Club,01.02.2003\n" for number in numbers(30))
    first, second = bench.convert(SIMPLE, content), bench.convert(SIMPLE, content)
    assert first.bytes == second.bytes
    assert first["organisation"][0]["founded"] == date(2003, 2, 1)


def test_nothing_is_left_in_the_folder_after_a_refusal(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        bench.convert(SIMPLE, "number,name\n")
    assert list((tmp_path / "out-1").iterdir()) == []
