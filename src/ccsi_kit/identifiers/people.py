"""Numbers of natural persons where nobody expects them: in a shifted column, in a remark, in a bad value."""

import re
from collections.abc import Iterable
from typing import Final

from ccsi_kit.identifiers.schemes import Scheme, quoted


def personal(text: str, schemes: Iterable[Scheme]) -> bool:
    """Whether any text holds what is written like a natural person's number in one of the schemes.

    Such a text may not be shown, stored or logged.
    """
    return any(
        re.search(scheme.anywhere, text, re.ASCII) or re.fullmatch(scheme.anywhere, scheme.compact(text), re.ASCII)
        for scheme in schemes
        if scheme.anywhere
    )


PERSON: Final = "natural-person"
"""What `without_persons` keeps of a natural person's number."""

WRONG: Final = "wrong"
"""What `without_persons` keeps of a text that is no number at all."""


def without_persons(number: object, scheme: Scheme) -> str:
    """An organisation's number without decoration; of any other only what it is, so that no person's can be shown."""
    text = str(number)
    if text in (PERSON, WRONG):
        return text
    compact = scheme.compact(text)
    if scheme.has_shape(compact):
        return compact
    return PERSON if scheme.is_person(compact) or personal(text, [scheme]) else WRONG


def sql_personal(column: str, schemes: Iterable[Scheme]) -> str:
    """Boolean: `personal` of a column of any text. NULL gives FALSE."""
    tests = (
        f"regexp_matches({column}, {quoted(scheme.anywhere)})"
        f" OR regexp_full_match({scheme.sql_compact(column)}, {quoted(scheme.anywhere)})"
        for scheme in schemes
        if scheme.anywhere
    )
    return f"coalesce({' OR '.join(tests) or 'FALSE'}, FALSE)"
