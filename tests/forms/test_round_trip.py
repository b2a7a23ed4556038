"""What goes out comes back as it was."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ccsi_kit.forms import read_form
from ccsi_kit.models import Text
from tests.forms.made import Answer, Trial
from tests.forms.strategies import plains, stored, trials

FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
"""Nothing is shrunk: every example writes a file and starts a process."""


def back(path, form, records=(), country=None):
    known = {record.id: record for record in records}
    filled = read_form(path, [form], current=known.get, country=country)
    assert filled.issues == ()
    return [row.record for row in filled.rows]


def bare(record):
    """A new record: what only the store or a machine says is not in a sheet."""
    said = {
        name: Text.model_validate([{"lang": w.lang, "text": w.text} for w in value.wordings()])
        for name, value in record
        if isinstance(value, Text)
    }
    answers = [
        answer.replace(said=answer.said and Text.model_validate({w.lang: w.text for w in answer.said.wordings()}))
        for answer in getattr(record, "answers", ())
    ]
    more = {"answers": answers, "computed": None} if isinstance(record, Trial) else {}
    return record.replace(**said, **more)


@FEW
@given(records=stored(trials), lang=st.sampled_from(["en", "lv", "fr"]))
def test_a_workbook_brings_back_what_it_took(tmp_path, trial, records, lang):
    trial.xlsx(tmp_path / "t.xlsx", lang=lang, records=records)
    assert back(tmp_path / "t.xlsx", trial, records) == records


@FEW
@given(records=stored(trials))
def test_csv_brings_back_what_it_took(tmp_path, trial, records):
    trial.csv(tmp_path / "t.zip", records=records)
    assert back(tmp_path / "t.zip", trial, records) == records


@FEW
@given(records=stored(trials))
def test_json_lines_bring_back_what_they_took(tmp_path, trial, records):
    trial.jsonl(tmp_path / "t.jsonl", records=records)
    assert back(tmp_path / "t.jsonl", trial, records) == records


@FEW
@given(records=stored(plains, "plain"))
def test_a_form_without_lists_is_one_csv_file(tmp_path, plain, records):
    plain.csv(tmp_path / "plain.csv", records=records)
    assert back(tmp_path / "plain.csv", plain, records) == records


def sorted_texts(record):
    """A record whose texts are in the order of their languages."""
    said = {name: value for name, value in record if isinstance(value, Text)}
    return record.replace(**{
        name: Text.model_validate(sorted(({"lang": w.lang, "text": w.text} for w in text.wordings()), key=str))
        for name, text in said.items()
    })  # fmt: skip


def same_but_for_order(one, other):
    """Equal but for the order of translations, which a new record has from the columns."""
    assert sorted_texts(one) == sorted_texts(other)
    for name in ("title", "summary"):
        old, new = getattr(one, name, None), getattr(other, name, None)
        assert (old and old.original) == (new and new.original)


@FEW
@given(record=trials.map(bare))
def test_new_records_come_back_from_a_workbook_and_from_csv(tmp_path, trial, record):
    record = record.replace(answers=())
    trial.xlsx(tmp_path / "t.xlsx", lang="sv", records=[record])
    trial.csv(tmp_path / "t.zip", records=[record])
    for file in ("t.xlsx", "t.zip"):
        (found,) = back(tmp_path / file, trial)
        same_but_for_order(found, record)


@FEW
@given(record=plains.map(bare))
def test_equal_input_gives_equal_bytes(tmp_path, plain, record):
    for name in ("a.xlsx", "b.xlsx"):
        plain.xlsx(tmp_path / name, lang="es", records=[record])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@FEW
@given(one=plains, other=plains)
def test_blank_cells_leave_what_a_record_says(tmp_path, plain, one, other):
    """A row with an id changes what its cells say, and nothing else."""
    one = one.replace(id="lv:plain:1")
    plain.csv(tmp_path / "q.csv", records=[other.replace(id="lv:plain:1")])
    filled = read_form(tmp_path / "q.csv", [plain], current={"lv:plain:1": one}.get)
    (row,) = filled.rows
    assert row.record.notes == other.notes
    assert row.record.count == (one.count if other.count is None else other.count)
    said = {wording.lang: wording.text for wording in row.record.title.wordings()}
    assert said == {
        **{wording.lang: wording.text for wording in one.title.wordings()},
        **{wording.lang: wording.text for wording in other.title.wordings()},
    }


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl"])
def test_a_form_without_records_brings_nothing_back(tmp_path, plain, kind):
    path = tmp_path / f"plain.{kind}"
    getattr(plain, kind)(path, **({"lang": "lv"} if kind == "xlsx" else {}))
    assert back(path, plain) == []


@pytest.mark.parametrize("file", ["t.xlsx", "t.zip"])
def test_answers_may_be_names_of_columns(tmp_path, trial, file):
    said = Text.model_validate({"en": "country", "sv": "id"})
    answers = (Answer(item="a:b/c", said=said, evidence=("notes", "title", "_parent", "Nosaukums")),)
    record = Trial(id="lv:trial:1", country="lv", title=said, notes="size", tags=("title", "id"), answers=answers)
    if file == "t.xlsx":
        trial.xlsx(tmp_path / file, lang="en", records=[record])
    else:
        trial.csv(tmp_path / file, records=[record])
    assert back(tmp_path / file, trial, [record]) == [record]
