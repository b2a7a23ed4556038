"""Whether code lists hold together."""

from collections.abc import Iterator, Mapping

from ccsi_kit.models import Issue
from ccsi_kit.vocabularies.concepts import Concept, Vocabulary


def check_vocabularies(vocabularies: Mapping[str, Vocabulary]) -> Iterator[Issue]:
    """What is wrong with lists that are used together: words that lack, pointers to concepts that are not there.

    Issue codes: `no-label` (in `lang`), `no-concept` (it points at `concept`), `written-twice` (as `value`).
    """
    known = {list_.ref(code) for list_ in vocabularies.values() for code in list_.concepts}
    for list_ in vocabularies.values():
        for code, concept in list_.concepts.items():
            yield from _concept(list_, code, concept, known)
        yield from _written(list_)


def _concept(list_: Vocabulary, code: str, concept: Concept, known: set[str]) -> Iterator[Issue]:
    labels = {wording.lang for wording in concept.label.wordings()}
    for lang in list_.languages:
        if lang not in labels:
            yield Issue("no-label", severity="error", at=list_.ref(code), lang=lang)
    for ref in (concept.broader, *concept.match, concept.deprecated_by):
        if ref and ref not in known:
            yield Issue("no-concept", severity="error", at=list_.ref(code), concept=ref)


def _written(list_: Vocabulary) -> Iterator[Issue]:
    """A text that two concepts are written as, or that is the code of another one."""
    seen = {code: code for code in list_.concepts}
    for code, concept in list_.concepts.items():
        for text in concept.written:
            if seen.setdefault(text, code) != code:
                yield Issue("written-twice", severity="error", at=list_.ref(code), value=text)
