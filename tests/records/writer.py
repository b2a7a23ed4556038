"""A process that puts records and says what was kept, until somebody kills it.

`python -m tests.records.writer FILE PERSON NAME SLOW`: with SLOW it lingers inside its transactions.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from ccsi_kit.records import Put, Records
from tests.records.conftest import Need

SIZE = 3
"""Records in one transaction: `NAME-<transaction>-<n>`."""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(file: str, by: str, name: str, slow: str) -> None:
    def now() -> datetime:
        if slow == "slow" and opened:
            say("inside")
            time.sleep(0.003)
        return datetime.now(UTC)

    opened = False
    records = Records.open(Path(file), [Need], now=now)
    opened = True
    for number in range(10**9):
        puts = [Put(Need(country="lv", wanted=f"{name}-{number}-{n} " + "x" * 3000)) for n in range(SIZE)]
        for version in records.put_all(puts, by=by):
            say(f"{version.seq} {version.record.wanted.split()[0]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
