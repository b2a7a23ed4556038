"""Every record type that ships comes back from every kind of file as it went out, whatever people write."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.criteria import Assignment, criteria_sets
from ccsi_kit.forms import Form
from ccsi_kit.i18n import LANGUAGES
from ccsi_kit.mapping import Fiche
from ccsi_kit.models import Participant, Record
from ccsi_kit.plugins import record_types
from ccsi_kit.rules import Declaration, Fact
from tests.forms.strategies import THEMES, maybe, periods, refs, roles, stored, text, texts
from tests.forms.test_round_trip import FEW, back

people = st.sampled_from(["lv:person:01KB0V1J8M4Y6R2N9T5C7E3XQA", "es:person:01KB0V1J8M4Y6R2N9T5C7E3XQB"])
SHIPPED: dict[str, st.SearchStrategy[Record]] = {
    "declaration": st.builds(
        Declaration,
        country=st.sampled_from(["lv", "es"]),
        subject=refs,
        rule=text,
        on=st.dates(),
        evidence=text,
        facts=st.lists(st.builds(Fact, name=text, value=text), min_size=1, max_size=3).map(tuple),
    ),
    "fiche": st.builds(
        Fiche,
        country=st.sampled_from(["lv", "es"]),
        initiative=maybe(refs),
        title=texts(),
        summary=maybe(texts()),
        stage=maybe(st.sampled_from(["planned", "active", "ended", "unknown"])),
        lead=maybe(refs),
        participants=st.lists(st.builds(Participant, organisation=refs, role=roles), max_size=3).map(tuple),
        period=maybe(periods()),
        programme=maybe(text),
        themes=st.lists(st.sampled_from(THEMES), max_size=3, unique=True).map(tuple),
        territories=st.lists(text, max_size=3).map(tuple),
    ),
    "assignment": st.builds(
        Assignment,
        country=st.sampled_from(["lv", "es"]),
        subject=refs,
        set=st.sampled_from(sorted(criteria_sets())),
        assessor=people,
        context=st.sampled_from(["single", "source", "target"]),
        until=maybe(st.dates()),
        conflict=st.booleans(),
        conflict_note=maybe(text),
    ),
}
"""A strategy for each type; assessments have the form of their set: see `tests/criteria` and `test_criteria.py`."""


def test_no_type_is_forgotten():
    assert set(SHIPPED) | {"assessment"} == set(record_types())


@pytest.mark.parametrize("ending", [".xlsx", ".zip", ".jsonl"])
@pytest.mark.parametrize("kind", SHIPPED)
@FEW
@given(data=st.data())
def test_what_goes_out_comes_back_equal(tmp_path: Path, kind: str, ending: str, data) -> None:
    records = data.draw(stored(SHIPPED[kind]))
    form, file = Form.of(record_types()[kind]), tmp_path / f"{kind}{ending}"
    if ending == ".xlsx":
        form.xlsx(file, lang=data.draw(st.sampled_from(LANGUAGES)), records=records)
    elif ending == ".zip":
        form.csv(file, records=records)
    else:
        form.jsonl(file, records=records)
    assert back(file, form, records) == records
