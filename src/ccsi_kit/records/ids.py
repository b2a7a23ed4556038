"""Ids of records and persons, and times as they are stored."""

import re
from datetime import UTC, datetime

from ccsi_kit.errors import UsageError, need

_SLUG = re.compile(r"[a-z][a-z0-9-]*")


def minted(country: str, kind: str, now: datetime) -> str:
    """A new id: `<country>:<kind>:<ulid>`, which says when it was made and nothing else.

    Raises `UsageError` for what cannot be the code of a country.
    """
    if not _SLUG.fullmatch(country):
        raise UsageError("no-country-code", n=len(country))
    ulid = need("ulid", extra="workspace").ULID.from_datetime(now)
    return f"{country}:{kind}:{ulid}"


def written(moment: datetime) -> str:
    """A time as it is stored: UTC, to the microsecond; earlier times are lesser texts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def shown(moment: datetime) -> str:
    """A time as messages say it: to the minute, UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def read_time(text: str) -> datetime:
    """The time that was stored."""
    return datetime.fromisoformat(text)
