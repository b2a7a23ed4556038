"""Where a value comes from."""

from datetime import date

from pydantic import Field

from ccsi_kit.models.base import Model, Slug
from ccsi_kit.models.ref import encode


class Origin(Model):
    """Source, key and snapshot of what is said, and under which licence it may be said again."""

    source: Slug = Field(description="Id of the source.", examples=["lv-ur-register"])
    key: str = Field(description="Key of the row in the source.", examples=["40008000009"])
    snapshot: str = Field(
        description="Name of the bytes that were read: their SHA-256.", examples=["sha256:" + "0" * 64]
    )
    retrieved: date = Field(description="Day the bytes were fetched.", examples=["2026-11-24"])
    licence: str = Field(description="SPDX id or name of the licence.", examples=["CC0-1.0"])

    @property
    def ref(self) -> str:
        """The entry as it is pointed at: `<source>#<key>`."""
        return f"{self.source}#{entry_key(self.key)}"


def entry_key(key: str) -> str:
    """A key as it stands in a Ref: each part between slashes percent-encoded.

    >>> entry_key("2021 LV/beneficiary/2")
    '2021%20LV/beneficiary/2'
    """
    return "/".join(encode(part) for part in key.split("/"))
