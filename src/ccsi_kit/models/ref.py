"""One written form for everything that can be pointed at."""

import re
from typing import Annotated, NamedTuple
from urllib.parse import quote, unquote

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

_SLUG = r"[a-z][a-z0-9-]*"
_LOCAL = r"(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+"
_FORMS = {
    "entry": rf"(?P<prefix>{_SLUG})#(?P<local>{_LOCAL}(?:/{_LOCAL})*)",
    "snapshot": r"(?P<prefix>sha256):(?P<local>[0-9a-f]{64})",
    "thing": rf"(?P<prefix>{_SLUG}):(?P<kind>{_SLUG}):(?P<local>{_LOCAL}(?:/{_LOCAL})*)",
    "concept": rf"(?P<prefix>{_SLUG}):(?P<kind>{_SLUG})/(?P<local>{_LOCAL})",
}
_PATTERNS = {form: re.compile(rf"^{pattern}(?:@(?P<version>[1-9][0-9]*))?$") for form, pattern in _FORMS.items()}


class RefParts(NamedTuple):
    """What a Ref says: its form (thing, concept, entry or snapshot), prefix, kind, local part and version."""

    form: str
    prefix: str
    kind: str | None
    local: str
    version: int | None


def parse_ref(text: str) -> RefParts:
    """The parts of a Ref, read from its form alone; the local part is decoded.

    >>> parse_ref("lv:regcode:40008000009")
    RefParts(form='thing', prefix='lv', kind='regcode', local='40008000009', version=None)
    >>> parse_ref("ccsi:area/scaling").form, parse_ref("lv-ur-register#40008000009").form
    ('concept', 'entry')
    """
    for form, pattern in _PATTERNS.items():
        if found := pattern.match(text):
            parts = found.groupdict()
            version = int(parts["version"]) if parts["version"] else None
            return RefParts(form, parts["prefix"], parts.get("kind"), unquote(parts["local"]), version)
    raise ValueError(f"{text!r} is no reference: write lv:regcode:40008000009, ccsi:area/scaling or lv-ur-register#key")


def encode(local: str) -> str:
    """A local part as it is written in a Ref: percent-encoded but for letters, digits and `- . _ ~`.

    >>> encode("2021SE05/23 017")
    '2021SE05%2F23%20017'
    """
    return quote(local, safe="")


def _checked(text: str) -> str:
    try:
        parse_ref(text)
    except ValueError as error:
        raise PydanticCustomError("no-ref", "no-ref", {"code": "no-ref", "value": text}) from error
    return text


Ref = Annotated[str, AfterValidator(_checked)]
"""A string that points at a thing, a concept, an entry or a snapshot; `...@3` points at its third version."""
