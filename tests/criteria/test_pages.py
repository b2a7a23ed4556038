"""What profiles and the page of a set show; and the same on the command line."""

from dataclasses import fields, is_dataclass

import pytest

from ccsi_kit.criteria import NA, CriteriaSet, agreement, criteria_set, score
from ccsi_kit.criteria.pages import profile_blocks, set_page
from ccsi_kit.criteria.profiles import scored, tell_agreement, tell_scores
from ccsi_kit.documents import Foreign, Heading, Link, Table, plain
from ccsi_kit.i18n import LANGUAGES
from tests.criteria.made import TREE, assessed, set_of


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> CriteriaSet:
    return set_of(tmp_path_factory.mktemp("sets"), TREE)


def blocks(scores, lang="en"):
    return profile_blocks(scores, lang, set_link="The set", to=lambda ref: ref)


def table(found) -> Table:
    return next(block for block in found if isinstance(block, Table))


def pieces(value, kind):
    """Everything of a kind in blocks, wherever it stands."""
    if isinstance(value, kind):
        yield value
    if is_dataclass(value):
        value = [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, tuple | list):
        for part in value:
            yield from pieces(part, kind)


def test_the_total_leads_to_all_answers_and_says_whether_all_gates_are_passed(tree):
    found = blocks(score(tree, [assessed(tree, answers={"alone": 2, "sure": NA})])["lv:x:s"])
    total = table(found).rows[0]
    assert isinstance(total[0], Link) and plain(total[-1]) == "high · all conditions: not decided"
    anchors = {block.anchor for block in found if isinstance(block, Heading)}
    assert total[0].to.removeprefix("#") in anchors
    assert {row[0].to.removeprefix("#") for row in table(found).rows if isinstance(row[0], Link)} <= anchors


def test_the_gate_of_a_set_that_adds_nothing_up_is_shown(tmp_path):
    text = TREE.replace(
        "aggregate: mean\nbands:\n  - {from: 0, label: {en: low}}\n  - {from: 1, label: {en: high}}\n", ""
    )
    set_ = set_of(tmp_path, text)
    total = table(blocks(score(set_, [assessed(set_, answers={"alone": 2, "sure": "yes"})])["lv:x:s"])).rows[0]
    assert plain(total[-1]) == "all conditions: reached"


def test_two_sets_of_one_name_on_a_page_do_not_share_their_places(tree):
    national = tree.replace(id="lv:criteria:tree")
    found = [blocks(score(set_, [assessed(set_)])["lv:x:s"]) for set_ in (tree, national)]
    ours, theirs = ({one.anchor for one in some if isinstance(one, Heading) and one.anchor} for some in found)
    assert ours and not ours & theirs


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_profile_says_version_and_days_and_claims_no_language_of_a_note(tree, lang):
    days = ("2026-11-25", "2026-11-20")
    every = [assessed(tree, who=f"p{n}", answers={"why": "So =1+1"}, on=day) for n, day in enumerate(days)]
    found = blocks(score(tree, every)["lv:x:s"], lang)
    told = " ".join(plain(part) for part in pieces(found, str))
    assert "2" in told and "20" in told and "25" in told and "criteria." not in told
    assert {one.lang for one in pieces(found, Foreign) if one.text == "So =1+1"} == {"und"}


def test_the_days_are_told_as_one_or_from_the_first_to_the_last(tree):
    one = assessed(tree)
    told = " ".join(pieces(blocks(score(tree, [one])["lv:x:s"]), str))
    assert "Version 2 of the criteria; assessed on 25 November 2026." in told
    told = " ".join(pieces(blocks(score(tree, [one, assessed(tree, who="b", on="2026-11-20")])["lv:x:s"]), str))
    assert "assessed between 20 November 2026 and 25 November 2026." in told


def pair(set_):
    return [assessed(set_, who=who, answers={"alone": value}) for who, value in (("a", 0), ("b", 2))]


def test_only_what_two_assessed_is_in_the_table_of_agreement(tree):
    every = [*pair(tree), assessed(tree, who="c", answers={"burden": 1})]
    found = table(set_page(tree, "en", agreement=agreement(tree, every)).blocks)
    assert [row[:2] for row in found.rows] == [("Alone", "levels in order")]
    alone = set_page(tree, "en", agreement=agreement(tree, every[:1])).blocks
    assert not [block for block in alone if isinstance(block, Table)]


def test_the_command_tells_answers_in_words_and_what_is_measured(tree, capsys):
    tell_agreement(tree, agreement(tree, pair(tree)), "en")
    out = capsys.readouterr().out
    assert "lv:x:s  Alone: lv:assessment:s-a: 0 (nothing); lv:assessment:s-b: 2 (all)" in out
    assert "levels in order" in out and "Pairs that say the same are of all pairs" in out
    assert "Burden" not in out
    tell_agreement(tree, agreement(tree, pair(tree)[:1]), "en")
    assert "No two people" in capsys.readouterr().err


def test_the_command_tells_whether_all_gates_are_passed(tree, capsys):
    scores = score(tree, [assessed(tree, answers={"alone": 0})])["lv:x:s"]
    tell_scores(scores, "en")
    assert "all conditions: not reached" in capsys.readouterr().out
    assert (scored(scores)["gate"], scored(scores)["days"]) == ("fail", ["2026-11-25"])


def test_what_was_reconciled_counts_those_who_took_part_though_only_the_result_is_shown():
    esid = criteria_set("esid-4")
    agreed = assessed(esid, answers={"novelty": 2}, state="reconciled", reconciled={"of": ("lv:a:1", "lv:a:2")})
    told = " ".join(pieces(blocks(score(esid, [agreed])["lv:x:s"]), str))
    assert "Assessed by 2 people" in told and "agreed by 2 assessors" in told
