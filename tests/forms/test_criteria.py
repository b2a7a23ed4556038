"""Forms of criteria sets, filled in by somebody who has only a spreadsheet."""

import pytest

from ccsi_kit.criteria import NA, NONE, Answer, CriteriaForm, CriteriaSet, criteria_sets
from ccsi_kit.forms import Form, read_form
from tests.criteria.made import assessed


@pytest.mark.parametrize("set_", criteria_sets().values(), ids=lambda set_: set_.name)
def test_a_workbook_brings_every_answer_back(set_: CriteriaSet, tmp_path):
    """As an assessor fills it in who has only a spreadsheet; every kind of answer, with notes and evidence."""
    asks = CriteriaForm(set_)
    values = {question.name: question.choices[-3].value for question in asks.questions if question.choices[2:]}
    answers = [
        Answer(
            item=item,
            value=(NONE, NA, set_.scale(item).read(values.get(item, "Vārdi\n=1+1")))[n % 3],
            note="Tāpēc.\nUn vēl." if n % 2 else None,
            evidence=("https://a.lv/x", "lv:x:1") if n % 2 else (),
        )
        for n, item in enumerate(set_.items, start=2)
    ]
    one = assessed(set_, id=None, state="draft", conflict=True, conflict_note="x").replace(answers=tuple(answers))
    form, file = Form.of(asks), tmp_path / "form.xlsx"
    form.xlsx(file, lang="lv", records=[one])
    filled = read_form(file, [form], current=lambda _: None, lang="lv")
    assert filled.issues == ()
    assert [row.record for row in filled.rows] == [one]


def test_an_assessment_is_not_filled_in_on_the_form_of_another_set(tmp_path):
    one, other = criteria_sets()["ccsi:criteria:esid-4"], criteria_sets()["ccsi:criteria:pins-gate"]
    known, file = assessed(one, id="lv:assessment:01KB0V1J8M4Y6R2N9T5C7E3XQA"), tmp_path / "form.csv"
    form = Form.of(CriteriaForm(other))
    form.csv(file, records=[assessed(other, id=known.id)])
    filled = read_form(file, [form], current=lambda _: known)
    assert [issue.code for issue in filled.issues] == ["form-unknown-id"] and filled.rows == ()
