"""What the tests of this room share."""

from pathlib import Path

import pytest

from tests.sources.workbench import Workbench


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    return Workbench(tmp_path, monkeypatch)
