"""The catalogues: complete in every language, with the same gaps and the right plural forms."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from ccsi_kit.i18n import LANGUAGES

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "src/ccsi_kit/locale", *sorted(ROOT.glob("countries/*/src/*/locale"))]
FORMS = {"en": 2, "es": 2, "fr": 2, "sv": 2, "lv": 3}
CATALOGUES = sorted({(folder, po.name) for folder in FOLDERS for po in folder.glob("*/LC_MESSAGES/*.po")})


def read(folder: Path, lang: str, name: str):
    with (folder / lang / "LC_MESSAGES" / name).open("rb") as file:
        return {
            message.id if isinstance(message.id, str) else message.id[0]: message
            for message in read_po(file, locale=lang)
            if message.id
        }


def said(message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("folder", "name"), CATALOGUES, ids=lambda value: getattr(value, "name", value))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_there_with_the_same_gaps_and_all_plural_forms(folder, name, lang):
    english, own = read(folder, "en", name), read(folder, lang, name)
    assert set(own) == set(english)
    for code, message in own.items():
        forms = said(message)
        assert all(forms), code
        assert not message.fuzzy, code
        expected = FORMS[lang] if isinstance(english[code].string, tuple | list) else 1
        assert len(forms) == expected, code
        for form in forms:
            assert gaps(form) - {"n"} == set().union(*map(gaps, said(english[code]))) - {"n"}, code


def test_no_code_has_words_in_two_catalogues():
    codes = [code for folder, name in CATALOGUES for code in read(folder, "en", name)]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_latvian_counts_zero_one_other(lang):
    for folder, name in CATALOGUES:
        text = (folder / lang / "LC_MESSAGES" / name).read_text(encoding="utf-8")
        assert f"nplurals={FORMS[lang]};" in text, (name, lang)
