"""Backups are whole while others write; restoring is whole or not at all."""

import random
import subprocess
import sys
import time
from collections import Counter

import pytest

from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.records import Records, back_up, restore
from ccsi_kit.records.engine import driver
from tests.records.conftest import Need, clock
from tests.records.writer import SIZE


def wanted(file) -> list[str]:
    return [one.record.wanted.split()[0] for one in Records.open(file, [Need], now=clock()).all("need")]


def test_a_backup_under_load_is_one_moment_of_the_records(records, me, file, tmp_path):
    ask = [sys.executable, "-m", "tests.records.writer", str(file), me]
    processes = [subprocess.Popen([*ask, f"{n}", "fast"], stdout=subprocess.PIPE, text=True) for n in range(2)]
    try:
        for process in processes:
            process.stdout.readline()
        for n in range(5):
            back_up(records.engine, tmp_path / f"{n}.db", now=clock())
            time.sleep(random.Random(n).uniform(0, 0.1))
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    counts = []
    for n in range(5):
        names = wanted(tmp_path / f"{n}.db")
        assert set(Counter(name.rpartition("-")[0] for name in names).values()) == {SIZE}
        counts.append(len(names))
    assert counts == sorted(counts) and 0 < counts[0] < counts[-1] <= len(wanted(file))


def test_restoring_brings_back_what_was_and_keeps_what_is(records, me, file, tmp_path):
    first = records.put(Need(country="lv", wanted="before"), by=me)
    back_up(records.engine, tmp_path / "b.db", now=clock())
    records.put(first.record.replace(wanted="after"), after=1, by=me)
    kept = restore(tmp_path / "b.db", file, now=clock())
    assert wanted(file) == ["before"] and wanted(kept) == ["after"]
    assert restore(tmp_path / "b.db", tmp_path / "new" / "records.db", now=clock()) is None
    assert wanted(tmp_path / "new" / "records.db") == ["before"]


def test_restoring_while_others_write_loses_nothing_that_was_acknowledged(records, me, file, tmp_path):
    back_up(records.engine, tmp_path / "b.db", now=clock())
    ask = [sys.executable, "-m", "tests.records.writer", str(file), me]
    processes = [subprocess.Popen([*ask, f"{n}", "fast"], stdout=subprocess.PIPE, text=True) for n in range(2)]
    try:
        said = [process.stdout.readline() for process in processes]
        time.sleep(0.2)
        before = restore(tmp_path / "b.db", file, now=clock())
        time.sleep(0.1)
    finally:
        for process in processes:
            process.kill()
        said += [line for process in processes for line in process.communicate()[0].splitlines(keepends=True)]
    names = {line.split()[1] for line in said if line.endswith("\n")}
    kept = {*wanted(file), *wanted(before)}
    assert names and names <= kept
    seqs = [one.seq for one in Records.open(file, [Need], now=clock()).all("need")]
    assert min(seqs, default=10**6) > max(one.seq for one in Records.open(before, [Need], now=clock()).all("need"))


def test_who_was_erased_stays_erased_whatever_is_restored(records, me, file, tmp_path):
    back_up(records.engine, tmp_path / "one.db", now=clock())
    her = records.people.add("lv", name="B. Paraugs")
    back_up(records.engine, tmp_path / "two.db", now=clock())
    records.people.erase(her)
    for name in ("one.db", "two.db"):
        restore(tmp_path / name, file, now=clock())
        assert her not in {one.id for one in Records.open(file, [Need], now=clock()).people.all()}
        assert b"B. Paraugs" not in file.read_bytes() + file.with_name("records.db-wal").read_bytes()


def test_a_damaged_file_is_set_aside_for_a_sound_backup(records, me, file, tmp_path):
    records.put(Need(country="lv", wanted="before"), by=me)
    back_up(records.engine, tmp_path / "b.db", now=clock())
    records.engine.engine.dispose()
    for ending in ("-wal", "-shm"):
        file.with_name(f"records.db{ending}").unlink(missing_ok=True)
    file.write_bytes(b"rubbish" * 1000)
    aside = restore(tmp_path / "b.db", file, now=clock())
    assert wanted(file) == ["before"] and aside.read_bytes() == b"rubbish" * 1000


def test_a_backup_of_a_newer_version_and_any_other_database_are_refused(records, me, file, tmp_path):
    records.put(Need(country="lv", wanted="now"), by=me)
    newer, other = tmp_path / "newer.db", tmp_path / "other.db"
    back_up(records.engine, newer, now=clock())
    raw = driver().connect(str(newer))
    raw.execute("PRAGMA user_version=9")
    raw.close()
    raw = driver().connect(str(other))
    raw.execute("CREATE TABLE version (x)")
    raw.close()
    for one in (newer, other):
        with pytest.raises(Refused):
            restore(one, file, now=clock())
    assert wanted(file) == ["now"]


@pytest.mark.parametrize("name", ["a#b", "a?b", "a%41b", "a b", "ā'b"])
def test_any_name_of_a_folder_or_file_is_that_name(tmp_path, name):
    file = tmp_path / name / "records.db"
    records = Records.open(file, [Need], now=clock())
    me = records.people.add("lv", name="A")
    records.put(Need(country="lv", wanted="x"), by=me)
    back_up(records.engine, tmp_path / name / f"{name}.db", now=clock())
    restore(tmp_path / name / f"{name}.db", file, now=clock())
    assert {one.name for one in tmp_path.iterdir()} == {name}
    assert wanted(tmp_path / name / f"{name}.db") == wanted(file) == ["x"]


def test_a_backup_whose_writer_died_is_told_when_somebody_is_erased(records, me, tmp_path, monkeypatch):
    from ccsi_kit.records import backups

    def dying(file, called):
        raise KeyboardInterrupt

    monkeypatch.setattr(backups, "_refuse_unsound", dying)
    with pytest.raises(KeyboardInterrupt):
        back_up(records.engine, tmp_path / "b.db", now=clock())
    told = [name for name, _ in records.people.erase(me).backups]
    assert str(tmp_path / "b.db.part") in told


def test_what_is_no_sound_backup_is_refused_and_changes_nothing(records, me, file, tmp_path):
    records.put(Need(country="lv", wanted="x" * 20_000), by=me)
    back_up(records.engine, tmp_path / "b.db", now=clock())
    whole = (tmp_path / "b.db").read_bytes()
    half = len(whole) // 2
    for name, content in (
        ("half.db", whole[:half]),
        ("text.db", b"nothing" * 100),
        ("spoilt.db", whole[:half] + b"\xff" * half),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Refused):
            restore(tmp_path / name, file, now=clock())
        assert wanted(file) == ["x" * 20_000]
    with pytest.raises(UsageError):
        back_up(records.engine, tmp_path / "b.db", now=clock())
    with pytest.raises(UsageError):
        restore(tmp_path / "none.db", file, now=clock())
    assert (tmp_path / "b.db").read_bytes() == whole
