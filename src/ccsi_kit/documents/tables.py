"""Tables as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ccsi_kit.documents.pieces import Words


@dataclass(frozen=True, slots=True)
class Column:
    """A column; numbers and money stand on the right."""

    title: Words
    kind: Literal["text", "number", "money", "date"] = "text"
    anchor: str | None = None
    """Name by which a link finds the head of the column."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as wide as `columns`; the first cell of a row names it.

    On a narrow page each row becomes a list with the column's title before each cell; with `side_by_side` the table
    keeps its shape and scrolls in a box of its own. An empty cell is shown as missing.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]
    side_by_side: bool = False
    show_caption: bool = False
