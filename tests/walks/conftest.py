"""Whole runs of the fictitious country `zz`, in this process and in others that can be killed."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

ZZ = Path(__file__).parents[1] / "zz"
SOURCES = ZZ / "ccsi_kit_zz" / "sources"
ON = "2026-11-24"
SETTINGS = 'languages = ["en", "lv"]\n'


@pytest.fixture(autouse=True)
def zz(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ZZ)
    monkeypatch.syspath_prepend(ZZ.parents[1])  # so that a process of its own finds the function it is to run
    monkeypatch.setenv("PYTHONPATH", str(ZZ))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty workspace with two languages."""
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (workspace / "ccsi.toml").write_text(SETTINGS)
    return workspace


@pytest.fixture
def changed(tmp_path: Path) -> dict[str, Path]:
    """Files for the two sources of zz in which rows were added, changed and taken away."""
    register, projects = tmp_path / "register.csv", tmp_path / "projects.csv"
    said = (SOURCES / "register" / "sample.csv").read_text()
    register.write_text(
        said.replace("Example Foundation Two", "Example Foundation Second") + "Z0010;Example Ten;ASS;2010-10-10\n"
    )
    said = (SOURCES / "projects" / "sample.csv").read_text()
    projects.write_text(said.replace("P-1,", "P-9,") + "P-4,A fourth project,Example Ten,Z0010,01/05/2023\n")
    return {"zz-register": register, "zz-projects": projects}


def run(folder: Path, *more: str) -> int:
    """`ccsi run` for zz in this process: its exit code."""
    from ccsi_kit.cli.main import exit_code

    return exit_code(["run", "--workspace", str(folder), "--country", "zz", "--on", ON, *more])


def given(files: dict[str, Path]) -> list[str]:
    return [word for name, path in files.items() for word in ("--file", f"{name}={path}")]


def state(folder: Path, *parts: str) -> dict[str, str]:
    """The hash of every file in some parts of a workspace."""
    found = (file for part in parts or ("tables", "links", "hub", "ledger.jsonl") for file in _files(folder / part))
    return {str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest() for file in found}


def _files(path: Path) -> Iterator[Path]:
    return (
        (file for file in path.rglob("*") if file.is_file()) if path.is_dir() else iter([path] if path.exists() else [])
    )


def touched(folder: Path) -> dict[str, tuple[int, int]]:
    """What tells whether a file was touched."""
    return {str(file.relative_to(folder)): (file.stat().st_mtime_ns, file.stat().st_ino) for file in _files(folder)}


def child(arguments: list[str], fail_at: str, planted: bool) -> None:
    """A process of its own that runs `ccsi` and is killed at a place."""
    os.environ["CCSI_FAIL_AT"] = fail_at
    sys.path.insert(0, str(ZZ))
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
    from ccsi_kit.cli import main

    if planted:
        from ccsi_kit.pipeline import stages

        stages.replacing = writing_in_place  # type: ignore[attr-defined]
    main.main(arguments)


@contextmanager
def writing_in_place(path: Path, *, aside: Path) -> Iterator[Path]:
    """The fault that write-aside prevents: the old file is gone before the new one is whole."""
    from ccsi_kit.store import step

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    step("rename")
    yield path
    step("sync-folder")


_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(
    ["ccsi_kit.workspace", "ccsi_kit.cli.running", "duckdb", "pyarrow", "ccsi_kit.hub.static"]
)


def killed(folder: Path, fail_at: str, *more: str, planted: bool = False) -> bool:
    """Runs `ccsi run` in a process of its own that kills itself at a place; whether it got there."""
    arguments = ["run", "--workspace", str(folder), "--country", "zz", "--on", ON, *more]
    process = _context.Process(target=child, args=(arguments, fail_at, planted))
    process.start()
    process.join()
    return process.exitcode == -signal.SIGKILL
