"""The words of every code, from gettext catalogues.

The id of a message is its code, in every language alike, English too. A catalogue is any
`<folder>/<language>/LC_MESSAGES/*.mo` of a folder that was added: the core's own, each country's, an application's.
"""

from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter
from typing import Any

from ccsi_kit.errors import UsageError
from ccsi_kit.i18n.formats import spoken
from ccsi_kit.i18n.languages import PSEUDO, chain

_folders: list[Path] = [Path(__file__).parent.parent / "locale"]


def add_catalogues(folder: Path) -> None:
    """Adds a folder with catalogues; what was added later is asked first."""
    if folder not in _folders:
        _folders.insert(0, folder)
        _catalogues.cache_clear()


@cache
def _catalogues(lang: str) -> tuple[GNUTranslations, ...]:
    files = (file for folder in _folders for file in sorted(folder.glob(f"{lang}/LC_MESSAGES/*.mo")))
    return tuple(map(_read, files))


def _read(file: Path) -> GNUTranslations:
    with file.open("rb") as stream:
        return GNUTranslations(stream)


def _found(code: str, lang: str, n: Any) -> str | None:
    for catalogue in _catalogues(lang):
        said = catalogue.gettext(code) if n is None else catalogue.ngettext(code, code, n)
        if n is not None and said == code:
            said = catalogue.gettext(code)
        if said != code:
            return said
    return None


def has_words(code: str, lang: str) -> bool:
    """Whether a catalogue of exactly this language has the code."""
    return _found(code, lang, None) is not None or _found(code, lang, 1) is not None


def words(code: str, lang: str, /, *, default: str | None = None, **arguments: Any) -> str:
    """What a code says in a language, its gaps filled; numbers and dates are written as the language does.

    The argument `n` chooses the plural form. Languages are tried as `chain` says; a code that no catalogue has is an
    error of the program and raises `UsageError`.
    """
    if lang == PSEUDO:
        return f"⟦{words(code, 'en', **arguments)}⟧"
    n = arguments.get("n")
    for candidate in chain(lang, default=default):
        if (said := _found(code, candidate, n if isinstance(n, int) else None)) is not None:
            return _Gaps(candidate).vformat(said, (), arguments)
    raise UsageError("no-words", message=code, lang=lang)


class _Gaps(Formatter):
    """Fills `{gaps}` with values as the language writes them; a gap without a value stays visible."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return kwargs.get(str(key), f"{{{key}}}")

    def format_field(self, value: Any, format_spec: str) -> str:
        return spoken(value, self.lang)


def sentence(message: Any, lang: str) -> str:
    """What a Message, an Issue or an error says in a language."""
    place = {name: getattr(message, name, None) for name in ("source", "file", "row", "line", "column", "value")}
    return words(message.code, lang, **{**{k: v for k, v in place.items() if v is not None}, **message.arguments})
