"""What holds for every model."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, RootModel, ValidationError

import ccsi_kit.models as models
from ccsi_kit.models import Call, Issue, Message, Organisation, Origin, Text, json_schema, parse_ref
from ccsi_kit.models.ref import encode

SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "schemas"
ALL = sorted(
    (
        value
        for name in models.__all__
        if isinstance(value := getattr(models, name), type) and issubclass(value, BaseModel)
    ),
    key=lambda model: model.__name__,
)
PUBLISHED = [model for model in ALL if model.__name__ not in ("Model", "Thing", "Record")]


@pytest.mark.parametrize("model", PUBLISHED, ids=lambda model: model.__name__)
def test_every_field_has_a_description_and_an_example_that_is_valid(model):
    for name, field in model.model_fields.items():
        if issubclass(model, RootModel):
            continue
        assert field.description, name
        assert field.examples, name
    fields = {name: field.examples[0] for name, field in model.model_fields.items() if field.examples}
    if not issubclass(model, RootModel):
        assert model.model_validate_json(json.dumps(fields)) == model.model_validate(fields)


@pytest.mark.parametrize(
    "model", [model for model in PUBLISHED if not issubclass(model, RootModel | Message)], ids=lambda m: m.__name__
)
def test_models_are_frozen_and_refuse_unknown_fields(model):
    fields = {name: field.examples[0] for name, field in model.model_fields.items()}
    one = model.model_validate(fields)
    with pytest.raises(ValidationError):
        setattr(one, next(iter(fields)), None)
    with pytest.raises(ValidationError, match="unheard_of"):
        model.model_validate({**fields, "unheard_of": 1})


@pytest.mark.parametrize("model", PUBLISHED, ids=lambda model: model.__name__)
def test_a_schema_changes_only_when_it_is_announced(model):
    """Announce a change: run `python scripts/schemas`, look at the difference, and add a line to CHANGELOG.md."""
    committed = SCHEMAS / f"{model.__name__.lower()}.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == json_schema(model)


def test_a_text_knows_its_original_and_says_what_it_can():
    text = Text.model_validate({"lv": "Mazāk vientulības", "en": "Less loneliness"})
    assert text.original.lang == "lv"
    assert text.say("lv-LV", "lv").text == "Mazāk vientulības"
    assert text.say("sv").lang == "en"
    assert Text.model_validate(text.model_dump()) == text
    with pytest.raises(ValidationError):
        Text.model_validate([{"lang": "en", "text": "a"}, {"lang": "en", "text": "b"}])
    with pytest.raises(ValidationError):
        Text.model_validate({})


@given(local=st.text(alphabet=st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=40))
def test_any_number_can_be_written_in_a_ref_and_read_back(local):
    assert parse_ref(f"lv:regcode:{encode(local)}").local == local
    assert Origin(
        source="lv-ur", key=local.replace("/", "-"), snapshot="s", retrieved=date(2026, 1, 1), licence="x"
    ).ref


@pytest.mark.parametrize(
    "wrong", ["", "lv", "lv:regcode", "lv:regcode:", "LV:regcode:1", "lv:regcode:ā", "a b#c", "sha256:12"]
)
def test_what_is_no_ref_is_refused(wrong):
    with pytest.raises(ValueError, match="no reference"):
        parse_ref(wrong)


def test_a_version_is_read_from_the_form_alone():
    assert parse_ref("ccsi:criteria:esid-4@3") == ("thing", "ccsi", "criteria", "esid-4", 3)


@pytest.mark.parametrize(
    ("call", "day", "is_open"),
    [
        (Call(always_open=True), date(2026, 1, 1), True),
        (Call(opens=date(2026, 1, 2), closes=date(2026, 1, 3)), date(2026, 1, 1), False),
        (Call(opens=date(2026, 1, 2), closes=date(2026, 1, 3)), date(2026, 1, 2), True),
        (Call(opens=date(2026, 1, 2), closes=date(2026, 1, 3)), date(2026, 1, 3), True),
        (Call(closes=date(2026, 1, 3)), date(2026, 1, 4), False),
        (Call(closes=date(2026, 1, 3)), date(2026, 1, 1), None),
        (Call(opens=date(2026, 1, 2)), date(2026, 1, 5), None),
        (Call(always_open=False), date(2026, 1, 1), None),
    ],
)
def test_whether_a_call_is_open_is_computed_for_a_day(call, day, is_open):
    assert call.is_open(on=day) is is_open


def test_an_issue_keeps_its_arguments_apart_from_its_place():
    issue = Issue("bad-date", source="lv-ur-register", line=3, reason="no such day")
    assert issue.arguments == {"reason": "no such day"} and issue.line == 3
    assert Issue.model_validate(issue.model_dump()) == issue == Issue.model_validate_json(issue.model_dump_json())


def test_a_thing_knows_who_says_what():
    origin = Origin(
        source="lv-ur-register", key="1", snapshot="sha256:0", retrieved=date(2026, 1, 1), licence="CC0-1.0"
    )
    entry = Organisation(name="Parauga biedrība").with_sources({"name": origin})
    merged = entry.replace(id="lv:regcode:1").with_sources({"name": origin}, {origin.ref: entry})
    assert merged.origin("name") == origin and merged.origin("website") is None
    assert merged.entries["lv-ur-register"] is merged.entries["lv-ur-register#1"] is entry
    assert list(merged.entries) == ["lv-ur-register#1"]
    with pytest.raises(AttributeError):
        merged.origin("nmae")
    with pytest.raises(KeyError, match="lv-ur-register#1"):
        merged.entries["es-bdns"]
