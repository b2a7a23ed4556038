"""Sets as data: what is read, and what is wrong with a broken one, with its line."""

import pytest

from ccsi_kit.criteria import CriteriaSet, Scale, criteria_set, read_sets
from ccsi_kit.errors import Refused
from ccsi_kit.i18n import LANGUAGES, has_words
from tests.criteria.made import TREE, set_of


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


ONLY_WORDS = """\
    criteria:
      - {id: only, label: {en: Only}, scale: text}
  - id: more
    label: {en: More}
"""
BROKEN = [
    ("node-doubled", "id: second", "id: first", "id: first, label: {en: Second}"),
    ("node-reserved", "id: second", "id: subject", "id: subject"),
    ("no-scale", "label: {en: First}, scale: three", "label: {en: First}, scale: thre", "scale: thre}"),
    ("gate-level", "gate: 1", "gate: 7", "gate: 7"),
    ("gate-level", 'gate: "yes"', "gate: sometimes", "gate: sometimes"),
    ("band-range", "from: 1", "from: 9", "from: 9"),
    ("bands-order", "from: 1", "from: 0", "bands:"),
    ("bands-without-value", "aggregate: mean\nbands", "aggregate: none\nbands", "bands:"),
    (
        "nothing-to-add",
        "label: {en: Beside}\n",
        f"label: {{en: Beside}}\n    aggregate: sum\n{ONLY_WORDS}",
        "aggregate: sum",
    ),
    ("count-threshold", "label: {en: Parts}\n    aggregate: mean", "label: {en: Parts}\n    aggregate: count", "count"),
    ("scales-differ", "label: {en: Second}, scale: three", "label: {en: Second}, scale: share", "aggregate: mean"),
    ("levels-order", "value: 2", "value: 0", "three:"),
    ("range-empty", "most: 100", "most: 0", "share:"),
    ("scale-needs", "kind: number, least: 0, most: 100", "kind: number, least: 0", "share:"),
    ("scale-takes-no", "most: 100}", "most: 100, several: true}", "share:"),
    ("tag-doubled", "id: up, label", "id: out, label", "kinds:"),
    ("set-id", "id: ccsi:criteria:tree", "id: ccsi:rule:tree", "id: ccsi:rule:tree"),
]


@pytest.mark.parametrize(("code", "right", "wrong", "where"), BROKEN)
def test_a_broken_set_says_what_and_on_which_line(tmp_path, code, right, wrong, where):
    assert right in TREE
    text = TREE.replace(right, wrong, 1)
    with pytest.raises(Refused) as refused:
        set_of(tmp_path, text)
    found = [issue for issue in refused.value.issues if issue.code == code]
    assert found, [(issue.code, issue.line) for issue in refused.value.issues]
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if where in line]
    assert found[0].line in lines
    assert found[0].file == "set.yaml"
    for lang in LANGUAGES:
        assert has_words(code, lang)
        assert has_words(f"{code}.mend", lang)


def test_a_negative_weight_and_an_unknown_key_say_where(tmp_path):
    text = TREE.replace("weight: 2", "weight: -2").replace("better: lower", "beter: lower")
    with pytest.raises(Refused) as refused:
        set_of(tmp_path, text)
    told = {(issue.code, issue.arguments.get("nearest"), issue.line) for issue in refused.value.issues}
    assert ("unknown-key", "better", line_of(text, "beter")) in told
    assert any(code == "bad-value" for code, _, _ in told)


def test_a_sum_of_everything_wrong_is_told_at_once(tmp_path):
    text = TREE.replace("id: second", "id: first").replace("gate: 1", "gate: 7").replace("from: 1", "from: 9")
    with pytest.raises(Refused) as refused:
        set_of(tmp_path, text)
    assert {issue.code for issue in refused.value.issues} == {"node-doubled", "gate-level", "band-range"}


def test_a_set_without_criteria_is_none(tmp_path):
    with pytest.raises(Refused) as refused:
        set_of(tmp_path, TREE.split("aggregate: mean")[0])
    assert [issue.code for issue in refused.value.issues] == ["set-empty"]


def test_translations_are_a_machines_until_their_language_is_reviewed(tmp_path):
    assert [one.machine for one in set_of(tmp_path).title.wordings()] == [False, True]
    reviewed = set_of(tmp_path, TREE + "reviewed: [lv]\n")
    assert [one.machine for one in reviewed.title.wordings()] == [False, False]


def test_nodes_come_before_their_parts_and_items_are_those_that_are_judged(tmp_path):
    tree = set_of(tmp_path)
    assert list(tree.nodes)[:4] == ["alone", "burden", "parts", "first"]
    assert "parts" not in tree.items
    assert tree.scale("sure").kind == "yes-no"
    assert tree.group("total") is tree
    with pytest.raises(KeyError):
        tree.group("alone")


NATIONAL = """\
id: lv:criteria:esid-4
version: 1
date: 2026-11-25
extends: ccsi:criteria:esid-4
reviewed: [es]
title: {lv: Latvijas papildinājums}
about: {lv: Papildu kritēriji.}
licence: {lv: EUPL-1.2}
criteria:
  - {id: lv-language, label: {lv: Latviešu valodā}, scale: none-partly-fully}
"""


def test_a_country_adds_criteria_and_the_core_set_stays_as_it_is(tmp_path):
    (tmp_path / "esid-4.yaml").write_text(NATIONAL, encoding="utf-8")
    core = criteria_set("esid-4")
    found = read_sets(tmp_path)["lv:criteria:esid-4"]
    assert list(found.items) == [*core.items, "lv-language"]
    assert found.core == core.as_dimension()
    assert found.aggregate == "none"
    assert found.scales == core.scales
    assert criteria_set("lv:criteria:esid-4", [found]) is found
    assert criteria_set("esid-4") is core
    assert criteria_set("ccsi:criteria:esid-4") == core
    assert CriteriaSet.model_validate_json(found.model_dump_json(by_alias=True)) == found


@pytest.mark.parametrize(
    ("code", "right", "wrong", "where"),
    [
        ("node-prefix", "id: lv-language", "id: language", "id: language"),
        ("node-doubled", "id: lv-language", "id: novelty", "id: novelty"),
        ("no-set-to-extend", "extends: ccsi:criteria:esid-4", "extends: ccsi:criteria:esid-9", "extends:"),
        ("no-scale", "scale: none-partly-fully", "scale: none-partly", "scale: none-partly"),
    ],
)
def test_a_broken_addition_says_what_and_on_which_line(tmp_path, code, right, wrong, where):
    text = NATIONAL.replace(right, wrong)
    (tmp_path / "esid-4.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_sets(tmp_path)
    assert (code, line_of(text, where)) in {(issue.code, issue.line) for issue in refused.value.issues}


def test_a_country_without_a_folder_has_no_sets(tmp_path):
    assert read_sets(tmp_path / "nothing") == {}


def test_a_set_in_a_file_of_another_name_is_refused(tmp_path):
    (tmp_path / "other.yaml").write_text(TREE, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_sets(tmp_path)
    assert [issue.code for issue in refused.value.issues] == ["set-name"]


@pytest.mark.parametrize(
    ("scale", "value", "read", "number"),
    [
        (Scale(kind="number", least=0, most=10, step=0.5), "7.5", 7.5, 7.5),
        (Scale(kind="number", least=0, most=10, step=0.5), 7.3, None, None),
        (Scale(kind="number", least=0, most=10), 11, None, None),
        (Scale(kind="number", least=0, most=10), "nan", None, None),
        (Scale(kind="yes-no"), "unclear", "unclear", None),
        (Scale(kind="yes-no"), "yes", "yes", 1.0),
        (Scale(kind="yes-no"), "perhaps", None, None),
        (Scale(kind="text"), "  ", None, None),
        (Scale(kind="tags", tags=[{"id": "a", "label": {"en": "a"}}]), "a", ("a",), None),
        (Scale(kind="tags", tags=[{"id": "a", "label": {"en": "a"}}]), "b", None, None),
        (Scale(kind="tags", tags=[{"id": name, "label": {"en": name}} for name in "ab"]), ("a", "b"), None, None),
    ],
)
def test_a_scale_reads_an_answer_in_one_way(scale, value, read, number):
    assert scale.read(value) == read
    assert scale.number(value) == number
