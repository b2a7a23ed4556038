"""What pydantic complains of is said in every language, in none of its own words."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, get_args

import pytest
from pydantic import Field, StringConstraints
from pydantic_core.core_schema import ErrorType

from ccsi_kit.errors import Refused
from ccsi_kit.i18n import LANGUAGES, sentence
from ccsi_kit.models import Model, loaded
from ccsi_kit.models.complaints import _WORDS


class Sample(Model):
    """One field for each kind of value."""

    some: tuple[str, ...] = Field(default=(), min_length=1, max_length=2)
    word: Annotated[str, StringConstraints(min_length=2, max_length=3)] | None = None
    slug: Annotated[str, StringConstraints(pattern="^[a-z]+$")] | None = None
    count: int | None = Field(default=None, ge=1, le=9)
    share: Decimal | None = Field(default=None, gt=0, lt=1, max_digits=3)
    sure: bool | None = None
    on: date | None = None
    kind: Literal["csv", "json", "xlsx"] | None = None


def refused(tmp_path, text):
    file = tmp_path / "sample.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        loaded(file, Sample)
    (issue,) = caught.value.issues
    return issue


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("some: []", "there must be at least 1"),
        ("some: [a, b, c]", "there may be at most 2"),
        ("some: a", "it must be a list"),
        ("word: a", "it needs at least 2 characters"),
        ("word: abcd", "it may have at most 3 characters"),
        ("word: [a]", "it must be text"),
        ("slug: A1", "it is not written as the pattern ^[a-z]+$ wants"),
        ("count: many", "it must be a whole number"),
        ("count: 0", "it must be 1 or more"),
        ("count: 10", "it must be 9 or less"),
        ("share: much", "it must be a number"),
        ("share: 0", "it must be more than 0"),
        ("share: 1", "it must be less than 1"),
        ("share: 0.1234", "the number has too many digits"),
        ("sure: perhaps", "it must be true or false"),
        ("on: 2026-02-30", "it must be a day that there is, such as 2026-11-24"),
        ("kind: pdf", "it must be one of these: csv, json, xlsx"),
        ("just text", "it must have parts, each with its name"),
    ],
)
def test_the_value_that_is_wrong_is_told_in_words(tmp_path, text, said):
    issue = refused(tmp_path, text)
    assert issue.code == "bad-value" and issue.line == 1
    assert sentence(issue, "en").endswith(f" cannot be that: {said}.")
    assert len({sentence(issue, lang) for lang in LANGUAGES}) == len(LANGUAGES)


def test_every_code_is_one_that_pydantic_has():
    assert set(_WORDS) <= set(get_args(ErrorType))


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path):
    (tmp_path / "sample.yaml").mkdir()
    with pytest.raises(Refused) as caught:
        loaded(tmp_path / "sample.yaml", Sample)
    assert [issue.code for issue in caught.value.issues] == ["file-unreadable"]
