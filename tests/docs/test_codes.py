"""Every code that the program says has words in every language, and what a person can act on says what to do."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccsi_kit.i18n import LANGUAGES, has_words
from ccsi_kit.pipeline import equip
from ccsi_kit.plugins import discover
from tests.docs.conftest import ROOT

PLUGINS = discover()
SOURCES = [
    file
    for place in ("src", "countries")
    for file in sorted((ROOT / place).rglob("*.py"))
    if "tests" not in file.relative_to(ROOT).parts
]
MESSAGES = {"Message", "problem"}
"""What makes a message; whether somebody can act on it is for the message around it to say."""
COMPLAINTS = {"CcsiError", "UsageError", "Refused", "CheckFailed", "Incompatible", "Issue", "refusal", "wrong"}
"""What makes an error or an issue."""
ITS_ISSUES_SAY_IT = {"bad-file", "bad-expressions", "drift", "missing-columns"}
THE_SENTENCE_SAYS_IT = {"bad-value", "no-address", "token-missing", "too-many-pages"}
OUT_OF_OUR_HANDS = {"no-words", "hub-doubled-path", "listing-missing"} | {
    "address-not-public", "answer-broken", "answer-encoding", "answer-too-large", "bad-address", "fetch-failed",
    "fetch-late", "fetch-status", "host-not-listed", "moved-too-often", "not-https", "page-broken", "page-without",
}  # fmt: skip
"""Faults of the program and of other people's servers: the last table stays, and the next run tries again."""
NO_ADVICE = ITS_ISSUES_SAY_IT | THE_SENTENCE_SAYS_IT | OUT_OF_OUR_HANDS


def codes(calls: set[str], files: list[Path]) -> Iterator[tuple[str, str]]:
    """Every code that is written out in such calls, with its place."""
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = ast.unparse(node.func)
                if called.split(".")[-1] in calls and not called.startswith("click."):
                    yield node.args[0].value, f"{file.name}:{node.lineno}"


COMPLAINED = dict(codes(COMPLAINTS, SOURCES))
SAID = COMPLAINED | dict(codes(MESSAGES | {"words"}, SOURCES))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_words(lang):
    assert not {code: place for code, place in SAID.items() if not has_words(code, lang)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_complaint_says_what_to_do(lang):
    silent = {code: place for code, place in COMPLAINED.items() if not has_words(f"{code}.mend", lang)}
    assert not set(silent) - NO_ADVICE, silent


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_why_rows_are_left_out_has_words(lang):
    """It stands in reports and on pages."""
    for source in equip(PLUGINS).sources.values():
        reasons = {drop.because for drop in source.manifest.drop}
        reasons |= {source.manifest.keep.reason} if source.manifest.keep else set()
        assert not {reason for reason in reasons if not has_words(f"reason.{reason}", lang)}, source.id


def test_the_check_sees_a_code_without_words(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text('raise Refused("never-heard-of", n=1)\nerrors.Issue("nor-this")\nRefused(code)\n')
    assert dict(codes(COMPLAINTS, [planted])) == {"never-heard-of": "planted.py:1", "nor-this": "planted.py:2"}
    assert not has_words("never-heard-of", "en")
