"""Pages as data: blocks of text that a writer turns into HTML or another form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ccsi_kit.documents.charts import Bars, Dots, Timeline
from ccsi_kit.documents.pieces import Link, Mark, Words
from ccsi_kit.documents.tables import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page; the page's own title is level 1."""

    text: Words
    level: Literal[2, 3] = 2
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: Words


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small print."""

    text: Words


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: what it counts, and the number as it is written."""

    label: str
    value: Words


@dataclass(frozen=True, slots=True)
class Figures:
    """A few key figures in a row."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label, its value, and who says so."""

    label: str
    value: Words
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one thing, label by label."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: mostly a link, and a line of detail below."""

    text: Words
    detail: Words = ""


@dataclass(frozen=True, slots=True)
class List:
    """Items one below the other; `ruled` puts a hairline between them."""

    items: tuple[Item, ...]
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """Links in one line, perhaps with a word before them."""

    links: tuple[Link, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a list: what remains, and how many. A chosen one leads back."""

    text: Words
    count: str
    to: str
    chosen: bool = False
    value: str = ""
    """The value as a script names it."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The ways to narrow a list by one property; those after the first `open` fold away."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    open: int = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns, one of them narrow; one below the other on a narrow page, in reading order."""

    main: tuple[Block, ...]
    side: tuple[Block, ...]
    side_first: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title says the name or the finding, its lead what one sees, `sources` where it comes from."""

    lang: str
    title: Words
    lead: Words
    blocks: tuple[Block, ...]
    sources: tuple[Block, ...] = ()
    trail: tuple[Words, ...] = ()
    """The way here: links from the top, the last one the page's own place."""


Block: TypeAlias = (
    "Heading | Paragraph | Note | Figures | Facts | Table | Bars | Dots | Timeline | List | Links | Choices | Columns"
)
"""What a page is made of."""
