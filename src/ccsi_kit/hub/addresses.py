"""Where every page of the site stands: paths from the top of the site, the language first."""

import re
from hashlib import sha256

from ccsi_kit.models import parse_ref

_PLAIN = re.compile(r"[^A-Za-z0-9._-]")
_CONCEPT = re.compile(r"[a-z][a-z0-9-]{0,20}:[a-z][a-z0-9-]{0,30}/[a-z0-9._-]{1,60}\Z")
_REGION = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}\Z")
_WORD = re.compile(r"[a-z0-9][a-z0-9_]{0,39}\Z")
_NUMBER = re.compile(r"(?=[^0-9]*[0-9])[A-Z0-9]{1,40}\Z")
"""How numbers are written in the main: capitals, if any letters, and a digit."""
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}\Z")
_LONGEST = 60


def slug(text: str) -> str:
    """A text as a part of a file name: letters, digits and `. _ -`; any other character becomes `~` and its number.

    >>> slug("2021SE05/23 017")
    '2021SE05~2f23~20017'
    """
    return _PLAIN.sub(lambda found: f"~{ord(found[0]):x}", text)


def ref_slug(ref: str) -> str:
    """A Ref as a part of a file name, with full stops, for its first two parts have none themselves.

    >>> ref_slug("lv:regcode:40008000009"), ref_slug("lv:kohesio-operation:Q12")
    ('lv.regcode.40008000009', 'lv.kohesio-operation.Q12')
    """
    parts = parse_ref(ref)
    return ".".join(part for part in (parts.prefix, parts.kind, _local(parts.local)) if part)


def _local(local: str) -> str:
    """A number in capitals or a key in small letters as it is; a small one that could be such a number is hashed."""
    if _NUMBER.match(local) or (_KEY.match(local) and not _NUMBER.match(local.upper())):
        return local
    return _hashed(local)


def _hashed(text: str) -> str:
    """A text in small letters with some letters of its hash, so that no two share a name on any disk."""
    return f"{slug(text.lower())[:_LONGEST]}~{sha256(text.encode()).hexdigest()[:16]}"


def start(lang: str) -> str:
    """The first page of a language."""
    return f"/{lang}/index.html"


def country(lang: str, code: str) -> str:
    """The page of a country."""
    return f"/{lang}/{code}/index.html"


def rules(lang: str) -> str:
    """The list of rules."""
    return f"/{lang}/rules/index.html"


def rule(lang: str, id: str) -> str:
    """The page of a rule."""
    return f"/{lang}/rule/{ref_slug(id)}.html"


def thing(lang: str, kind: str, ref: str) -> str:
    """The page of an organisation, initiative, call or service."""
    return f"/{lang}/{kind}/{ref_slug(ref)}.html"


def listing(lang: str, folder: str, facet: str = "", value: str = "", number: int = 1) -> str:
    """A page of a list: of all, or of one value of a facet; long ones go on in a folder of their own."""
    base = f"/{lang}/{folder}/{facet}/{_value(facet, value)}" if facet else f"/{lang}/{folder}/index"
    return f"{base}.html" if number == 1 else f"{base}/{number}.html"


def criteria(lang: str) -> str:
    """The list of sets of criteria."""
    return f"/{lang}/criteria/index.html"


def criteria_set(lang: str, id: str) -> str:
    """The page of a set of criteria."""
    return f"/{lang}/criteria/{ref_slug(id)}.html"


def profile(lang: str, ref: str) -> str:
    """What assessments of a thing come to."""
    return f"/{lang}/profile/{ref_slug(ref)}.html"


def sources(lang: str) -> str:
    """All sources and the quality of their data."""
    return f"/{lang}/sources/index.html"


def source(lang: str, source_id: str) -> str:
    """One source."""
    return f"/{lang}/sources/{source_id}.html"


def about(lang: str, part: str = "") -> str:
    """What the site is; or one part of that page."""
    return f"/{lang}/about.html" + (f"#{part}" if part else "")


def download(lang: str, folder: str, form: str, facet: str = "", value: str = "") -> str:
    """The whole of a list as a file: CSV and XLSX in a language, JSON for all of them."""
    stem = f"{folder}-{facet}-{_value(facet, value)}" if facet else folder
    return f"/data/{stem}.{form}" if form == "json" else f"/data/{lang}/{stem}.{form}"


def _value(facet: str, value: str) -> str:
    """A value of a facet as a file name, `none` where there is no value.

    A concept is its Ref with full stops, a region its code; other words are as they are if they are short, small,
    plain and without full stops. Anything else ends in some letters of its hash, so that no two values share a name on
    any disk.
    """
    if not value:
        return "none"
    if _CONCEPT.match(value):
        return re.sub("[:/]", ".", value)
    plain = _REGION.match(value) if facet == "territory" else _WORD.match(value) and value != "none"
    if plain:
        return value
    return _hashed(value)
