"""Settings that are wrong are refused in words that say what to do."""

import pytest

from ccsi_kit.errors import Refused
from ccsi_kit.i18n import LANGUAGES, advice, sentence
from ccsi_kit.workspace.settings import TEMPLATE, Settings, read_settings


def refused(tmp_path, text: str) -> Refused:
    (tmp_path / "ccsi.toml").write_text(text)
    with pytest.raises(Refused) as caught:
        read_settings(tmp_path / "ccsi.toml")
    return caught.value


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("languages = []", "bad-value", "“languages” cannot be that: there must be at least 1."),
        ('languages = ["en", "EN"]', "bad-value", "“languages.1” cannot be that: it is not written as the pattern"),
        ('languages = ["en", "lv", "en"]', "language-twice", "“languages” names the language “en” twice."),
        ('pages = "many"', "bad-value", "“pages” cannot be that: it must be a whole number."),
        ("pages = -1", "bad-value", "“pages” cannot be that: it must be 0 or more."),
        ("name = 1", "bad-value", "“name” cannot be that: it must have parts, each with its name."),
        ("contact = 1", "bad-value", "“contact” cannot be that: it must be text."),
        ('contact = "centre@ccsi.example"', "bad-contact", "“contact” is no mail address or page."),
        ("contact = 'javascript:alert(1)'", "bad-contact", "“contact” is no mail address or page."),
        ("contact = 'mailto:a\" onclick=\"b'", "bad-contact", "“contact” is no mail address or page."),
        ('address = "ccsi.example"', "bad-site-address", "“address” is no address of a site."),
        ("address = 'https://ccsi.example/\"><b'", "bad-site-address", "“address” is no address of a site."),
        ('address = "https://ccsi.example/a b"', "bad-site-address", "“address” is no address of a site."),
        ('adress = "https://ccsi.example/"', "unknown-key", "“adress” is not known here."),
    ],
)
def test_each_mistake_is_told_by_its_key(tmp_path, text, code, said):
    (issue,) = refused(tmp_path, text).issues
    assert (issue.code, issue.file) == (code, "ccsi.toml")
    assert sentence(issue, "en").startswith(said)
    for lang in set(LANGUAGES) - {"en"}:
        assert "should" not in sentence(issue, lang) and sentence(issue, lang) != sentence(issue, "en")


def test_the_nearest_key_is_named(tmp_path):
    (issue,) = refused(tmp_path, 'adress = "https://ccsi.example/"').issues
    assert "“address”" in advice(issue, "en")


def test_a_folder_in_its_place_is_refused(tmp_path):
    (tmp_path / "ccsi.toml").mkdir()
    with pytest.raises(Refused) as caught:
        read_settings(tmp_path / "ccsi.toml")
    assert caught.value.code == "file-unreadable"


def test_what_is_written_rightly_is_taken(tmp_path):
    file = tmp_path / "ccsi.toml"
    assert read_settings(file) == Settings()
    file.write_text(TEMPLATE)
    assert read_settings(file) == Settings()
    file.write_text("\n".join(line.removeprefix("# ") for line in TEMPLATE.splitlines()[1:]))
    assert read_settings(file).contact == "mailto:centre@ccsi.example"
