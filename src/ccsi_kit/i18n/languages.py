"""Which languages there are, and which one is tried after which."""

LANGUAGES = ("en", "es", "fr", "sv", "lv")
"""The languages of the core; a country may bring others."""

PSEUDO = "qps"
"""No language: every word of a catalogue in brackets, so that text outside the catalogues shows."""


def chain(asked: str, *, default: str | None = None) -> tuple[str, ...]:
    """The languages to try: the one asked for, its base, the country's default, English.

    >>> chain("fr-CA", default="es")
    ('fr-CA', 'fr', 'es', 'en')
    """
    wanted = (asked, asked.split("-")[0], default, "en")
    return tuple(dict.fromkeys(lang for lang in wanted if lang))
