"""Imports: all or nothing, once, and taken back whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.errors import Refused
from ccsi_kit.models import Issue
from ccsi_kit.plugins import discover
from ccsi_kit.records import Records, Row, import_rows, persons_in, refusals, strange_things, undo
from ccsi_kit.records.importing import discreet
from tests.records.conftest import Need


def rows(*wanted: str, **more) -> list[Row]:
    return [Row(Need(country="lv", wanted=one), **more) for one in wanted]


def test_the_same_file_again_writes_nothing(records, me):
    first = import_rows(records, rows("a", "b", "b"), by=me, why="sheet one")
    assert (first.new, first.changed, first.same) == (3, 0, 0)
    assert {one.import_id for one in records.all("need")} == {first.id} and first.id.startswith("lv:import:")
    before = records.last
    again = import_rows(records, rows("b", "a", "b"), by=me)
    assert (again.id, again.same) == (None, 3)
    more = import_rows(records, rows("b", "a", "b", "c", "b"), by=me)
    assert (more.new, more.same) == (2, 3) and records.last == before + 2


def test_a_row_with_an_id_changes_its_record_and_is_told_when_it_is_late(records, me):
    import_rows(records, rows("a"), by=me)
    there = next(records.all("need"))
    mine = Row(there.record.replace(wanted="mine"), after=1)
    hers = Row(there.record.replace(wanted="hers"), after=1, place={"file": "hers.xlsx", "row": 4, "line": 6})
    assert import_rows(records, [mine], by=me).changed == 1
    assert import_rows(records, [mine], by=me).id is None
    ((row, issue),) = refusals(records, [hers], None, by=me)
    assert row is hers and (issue.code, issue.line, issue.arguments["by"]) == ("record-conflict", 6, me)
    with pytest.raises(Refused) as told:
        import_rows(records, [*rows("new"), hers], by=me)
    assert told.value.code == "record-conflict"
    assert [one.record.wanted for one in records.all("need")] == ["mine"]


def test_a_submission_that_was_corrected_changes_its_record(records, me):
    import_rows(records, rows("a", key="uuid:1"), by=me)
    assert import_rows(records, rows("a", key="uuid:1"), by=me).id is None
    assert import_rows(records, rows("b", key="uuid:1"), by=me).changed == 1
    assert import_rows(records, rows("b", key="uuid:1"), by=me).id is None
    assert import_rows(records, rows("a", key="uuid:2"), by=me).new == 1
    assert import_rows(records, rows("a", key="uuid:1"), by=me).changed == 1  # back to what it said at first
    assert sorted(one.record.wanted for one in records.all("need")) == ["a", "a"]


@pytest.mark.parametrize("by_import", [False, True])
def test_what_people_made_of_a_submission_stays_when_it_comes_again(records, me, by_import):
    import_rows(records, rows("a", key="uuid:1"), by=me)
    there = next(records.all("need"))
    changed = there.record.replace(wanted="by hand")
    if by_import:
        import_rows(records, [Row(changed, after=1)], by=me)
    else:
        records.put(changed, after=1, by=me)
    again = rows("a", key="uuid:1")
    assert list(refusals(records, again, None, by=me)) == [] and import_rows(records, again, by=me).same == 1
    assert [one.record.wanted for one in records.all("need")] == ["by hand"]
    other = rows("c", key="uuid:1")
    assert [issue.code for _, issue in refusals(records, other, None, by=me)] == ["record-conflict"]
    with pytest.raises(Refused):
        import_rows(records, other, by=me)
    assert [one.record.wanted for one in records.all("need")] == ["by hand"]


def test_a_submission_changes_a_record_that_only_went_a_step_on(records, me):
    import_rows(records, rows("a", key="uuid:1"), by=me)
    records.advance(next(records.all("need")).id, "closed", by=me, why="so")
    assert import_rows(records, rows("b", key="uuid:1"), by=me).changed == 1
    assert [(one.record.wanted, one.record.state) for one in records.all("need")] == [("b", "closed")]


@pytest.mark.parametrize("key", [None, "uuid:1"])
def test_what_people_withdrew_does_not_come_back_with_the_next_file(records, me, key):
    import_rows(records, rows("a", key=key), by=me)
    records.withdraw(next(records.all("need")).id, by=me, why="sent twice")
    assert import_rows(records, rows("a", key=key), by=me).same == 1
    assert list(records.all("need")) == []


def test_a_row_that_changes_what_is_fixed_is_told_and_the_others_can_be_taken(records, me, monkeypatch):
    monkeypatch.setattr(Need, "fixed", ("closed",))
    import_rows(records, [*rows("a", key="uuid:1"), *rows("b")], by=me)
    for one in list(records.all("need")):
        records.advance(one.id, "closed", by=me, why="so")
    one, other = records.all("need")
    changes = [*rows("c", key="uuid:1"), Row(other.record.replace(wanted="d")), *rows("e")]
    told = {id(row): issue.code for row, issue in refusals(records, changes, None, by=me)}
    assert told == {id(row): "record-fixed" for row in changes[:2]}
    assert import_rows(records, [row for row in changes if id(row) not in told], by=me).new == 1


def test_an_untouched_row_of_an_older_file_is_no_conflict(records, me):
    import_rows(records, rows("a"), by=me)
    there = next(records.all("need"))
    records.put(there.record.replace(wanted="b"), after=1, by=me)
    untouched = Row(there.record, after=1)
    assert (
        list(refusals(records, [untouched], None, by=me)) == [] and import_rows(records, [untouched], by=me).same == 1
    )
    assert [one.record.wanted for one in records.all("need")] == ["b"]


def test_imports_of_one_record_are_undone_newest_first(records, me):
    first = import_rows(records, rows("a"), by=me)
    there = next(records.all("need"))
    imports = [first]
    for wanted in ("b", "c"):
        imports.append(import_rows(records, [Row(there.record.replace(wanted=wanted))], by=me))
    for one, left in zip(reversed(imports), (["b"], ["a"], []), strict=True):
        assert not undo(records, one.id, by=me, why="wrong").left
        assert [version.record.wanted for version in records.all("need")] == left


def test_undo_overwrites_no_change_that_comes_in_between(records, me, monkeypatch):
    first = import_rows(records, rows("a"), by=me)
    take_back = Records.take_back

    def late(self, *args, **more):
        there = next(records.all("need"))
        records.put(there.record.replace(wanted="hers"), after=1, by=me)
        take_back(self, *args, **more)

    monkeypatch.setattr(Records, "take_back", late)
    with pytest.raises(Refused):
        undo(records, first.id, by=me, why="wrong")
    assert [one.record.wanted for one in records.all("need")] == ["hers"]


def test_ids_states_and_rows_that_do_not_fit_are_told_before_anything_is_written(records, me):
    import_rows(records, rows("a"), by=me)
    there = next(records.all("need")).record
    found = refusals(
        records,
        [
            Row(there.replace(id="lv:need:01KB0V1J8M4Y6R2N9T5C7E3XQA")), Row(there.replace(state="closed")),
            Row(there.replace(wanted="b")), Row(Need(country="lv", wanted="x", state="closed")),
        ],
        None, by=me,
    )  # fmt: skip
    assert [issue.code for _, issue in found] == ["no-record", "record-state-put", "record-twice", "record-state-put"]


def test_a_thing_named_by_a_persons_number_is_refused_and_the_number_not_told(records, me):
    schemes = discover().schemes.values()
    bad = [Row(Need(country="lv", wanted=one)) for one in ("es:nif:12345678Z", "es:nif:A99990012")]
    ((row, issue),) = refusals(records, bad, None, by=me, schemes=schemes)
    assert row is bad[0] and issue.code == "ref-of-person" and "12345678" not in issue.model_dump_json()


def test_a_complaint_does_not_repeat_what_is_of_a_person():
    schemes = tuple(discover().schemes.values())
    issue = Issue("bad-value", value="a@b.lv", key="x", problem="a@b.lv is no day", line=3)
    said = discreet(issue, schemes)
    assert "a@b" not in said.model_dump_json() and (said.line, said.arguments["key"]) == (3, "x")
    fine = Issue("bad-value", value="2020-13-01", key="x", problem="no day")
    assert discreet(fine, schemes) == fine


def test_long_texts_are_looked_through_at_once(records):
    import time

    began = time.process_time()
    assert list(persons_in(rows("a" * 32_000, "a." * 16_000, "1 " * 16_000), discover().schemes.values())) == []
    assert time.process_time() - began < 20


def test_an_import_is_undone_once(records, me):
    first = import_rows(records, rows("a"), by=me)
    undo(records, first.id, by=me, why="wrong")
    before = records.last
    again = undo(records, first.id, by=me, why="wrong")
    assert records.last == before and not again.withdrawn and not again.restored


def test_an_assessor_who_is_nobody_is_told(records, me):
    other = Row(Need(country="lv", wanted="lv:person:nobody"), place={"file": "x.csv", "row": 1, "line": 2})
    ((_, issue),) = refusals(records, [other, Row(Need(country="lv", wanted=me))], None, by=me)
    assert (issue.code, issue.column, issue.line) == ("no-person", "wanted", 2)


def test_things_that_are_not_on_the_map_are_told():
    said = rows("lv:regcode:40008000009", "lv:regcode:40008000008", "ccsi:criteria:esid-4", "a: b", "lv:person:x")
    found = strange_things(said, {"lv:regcode:40008000009"}.__contains__)
    assert [(issue.code, issue.arguments["id"]) for issue in found] == [("thing-unknown", "lv:regcode:40008000008")]


def test_undo_withdraws_the_new_and_brings_back_the_changed(records, me):
    import_rows(records, rows("old", "kept"), by=me)
    old, kept = records.all("need")
    second = import_rows(
        records, [Row(old.record.replace(wanted="changed")), Row(kept.record.replace(wanted="x")), *rows("new")], by=me
    )
    late = records.get(kept.id)
    records.put(late.record.replace(wanted="later"), after=late.version, by=me)
    done = undo(records, second.id, by=me, why="wrong sheet")
    assert (len(done.withdrawn), done.restored, done.left) == (1, (old.id,), (kept.id,))
    assert {one.record.wanted for one in records.all("need")} == {"old", "later"}
    assert records.get(done.withdrawn[0]).why == "wrong sheet"
    assert len(records.history(old.id)) == 3
    again = import_rows(records, rows("new"), by=me)
    assert again.new == 1 and {one.record.wanted for one in records.all("need")} == {"old", "later", "new"}


def test_making_public_by_importing_again(records, me):
    import_rows(records, rows("a"), by=me)
    assert import_rows(records, rows("a"), by=me, visibility="public").changed == 1
    assert import_rows(records, rows("a"), by=me, visibility="public").id is None
    assert [one.visibility for one in records.all("need")] == ["public"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("write to anna.berzina+si@example.org soon", "person.email"),
        ("call +371 29 123 456", "person.phone"),
        ("tel. 0034 912 345 678", "person.phone"),
        ("her number is 010190-12345", "person.number"),
        ("from 2021-03-01 to 2026-12-31, 1 250 000 EUR, 40008000009, 12/2024, 3+4=7, a @ b", None),
    ],
)
def test_texts_with_a_person_in_them_are_told_and_not_repeated(text, found):
    issues = list(persons_in(rows("fine", text), discover().schemes.values()))
    assert [issue.arguments["what"].code for issue in issues] == ([found] if found else [])
    assert all(issue.column == "wanted" and text not in issue.model_dump_json() for issue in issues)


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_two_files_give_as_many_records_as_the_larger_says(tmp_path_factory, one, two):
    """Of equal rows there are as many records as the file with most of them has."""
    from tests.records.conftest import clock

    records = Records.open(tmp_path_factory.mktemp("db") / "records.db", [Need], now=clock())
    me = records.people.add("lv", name="A")
    import_rows(records, rows(*one), by=me)
    import_rows(records, rows(*two), by=me)
    kept = sorted(version.record.wanted for version in records.all("need"))
    assert kept == [letter for letter in "abc" for _ in range(max(one.count(letter), two.count(letter)))]
