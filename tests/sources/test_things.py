"""What one row makes: texts, parts, lists, several things that point at each other."""

from datetime import date
from decimal import Decimal

from tests.sources.workbench import Workbench, arguments

OPERATIONS = """
key: id
makes:
  - model: organisation
    as: partner
    each: {split: "|", columns: [items, names, numbers]}
    key: items
    identifiers: [{scheme: "xx:item", from: items}, {scheme: "xx:number", from: numbers}]
    name: {from: names}
  - model: initiative
    title: [{lang: en, from: title}]
    participants: [{organisation: {made: partner}, role: {is: "ccsi:role/beneficiary"}}]
  - model: funding
    initiative: {made: initiative}
    recipient: {made: partner}
    amount: {value: {from: amount, number: "."}, currency: {is: EUR}}
"""
HEADER = "id,title,items,names,numbers,amount\n"


def test_a_row_makes_things_that_point_at_each_other(bench: Workbench) -> None:
    made = bench.convert(
        OPERATIONS,
        HEADER + "o 1,First job,Q1|Q2,Club|Firm,5599990016|5599990024,10.5\no2,Second,Q1,Club,5599990016,3\n",
    )
    assert [(row["key"], row["name"]) for row in made["organisation"]] == [("Q1", "Club"), ("Q2", "Firm")]
    second, first = made["initiative"]
    assert [part["organisation"] for part in first["participants"]] == ["xx-register#Q1", "xx-register#Q2"] or second
    by_key = {row["key"]: row for row in made["funding"]}
    assert by_key["o 1"]["initiative"] == "xx-register#o%201"
    assert by_key["o 1"]["recipient"] is None  # there are two, and nobody says who got it
    assert by_key["o2"]["recipient"] == "xx-register#Q1"
    assert by_key["o 1"]["amount"] == {"value": Decimal("10.50"), "currency": "EUR"}
    assert made.books.things["partner"].made == 3
    assert made.books.entries == {"organisation": 2, "initiative": 2, "funding": 2}


def test_parallel_lists_of_other_lengths_are_not_paired(bench: Workbench) -> None:
    """A wrong number on a right name is worse than none."""
    made = bench.convert(OPERATIONS, HEADER + "o1,T,Q1|Q2|Q3,A||C,5599990016,1\n")
    assert [(row["key"], row["name"], len(row["identifiers"])) for row in made["organisation"]] == [
        ("Q1", "A", 1),
        ("Q2", None, 1),
        ("Q3", "C", 1),
    ]
    issue = made.issue("uneven-lists")
    assert (issue["column"], issue["value"], arguments(issue)) == ("numbers", None, {"found": 1, "wanted": 3})
    assert made.books.issues["uneven-lists"] == 1


def test_a_blank_list_is_not_uneven_and_blank_items_make_nothing(bench: Workbench) -> None:
    made = bench.convert(OPERATIONS, HEADER + "o1,T,Q1||Q3,A|B|C,,1\n")
    assert [row["name"] for row in made["organisation"]] == ["A", "C"]
    assert "uneven-lists" not in made.codes()


def test_without_an_own_key_things_are_named_by_their_place(bench: Workbench) -> None:
    source = OPERATIONS.replace("    key: items\n", "")
    made = bench.convert(source, HEADER + "o1,T,Q1||Q3,A|B|C,,1\n")
    assert [row["key"] for row in made["organisation"]] == ["o1/partner/1", "o1/partner/3"]
    assert [part["organisation"] for part in made.one("initiative")["participants"]] == [
        "xx-register#o1/partner/1",
        "xx-register#o1/partner/3",
    ]


def test_things_with_one_key_are_one_entry_and_differences_are_told(bench: Workbench) -> None:
    made = bench.convert(OPERATIONS, HEADER + "o1,T,Q1,Club,5599990016,1\no2,T,Q1,Klub,,1\n")
    club = made.one("organisation")
    assert (club["name"], len(club["identifiers"])) == ("Club", 2)
    assert arguments(made.issue("lines-disagree")) == {"field": "name"}


def test_a_thing_with_its_own_key_points_at_one_that_stands_above_it(bench: Workbench) -> None:
    source = """
key: id
makes:
  - {model: organisation, as: funder, key: {fold: office}, name: {from: office}}
  - {model: call, key: number, funder: {made: funder}}
  - {model: funding, call: {made: call}, funder: {made: funder}}
"""
    made = bench.convert(source, "id,number,office\n1,7,Oficina\n2,7,OFICINA\n3,8,\n")
    assert {row["key"]: row["funder"] for row in made["call"]} == {
        "7": "xx-register#oficina",
        "8": None,
    }
    assert [row["call"] for row in made["funding"]] == ["xx-register#7", "xx-register#7", "xx-register#8"]


def test_an_organisation_without_any_number_may_be_a_person(bench: Workbench) -> None:
    source = """
key: id
makes:
  - {model: organisation, as: recipient, key: {fold: who}, name: {from: who}}
  - {model: funding, recipient: {made: recipient}, amount: {value: {from: amount, number: "."}, currency: {is: EUR}}}
"""
    content = "id,who,amount\n1,Exempel Åkeri AB,5\n2,EXEMPEL AKERI  AB,6\n"
    withheld = bench.convert(source, content)
    assert withheld["organisation"] == []
    assert [row["recipient"] for row in withheld["funding"]] == [None, None]
    assert withheld.books.things["recipient"].left_out == {"without-number": 2}
    assert withheld.books.issues == {"person": 2}
    stated = bench.convert(source + 'recipients: {organisations: "The call is open to organisations only."}\n', content)
    made = stated.one("organisation")
    assert (made["key"], made["identifiers"]) == ("exempel akeri ab", [])
    assert {row["recipient"] for row in stated["funding"]} == {"xx-register#exempel%20akeri%20ab"}


def test_a_text_has_each_language_once_and_blank_wordings_vanish(bench: Workbench) -> None:
    source = """
key: id
makes:
  - model: call
    title:
      - {lang: {by: land, cases: {SE: sv, EN: en}}, from: own}
      - {lang: en, from: english, machine: true}
      - {lang: fr, from: french, machine: {sql: "mark = 'm'"}}
"""
    content = "id,land,own,english,french,mark\n1,SE,Ett,One,Un,m\n2,EN,Own,Two,,\n3,,Okänt,,Trois,x\n4,SE,,,,\n"
    titles = [row["title"] for row in bench.convert(source, content)["call"]]
    wording = [[(part["lang"], part["text"], part["machine"]) for part in title or ()] for title in titles]
    assert wording == [
        [("sv", "Ett", False), ("en", "One", True), ("fr", "Un", True)],
        [("en", "Own", False)],
        [("und", "Okänt", False), ("fr", "Trois", False)],
        [],
    ]


def test_parts_are_made_only_when_their_required_fields_are_there(bench: Workbench) -> None:
    source = """
key: id
makes:
  - model: funding
    amount: {value: {from: amount, number: ","}, currency: {from: currency}}
  - model: organisation
    legal_form: {national: {from: form}, common: {from: form, lookup: {from: "xx:form", to: "ccsi:legal-form"}}}
    address: {text: {from: street}, place: {is: Town}}
    statuses: [{kind: {is: "xx:status/good"}, since: {from: since, date: "%d/%m/%Y"}}]
"""
    rows = ['1,"1 234,567",EUR,A,Street 1,01/02/2003', "2,,EUR,B,,", '3,"5,00",euro,Z,,', '4,"5,00",,,,31/02/2003']
    made = bench.convert(source, "id,amount,currency,form,street,since\n" + "\n".join(rows) + "\n")
    assert [row["amount"] for row in made["funding"]] == [
        {"value": Decimal("1234.57"), "currency": "EUR"},
        None,
        None,
        None,
    ]
    first, second, third, fourth = made["organisation"]
    assert first["legal_form"] == {"national": "A", "common": "ccsi:legal-form/f51"}
    assert second["legal_form"] == {"national": "B", "common": None}  # known, but without a match: no Issue
    assert third["legal_form"] == {"national": "Z", "common": None}
    assert fourth["legal_form"] is None
    assert first["address"] == {"text": "Street 1", "postcode": None, "municipality": None, "place": "Town"}
    assert second["address"] is None  # a constant alone says nothing
    assert first["statuses"] == [{"kind": "xx:status/good", "since": date(2003, 2, 1), "until": None, "state": None}]
    assert made.codes() == ["bad-date", "unfit-value", "unknown-code"]
    assert made.issue("unknown-code")["value"] == "Z"


def test_a_period_that_ends_before_it_starts_has_neither_day(bench: Workbench) -> None:
    source = """
key: id
makes: [{model: initiative, period: {start: {from: a, date: "%Y-%m-%d"}, end: {from: b, date: "%Y-%m-%d"}}}]
"""
    made = bench.convert(source, "id,a,b\n1,2024-01-01,2023-01-01\n2,2024-01-01,\n3,2024-01-01,2024-01-01\n")
    periods = [row["period"] for row in made["initiative"]]
    assert periods[0] is None
    assert periods[1] == {"start": date(2024, 1, 1), "end": None}
    assert periods[2]["end"] == date(2024, 1, 1)
    assert (made.issue("bad-period")["column"], made.issue("bad-period")["value"]) == ("b", "2024-01-01 - 2023-01-01")


def test_lists_come_from_parted_cells_each_item_once(bench: Workbench) -> None:
    source = """
key: id
makes:
  - model: organisation
    other_names: [{from: names, split: ";"}, {from: more}]
    activities: [{label: [{lang: en, from: areas, split: ","}]}]
    themes: [{from: themes, split: "|", lookup: {from: "xx:theme", to: "ccsi:theme"}}]
"""
    content = 'id,names,more,areas,themes\n1,A; B;;A,B,"Sport, Art",work|none|odd|home\n2,,C,,\n'
    made = bench.convert(source, content)
    first, second = made["organisation"]
    assert (first["other_names"], second["other_names"]) == (["A", "B"], ["C"])
    assert [part["label"][0]["text"] for part in first["activities"]] == ["Sport", "Art"]
    assert first["themes"] == ["ccsi:theme/employment", "ccsi:theme/housing"]
    assert sorted(issue["value"] for issue in made["issue"]) == ["none", "odd"]
    assert made.books.columns["themes"].wrong == 2


def test_the_scheme_of_a_number_may_depend_on_a_column(bench: Workbench) -> None:
    source = """
key: id
makes:
  - model: organisation
    identifiers: [{scheme: {by: land, cases: {SE: "xx:number", QQ: "xx:item"}}, from: number}]
"""
    made = bench.convert(source, "id,land,number\n1,SE,559999-0016\n2,QQ,Q5\n3,FR,5599990016\n4,SE,5599990017\n")
    shown = [[part["number"] for part in row["identifiers"]] for row in made["organisation"]]
    assert shown == [["5599990016"], ["Q5"], [], []]
    assert made.codes() == ["bad-identifier"]  # where no case fits there is no number and no Issue
    assert arguments(made.issue("bad-identifier")) == {"scheme": "xx:number"}


def test_where_a_thing_is_is_told_by_its_address(bench: Workbench) -> None:
    source = """
key: id
makes:
  - model: organisation
    country: {sql: "lower(land)"}
    address: {postcode: {from: post}, municipality: {from: commune}}
  - {model: initiative, territories: [{from: nuts, split: "|"}]}
"""
    bench.places = {
        "xx": {
            "postcode": bench.table("p1.csv", {"123 45": "XX001"}),
            "municipality": bench.table("m1.csv", {"0101": "XX002"}),
        },
        "yy": {"postcode": bench.table("p2.csv", {"12345": "YY001"})},
        "eu": {"crosswalk": bench.table("c.csv", {"XX900": "XX001"})},
    }
    rows = ["1,XX,123 45,0101,XX900|XX001", "2,XX,12345,9999,XX003", "3,YY,123-45,0101,", "4,ZZ,12345,,"]
    made = bench.convert(source, "id,land,post,commune,nuts\n" + "\n".join(rows) + "\n")
    assert [row["territory"] for row in made["organisation"]] == ["XX002", "XX001", "YY001", None]
    assert [row["territories"] for row in made["initiative"]] == [["XX001"], ["XX003"], [], []]


def test_words_for_blank_are_blank_everywhere(bench: Workbench) -> None:
    source = OPERATIONS + 'blank: ["n/a", "-"]\n'
    made = bench.convert(source, HEADER + "o1, N/A ,Q1|-,A|-,-,n/a\n")
    assert (made.one("initiative")["title"], made.one("funding")["amount"]) == (None, None)
    assert len(made["organisation"]) == 1
    assert made.books.columns["title"].blank == 1


def test_a_column_of_another_layout_is_nothing_here(bench: Workbench) -> None:
    source = """
key: id
layouts: {new: [code], old: [land, extra]}
skip: {not-needed: [extra]}
makes: [{model: call, country: {sql: "lower(coalesce(code, land))"}, title: [{lang: en, from: title}]}]
"""
    new, old = bench.convert(source, "id,title,code\n1,T,SE\n"), bench.convert(source, "id,extra,title,land\n1,,T,LV\n")
    assert (new.books.layout, new.one("call")["country"]) == ("new", "se")
    assert (old.books.layout, old.one("call")["country"]) == ("old", "lv")


def test_what_an_expression_gives_must_fit_the_field(bench: Workbench) -> None:
    source = """
key: id
makes:
  - model: organisation
    state: {sql: "CASE WHEN x = '1' THEN 'active' ELSE x END"}
    founded: {sql: "TRY_CAST(x AS DATE)"}
  - {model: call, always_open: {from: x}}
"""
    made = bench.convert(source, "id,x\na,1\nb,2001-01-01\nc,maybe\n")
    assert [row["state"] for row in made["organisation"]] == ["active", None, None]
    assert [row["founded"] for row in made["organisation"]] == [None, date(2001, 1, 1), None]
    assert [row["always_open"] for row in made["call"]] == [True, None, None]
    assert made.books.issues == {"unfit-value": 4}


def test_what_is_only_a_name_is_nothing_without_it(bench: Workbench) -> None:
    manifest = """
key: id
makes:
  - {model: organisation, as: holder, key: {fold: holder}, name: {from: holder}}
  - {model: initiative, title: [{lang: en, from: title}], lead: {made: holder}}
"""
    made = bench.convert(manifest, "id,title,holder\n1,First,Club\n2,Second,\n3,Third,...\n")
    assert [row["name"] for row in made["organisation"]] == ["Club"]
    assert [row["lead"] is not None for row in made["initiative"]] == [True, False, False]
    assert made.books.used == 3 and made["issue"] == []
