"""Headers: matched by folded names, with what is missing, strange or doubled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.errors import Refused
from ccsi_kit.i18n import advice, sentence
from ccsi_kit.identifiers import Scheme
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


SCHEMES = (Scheme(id="xx:person", example="0", shape="0", anywhere="[0-9]{3}x[0-9]{2}"),)


@pytest.mark.parametrize("cell", ["123x45", "of 123x45", "1 2 3 4 5 6", "Person 19121212"])
def test_a_name_that_may_be_a_persons_number_is_no_name(cell: str) -> None:
    (issue,) = matched(MANIFEST, (*OLD, cell), MANIFEST.columns, SCHEMES).issues
    assert (issue.code, issue.column, issue.arguments) == ("unnamed-column", None, {"place": 5})
    assert sentence(issue, "en").startswith("Column 5 is not known.")


def test_beside_a_persons_number_no_unknown_name_is_shown() -> None:
    issues = matched(MANIFEST, (*OLD, "Planted Person", "123x45"), MANIFEST.columns, SCHEMES).issues
    assert [issue.arguments for issue in issues] == [{"place": 5}, {"place": 6}]


def test_a_file_without_header_shows_nothing_of_its_first_row() -> None:
    with pytest.raises(Refused) as missing:
        matched(MANIFEST, ("A-1", "Planted Nam", "nane", "x"), MANIFEST.columns)
    assert {issue.arguments["nearest"] for issue in missing.value.issues} == {""}
    with pytest.raises(Refused) as doubled:
        matched(MANIFEST, ("A-1", "Planted Person", "Planted Person"), MANIFEST.columns)
    assert doubled.value.arguments == {"first": 2, "second": 3}


def test_the_nearest_name_is_none_that_may_be_a_persons() -> None:
    header = ("Codigo", "name", "e_mail", "new_only", "newest", "123x45")
    with pytest.raises(Refused) as caught:
        matched(MANIFEST, header, MANIFEST.columns, SCHEMES)
    (issue,) = caught.value.issues
    assert issue.arguments["nearest"] == ""
    assert "“" not in str(advice(issue, "en"))


@pytest.mark.parametrize("name", ["", "  ", "1234567"])
def test_two_columns_that_cannot_be_named_are_told_by_their_places(name: str) -> None:
    with pytest.raises(Refused) as caught:
        matched(MANIFEST, (name, *OLD, name), MANIFEST.columns)
    assert (caught.value.code, caught.value.arguments) == ("unnamed-doubled", {"first": 1, "second": 6})


@given(st.permutations(OLD), st.sets(st.sampled_from(["Extra", "Other", "Remark"])))
def test_the_order_of_columns_and_further_ones_change_nothing(header: list[str], more: set[str]) -> None:
    found = matched(MANIFEST, (*header, *sorted(more)), MANIFEST.columns)
    assert found.name == "old"
    assert {issue.column for issue in found.issues} == more - {"Remark"}
    assert len(found.names) == len(header) + len(more)
    assert ("Remark" in found.used) is ("Remark" in more)
