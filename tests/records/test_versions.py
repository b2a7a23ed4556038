"""What is put is kept, version by version; nothing is overwritten."""

import sqlite3
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccsi_kit.errors import CcsiError, Incompatible, Refused, UsageError
from ccsi_kit.models import Record
from ccsi_kit.records import Put, Records
from ccsi_kit.records.engine import OLDEST, driver, tables
from tests.records.conftest import BEGAN, Need, clock


def need(wanted: str = "company", **said) -> Need:
    return Need(country="lv", wanted=wanted, **said)


def test_the_table_is_what_is_promised(records, file):
    found = driver().connect(str(file)).execute("SELECT name, type FROM pragma_table_info('version')").fetchall()
    assert [name for name, _ in found] == (
        ["seq", "id", "kind", "schema", "version", "content", "at", "by", "why", "visibility", "import_id", "put_key"]
    )
    assert {kind for _, kind in found} == {"TEXT", "INTEGER"}
    with records.engine.bare() as raw:
        said = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
        assert said == {"journal_mode": "wal", "synchronous": 2}
        assert raw.execute("PRAGMA secure_delete").fetchone()[0] == 1
        assert driver().sqlite_version_info >= OLDEST
        strict = raw.execute("SELECT strict FROM pragma_table_list WHERE name = 'version'").fetchone()[0]
        assert strict == 1


def test_versions_follow_each_other_and_all_of_them_stay(records, me):
    first = records.put(need(), by=me, why="she said so")
    second = records.put(first.record.replace(wanted="a walk"), after=1, by=me, visibility="public")
    assert first.id == second.id and first.id.startswith("lv:need:")
    assert [(one.seq, one.version, one.record.wanted, one.visibility) for one in records.history(first.id)] == [
        (1, 1, "company", "internal"),
        (2, 2, "a walk", "public"),
    ]
    assert records.get(first.id) == second
    assert records.get(f"{first.id}@1") == first and records.get(f"{first.id}@9") is None
    assert (first.by, first.why, second.why) == (me, "she said so", None)
    assert list(records.all("need", visibility="public")) == [second]
    assert list(records.all("need", country="es")) == []


def test_the_second_of_two_who_edit_is_told_and_nothing_is_overwritten(records, me):
    other = records.people.add("lv", name="B. Paraugs")
    first = records.put(need(), by=me)
    mine = records.put(first.record.replace(wanted="mine"), after=1, by=me)
    with pytest.raises(Refused) as told:
        records.put(first.record.replace(wanted="hers"), after=1, by=other)
    assert told.value.code == "record-conflict"
    assert told.value.arguments == {"id": first.id, "after": 1, "version": 2, "by": me, "when": "2026-11-25 09:00 UTC"}
    assert records.get(first.id) == mine


def test_the_same_key_puts_one_version_and_another_content_is_refused(records, me):
    first = records.put(need(), by=me, put_key="k")
    assert records.put(need(), by=me, put_key="k") == first
    records.advance(first.id, "closed", by=me, why="done")
    assert records.put(need(), by=me, put_key="k") == first
    assert len(records.history(first.id)) == 2
    with pytest.raises(Refused) as told:
        records.put(need("other"), by=me, put_key="k")
    assert told.value.code == "put-key-taken"


def test_many_are_put_at_once_or_none(records, me):
    first = records.put(need(), by=me)
    with pytest.raises(Refused):
        records.put_all([Put(need("a")), Put(first.record.replace(wanted="b"), after=7)], by=me)
    assert records.last == 1
    twice = [Put(first.record.replace(wanted="b"), after=1), Put(first.record.replace(wanted="c"), after=2)]
    assert [one.version for one in records.put_all(twice, by=me)] == [2, 3]


def test_a_step_needs_what_the_type_says_and_a_way(records, me):
    first = records.put(need(), by=me)
    for state, code in (("matched", "step-lacks"), ("lost", "step-not-allowed")):
        with pytest.raises(Refused) as told:
            records.advance(first.id, state, by=me, why="so")
        assert told.value.code == code
    assert told.value.arguments["allowed"] == "matched, closed, withdrawn"
    records.put(first.record.replace(pilot="lv:pilot:1"), after=1, by=me)
    moved = records.advance(first.id, "matched", by=me, why="found one")
    assert (moved.record.state, moved.version, moved.why, moved.by) == ("matched", 3, "found one", me)
    with pytest.raises(UsageError):
        records.advance(first.id, "closed", by=me, why="  ")
    with pytest.raises(Refused) as told:
        records.advance(first.id, "closed", by=me, why="so", after=2)
    assert told.value.code == "record-conflict"
    with pytest.raises(UsageError) as told:
        records.put(moved.record.replace(state="closed"), after=3, by=me)
    assert told.value.code == "record-state-put"
    with pytest.raises(UsageError):
        records.put(need(state="closed"), by=me)


def test_what_is_withdrawn_is_not_listed_and_its_history_stays(records, me):
    first = records.put(need(), by=me)
    gone = records.withdraw(first.id, by=me, why="sent twice")
    assert list(records.all("need")) == [] and list(records.all("need", withdrawn=True)) == [gone]
    assert [one.record.state for one in records.history(first.id)] == ["open", "withdrawn"]
    with pytest.raises(Refused):
        records.advance(first.id, "open", by=me, why="again")


def test_as_it_was(records, me):
    first = records.put(need(), by=me)
    second = records.put(first.record.replace(wanted="b"), after=1, by=me)
    records.put(need("c"), by=me)
    assert [one.record.wanted for one in records.as_of(1).all("need")] == ["company"]
    assert [one.record.wanted for one in records.as_of(second.at).all("need")] == ["b"]
    assert records.as_of(second.at - timedelta(seconds=1)).get(first.id) == first
    assert records.as_of(BEGAN - timedelta(days=1)).get(first.id) is None
    assert records.as_of(2).last == 2 and records.last == 3
    with pytest.raises(UsageError):
        records.as_of(1).put(need(), by=me)


def test_nobody_writes(records):
    with pytest.raises(Refused) as told:
        records.put(need(), by="lv:person:nobody")
    assert told.value.code == "no-person"


def test_an_old_schema_is_read_and_a_newer_one_is_not(records, me, file):
    first = records.put(need(), by=me)
    raw = driver().connect(str(file))
    raw.execute("UPDATE version SET schema = 1, content = ?", ['{"country":"lv","state":"open","wish":"old"}'])
    raw.commit()
    assert records.get(first.id).record.wanted == "old"
    raw.execute("UPDATE version SET schema = 3")
    raw.commit()
    with pytest.raises(Incompatible) as told:
        records.get(first.id)
    assert told.value.arguments == {"id": first.id, "schema": 3, "known": 2}


def test_a_kind_that_nobody_brings_is_told(file, records, me):
    class Other(Record, kind="other"):
        pass

    for ask in (lambda: list(records.all("other")), lambda: records.put(Other(country="lv"), by=me)):
        with pytest.raises(Incompatible) as told:
            ask()
        assert told.value.arguments == {"kind": "other", "known": "need"}


def test_an_id_belongs_to_its_kind_and_country(records, me):
    with pytest.raises(UsageError):
        records.put(Need(id="es:need:01KB0V1J8M4Y6R2N9T5C7E3XQA", country="lv", wanted="x"), by=me)
    kept = records.put(Need(id="lv:need:01KB0V1J8M4Y6R2N9T5C7E3XQA", country="lv", wanted="x"), by=me)
    assert (kept.id, kept.version) == ("lv:need:01KB0V1J8M4Y6R2N9T5C7E3XQA", 1)


def test_another_file_is_refused_and_left_alone(tmp_path):
    for name, content in (("text.db", b"not a database, but long enough to be looked at. " * 40), ("other.db", None)):
        file = tmp_path / name
        if content:
            file.write_bytes(content)
        else:
            sqlite3.connect(file).executescript("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        before = file.read_bytes()
        with pytest.raises(Refused):
            Records.open(file, [Need], now=clock())
        assert file.read_bytes() == before


def test_an_old_sqlite_is_refused(monkeypatch):
    from ccsi_kit.records import engine

    class Old:
        sqlite_version, sqlite_version_info = "3.40.1", (3, 40, 1)

    monkeypatch.setattr(engine, "import_module", lambda name: Old)
    driver.cache_clear()
    try:
        with pytest.raises(CcsiError) as told:
            driver()
        assert told.value.arguments == {"found": "3.40.1", "oldest": "3.51.3"}
    finally:
        driver.cache_clear()


CHANGES = st.lists(
    st.tuples(st.integers(0, 3), st.text(st.characters(exclude_categories=["C"]), min_size=1)), max_size=12
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(changes=CHANGES)
def test_as_of_every_change_the_records_are_what_they_were_then(tmp_path_factory, changes):
    """Whatever is put, in whatever order: looked at as of any change, and as of its time, it is as it was."""
    records = Records.open(tmp_path_factory.mktemp("db") / "records.db", [Need], now=clock())
    me = records.people.add("lv", name="A")
    there: list = []
    seen = []
    for which, wanted in changes:
        if not wanted.strip():
            continue
        if which < len(there):
            there[which] = records.put(there[which].record.replace(wanted=wanted), after=there[which].version, by=me)
        else:
            there.append(records.put(need(wanted), by=me))
        newest = max(there, key=lambda one: one.seq)
        seen.append((newest.seq, newest.at, sorted(there, key=lambda one: one.seq)))
    for seq, at, was in seen:
        assert list(records.as_of(seq).all("need")) == was
        assert list(records.as_of(at).all("need")) == was


def test_columns_are_text_and_whole_numbers_only():
    kinds = {type(column.type).__name__ for table in tables().all.sorted_tables for column in table.columns}
    assert kinds == {"Text", "Integer"}


def test_a_record_is_taken_through_several_steps_at_once_or_not_at_all(records, me):
    kept = records.put(need(pilot="p"), by=me, why="agreed", through=("matched", "closed"))
    assert [one.record.state for one in records.history(kept.id)] == ["open", "matched", "closed"]
    before = records.last
    with pytest.raises(Refused):
        records.put(need(), by=me, why="agreed", through=("closed", "matched"))
    assert records.last == before


def test_what_is_withdrawn_or_fixed_changes_no_more(records, me, monkeypatch):
    gone = records.withdraw(records.put(need(), by=me).id, by=me, why="so")
    with pytest.raises(Refused) as told:
        records.put(gone.record.replace(wanted="b"), after=2, by=me)
    assert told.value.code == "record-fixed"
    monkeypatch.setattr(Need, "fixed", ("closed",))
    closed = records.advance(records.put(need(), by=me).id, "closed", by=me, why="so")
    with pytest.raises(Refused):
        records.put(closed.record.replace(wanted="b"), after=2, by=me)
    assert records.put(closed.record, after=2, by=me, visibility="public").visibility == "public"


def test_a_draft_is_its_authors_and_whoever_entered_it(records, me, monkeypatch):
    monkeypatch.setattr(Need, "author", property(lambda self: self.pilot))
    hers, other = (records.people.add("lv", name=name) for name in "BC")
    draft = records.put(need(pilot=hers), by=me)
    changed = draft.record.replace(wanted="x")
    for change in (
        lambda: records.put(changed, after=1, by=other),
        lambda: records.advance(draft.id, "closed", by=other, why="so"),
    ):
        with pytest.raises(Refused) as told:
            change()
        assert told.value.code == "record-not-yours"
    assert records.put(draft.record, after=1, by=other, visibility="public").version == 2
    assert records.put(changed, after=2, by=hers).version == 3
    assert records.put(draft.record, after=3, by=me).version == 4
    assert records.withdraw(draft.id, by=other, why="wrong subject").version == 5


def test_a_key_is_of_its_record_only(records, me):
    one, other = records.put(need(), by=me), records.put(need(), by=me)
    records.put(one.record.replace(wanted="b"), after=1, by=me, put_key="k")
    with pytest.raises(Refused):
        records.put(other.record.replace(wanted="b"), after=1, by=me, put_key="k")


@pytest.mark.parametrize(("country", "name"), [("Anna Liepa", "A"), ("", "A"), ("lv", "  ")])
def test_no_name_gets_into_an_id_and_no_person_is_without_one(records, country, name):
    with pytest.raises(UsageError):
        records.people.add(country, name=name)


def test_no_parameter_of_a_statement_stands_in_an_error(records, me):
    with pytest.raises(Exception) as told, records.engine.writing() as connection:
        connection.execute(tables().person.insert(), [{"id": me, "name": "Zanderova", "at": "x"}])
    assert "Zanderova" not in repr(told.value) + repr(told.value.__cause__) + str(told.value.__cause__)
