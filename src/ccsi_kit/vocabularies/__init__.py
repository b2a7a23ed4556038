"""Code lists as data: concepts with stable ids, words in several languages and matches in other lists; and regions."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.vocabularies.concepts import Concept, Vocabulary
    from ccsi_kit.vocabularies.integrity import check_vocabularies
    from ccsi_kit.vocabularies.reading import core_vocabularies, read_vocabularies, vocabulary
    from ccsi_kit.vocabularies.regions import crosswalk, territories

__getattr__, __dir__, __all__ = public(__name__)
