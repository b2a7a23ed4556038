"""A region."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ccsi_kit.models.base import Model, Slug


class Territory(Model):
    """A NUTS region of a given year."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9A-Z]{0,3}$")] = Field(
        description="NUTS code.", examples=["LV00C"]
    )
    year: int = Field(description="Year of the NUTS version: a code means nothing without it.", examples=[2024])
    country: Slug = Field(description="The country.", examples=["lv"])
    name: str = Field(description="Its name, in Latin letters as Eurostat writes it.", examples=["Vidzeme"])
    parent: str | None = Field(default=None, description="Code of the region around it.", examples=["LV00"])

    @property
    def level(self) -> int:
        """0 for a country, 1 to 3 below.

        >>> Territory(code="LV00C", year=2024, country="lv", name="Vidzeme").level
        3
        """
        return len(self.code) - 2
