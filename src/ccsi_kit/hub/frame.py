"""What stands around every page: name, menu, languages, and the line about sample data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ccsi_kit.documents import Words
from ccsi_kit.hub import addresses
from ccsi_kit.hub.about import PARTS
from ccsi_kit.hub.kinds import KINDS
from ccsi_kit.hub.site import Site
from ccsi_kit.i18n import language_name


@dataclass(frozen=True)
class Place:
    """A link of the frame, and whether one is there."""

    text: Words
    to: str
    here: bool = False
    lang: str = ""


@dataclass(frozen=True)
class Frame:
    """The frame of one page."""

    name: Words
    home: str
    menu: tuple[Place, ...]
    languages: tuple[Place, ...]
    footer: tuple[Place, ...]
    alternates: Mapping[str, str]
    sample: bool


def frame(site: Site, lang: str, section: str, rest: str) -> Frame:
    """The frame of the page at `rest` of a language; the same `rest` is the same page in every language."""
    reader = site.reader(lang)
    address = (site.view.centre.address or "").rstrip("/")
    return Frame(
        name=reader.text(site.view.centre.name),
        home=addresses.start(lang),
        menu=_menu(site, lang, section),
        languages=tuple(Place(language_name(code), f"/{code}/{rest}", code == lang, code) for code in site.languages),
        footer=(
            *(Place(reader.words(f"hub.about.{part}"), addresses.about(lang, part)) for part in PARTS),
            Place(reader.words("hub.menu.rules"), addresses.rules(lang)),
            Place(reader.words("hub.menu.criteria"), addresses.criteria(lang)),
        ),
        alternates=_alternates(address, rest, site.languages) if address else {},
        sample=site.view.centre.sample,
    )


def _menu(site: Site, lang: str, section: str) -> tuple[Place, ...]:
    words = site.reader(lang).words
    lists = [(kind.folder, addresses.listing(lang, kind.folder)) for kind in KINDS if kind.things(site)]
    entries = [("start", addresses.start(lang)), *lists, ("sources", addresses.sources(lang))]
    return tuple(Place(words(f"hub.menu.{name}"), to, name == section) for name, to in entries)


def _alternates(address: str, rest: str, languages: Sequence[str]) -> dict[str, str]:
    """The same page in each language, for machines: absolute, as `hreflang` wants it."""
    return {code: f"{address}/{code}/{rest}" for code in languages}
