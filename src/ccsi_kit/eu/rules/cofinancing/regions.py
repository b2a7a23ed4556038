"""The category of each region, on which the ceiling of its co-financing rate depends."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from ccsi_kit.models import Model, loaded

Category = Literal["L", "T", "M"]


class Region(Model):
    """A NUTS-2 region."""

    category: Category = Field(description="Less developed, transition, more developed: 2021-2027.", examples=["T"])
    before: Category = Field(description="The same for 2014-2020.", examples=["L"])
    outermost: bool = Field(description="Whether it is an outermost region.", examples=["true"])
    sure: Literal["law", "secondary", "to-check"] = Field(description="How it was read.", examples=["secondary"])


class Regions(Model):
    """`regions.yaml`."""

    regions: Mapping[str, Region] = Field(description="By NUTS-2 code.", min_length=1, examples=[{"LV00": {}}])


@cache
def regions() -> Mapping[str, Region]:
    """All regions by their NUTS-2 code.

    >>> regions()["FRY2"].outermost
    True
    """
    return loaded(Path(__file__).parent / "regions.yaml", Regions).regions
