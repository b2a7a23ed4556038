"""What a country declares."""

from typing import Annotated, Final

from pydantic import Field

from ccsi_kit.models import Language, Model, Slug

API: Final = 1
"""Number of the contract between the core and its countries; not the version of the library."""


class Country(Model):
    """What a country package says of itself."""

    code: Slug = Field(description="Short name; mostly, but not necessarily, an ISO 3166-1 code.", examples=["lv"])
    languages: tuple[Language, ...] = Field(
        description="Languages it speaks, its default first.", min_length=1, examples=[["lv"]]
    )
    territory_level: Annotated[int, Field(ge=0, le=3)] = Field(
        description="NUTS level that people call a region there.", examples=[3]
    )
    currency: str = Field(description="ISO 4217 code.", pattern="^[A-Z]{3}$", examples=["EUR"])
    api: int = Field(description="Plug-in API number that the package was written for.", examples=[1])
