"""Words, numbers, dates and names in any language."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.i18n.catalogues import (
        add_catalogues,
        advice,
        has_words,
        languages_spoken,
        sentence,
        unreadable_catalogues,
        words,
    )
    from ccsi_kit.i18n.folding import fold
    from ccsi_kit.i18n.formats import country_name, day, labelled, language_name, money, number, percent
    from ccsi_kit.i18n.languages import LANGUAGES, PSEUDO, chain

__getattr__, __dir__, __all__ = public(__name__)
