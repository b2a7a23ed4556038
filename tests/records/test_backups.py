"""Backups are whole while others write; restoring is whole or not at all."""

import random
import subprocess
import sys
import time
from collections import Counter

import pytest

from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.records import Records, back_up, restore
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
