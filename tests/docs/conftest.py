"""A workspace made from the samples, once, for everything that the documents show."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ON = "2026-11-24"


@dataclass(frozen=True)
class Demo:
    """What `make demo` leaves, and what it says on the way."""

    folder: Path
    said: str


def ccsi(arguments: list[str], called: str) -> tuple[int, str]:
    """Runs `ccsi` in this process as it is called there: its exit code and all that it prints."""
    from ccsi_kit.cli.main import exit_code

    said, before = StringIO(), sys.argv
    sys.argv = [called, *arguments]
    try:
        with redirect_stdout(said), redirect_stderr(said):
            return exit_code(arguments), said.getvalue()
    finally:
        sys.argv = before


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Works in a folder, in English."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("CCSI_LANG", raising=False)
        patch.delenv("CCSI_FAIL_AT", raising=False)
        yield


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "demo").mkdir()
    (folder / "demo" / "ccsi.toml").write_text(
        'languages = ["en"]\npages = 20\nlicence = "CC-BY-4.0"\n'
    )  # the documents need few pages
    with inside(folder):
        code, said = ccsi(["run", "--workspace", "demo", "--sample", "--on", ON], str(folder / ".venv/bin/ccsi"))
    assert code == 0, said
    return Demo(folder, said)
