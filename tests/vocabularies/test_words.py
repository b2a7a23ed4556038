"""The words of the room, in five languages."""

import pytest

from ccsi_kit.i18n import LANGUAGES, has_words

CODES = ("no-vocabulary", "vocabulary-name", "no-label", "no-concept", "written-twice")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_wrong_can_be_said_and_mended(lang):
    assert [code for code in CODES if not (has_words(code, lang) and has_words(f"{code}.mend", lang))] == []
