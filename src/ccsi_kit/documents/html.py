"""Writes pages as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ccsi_kit.documents.blocks import Block, Choices, Page
from ccsi_kit.documents.drawing import draw
from ccsi_kit.documents.pieces import Words, plain
from ccsi_kit.errors import need
from ccsi_kit.i18n import language_name, words

_OUTSIDE = re.compile(r"^(https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)


class Html:
    """A writer for any number of pages; everything in a page is text and is escaped.

    `folders` hold more templates, asked first; a page template extends or includes what it likes.
    """

    def __init__(self, *folders: Path) -> None:
        jinja = need("jinja2", extra="workspace")
        safe = need("markupsafe", extra="workspace")
        places = [*map(str, folders), str(Path(__file__).parent / "templates")]
        self._templates = jinja.Environment(
            loader=jinja.FileSystemLoader(places),
            autoescape=True,
            undefined=jinja.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._escape: Callable[[str], str] = safe.escape
        self._join: Callable[[Iterable[str]], str] = safe.Markup("").join
        macros = self._templates.get_template("blocks.html").module
        self._macros: dict[str, Callable[[Any, Here], str]] = {name: getattr(macros, name) for name in _MACROS}
        self._choices = lru_cache(maxsize=128)(self._written_choices)

    def page(self, template: str, page: Page, *, path: str, **more: Any) -> str:
        """The page as a file at `path` of the site (`lv/about.html`): every link leads from there."""
        here = Here(self, page.lang, path)
        return str(self._templates.get_template(template).render(page=page, here=here, **more))

    def _written_choices(self, choices: Choices, lang: str, depth: int) -> str:
        """Choices as HTML; they stand alike on every page of a list, hence written once for each depth of folders."""
        return self._macros["Choices"](choices, Here(self, lang, "/" * depth))

    def piece(self, words: Words, here: Here) -> str:
        """A text, safe to stand in a page."""
        if isinstance(words, str):
            return self._escape(words)
        if isinstance(words, tuple):
            return self._join(self.piece(part, here) for part in words)
        return self._macros[type(words).__name__](words, here)

    def block(self, block: Block, here: Here) -> str:
        """A block, safe to stand in a page."""
        if isinstance(block, Choices):
            return self._choices(block, here.lang, here.path.count("/"))
        return self._macros[type(block).__name__](block, here)


_MACROS = (
    *("Foreign", "Link", "Mark", "Differs"),
    *(
        "Heading",
        "Paragraph",
        "Note",
        "Figures",
        "Facts",
        "Table",
        "Bars",
        "Dots",
        "Timeline",
        "List",
        "Links",
        "Choices",
        "Columns",
    ),
)


@dataclass
class Here:
    """What templates ask while one page is written."""

    writer: Html
    lang: str
    path: str
    numbers: int = field(default=0)

    def __post_init__(self) -> None:
        self.up = "../" * self.path.count("/")

    def piece(self, words: Words) -> str:
        """A text, as HTML."""
        return self.writer.piece(words, self)

    def block(self, block: Block) -> str:
        """A block, as HTML."""
        return self.writer.block(block, self)

    def to(self, address: str) -> str | None:
        """What stands in `href`: relative inside the site, the address outside, none for what is no address."""
        if address.startswith("/") and not address.startswith("//"):
            return self.up + address[1:]
        return address if address.startswith("#") or _OUTSIDE.match(address) else None

    def number(self) -> int:
        """A number that no other thing on the page has."""
        self.numbers += 1
        return self.numbers

    def words(self, code: str) -> str:
        """Words of the page itself."""
        return _said(code, self.lang)

    language = staticmethod(language_name)
    plain = staticmethod(plain)
    draw = staticmethod(draw)


@cache
def _said(code: str, lang: str) -> str:
    return words(code, lang)
