"""Writers are killed at any moment: what was acknowledged is there, and no transaction is half there.

`CCSI_KILLS` says how often; `make soak` kills 200 times.
"""

import os
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from ccsi_kit.errors import CcsiError
from ccsi_kit.records import Records
from ccsi_kit.records.engine import driver
from tests.records.conftest import Need, clock
from tests.records.writer import SIZE

KILLS = int(os.environ.get("CCSI_KILLS", "12"))
LONGEST = 0.25
"""Seconds after its first word within which a writer is killed."""


def writers(file: Path, by: str, round_: int, many: int, slow: bool) -> list[subprocess.Popen[str]]:
    ask = [sys.executable, "-m", "tests.records.writer", str(file), by]
    return [
        subprocess.Popen([*ask, f"{round_}.{n}", "slow" if slow else "fast"], stdout=subprocess.PIPE, text=True)
        for n in range(many)
    ]


def killed(processes: list[subprocess.Popen[str]], slow: bool, chance: random.Random) -> list[str]:
    """The lines that they said before they died; a slow one dies inside of a transaction."""
    said = [process.stdout.readline() for process in processes]
    time.sleep(chance.uniform(0, LONGEST))
    while slow and said[-1] != "inside\n":
        said.append(processes[0].stdout.readline())
    time.sleep(chance.uniform(0, 0.006) if slow else 0)
    for process in processes:
        process.kill()
    said += [line for process in processes for line in process.communicate()[0].splitlines(keepends=True)]
    return [line.strip() for line in said if line.endswith("\n") and line != "inside\n"]


@pytest.mark.parametrize("many", [1, 3])
def test_no_acknowledged_version_is_lost_and_none_is_half_written(records, me, file, many):
    chance = random.Random(many)
    acknowledged: dict[int, str] = {}
    rounds = max(1, KILLS // 2)
    for round_ in range(rounds):
        slow = round_ % 3 == 0
        lines = killed(writers(file, me, round_, many, slow), slow, chance)
        acknowledged |= {int(line.split()[0]): line.split()[1] for line in lines}
    kept = {one.seq: one.record.wanted.split()[0] for one in Records.open(file, [Need], now=clock()).all("need")}
    assert acknowledged and acknowledged.items() <= kept.items()
    whole = Counter(name.rpartition("-")[0] for name in kept.values())
    assert set(whole.values()) == {SIZE}
    assert len(set(kept.values())) == len(kept) and sorted(kept) == list(range(1, len(kept) + 1))
    said = {name.rpartition("-")[0] for name in acknowledged.values()}
    assert len(set(whole) - said) <= many * rounds  # of each killed writer at most the one that it did not come to say
    assert driver().connect(str(file)).execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_full_disk_keeps_nothing_and_the_same_put_again_is_one_version(records, me, file):
    """The file may not grow any more when the transaction is committed."""
    asked = Need(country="lv", wanted="x" * 30_000)
    records.put(Need(country="lv", wanted="before"), by=me)
    wal = file.with_name("records.db-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + 4096, hard))
    try:
        with pytest.raises(CcsiError) as told:
            records.put(asked, by=me, put_key="once")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert told.value.code == "records-disk", told.value
    assert records.last == 1
    first = records.put(asked, by=me, put_key="once")
    assert records.put(asked, by=me, put_key="once") == first
    assert [one.seq for one in records.all("need")] == [1, 2]
