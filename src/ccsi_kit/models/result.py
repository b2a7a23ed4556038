"""A number with what makes it honest."""

from pydantic import Field

from ccsi_kit.models.base import Model
from ccsi_kit.models.ref import Ref


class Result(Model):
    """A computed number, from how many, how much they differ, how much was known, how, and from what."""

    value: float | None = Field(description="The number; none where nothing was answered.", examples=[0.8])
    n: int = Field(description="How many values it comes from.", examples=[12])
    spread: float | None = Field(
        default=None, description="How much they differ, in the unit of the value.", examples=[0.2]
    )
    coverage: float | None = Field(
        default=None, description="Share of those asked that answered, 0 to 1.", examples=[0.75]
    )
    method: str = Field(description="How it was computed.", examples=["mean"])
    basis: tuple[Ref, ...] = Field(
        default=(), description="What it was computed from.", examples=[["lv-ur-register#40008000009"]]
    )
