"""One way to compare names: without accents, case and punctuation."""

import re
import unicodedata

_BREAK = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """A text for comparing: no accents, no case, words of letters and digits with one space between.

    >>> fold("  Parauga JAUNIEŠU centrs „Ābele” ")
    'parauga jauniesu centrs abele'
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _BREAK.sub(" ", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip()
