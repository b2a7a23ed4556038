"""Who speaks for a field: the best source, then the newest, then the first by name."""

from datetime import date

from tests.linking.conftest import regcode

ONE = {"country": "lv", "identifiers": regcode("1")}


def test_the_better_source_speaks_and_the_other_fills_gaps(made):
    made.write("organisation", "a-list", {"7": {**ONE, "name": "PARAUGS", "website": "https://paraugs.example"}})
    made.write("organisation", "b-register", {"1": {**ONE, "name": "Paraugs"}}, rank=1)
    (thing,) = made.things()
    assert (thing.name, thing.website) == ("Paraugs", "https://paraugs.example")
    assert (thing.origin("name").ref, thing.origin("website").ref) == ("b-register#1", "a-list#7")
    assert thing.entries["a-list"].name == "PARAUGS" and list(thing.entries) == ["a-list#7", "b-register#1"]
    assert thing.entries["a-list"].origin("name").source == "a-list"


def test_between_equals_the_newest_speaks_then_the_first_by_name(made):
    made.write("organisation", "a", {"1": {**ONE, "name": "old"}}, retrieved=date(2025, 1, 1))
    made.write("organisation", "c", {"1": {**ONE, "name": "new, later in the alphabet"}}, retrieved=date(2026, 1, 1))
    made.write("organisation", "b", {"1": {**ONE, "name": "new"}}, retrieved=date(2026, 1, 1))
    (thing,) = made.things()
    assert thing.name == "new"


def test_lists_are_the_union_of_what_all_say(made):
    made.write("organisation", "a", {"1": {**ONE, "activities": [{"code": "2"}, {"code": "1"}], "other_names": ["x"]}})
    made.write(
        "organisation",
        "b",
        {"1": {**ONE, "activities": [{"code": "2"}, {"code": "3", "label": {"lv": "trīs"}}]}},
        rank=1,
    )
    (thing,) = made.things()
    assert [activity.code for activity in thing.activities] == ["1", "2", "3"]
    assert thing.origin("activities").source == "b" and thing.origin("other_names").source == "a"
    assert thing.identifiers == regcode("1")


def test_a_text_is_taken_whole_from_one_entry(made):
    made.write("organisation", "a", {"1": {**ONE, "purpose": {"lv": "mērķis", "en": "purpose"}}})
    made.write("organisation", "b", {"1": {**ONE, "purpose": {"sv": "syfte"}}}, rank=1)
    (thing,) = made.things()
    assert [wording.lang for wording in thing.purpose.wordings()] == ["sv"]


def test_pointers_lead_to_things_and_participants_are_said_once(made):
    made.write(
        "organisation", "a", {"1": {**ONE, "name": "Paraugs"}, "2": {"country": "lv", "identifiers": regcode("2")}}
    )
    made.write("organisation", "b", {"9": ONE})
    role = "ccsi:role/beneficiary"
    fields = {"country": "lv", "identifiers": regcode("P1", scheme="lv:vat")}
    made.write(
        "initiative", "a", {"p": {**fields, "lead": "a#1", "participants": [{"organisation": "a#1", "role": role}]}}
    )
    made.write(
        "initiative",
        "b",
        {"p": {**fields, "participants": [{"organisation": f"{n}", "role": role} for n in ("b#9", "a#2", "a#gone")]}},
    )
    (initiative,) = made.things("initiative")
    assert initiative.lead == "lv:regcode:1"
    assert [part.organisation for part in initiative.participants] == ["lv:regcode:1", "lv:regcode:2"]
    assert initiative.entries["a"].lead == "a#1"


def test_a_view_has_a_length_models_and_an_arrow_table(made):
    made.write(
        "organisation",
        "a",
        {str(n): {"country": "lv", "identifiers": regcode(str(n)), "name": f"Paraugs {n}"} for n in range(2100)},
    )
    things = made.things()
    assert len(things) == 2100 == sum(1 for _ in things)
    table = things.arrow()
    assert table.num_rows == 2100 and "name" in table.column_names and "entries" not in table.column_names
    import pyarrow

    assert pyarrow.table(things).equals(table)
