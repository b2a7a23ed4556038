"""Where real open data lie: the only file that knows. Tests that use them skip where they are absent."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).parents[2] / "shared" / "data"
DATA: Path | None = next(
    (folder for folder in (Path(os.environ.get("CCSI_REAL_DATA", _BESIDE)),) if folder.is_dir()), None
)
"""The folder of real data; none where it is not there."""


def needs(path: str) -> Path:
    """A file below the folder of real data, or a skipped test that says which file is absent."""
    file = DATA / path if DATA else None
    if file is None or not file.exists():
        pytest.skip(f"{path} is not on this machine: set CCSI_REAL_DATA to the folder that has it")
    return file
