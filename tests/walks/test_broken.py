"""Packages that are broken in any way change nothing of what the others give."""

from pathlib import Path

import pytest

from ccsi_kit.pipeline.stages import STAMP
from tests.walks.conftest import run, state

BROKEN = Path(__file__).parents[1] / "broken"
CODES = ("xa", "xb", "xc", "xd", "xe", "xf", "xg", "xh", "xi", "xj", "xk", "xl", "xm", "lv-again")
IN_PART = ("xo",)
"""Countries of which only a part is broken: the rest of them works."""


def test_tables_and_pages_are_equal_with_and_without_every_broken_package(folder, tmp_path, monkeypatch, capsys):
    assert run(folder, "--sample") == 0
    capsys.readouterr()
    other = tmp_path / "other"
    other.mkdir()
    (other / "ccsi.toml").write_text((folder / "ccsi.toml").read_text())
    faults = [fault for fault in sorted(BROKEN.iterdir()) if fault.is_dir()]
    for fault in faults:
        monkeypatch.syspath_prepend(fault)
    assert run(other, "--sample") == 0
    assert _given(other) == _given(folder)
    told = capsys.readouterr().err
    assert {code: told.count(f"{code} is left out") for code in CODES} == dict.fromkeys(CODES, 1)
    assert len(faults) == len(CODES) + len(IN_PART)


def _given(folder: Path) -> dict[str, str]:
    """What there is for readers: all but the stamp, which tells that other code was installed."""
    return {name: said for name, said in state(folder).items() if name != f"hub/{STAMP}"}


@pytest.mark.parametrize(
    ("fault", "code", "exit_code"),
    [
        ("import_error", "xa", 5),
        ("bad_manifest", "xg", 3),
        ("broken_words", "xi", 5),
        ("folder_manifest", "xj", 3),
        ("foreign_list", "xl", 3),
    ],
)
def test_a_broken_country_that_is_named_is_an_error(folder, monkeypatch, capsys, fault, code, exit_code):
    from ccsi_kit.cli.main import exit_code as called

    monkeypatch.syspath_prepend(BROKEN / fault)
    assert called(["run", "--workspace", str(folder), "--sample", "--country", code]) == exit_code
    assert "Everything else works" in (told := capsys.readouterr().err)
    named = {
        "import_error": "no_such_module_anywhere",
        "bad_manifest": "“titel”",
        "broken_words": "locale/en/LC_MESSAGES/core.mo",
        "folder_manifest": "manifest.yaml",
        "foreign_list": "ccsi:theme",
    }
    assert named[fault] in told and "code='" not in told


def test_status_works_whatever_is_broken(folder, monkeypatch, capsys):
    from ccsi_kit.cli.main import exit_code

    for fault in BROKEN.iterdir():
        if fault.is_dir():
            monkeypatch.syspath_prepend(fault)
    assert run(folder, "--sample") == 0
    capsys.readouterr()
    (folder / "runs" / "9999.json").write_text("{broken")
    (folder / "ccsi.toml").write_text("[[broken")
    assert exit_code(["status", "--workspace", str(folder)]) == 0
    told = capsys.readouterr().out
    assert all(f"\n{code} " in f"\n{told}" for code in ("es", "fr", "lv", "se", *CODES))
