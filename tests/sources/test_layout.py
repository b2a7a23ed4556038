"""Headers: matched by folded names, with what is missing, strange or doubled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.errors import Refused
from ccsi_kit.sources import Manifest
from ccsi_kit.sources.layout import matched

MANIFEST = Manifest.model_validate(
    {
        "id": "xx-register", "title": {"en": "x"}, "publisher": "x", "licence": "x", "language": "en", "key": "Código",
        "skip": {"other": ["e_mail", "old_only"]}, "optional": ["Remark"],
        "layouts": {"old": ["old_only"], "new": ["new_only", "newer"]},
        "makes": [{"model": "call", "title": [{"lang": "en", "from": ["Name", "new_only", "newer", "Remark"]}]}],
    }
)  # fmt: skip
OLD = ("código", "NAME", "E-Mail", "OLD only")


def test_names_are_matched_without_case_accents_and_punctuation() -> None:
    found = matched(MANIFEST, OLD, MANIFEST.columns)
    assert (found.name, found.names) == ("old", ("Código", "Name", "e_mail", "old_only"))
    assert found.used == ("Código", "Name")
    assert found.absent == ("new_only", "newer", "Remark")


def test_the_header_picks_the_layout() -> None:
    header = ("Codigo", "name", "E mail", "new only", "newer")
    assert matched(MANIFEST, header, MANIFEST.columns).name == "new"


def test_what_the_nearest_layout_lacks_is_told() -> None:
    with pytest.raises(Refused) as caught:
        matched(MANIFEST, ("Codigo", "name", "e_mail", "new_only", "newest"), MANIFEST.columns)
    assert caught.value.arguments["layout"] == "new"
    assert [(issue.column, issue.arguments["nearest"]) for issue in caught.value.issues] == [("newer", "newest")]


def test_two_columns_with_one_folded_name() -> None:
    with pytest.raises(Refused) as caught:
        matched(MANIFEST, (*OLD, "naMe"), MANIFEST.columns)
    assert caught.value.code == "column-doubled"
    assert (caught.value.arguments["first"], caught.value.arguments["second"]) == (2, 5)


@given(st.permutations(OLD), st.sets(st.sampled_from(["Extra", "Other", "Remark"])))
def test_the_order_of_columns_and_further_ones_change_nothing(header: list[str], more: set[str]) -> None:
    found = matched(MANIFEST, (*header, *sorted(more)), MANIFEST.columns)
    assert found.name == "old"
    assert {issue.column for issue in found.issues} == more - {"Remark"}
    assert len(found.names) == len(header) + len(more)
    assert ("Remark" in found.used) is ("Remark" in more)
