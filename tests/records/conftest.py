"""Records of a type of our own, and a clock that goes on by a second whenever it is asked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from ccsi_kit.models import Record, Steps, Text
from ccsi_kit.records import Records

BEGAN = datetime(2026, 11, 25, 9, tzinfo=UTC)


class Need(Record, kind="need", schema=2):
    """What a host asks for."""

    wanted: str
    pilot: str | None = None
    words: Text | None = None
    steps: ClassVar = Steps("open -> matched | closed; matched -> closed", matched=("pilot",))
    upgrades: ClassVar = {1: lambda said: {"wanted": said.pop("wish"), **said}}


def clock() -> Callable[[], datetime]:
    seconds = iter(range(10**9))
    return lambda: BEGAN + timedelta(seconds=next(seconds))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.db"


@pytest.fixture
def records(file: Path) -> Records:
    return Records.open(file, [Need], now=clock())


@pytest.fixture
def me(records: Records) -> str:
    return records.people.add("lv", name="A. Parauga")
