"""Persons stand apart from what they write, and can be erased to the last byte."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ccsi_kit.errors import CcsiError, Refused
from ccsi_kit.records import Consent, Records, back_up, people, restore
from ccsi_kit.records.engine import driver
from tests.records.conftest import Need, clock

NAME, EMAIL, PHONE = "Quirinia Zanderova", "quirinia@example.org", "+371 29999999"


@pytest.fixture
def her(records):
    consent = Consent(scope="assessments of 2026", until=date(2027, 12, 31))
    return records.people.add("lv", name=NAME, email=EMAIL, phone=PHONE, consent=consent)


def holding(folder: Path, text: str) -> set[str]:
    return {file.name for file in folder.rglob("*") if file.is_file() and text.encode() in file.read_bytes()}


def test_a_person_is_kept_apart_and_records_know_an_opaque_id(records, her, file):
    first = records.put(Need(country="lv", wanted="x"), by=her)
    person = records.people.get(her)
    assert (person.name, person.email, person.phone) == (NAME, EMAIL, PHONE)
    assert person.consent == Consent(scope="assessments of 2026", until=date(2027, 12, 31))
    assert first.by == her and her.startswith("lv:person:")
    with closing(driver().connect(str(file))) as raw:
        rows = raw.execute("SELECT * FROM version").fetchall()
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert NAME not in repr(rows) and EMAIL not in repr(rows)
    assert tables == {"version", "person", "erased", "backup", "sqlite_sequence"}


def test_no_other_table_is_ever_deleted_from():
    room = Path(people.__file__).parent
    deletes = {
        file.name: [
            line.strip() for line in file.read_text().splitlines() if ".delete(" in line or "DELETE FROM" in line
        ]
        for file in room.glob("*.py")
    }
    assert {name: lines for name, lines in deletes.items() if lines} == {
        "people.py": ["gone = connection.execute(kept.person.delete().where(kept.person.c.id == id)).rowcount"],
        "backups.py": ['"DELETE FROM version",', '"DELETE FROM person",'],  # a restore puts a whole file in the place
    }


def test_erasing_leaves_no_byte_of_a_person_and_all_of_the_history(records, her, file, tmp_path):
    for n in range(30):  # other people and records around them, so that their page is a page of many
        records.people.add("lv", name=f"Somebody {n}", email=f"n{n}@example.org")
        records.put(Need(country="lv", wanted=f"w{n}"), by=her)
    other = Records.open(file, [Need], now=clock())
    assert other.people.get(her) and holding(tmp_path, NAME)
    records.people.replace(records.people.get(her).replace(email="changed@example.org"))
    assert not holding(tmp_path, EMAIL)  # what was there before is overwritten too
    erased = records.people.erase(her)
    assert erased.backups == ()
    for said in (NAME, "changed@example.org", PHONE, "assessments of 2026"):
        assert holding(tmp_path, said) == set()
    assert records.people.get(her) is None and other.people.get(her) is None
    assert len(list(records.all("need"))) == 30 and {one.by for one in records.all("need")} == {her}
    with pytest.raises(Refused):
        records.put(Need(country="lv", wanted="x"), by=her)


def test_a_reader_that_keeps_the_log_is_told_and_erasing_again_finishes(records, her, file, tmp_path, monkeypatch):
    monkeypatch.setattr(people, "_WAIT", 20)
    with closing(driver().connect(str(file), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM person").fetchall()
        with pytest.raises(CcsiError) as told:
            records.people.erase(her)
        assert told.value.code == "person-in-log"
        reader.execute("COMMIT")
    records.people.erase(her)
    assert holding(tmp_path, NAME) == set()


def test_older_backups_are_told_as_not_erased_and_restoring_one_erases_again(records, her, file, tmp_path):
    copies = tmp_path / "copies"
    copies.mkdir()
    back_up(records.engine, copies / "one.db", now=clock())
    erased = records.people.erase(her)
    assert {Path(name).name for name, _ in erased.backups} == {"one.db"}
    assert holding(tmp_path, NAME) == {"one.db"}
    restore(copies / "one.db", file, now=clock())
    again = Records.open(file, [Need], now=clock())
    assert again.people.get(her) is None
    assert holding(tmp_path, NAME) == {"one.db"}
    assert "one.db" in {Path(name).name for name, _ in again.people.erase(her).backups}


def test_who_is_not_there_is_told(records):
    with pytest.raises(Refused):
        records.people.erase("lv:person:nobody")
    assert records.people.get("lv:person:nobody") is None
