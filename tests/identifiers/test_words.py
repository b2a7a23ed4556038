"""The words of the room, in five languages."""

import pytest

from ccsi_kit.i18n import LANGUAGES, has_words, sentence
from ccsi_kit.identifiers import Scheme
from ccsi_kit.plugins import discover

SCHEMES = discover().schemes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_scheme_has_a_title(lang):
    assert [name for name in SCHEMES if not has_words(f"scheme.{name}", lang)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_wrong_can_be_said_and_mended(lang):
    scheme = Scheme(id="xx:number", example="4711", shape="[0-9]{4}", person="P.*")
    for text in ("47110", "P 4711"):
        issue = scheme.parse(text)
        assert has_words(f"{issue.code}.mend", lang)
        assert "{" not in sentence(issue, lang)
    assert "xx:number" in sentence(scheme.parse("47110"), lang)
