"""No word of a page stands outside the catalogues, and no page is left half in English."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import ccsi_kit.documents
import ccsi_kit.hub
from ccsi_kit.hub import publish
from ccsi_kit.i18n import LANGUAGES, country_name, day, has_words, language_name, words
from tests.hub.conftest import MadeSite
from tests.hub.made import LABELS, ON, Made

ROOMS = [Path(room.__path__[0]) for room in (ccsi_kit.documents, ccsi_kit.hub)]


def codes() -> set[str]:
    """Every code in the catalogues of the two rooms."""
    found: set[str] = set()
    for room in ("documents", "hub"):
        catalogue = ROOMS[1].parent / "locale" / "en" / "LC_MESSAGES" / f"{room}.po"
        found |= set(re.findall(r'^msgid "([^"]+)"', catalogue.read_text(encoding="utf-8"), re.MULTILINE))
    return found


def used() -> Iterator[tuple[str, str]]:
    """Every code that the source names; one that is put together ends where its gap begins."""
    for room in ROOMS:
        for file in sorted([*room.rglob("*.py"), *room.rglob("*.html")]):
            for code in re.findall(
                r"""["']((?:hub|documents)\.[a-z][a-z0-9.{}_-]*[a-z0-9}])["']""", file.read_text(encoding="utf-8")
            ):
                yield file.name, code


def test_every_code_that_is_used_has_words() -> None:
    known = codes()
    for file, code in used():
        pattern = re.compile(re.sub(r"\\\{.*?\\\}", "[a-z0-9_-]+", re.escape(code)))
        assert any(pattern.fullmatch(one) for one in known), (file, code)


def test_every_code_that_has_words_is_used() -> None:
    patterns = [re.compile(re.sub(r"\\\{.*?(\\\}|$)", "[a-z0-9_.-]+", re.escape(code))) for _, code in used()]
    assert not [code for code in sorted(codes()) if not any(pattern.fullmatch(code) for pattern in patterns)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_words_in_every_language(lang: str) -> None:
    assert not [code for code in sorted(codes()) if not has_words(code, lang)]


@pytest.mark.parametrize("lang", ["es", "sv", "lv"])
def test_no_sentence_is_left_in_english(lang: str) -> None:
    gaps = {"n": 2}
    same = {code for code in codes() if words(code, lang, **gaps) == words(code, "en", **gaps)}
    longer = {code for code in same if len(words(code, "en", **gaps).split()) > 1}
    assert not longer
    assert len(same) <= 12, sorted(same)


class Text(HTMLParser):
    """What a page says: text, and what stands in attributes that people read or hear."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        read = {
            "title",
            "aria-label",
            "alt",
            "placeholder",
            "data-label",
            "data-found",
            "data-clear",
            "data-more",
            "data-go",
        }
        self.parts += [value or "" for name, value in attrs if name in read]

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def letters(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text))


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pseudo")
    publish(Made(), root, languages=("qps",))
    return root


def data_words() -> set[str]:
    """Every word that the data say, and names of languages, countries, months and forms of files."""
    view = Made()
    things = [*view.organisations(), *view.initiatives(), *view.fundings(), *view.calls(), *view.services()]
    said = [thing.model_dump_json() for thing in things] + [
        entry.model_dump_json() for one in things for entry in one.entries.values()
    ]
    said += [
        repr(view.sources()),
        repr(view.centre),
        json.dumps(LABELS, ensure_ascii=False),
        "NUTS CSV XLSX Excel JSON",
    ]
    said += [
        repr(view.territory(code)) for code in ("ES511", "ES618", "FRK26", "FRI32", "SE224", "SE110", "LV00C", "LV00A")
    ]
    said += [ref for one in things for ref in one.entries]
    said += [
        text for rule in view.rules()
        for text in (
            rule.id, rule.code, rule.term, *rule.parameters, *rule.facts.model_fields,
            *(case.id for case in rule.cases),
            *(f"{act.short} {act.title}" for act in rule.acts.values()), *(part.ref for part in rule.clauses),
            *(f"{value.ref} {value.note}" for one in rule.parameters.values() for value in one.values),
        )
    ]  # fmt: skip
    said += [one.model_dump_json() for one in (*view.criteria(), *view.assessments())]
    said += [language_name(code) for code in (*LANGUAGES, "qps")] + [
        str(country_name(code, "en")) for code in view.countries()
    ]
    said += [day(ON.replace(month=month, day=1), "en") for month in range(1, 13)]
    return {word.lower() for text in said for word in letters(text)}


def test_a_pseudo_language_shows_no_word_outside_the_catalogues(pseudo: Path) -> None:
    known = data_words()
    for file in sorted(pseudo.rglob("*.html")):
        for part in Text(file).parts:
            outside = part
            while outside != (inner := re.sub(r"⟦[^⟦⟧]*⟧", "", outside)):
                outside = inner
            assert not {word for word in letters(outside) if word.lower() not in known}, (file.name, part)


def test_the_check_catches_a_word_in_a_template(pseudo: Path, tmp_path: Path) -> None:
    page = (pseudo / "qps/about.html").read_text(encoding="utf-8").replace("<h1>", "<h1>Welcome ")
    (tmp_path / "planted.html").write_text(page, encoding="utf-8")
    with pytest.raises(AssertionError, match="Welcome"):
        test_a_pseudo_language_shows_no_word_outside_the_catalogues(tmp_path)


def test_a_latvian_page_says_nothing_in_english(site: MadeSite) -> None:
    """Words of the English catalogue do not stand in a Latvian page, unless they are marked as English or the same."""
    english = {words(code, "en") for code in codes() if "{" not in words(code, "en", n=2)}
    latvian = {words(code, "lv") for code in codes() if "{" not in words(code, "lv", n=2)}
    for name in ("index", "about", "organisations/index", "initiatives/index", "sources/index", "sources/lv-registrs"):
        parts = {part.strip() for part in Text(site.root / f"lv/{name}.html").parts}
        assert not parts & (english - latvian - {"English"}), name
