"""Files that are whole or not there, whatever happens while they are written."""

import subprocess
import sys

import pytest

from ccsi_kit.errors import CcsiError
from ccsi_kit.store import append, at_each_step, locked, replacing, replacing_folder, replacing_text


class Stopped(BaseException):
    """The process is gone."""


@pytest.fixture
def stop_before():
    def stop(name):
        def told(step):
            if step == name:
                raise Stopped

        at_each_step(told)

    yield stop
    at_each_step(lambda _: None)


def test_a_new_file_takes_the_place_of_the_old(tmp_path):
    file = tmp_path / "a" / "table"
    replacing_text(file, "old", aside=tmp_path / "aside")
    replacing_text(file, "new", aside=tmp_path / "aside")
    assert file.read_text() == "new\n"
    assert list((tmp_path / "aside").iterdir()) == []


def test_a_failure_leaves_the_old_file(tmp_path):
    file = tmp_path / "table"
    replacing_text(file, "old", aside=tmp_path / "aside")
    with pytest.raises(ZeroDivisionError), replacing(file, aside=tmp_path / "aside") as new:
        new.write_text("half")
        raise ZeroDivisionError
    assert file.read_text() == "old\n" and list((tmp_path / "aside").iterdir()) == []


@pytest.mark.parametrize(("step", "left"), [("rename", "old\n"), ("sync-folder", "new\n")])
def test_a_process_that_dies_leaves_the_old_or_the_new_file(tmp_path, stop_before, step, left):
    file = tmp_path / "table"
    replacing_text(file, "old", aside=tmp_path / "aside")
    stop_before(step)
    with pytest.raises(Stopped):
        replacing_text(file, "new", aside=tmp_path / "aside")
    assert file.read_text() == left


def test_equal_bytes_touch_nothing(tmp_path):
    file = tmp_path / "table"
    replacing_text(file, "same", aside=tmp_path / "aside")
    before = file.stat()
    replacing_text(file, "same", aside=tmp_path / "aside")
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_folder_is_swapped_whole(tmp_path):
    for word in ("old", "new"):
        with replacing_folder(tmp_path / "hub", aside=tmp_path / "aside") as new:
            (new / word).write_text(word)
    assert [file.name for file in (tmp_path / "hub").iterdir()] == ["new"]
    assert [folder.name for folder in tmp_path.iterdir() if folder.name != "aside"] == ["hub"]


@pytest.mark.parametrize(("step", "left"), [("rename", "old"), ("rename-new", "old"), ("sync-folder", "new")])
def test_a_folder_whose_writer_dies_is_found_again(tmp_path, stop_before, step, left):
    with replacing_folder(tmp_path / "hub", aside=tmp_path / "aside") as new:
        (new / "page").write_text("old")
    stop_before(step)
    with pytest.raises(Stopped), replacing_folder(tmp_path / "hub", aside=tmp_path / "aside") as new:
        (new / "page").write_text("new")
    found = next(folder for name in ("hub", "hub.old") if (folder := tmp_path / name).exists())
    assert (found / "page").read_text() == left


def test_an_unfinished_last_line_is_cut_before_more_is_added(tmp_path):
    ledger = tmp_path / "ledger.jsonl"
    append(ledger, iter(["one", "two"]))
    with ledger.open("ab") as file:
        file.write(b"thr")
    append(ledger, iter(["four"]))
    assert ledger.read_text() == "one\ntwo\nfour\n"


def test_what_a_dead_process_left_is_gone_when_the_next_one_holds_the_workspace(tmp_path):
    aside = tmp_path / "snapshots" / "tmp"
    (aside / "deep").mkdir(parents=True)
    (aside / "deep" / "unfinished").write_text("half")
    with locked(tmp_path / "lock", aside=aside, who="me"):
        assert [file.name for file in aside.iterdir()] == ["holder"]
        (aside / "more").write_text("half")
    assert list(aside.iterdir()) == []


def test_a_second_process_is_told_who_holds_the_workspace(tmp_path):
    lock, aside = tmp_path / "lock", tmp_path / "aside"
    code = f"""
from pathlib import Path
from ccsi_kit.errors import CcsiError
from ccsi_kit.store import locked
try:
    with locked(Path({str(lock)!r}), aside=Path({str(aside)!r}), who="the second"):
        print("held")
except CcsiError as told:
    print(told.code, told.arguments["holder"])
"""
    second = [sys.executable, "-c", code]
    with locked(lock, aside=aside, who="the first"):
        assert subprocess.run(second, capture_output=True, text=True, check=True).stdout == "workspace-held the first\n"
    before = lock.stat().st_mtime_ns
    assert subprocess.run(second, capture_output=True, text=True, check=True).stdout == "held\n"
    assert lock.stat().st_mtime_ns == before


def test_the_lock_of_this_process_is_told_too(tmp_path):
    lock, aside = tmp_path / "lock", tmp_path / "aside"
    with locked(lock, aside=aside, who="me"), pytest.raises(CcsiError) as told, locked(lock, aside=aside, who="again"):
        pass
    assert told.value.arguments["holder"] == "me"
