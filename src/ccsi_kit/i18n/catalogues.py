"""The words of every code, from gettext catalogues.

The id of a message is its code, in every language alike, English too. A catalogue is any
`<folder>/<language>/LC_MESSAGES/*.mo` of a folder that was added: the core's own, each country's, an application's.
"""

from collections.abc import Mapping
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
    """Adds a folder with catalogues; what was added later is asked first. A catalogue that cannot be read says nothing.

    `unreadable_catalogues` tells beforehand which those are.
    """
    if folder not in _folders:
        _folders.insert(0, folder)
        _catalogues.cache_clear()


def unreadable_catalogues(folder: Path) -> list[Path]:
    """The catalogues of a folder that cannot be read."""
    return [file for file in sorted(folder.glob("*/LC_MESSAGES/*.mo")) if _read(file) is None]


def languages_spoken() -> list[str]:
    """The languages of all catalogues."""
    return sorted({file.parts[-3] for folder in _folders for file in folder.glob("*/LC_MESSAGES/*.mo")})


@cache
def _catalogues(lang: str) -> tuple[GNUTranslations, ...]:
    files = (file for folder in _folders for file in sorted(folder.glob(f"{lang}/LC_MESSAGES/*.mo")))
    return tuple(found for file in files if (found := _read(file)) is not None)


def _read(file: Path) -> GNUTranslations | None:
    try:
        with file.open("rb") as stream:
            return GNUTranslations(stream)
    except Exception:  # rubbish in a file may raise anything: OSError, struct.error, UnicodeDecodeError, ValueError
        return None


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
            return _filled(said, candidate, arguments)
    raise UsageError("no-words", message=code, lang=lang)


def _filled(said: str, lang: str, arguments: Mapping[str, Any]) -> str:
    try:
        return _Gaps(lang).vformat(said, (), arguments)
    except (ValueError, AttributeError, LookupError, TypeError):  # no fault in a translation may end a command
        return said


class _Gaps(Formatter):
    """Fills `{gaps}` with values as the language writes them; a gap without a value stays visible."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return kwargs.get(str(key), f"{{{key}}}")

    def format_field(self, value: Any, format_spec: str) -> str:
        inner = _message(value)
        return words(inner[0], self.lang, **inner[1]) if inner else spoken(value, self.lang)


def _message(value: Any) -> tuple[str, Mapping[str, Any]] | None:
    """The code and the arguments of a message inside a message, also of one that was written as JSON and read again."""
    found = value if isinstance(value, Mapping) else getattr(value, "__dict__", {})
    code, arguments = found.get("code"), found.get("arguments")
    return (code, arguments) if isinstance(code, str) and isinstance(arguments, Mapping) else None


def sentence(message: Any, lang: str) -> str:
    """What a Message, an Issue or an error says in a language."""
    return words(message.code, lang, **_arguments(message))


def advice(message: Any, lang: str) -> str | None:
    """What to do about a Message, an Issue or an error, where the catalogues say it.

    The words of `<code>.mend`; of `<code>.mend-alone` where the nearest that there is is asked for and there is none.
    """
    alone = message.arguments.get("nearest") == "" and has_words(f"{message.code}.mend-alone", "en")
    code = f"{message.code}.{'mend-alone' if alone else 'mend'}"
    return words(code, lang, **_arguments(message)) if has_words(code, "en") else None


def _arguments(message: Any) -> dict[str, Any]:
    place = {name: getattr(message, name, None) for name in ("source", "file", "row", "line", "column", "value")}
    return {**{name: value for name, value in place.items() if value is not None}, **message.arguments}
