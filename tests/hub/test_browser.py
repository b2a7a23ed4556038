"""The pages in a browser: what a machine can tell of accessibility, how they fit, and what their script does."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from ccsi_kit.i18n import fold
from tests.hub.conftest import MadeSite

PAGES = {
    "start": "index.html",
    "country": "lv/index.html",
    "organisations": "organisations/index.html",
    "part of a list": "organisations/territory/LV00C.html",
    "organisation": "organisation/lv.regcode.40000002.html",
    "organisation in one register": "organisation/es.nif.10000001.html",
    "initiatives": "initiatives/index.html",
    "initiative": "initiative/lv.kohesio-operation.Q9003.html",
    "calls": "calls/index.html",
    "call": "call/es.bdns-call.000000.html",
    "service": "service/fr.data-inclusion-service.exemple--0.html",
    "sources": "sources/index.html",
    "source": "sources/se-register.html",
    "rules": "rules/index.html",
    "rule": "rule/es.rule.empresa-de-insercion.html",
    "criteria": "criteria/index.html",
    "set of criteria": "criteria/ccsi.criteria.esid-4.html",
    "profile": "profile/es.kohesio-operation.Q9000.html",
    "about": "about.html",
}
WIDTHS = (1280, 390)
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
EVERY_RULE = """() => axe.run(document, {
    rules: Object.fromEntries(
        axe.getRules().map(({ ruleId }) => [ruleId, { enabled: ruleId !== "color-contrast-enhanced" }]),
    ),
}).then((found) => found.violations.map((rule) => rule.id + ': ' + rule.nodes[0].html))"""


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    yield page
    context.close()


def barriers(page: Any) -> list[str]:
    """What axe finds with every rule that it has, those that are off by default too; contrast is that of level AA."""
    page.evaluate(AXE)
    return list(page.evaluate(EVERY_RULE))


def address(site: MadeSite, lang: str, name: str) -> str:
    path, _, asked = name.partition("?")
    return f"{(site.root / lang / path).as_uri()}?{asked}"


@pytest.mark.parametrize("lang", ["en", "es", "fr", "sv", "lv"])
def test_axe_finds_no_barrier(site: MadeSite, page: Any, lang: str) -> None:
    for (name, path), width in product(PAGES.items(), WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address(site, lang, path))
        assert not barriers(page), (name, width)


def test_axe_finds_no_barrier_in_the_dark(site: MadeSite, browser: Any) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    for path in PAGES.values():
        page.goto(address(site, "fr", path))
        assert not barriers(page), path
    page.goto((site.root / "index.html").as_uri())
    assert not barriers(page)
    context.close()


@pytest.mark.parametrize(
    ("sound", "fault", "rule"),
    [
        ("<h1>", '<img src="x.png"><h1>', "image-alt"),
        ('<html lang="lv">', "<html>", "html-has-lang"),
        ('<a class="skip"', '<p><font color="#aaaaaa">pale</font></p><a class="skip"', "color-contrast"),
        ('role="table"', 'role="nothing"', "aria-roles"),
    ],
)
def test_axe_finds_a_planted_fault(
    site: MadeSite, page: Any, tmp_path: Path, sound: str, fault: str, rule: str
) -> None:
    text = (site.root / "lv/sources/index.html").read_text(encoding="utf-8")
    (tmp_path / "planted.html").write_text(text.replace(sound, fault, 1), encoding="utf-8")
    page.goto((tmp_path / "planted.html").as_uri())
    assert rule in {found.split(":")[0] for found in barriers(page)}


def test_nothing_scrolls_sideways_on_a_narrow_page(site: MadeSite, page: Any) -> None:
    for width, lang, (name, path) in product((390, 320), ("es", "lv"), PAGES.items()):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address(site, lang, path))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, lang, width)


def test_each_width_has_its_drawing(site: MadeSite, page: Any) -> None:
    for width, seen, hidden in ((1280, "svg.wide", "svg.narrow"), (390, "svg.narrow", "svg.wide")):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address(site, "lv", "index.html"))
        assert page.locator(seen).is_visible()
        assert not page.locator(hidden).is_visible()


def test_labels_of_a_drawing_stay_in_it(site: MadeSite, page: Any) -> None:
    outside = """() => [...document.querySelectorAll("svg text")].filter((text) => {
        const [inner, outer] = [text.getBoundingClientRect(), text.closest("main").getBoundingClientRect()];
        return inner.width && (inner.left < outer.left || inner.right > outer.right);
    }).map((text) => text.textContent)"""
    for width, lang in product((1280, 800, 390), ("es", "lv")):
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("index.html", "lv/index.html", "organisation/es.nif.10000000.html"):
            page.goto(address(site, lang, path))
            assert not page.evaluate(outside), (path, lang, width)


def test_a_page_asks_nobody_and_breaks_no_policy(site: MadeSite, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES.values():
        page.goto(address(site, "lv", path))
    page.goto(address(site, "lv", "organisations/index.html?q=parauga"))
    page.wait_for_selector(".ruled:not([hidden]) a")
    context.close()
    assert not said
    assert {url.split("://")[0] for url in asked} == {"file"}
    assert any(url.endswith("/data/lv/organisations-1.js") for url in asked)


def test_without_a_script_every_choice_is_a_link(site: MadeSite, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(site, "es", "organisations/index.html"))
    assert page.locator("input, button").count() == 0
    page.click("text=Letonia")
    assert page.locator("h1").inner_text() == "Organizaciones: Letonia"
    assert page.locator(".main .ruled > li").count() == 15
    page.click(".choices [aria-current]")
    assert page.locator("h1").inner_text() == "Organizaciones"
    page.click("text=Siguiente")
    assert page.locator(".main .ruled > li").count() == 10
    context.close()


def titles(page: Any) -> list[str]:
    expect(page.locator(".status")).not_to_be_empty()
    return list(page.locator(".main .ruled:not([hidden]) > li > a").all_inner_texts())


def test_search_and_choices_combine(site: MadeSite, page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address(site, "es", "organisations/index.html"))
    page.fill("#search-text", "JAUNIESU abele")
    page.check("input[value='LV00C']")
    page.check("input[value='lv']")
    wanted = [
        one.name
        for one in site.view.organisations()
        if {"jauniesu", "abele"} <= set(fold(one.name or "").split()) and one.territory == "LV00C"
    ]
    expect(page.locator(".status")).to_have_text(f"Encontradas: {len(wanted)} de 60")
    assert titles(page) == wanted
    assert "territory=LV00C" in page.url


def test_what_is_found_keeps_the_mark_of_its_language(site: MadeSite, page: Any) -> None:
    page.goto(address(site, "lv", "initiatives/index.html"))
    marked = ".main .ruled:not([hidden]) > li > a > span[lang=es]"
    expect(page.locator(marked).first).to_be_visible()
    still = page.locator(".main .ruled:not([hidden]) > li > a:has(span[lang=es])").first.inner_html()
    page.check("input[value='es']")
    expect(page.locator(".status")).not_to_be_empty()
    found = page.locator(".main .ruled:not([hidden]) > li > a:has(span[lang=es])").all()
    assert still in [link.inner_html() for link in found]


def test_two_values_of_one_property_widen_and_counts_follow(site: MadeSite, page: Any) -> None:
    page.goto(address(site, "lv", "organisations/index.html"))
    page.check("input[value='lv']")
    page.check("input[value='se']")
    expect(page.locator(".status")).to_have_text("Atrasts: 30 no 60")
    spain = page.locator("li:has(> label > input[value='es']) .count")
    assert spain.inner_text() == "15"
    assert page.locator("li:has(> label > input[value='ES511']) .count").inner_text() == "0"


def test_the_address_keeps_what_was_chosen_in_every_language(site: MadeSite, page: Any) -> None:
    page.goto(address(site, "lv", "organisations/index.html?country=lv&q=fonds"))
    found = titles(page)
    assert found
    page.click(".tongues a[lang=sv]")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    assert titles(page) == found
    assert page.is_checked("input[value='lv']")
    page.click("button.plain")
    expect(page.locator(".main .ruled:not([hidden]) > li")).to_have_count(50)
    assert page.url.endswith("index.html")


def test_a_part_of_a_list_leads_on_to_combinations(site: MadeSite, page: Any) -> None:
    page.goto(address(site, "fr", "organisations/territory/LV00C.html"))
    page.click("details[data-name=form] a >> nth=0")
    assert titles(page)
    assert "index.html" in page.url
    assert "territory=LV00C" in page.url
    assert "form=" in page.url


@pytest.mark.parametrize(
    "text", ["Ābele", "ŠŪPOLES", "Straße", "S. Coop.", "Æble–Œuf", "ﬁn", "Ёлка", "  a--b  ", "Ⅷ", "İ"]
)
def test_the_script_folds_as_the_library_does(site: MadeSite, page: Any, text: str) -> None:
    source = (site.root / "assets/hub.js").read_text(encoding="utf-8")
    body = re.search(r"const fold = (\(text\) =>.*?\.trim\(\));", source, re.DOTALL)
    assert body
    assert page.evaluate(f"(text) => ({body[1]})(text)", text) == fold(text)


def test_the_keyboard_reaches_the_content(site: MadeSite, page: Any) -> None:
    page.goto(address(site, "lv", "about.html"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().width") > 50
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
