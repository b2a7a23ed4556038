"""Pieces of text: what stands inside a line, already in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Foreign:
    """A text in another language than the page; it is written with that language and a small mark."""

    text: str
    lang: str
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link: `to` a path of the site (`/lv/about.html`), a place on the page (`#entry-1`), or an address.

    An address begins with https, http or mailto; anything else (what a register calls a website may be anything) is
    written as text without a link.
    """

    text: Words
    to: str
    lang: str | None = None
    """Language of the page that it leads to, where that is another one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A small mark under a value: which source says so; leads to the entry."""

    text: str
    to: str
    title: str


@dataclass(frozen=True, slots=True)
class Differs:
    """A value that differs from the one beside it."""

    text: Words


Words: TypeAlias = "str | Foreign | Link | Mark | Differs | tuple[Words, ...]"
"""A text, a piece, or several in a row."""


def plain(words: Words) -> str:
    """The text alone.

    >>> plain(("12 organisations, ", Foreign("Ābele", "lv")))
    '12 organisations, Ābele'
    """
    if isinstance(words, str):
        return words
    if isinstance(words, tuple):
        return "".join(plain(part) for part in words)
    return plain(words.text)


def joined(parts: Iterable[Words], by: str = ", ") -> Words:
    """Pieces in a row with something between; empty ones are left out.

    >>> joined(["a", "", "b"], " · ")
    ('a', ' · ', 'b')
    """
    row: list[Words] = []
    for part in parts:
        if part not in ("", ()):
            row += [by, part] if row else [part]
    return tuple(row) if len(row) != 1 else row[0]
