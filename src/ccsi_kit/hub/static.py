"""Writes the whole site into an empty folder: files that work from a disk and from any server, below any path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ccsi_kit.documents import Html, Page
from ccsi_kit.errors import CcsiError
from ccsi_kit.hub import addresses
from ccsi_kit.hub.about import about
from ccsi_kit.hub.criteria import pages as criteria_pages
from ccsi_kit.hub.downloads import downloads
from ccsi_kit.hub.frame import frame
from ccsi_kit.hub.initiative import initiative
from ccsi_kit.hub.listing import chains, listing
from ccsi_kit.hub.offers import call, service
from ccsi_kit.hub.organisation import organisation
from ccsi_kit.hub.overview import country, start
from ccsi_kit.hub.rules import rule, rules
from ccsi_kit.hub.search import Search, search, shards
from ccsi_kit.hub.site import Site
from ccsi_kit.hub.sources import source, sources
from ccsi_kit.hub.view import View
from ccsi_kit.i18n import language_name

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Published:
    """What was written: pages by language, and files in all."""

    pages: Mapping[str, int]
    files: int


@dataclass(frozen=True)
class Leaf:
    """A page at its place: the path, the part of the menu it belongs to, and its search."""

    path: str
    section: str
    page: Page
    search: Search | None = None


def publish(view: View, into: Path, *, languages: Sequence[str]) -> Published:
    """Write every page, list, file and asset into the empty folder `into`. The bytes depend on the view alone."""
    site = Site(view, languages)
    folder = _Folder(into)
    html = Html(_HERE / "templates")
    pages: Counter[str] = Counter()
    for lang in languages:
        for leaf in leaves(site, lang):
            folder.write(leaf.path, _written(site, html, leaf))
            pages[lang] += 1
        for path, text in shards(site, lang):
            folder.write(path, text)
    for path, content in downloads(site):
        folder.write(path, content)
    folder.write("/index.html", _languages(site, html))
    for asset in sorted((_HERE / "assets").iterdir()):
        folder.write(f"/assets/{asset.name}", asset.read_text(encoding="utf-8"))
    return Published(dict(pages), folder.count)


class _Folder:
    """Writes files below a folder; a path that is written twice is an error of the program."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._made: set[Path] = set()
        self._written: set[str] = set()

    @property
    def count(self) -> int:
        return len(self._written)

    def write(self, path: str, content: str | bytes) -> None:
        if path in self._written:
            raise CcsiError("hub-doubled-path", path=path)
        self._written.add(path)
        file = self.root / path[1:]
        if file.parent not in self._made:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(file.parent)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def leaves(site: Site, lang: str) -> Iterator[Leaf]:
    """Every page of a language."""
    yield Leaf(addresses.start(lang), "start", start(site, None, lang))
    yield Leaf(addresses.about(lang), "about", about(site, None, lang))
    for code in site.countries:
        yield Leaf(addresses.country(lang, code), "start", country(site, code, lang))
    for chain in chains(site):
        path = addresses.listing(lang, chain.kind.folder, chain.facet, chain.value, chain.number)
        yield Leaf(path, chain.kind.folder, listing(site, chain, lang), search(site, chain, lang))
    yield from _things(site, lang)
    yield Leaf(addresses.sources(lang), "sources", sources(site, None, lang))
    yield Leaf(addresses.rules(lang), "rules", rules(site, None, lang))
    for one in site.rules:
        yield Leaf(addresses.rule(lang, one.id), "rules", rule(site, one, lang))
    for path, page in criteria_pages(site, lang):
        yield Leaf(path, "criteria", page)
    for report in site.sources.values():
        yield Leaf(addresses.source(lang, report.id), "sources", source(site, report, lang))


def _things(site: Site, lang: str) -> Iterator[Leaf]:
    for organisation_ in site.organisations:
        yield Leaf(
            addresses.thing(lang, "organisation", str(organisation_.id)),
            "organisations",
            organisation(site, organisation_, lang),
        )
    for initiative_ in site.initiatives:
        yield Leaf(
            addresses.thing(lang, "initiative", str(initiative_.id)), "initiatives", initiative(site, initiative_, lang)
        )
    for call_ in site.calls:
        yield Leaf(addresses.thing(lang, "call", str(call_.id)), "calls", call(site, call_, lang))
    for service_ in site.services:
        yield Leaf(addresses.thing(lang, "service", str(service_.id)), "services", service(site, service_, lang))


def _written(site: Site, html: Html, leaf: Leaf) -> str:
    lang = leaf.page.lang
    rest = leaf.path.removeprefix(f"/{lang}/")
    return html.page(
        "page.html", leaf.page, path=leaf.path[1:], frame=frame(site, lang, leaf.section, rest), search=leaf.search
    )


def _languages(site: Site, html: Html) -> str:
    """The door: the languages of the site, each in its own words."""
    lang = site.languages[0]
    page = Page(lang=lang, title=site.reader(lang).text(site.view.centre.name), lead="", blocks=())
    doors = [
        (code, language_name(code), addresses.start(code), site.reader(code).words("hub.start.title"))
        for code in site.languages
    ]
    return html.page("languages.html", page, path="index.html", doors=doors, sample=site.view.centre.sample)
