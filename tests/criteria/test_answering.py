"""The form of a set: what it asks, and an assessment as answers and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ccsi_kit.criteria import NA, NONE, Answer, Assessment, CriteriaForm, CriteriaSet, criteria_sets
from ccsi_kit.criteria.answering import named_value
from ccsi_kit.forms import Asks, said
from ccsi_kit.i18n import LANGUAGES, advice, sentence
from ccsi_kit.models import complaint
from tests.criteria.made import TREE, answer_sets, assessed, set_of


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> CriteriaSet:
    return set_of(tmp_path_factory.mktemp("sets"), TREE)


def back(set_: CriteriaSet, one: Assessment) -> Assessment:
    form = CriteriaForm(set_)
    return Assessment(**form.content(form.answers(one)), id=one.id, state=one.state)


@given(data=st.data())
def test_an_assessment_comes_back_as_it_went_out(tree, data):
    answers = data.draw(answer_sets(tree, notes=True))
    one = assessed(tree, conflict=data.draw(st.booleans())).replace(answers=answers)
    assert back(tree, one) == one


@pytest.mark.parametrize("set_", criteria_sets().values(), ids=lambda set_: set_.name)
def test_the_form_of_a_shipped_set_asks_in_five_languages_and_loses_nothing(set_: CriteriaSet):
    form: Asks = CriteriaForm(set_)
    assert form.id == set_.id
    names = [question.name for question in form.questions]
    assert len(names) == len(set(names))
    assert {*set_.items} <= {*names}
    for lang in LANGUAGES:
        for question in form.questions:
            assert said(question.label, lang)
            assert all(said(choice.label, lang) for choice in question.choices)
            assert question.help is None or said(question.help, lang)
    given_ = [
        Answer(item=question.name, value=(value,) if question.kind == "choices" else _typed(set_, question.name, value))
        for question in form.questions
        if question.name in set_.items
        for value in [question.choices[0].value if question.choices else "some words"]
    ]
    one = assessed(set_).replace(answers=tuple(given_))
    assert back(set_, one) == one
    silent = assessed(set_, answers={item: (NONE, NA)[n % 2] for n, item in enumerate(set_.items)})
    assert back(set_, silent) == silent


def _typed(set_: CriteriaSet, item: str, value: str):
    return set_.scale(item).read(value)


def test_labels_of_questions_about_an_answer_name_the_criterion_in_the_readers_language():
    form = CriteriaForm(criteria_sets()["ccsi:criteria:esid-4"])
    label = next(question.label for question in form.questions if question.name == "novelty.note")
    assert said(label, "lv") == "Novatoriskums: kāpēc"
    assert said(label, "fr") == "Caractère innovant\xa0: pourquoi"


def test_the_question_for_no_answer_is_not_the_question_why(tree):
    labels = {question.name: question.label for question in CriteriaForm(tree).questions}
    assert said(labels["why.silent"], "en") == "Why: if you do not answer"
    assert said(labels["why.note"], "en") == "Why: why"


def test_blank_is_left_out_and_a_note_alone_is_no_answer(tree):
    form = CriteriaForm(tree)
    heading = {"country": "lv", "subject": "lv:x:s", "assessor": "lv:person:a", "on": "2026-11-25"}
    content = form.content({**heading, "alone": "", "burden.note": "Hard to say.", "first": None})
    assert content["answers"] == [{"item": "burden", "value": NONE, "note": "Hard to say."}]


def test_what_shows_it_is_read_line_by_line(tree):
    typed = "  lv:regcode:1 \n\nhttps://a.lv/b\r\n Interview with three carers\n"
    (answer,) = CriteriaForm(tree).content({"alone": "1", "alone.evidence": typed})["answers"]
    assert answer["evidence"] == ("lv:regcode:1", "https://a.lv/b", "Interview with three carers")


@pytest.mark.parametrize("written", ["Interview with three carers", "lv:regcode:", "https://", "Report"])
def test_what_is_neither_ref_nor_address_shows_nothing_and_is_told(written):
    with pytest.raises(ValidationError) as refused:
        Answer(item="alone", value=1, evidence=(written,))
    issue = complaint(refused.value.errors()[0], Answer, key="evidence")
    assert issue.code == "evidence-no-address"
    for lang in LANGUAGES:
        assert written in sentence(issue, lang)
        assert "https://" in (advice(issue, lang) or "")


@pytest.mark.parametrize(
    ("text", "value"),
    [("2", 2.0), ("all", 2.0), ("ALL ", 2.0), ("answer/na", NA), ("nav piemērojams", NA), ("sans réponse", NONE)],
)
def test_an_answer_is_named_by_its_value_or_its_label_in_any_language(tree, text, value):
    assert named_value(text, tree.scale("alone")) == value


def test_tags_words_and_what_is_no_answer_are_named_too(tree):
    esid = criteria_sets()["ccsi:criteria:esid-4"].scale("novelty")
    assert [named_value(text, esid) for text in ("pilnībā", "en partie", "inte alls", "9")] == [2.0, 1.0, 0.0, "9"]
    assert named_value("up; out", tree.scale("ways")) == ("out", "up")
    assert named_value("ej tillämpligt", tree.scale("ways")) == NA
    assert named_value("no answer; really", tree.scale("why")) == "no answer; really"
    assert named_value("sí", tree.scale("sure")) == "yes"


def test_what_is_not_on_the_scale_is_kept_for_the_check_to_tell(tree):
    content = CriteriaForm(tree).content({"alone": "7", "ways": ("out", NA)})
    assert content["answers"] == [{"item": "alone", "value": "7"}, {"item": "ways", "value": ("out", NA)}]


def test_two_contexts_are_asked_where_the_set_has_them(tree):
    paired = tree.replace(paired=True)
    assert "context" in [question.name for question in CriteriaForm(paired).questions]
    assert "context" not in [question.name for question in CriteriaForm(tree).questions]
    one = assessed(paired, context="target", answers={"alone": 1})
    assert back(paired, one) == one


def test_a_range_of_few_steps_is_chosen_and_another_is_typed(tree):
    by_name = {question.name: question for question in CriteriaForm(tree).questions}
    assert (by_name["wide"].kind, by_name["wide"].least, by_name["wide"].most) == ("number", 0, 100)
    ten = {question.name: question for question in CriteriaForm(criteria_sets()["ccsi:criteria:bept-se"]).questions}
    assert [choice.value for choice in ten["culture"].choices] == [*map(str, range(11)), NONE, NA]


def test_only_assessments_have_answers(tree):
    from ccsi_kit.criteria import Assignment

    with pytest.raises(TypeError):
        CriteriaForm(tree).answers(Assignment(subject="lv:x:s", set=tree.id, assessor="lv:person:a"))
