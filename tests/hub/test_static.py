import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from ccsi_kit.errors import CcsiError
from ccsi_kit.hub import publish
from ccsi_kit.hub.static import _Folder
from tests.hub.conftest import MadeSite
from tests.hub.made import ON, Made


class Read(HTMLParser):
    """Tags of a page with their attributes."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.file = file
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.tags if attribute in attrs]


@pytest.fixture(scope="module")
def pages(site: MadeSite) -> dict[str, Read]:
    return {file.relative_to(site.root).as_posix(): Read(file) for file in sorted(site.root.rglob("*.html"))}


def test_every_thing_has_a_page_in_every_language(site: MadeSite, pages: dict[str, Read]) -> None:
    for lang in site.languages:
        for folder, things in (("organisation", site.view.organisations()), ("initiative", site.view.initiatives())):
            found = [name for name in pages if name.startswith(f"{lang}/{folder}/")]
            assert len(found) == len(things)
    assert "lv/organisation/lv.regcode.40000000.html" in pages


def test_pages_are_sound(pages: dict[str, Read]) -> None:
    for name, page in pages.items():
        counts = Counter(tag for tag, _ in page.tags)
        assert counts["h1"] == 1, name
        assert counts["main"] == 1, name
        ids = page.all("id")
        assert len(ids) == len(set(ids)), name
        lang = name.split("/")[0] if "/" in name else "en"
        assert page.tags[0] == ("html", {"lang": lang}), name
        assert not page.all("style"), name
        assert counts["style"] == 0, name
        assert not [attr for _, attrs in page.tags for attr in attrs if attr.startswith("on")], name


def test_every_link_leads_somewhere(site: MadeSite, pages: dict[str, Read]) -> None:
    ids = {name: set(page.all("id")) for name, page in pages.items()}
    for name, page in pages.items():
        for href in {*page.all("href"), *page.all("src")}:
            parts = urlsplit(href)
            if parts.scheme:
                continue
            assert not href.startswith("/"), (name, href)
            target = (site.root / name).parent / unquote(parts.path) if parts.path else site.root / name
            assert target.resolve().is_file(), (name, href)
            if parts.fragment:
                assert parts.fragment in ids[target.resolve().relative_to(site.root.resolve()).as_posix()], (name, href)


def test_nothing_is_loaded_from_elsewhere(site: MadeSite, pages: dict[str, Read]) -> None:
    for name, page in pages.items():
        for tag, attrs in page.tags:
            loaded = attrs.get("src") or (attrs["href"] if tag == "link" and attrs["rel"] != "alternate" else "")
            assert not urlsplit(loaded).netloc, (name, tag)
    assert "url(" not in (site.root / "assets/hub.css").read_text(encoding="utf-8")
    assert "@import" not in (site.root / "assets/hub.css").read_text(encoding="utf-8")


def test_the_policy_forbids_everything_else(pages: dict[str, Read]) -> None:
    for page in pages.values():
        policy = [attrs["content"] for tag, attrs in page.tags if tag == "meta" and "http-equiv" in attrs]
        assert len(policy) == 1
        assert "default-src 'none'" in policy[0]
        assert "unsafe" not in policy[0]


def test_the_language_switch_keeps_the_page(site: MadeSite, pages: dict[str, Read]) -> None:
    for name in (name for name in pages if name.startswith("lv/")):
        links = [attrs for tag, attrs in pages[name].tags if tag == "a" and "hreflang" in attrs and "lang" in attrs]
        switch = {attrs["hreflang"]: attrs["href"] for attrs in links if attrs["href"].endswith(name[2:])}
        assert set(switch) == set(site.languages), name


def test_alternates_are_absolute_where_the_address_is_known(tmp_path: Path, pages: dict[str, Read]) -> None:
    found = [attrs for tag, attrs in pages["sv/about.html"].tags if tag == "link" and attrs["rel"] == "alternate"]
    assert {attrs["href"] for attrs in found} == {
        f"https://centre.example/hub/{lang}/about.html" for lang in ("en", "es", "fr", "sv", "lv")
    }
    publish(Made(address=None), tmp_path, languages=("sv",))
    assert "alternate" not in (tmp_path / "sv/about.html").read_text(encoding="utf-8")


def test_equal_views_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        publish(Made(), tmp_path / name, languages=("fr", "lv"))
    files = sorted(file.relative_to(tmp_path / "one") for file in (tmp_path / "one").rglob("*") if file.is_file())
    assert files == sorted(
        file.relative_to(tmp_path / "two") for file in (tmp_path / "two").rglob("*") if file.is_file()
    )
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_every_page_tells_its_day_or_its_source(site: MadeSite, pages: dict[str, Read]) -> None:
    text = (site.root / "lv/index.html").read_text(encoding="utf-8")
    assert f"{ON.year}. gada {ON.day}. novembris" in text
    for name in pages:
        if name != "index.html":
            assert 'id="sources"' in (site.root / name).read_text(encoding="utf-8"), name


def test_the_sample_line_stands_on_sample_pages_only(site: MadeSite, tmp_path: Path) -> None:
    assert 'class="sample"' in (site.root / "lv/index.html").read_text(encoding="utf-8")
    real = Made()
    object.__setattr__(real.centre, "sample", False)
    publish(real, tmp_path, languages=("lv",))
    assert 'class="sample"' not in (tmp_path / "lv/index.html").read_text(encoding="utf-8")


def test_a_path_is_never_written_twice(tmp_path: Path) -> None:
    folder = _Folder(tmp_path)
    folder.write("/lv/x.html", "a")
    with pytest.raises(CcsiError, match="hub-doubled-path"):
        folder.write("/lv/x.html", "b")


def test_a_website_that_is_a_script_is_no_link(site: MadeSite) -> None:
    text = (site.root / "lv/organisation/lv.regcode.40000001.html").read_text(encoding="utf-8")
    assert "javascript:alert(1)" in text
    assert not re.search(r'href="javascript:', text)


def test_a_title_in_another_language_is_marked_in_a_chart_too(site: MadeSite) -> None:
    """Of an initiative that only has a Spanish title, on a Latvian page."""
    text = (site.root / "lv/organisation/es.nif.10000000.html").read_text(encoding="utf-8")
    titles = re.findall(r"<text ([^>]*)>(Primer empleo[^<]*|First job[^<]*)", text)
    assert titles
    assert {("en" if title.startswith("First") else "es") for _, title in titles} == {
        found[1] for attrs, _ in titles if (found := re.search(r'lang="(..)"', attrs))
    }
    assert all("lang=" in attrs for attrs, _ in titles)


def test_a_site_of_nothing_can_be_published(tmp_path: Path) -> None:
    class Nothing(Made):
        def organisations(self) -> tuple[()]:
            return ()

        calls = services = initiatives = fundings = sources = organisations

    publish(Nothing(), tmp_path, languages=("lv",))
    assert (tmp_path / "lv/index.html").is_file()
