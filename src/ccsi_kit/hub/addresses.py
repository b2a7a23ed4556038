"""Where every page of the site stands: paths from the top of the site, the language first."""

import re

from ccsi_kit.models import parse_ref

_PLAIN = re.compile(r"[^A-Za-z0-9._-]")


def slug(text: str) -> str:
    """A text as a part of a file name: letters, digits and `. _ -`; any other character becomes `~` and its number.

    >>> slug("2021SE05/23 017")
    '2021SE05~2f23~20017'
    """
    return _PLAIN.sub(lambda found: f"~{ord(found[0]):x}", text)


def ref_slug(ref: str) -> str:
    """A Ref as a part of a file name.

    >>> ref_slug("lv:regcode:40008000009"), ref_slug("ccsi:legal-form/f51")
    ('lv-regcode-40008000009', 'ccsi-legal-form-f51')
    """
    parts = parse_ref(ref)
    return "-".join(part for part in (parts.prefix, parts.kind, slug(parts.local)) if part)


def start(lang: str) -> str:
    """The first page of a language."""
    return f"/{lang}/index.html"


def country(lang: str, code: str) -> str:
    """The page of a country."""
    return f"/{lang}/{code}/index.html"


def thing(lang: str, kind: str, ref: str) -> str:
    """The page of an organisation, initiative, call or service."""
    return f"/{lang}/{kind}/{ref_slug(ref)}.html"


def listing(lang: str, folder: str, facet: str = "", value: str = "", number: int = 1) -> str:
    """A page of a list: of all, or of one value of a facet; long ones go on in a folder of their own."""
    base = f"/{lang}/{folder}/{facet}/{_value(value)}" if facet else f"/{lang}/{folder}/index"
    return f"{base}.html" if number == 1 else f"{base}/{number}.html"


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
    stem = f"{folder}-{facet}-{_value(value)}" if facet else folder
    return f"/data/{stem}.{form}" if form == "json" else f"/data/{lang}/{stem}.{form}"


def _value(value: str) -> str:
    """A value of a facet as a file name: a Ref with hyphens, `none` where there is no value."""
    return slug(value.replace(":", "-").replace("/", "-")) or "none"
