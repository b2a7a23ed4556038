"""Every schema number that a record type was ever released with still reads.

`released/<kind>-<number>.json` holds the content of a record as it was stored under that number. When a number goes up,
its file is added and no older one is changed or taken away.
"""

import json
from pathlib import Path

import pytest

from ccsi_kit.plugins import record_types

RELEASED = Path(__file__).parent / "released"
TYPES = record_types()


@pytest.mark.parametrize("kind", TYPES)
def test_every_number_is_there_and_reads(kind):
    type_ = TYPES[kind]
    for number in range(1, type_.schema_number + 1):
        content = json.loads((RELEASED / f"{kind}-{number}.json").read_text(encoding="utf-8"))
        record = type_.read(content, schema=number)
        assert record.country and type_.read(record.content(), schema=type_.schema_number) == record


@pytest.mark.parametrize("kind", TYPES)
def test_what_is_written_today_is_what_is_released_as_today(kind):
    """A change of a type without a new number fails here: what is stored already would not read as it did."""
    type_ = TYPES[kind]
    content = json.loads((RELEASED / f"{kind}-{type_.schema_number}.json").read_text(encoding="utf-8"))
    assert type_.read(content, schema=type_.schema_number).content() == content
    assert set(content) == set(type_.model_fields) - {"id"}


def test_no_released_file_is_of_a_type_that_is_gone():
    assert {file.stem.rpartition("-")[0] for file in RELEASED.glob("*.json")} <= set(TYPES)
