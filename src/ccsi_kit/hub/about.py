"""The page about the site: how it is made, accessibility, privacy, data."""

from __future__ import annotations

from collections.abc import Iterator

from ccsi_kit.documents import Block, Heading, Item, Link, List, Page, Paragraph
from ccsi_kit.hub import addresses
from ccsi_kit.hub.kinds import KINDS
from ccsi_kit.hub.reader import Reader
from ccsi_kit.hub.site import Site
from ccsi_kit.hub.things import report_error

PARTS = ("method", "accessibility", "privacy", "data")


def about(view: Site, scope: None, lang: str) -> Page:
    """What the site is and what one may expect of it."""
    reader = view.reader(lang)
    return Page(
        lang=lang,
        title=reader.words("hub.about.title"),
        lead=reader.words("hub.about.lead"),
        blocks=tuple(block for part in PARTS for block in _part(view, part, reader)),
        sources=(
            Paragraph(Link(reader.words("hub.all-sources"), addresses.sources(lang))),
            *report_error(view, reader),
        ),
    )


def _part(site: Site, part: str, reader: Reader) -> Iterator[Block]:
    yield Heading(reader.words(f"hub.about.{part}"), anchor=part)
    for number in (1, 2):
        yield Paragraph(reader.words(f"hub.about.{part}-{number}"))
    if part == "data":
        yield List(tuple(_downloads(site, reader)))


def _downloads(site: Site, reader: Reader) -> Iterator[Item]:
    for kind in KINDS:
        if kind.things(site):
            for form in ("csv", "xlsx", "json"):
                to = addresses.download(reader.lang, kind.folder, form)
                yield Item(Link(f"{reader.words(f'hub.menu.{kind.folder}')} ({form.upper()})", to))
