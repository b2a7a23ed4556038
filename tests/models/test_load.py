"""YAML that people write: every complaint at once, with its line."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from ccsi_kit.errors import Refused
from ccsi_kit.models import Model, loaded, read


class Part(Model):
    name: str = Field(description="x", examples=["x"])
    share: Decimal | None = Field(default=None, description="x", examples=["0.5"])


class Whole(Model):
    country: str = Field(description="x", examples=["x"])
    on: date | None = Field(default=None, description="x", examples=["2026-01-01"])
    parts: tuple[Part, ...] = Field(default=(), description="x", examples=[[]])


def written(tmp_path, text):
    file = tmp_path / "whole.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def complaints(tmp_path, text):
    with pytest.raises(Refused) as refused:
        loaded(written(tmp_path, text), Whole)
    assert all(issue.file == "whole.yaml" and issue.severity == "error" for issue in refused.value.issues)
    return [(issue.code, issue.line, issue.arguments.get("key")) for issue in refused.value.issues]


def test_what_plain_loading_spoils_stays_as_it_is_written(tmp_path):
    whole = loaded(written(tmp_path, "country: NO\non: 2026-04-10\nparts: [{name: 0012, share: 0.51}]\n"), Whole)
    assert whole == Whole(country="NO", on=date(2026, 4, 10), parts=(Part(name="0012", share=Decimal("0.51")),))


def test_none_is_written_none(tmp_path):
    whole = loaded(written(tmp_path, "country: lv\non: none\nparts: [{name: 'none'}]\n"), Whole)
    assert (whole.on, whole.parts[0].name) == (None, "none")


@pytest.mark.parametrize("nothing", ["", "null", "~"])
def test_nothing_must_be_written_out(tmp_path, nothing):
    assert complaints(tmp_path, f"country: lv\non: {nothing}\n") == [("yaml-null", 2, "on")]


def test_an_unknown_key_is_told_with_its_line_and_the_nearest(tmp_path):
    with pytest.raises(Refused) as refused:
        loaded(written(tmp_path, "country: lv\nparts:\n  - name: a\n    shaer: 1\n"), Whole)
    (issue,) = refused.value.issues
    assert (issue.code, issue.line, issue.arguments) == ("unknown-key", 4, {"key": "parts.0.shaer", "nearest": "share"})


def test_a_key_in_the_wrong_part_is_not_its_own_nearest(tmp_path):
    with pytest.raises(Refused) as refused:
        loaded(written(tmp_path, "country: lv\nshare: 1\n"), Whole)
    (issue,) = refused.value.issues
    assert (issue.code, issue.arguments) == ("unknown-key", {"key": "share", "nearest": ""})


def test_every_complaint_comes_at_once(tmp_path):
    text = "on: someday\nparts:\n  - share: much\n"
    assert complaints(tmp_path, text) == [
        ("missing-key", 1, "country"),
        ("bad-value", 1, "on"),
        ("missing-key", 3, "parts.0.name"),
        ("bad-value", 3, "parts.0.share"),
    ]


def test_a_doubled_key_is_no_quiet_overwriting(tmp_path):
    assert complaints(tmp_path, "country: lv\ncountry: es\n") == [("yaml-doubled-key", 2, "country")]


def test_broken_yaml_says_where(tmp_path):
    ((code, line, _),) = complaints(tmp_path, 'country: "lv\n')
    assert (code, line) == ("yaml-broken", 2)


@given(text=st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=80))
def test_no_text_raises_anything_but_a_refusal(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("any") / "any.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    _, _, issues = read(file)
    try:
        loaded(file, Whole)
    except Refused as refused:
        assert refused.issues
    else:
        assert not issues
