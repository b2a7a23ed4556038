"""Durable files: write aside, sync, swap; and one process at a time."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from filecmp import cmp
from hashlib import file_digest
from pathlib import Path
from uuid import uuid4

from ccsi_kit.errors import CcsiError

Step = Callable[[str], None]
"""Told before each step of a swap: tests stop the process there."""


def _no_step(_: str) -> None:
    """Nothing is told."""


_told: Step = _no_step


def step(name: str) -> None:
    """Tells that a step begins."""
    _told(name)


def at_each_step(told: Step) -> None:
    """Lets a test be told before each step of every swap."""
    global _told  # noqa: PLW0603
    _told = told


@contextmanager
def replacing(path: Path, *, aside: Path) -> Iterator[Path]:
    """A new file to write that takes the place of `path` when all went well; an equal one changes nothing.

    `aside` is a folder on the same disk for what is not finished. The bytes are synced before the swap, the folder
    after.
    """
    new = aside / f"{uuid4().hex}-{path.name}"
    aside.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield new
        if path.exists() and cmp(new, path, shallow=False):
            return
        sync(new)
        step("rename")
        new.replace(path)
        step("sync-folder")
        sync(path.parent)
    finally:
        new.unlink(missing_ok=True)


def replacing_text(path: Path, text: str, *, aside: Path) -> None:
    """Puts a text in the place of a file, whole or not at all."""
    with replacing(path, aside=aside) as new:
        new.write_text(text + "\n", encoding="utf-8")


@contextmanager
def replacing_folder(path: Path, *, aside: Path) -> Iterator[Path]:
    """A new folder to fill that takes the place of `path` when all went well.

    Two renames: between them, for an instant, `path` is not there; a reader then finds the old one under `<name>.old`.
    """
    new, old = aside / f"{uuid4().hex}-{path.name}", path.with_name(f"{path.name}.old")
    new.mkdir(parents=True)
    try:
        yield new
        for file in new.rglob("*"):
            sync(file)
        step("rename")
        if path.exists():
            shutil.rmtree(old, ignore_errors=True)
            path.rename(old)
        step("rename-new")
        new.rename(path)
        step("sync-folder")
        sync(path.parent)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def emptied(folder: Path) -> None:
    """An empty folder, whatever a process that died left in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def restored(path: Path) -> None:
    """Brings back the old folder where a process died between the two renames, and takes it away where it did not."""
    old = path.with_name(f"{path.name}.old")
    if old.exists() and not path.exists():
        old.rename(path)
    shutil.rmtree(old, ignore_errors=True)


def sync(path: Path) -> None:
    """Makes sure that a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def append(path: Path, lines: Iterator[str]) -> None:
    """Adds whole lines to a file and syncs it; a last line that a dying process left unfinished is cut off first."""
    with path.open("ab+") as file:
        _cut_unfinished(file.fileno(), path)
        for line in lines:
            file.write(line.encode() + b"\n")
        file.flush()
        step("append")
        os.fsync(file.fileno())
    sync(path.parent)


def _cut_unfinished(handle: int, path: Path) -> None:
    kept = path.read_bytes().rfind(b"\n") + 1
    if kept != path.stat().st_size:
        os.ftruncate(handle, kept)


@contextmanager
def locked(lock: Path, *, aside: Path, who: str) -> Iterator[None]:
    """Holds a workspace for this process, until it ends or dies; raises `CcsiError` that names the holder.

    The folder of unfinished files is empty when it begins and when it ends.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    note = aside / "holder"
    with lock.open("a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            holder = note.read_text(encoding="utf-8") if note.exists() else "?"
            raise CcsiError("workspace-held", folder=str(lock.parent), holder=holder) from taken
        emptied(aside)
        note.write_text(who, encoding="utf-8")
        try:
            yield
        finally:
            emptied(aside)
