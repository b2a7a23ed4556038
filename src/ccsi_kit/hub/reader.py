"""How everything is said in one language; labels are looked up once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from ccsi_kit.documents import Choice, Foreign, Words, plain
from ccsi_kit.hub.view import View
from ccsi_kit.i18n import chain, country_name, day, has_words, money, number, percent, words
from ccsi_kit.models import Money, Text, parse_ref

T = TypeVar("T")


class Reader:
    """A language of the site."""

    def __init__(self, view: View, lang: str) -> None:
        self.lang = lang
        self.view = view
        self.choices: dict[tuple[str, str], tuple[Choice, ...]] = {}
        """The values of each facet of each list, once they were asked for."""
        self.label = _once(self._label)
        self.scheme = _once(self._scheme)
        self.territory = _once(self._territory)
        self.country = _once(lambda code: country_name(code, lang) or code.upper())
        self._fixed = _once(lambda code: words(code, lang))
        self._filled = lru_cache(maxsize=8192)(lambda code, arguments: words(code, lang, **dict(arguments)))

    def words(self, code: str, **arguments: Any) -> str:
        """Words of the catalogues."""
        return self._filled(code, tuple(arguments.items())) if arguments else self._fixed(code)

    def text(self, text: Text | None) -> Words:
        """A text in this language, else in another one that is marked as such."""
        if text is None:
            return ""
        wording = text.say(*chain(self.lang))
        if wording.lang == self.lang and not wording.machine:
            return wording.text
        return Foreign(wording.text, wording.lang, wording.machine)

    def day(self, value: date | None) -> str:
        """A day in words."""
        return day(value, self.lang) if value else ""

    def number(self, value: int) -> str:
        """A number with the language's separators."""
        return number(value, self.lang)

    def money(self, amount: Money | None) -> str:
        """An amount that does not break."""
        return money(amount.value, amount.currency, self.lang) if amount else ""

    def percent(self, share: Decimal) -> str:
        """A share of one as per cent."""
        return percent(share, self.lang)

    def inside(self, label: Words) -> Words:
        """A label as it stands inside a sentence: without its capital, unless that belongs to it."""
        if isinstance(label, Foreign):
            return replace(label, text=plain(self.inside(label.text)))
        text = plain(label)
        return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text

    def reason(self, code: str) -> str:
        """Why rows were left out; the code itself where a source has a reason of its own."""
        said = f"reason.{code}"
        return self.words(said) if has_words(said, "en") else code

    def _label(self, ref: str) -> Words:
        """The label of a concept; its code where the list does not know it."""
        text = self.view.concept(ref)
        return self.text(text) if text else parse_ref(ref).local

    def _scheme(self, scheme: str) -> str:
        code = f"scheme.{scheme}"
        return words(code, self.lang) if has_words(code, "en") else scheme

    def _territory(self, code: str) -> str:
        found = self.view.territory(code)
        return found.name if found else code


def _once(find: Callable[[str], T]) -> Callable[[str], T]:
    return lru_cache(maxsize=None)(find)
