"""Bytes are kept once, under their hash, with the day they first came."""

from datetime import date
from hashlib import sha256

import pytest

from ccsi_kit.store import Snapshots, set_ref

DAY, LATER = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
def snapshots(tmp_path):
    return Snapshots(tmp_path / "snapshots")


def given(tmp_path, text):
    file = tmp_path / "register.csv"
    file.write_text(text)
    return file


def test_the_same_bytes_keep_their_first_day(snapshots, tmp_path):
    first = snapshots.add("lv-ur", [given(tmp_path, "a")], retrieved=DAY, kind="file")
    again = snapshots.add("lv-ur", [given(tmp_path, "a")], retrieved=LATER, kind="file")
    assert first == again and again[0].retrieved == DAY
    assert first[0].sha256 == sha256(b"a").hexdigest() and snapshots.path(first[0]).read_text() == "a"
    assert [file.read_text() for file in (snapshots.folder / "lv-ur").iterdir() if not file.suffix] == ["a"]


def test_what_was_refused_does_not_take_the_place_of_what_was_read(snapshots, tmp_path):
    good = snapshots.add("lv-ur", [given(tmp_path, "good")], retrieved=DAY, kind="file")
    snapshots.taken("lv-ur")
    bad = snapshots.add("lv-ur", [given(tmp_path, "bad")], retrieved=DAY, kind="file")
    assert snapshots.newest("lv-ur") == bad
    snapshots.refused("lv-ur")
    assert snapshots.newest("lv-ur") == good
    snapshots.add("lv-ur", [given(tmp_path, "better")], retrieved=DAY, kind="file")
    snapshots.taken("lv-ur")
    snapshots.refused("lv-ur")
    assert [snapshots.path(kept).read_text() for kept in snapshots.newest("lv-ur")] == ["better"]


def test_of_several_files_the_set_is_pointed_at_as_a_whole(snapshots, tmp_path):
    parts = [tmp_path / name for name in ("a.csv", "b.csv")]
    for part in parts:
        part.write_text(part.name)
    both = snapshots.add("eu-kohesio", parts, retrieved=DAY, kind="file")
    assert set_ref(both[:1]) == both[0].ref
    assert set_ref(both) not in {both[0].ref, both[1].ref, set_ref(both[::-1])}


def test_the_newest_is_what_came_last_even_when_it_came_before(snapshots, tmp_path):
    assert snapshots.newest("lv-ur") == ()
    for text in ("a", "b", "a"):
        snapshots.add("lv-ur", [given(tmp_path, text)], retrieved=DAY, kind="file")
        assert [snapshots.path(kept).read_text() for kept in snapshots.newest("lv-ur")] == [text]


def test_a_register_that_comes_in_parts_is_all_of_them_and_none_twice(snapshots, tmp_path):
    parts = [tmp_path / name for name in ("2014.csv", "2021.csv", "2021-again.csv")]
    for part, text in zip(parts, ("old", "new", "new"), strict=True):
        part.write_text(text)
    kept = snapshots.add("eu-kohesio", parts, retrieved=DAY, kind="file")
    assert [one.name for one in kept] == ["2014.csv", "2021.csv"] and kept == snapshots.newest("eu-kohesio")


def test_bytes_that_break_off_leave_the_last_ones(snapshots, tmp_path):
    kept = snapshots.add("lv-ur", [given(tmp_path, "good")], retrieved=DAY, kind="file")

    def breaking():
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        snapshots.keep("lv-ur", breaking(), name="register.csv", retrieved=LATER, kind="fetched")
    assert snapshots.newest("lv-ur") == kept and snapshots.path(kept[0]).read_text() == "good"
