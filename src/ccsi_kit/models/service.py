"""A support service."""

from typing import Literal

from pydantic import Field

from ccsi_kit.models.ref import Ref
from ccsi_kit.models.text import Text
from ccsi_kit.models.thing import Thing


class Service(Thing):
    """Something that an organisation offers to people or to innovators."""

    name: Text | None = Field(default=None, description="Its name.", examples=[{"fr": "Atelier d'exemple"}])
    description: Text | None = Field(
        default=None, description="What one gets.", examples=[{"fr": "Un atelier d'exemple par semaine."}]
    )
    provider: Ref | None = Field(default=None, description="Who offers it.", examples=["fr:siret:00000000000000"])
    kind: Ref | None = Field(default=None, description="What sort of service.", examples=["fr:service-kind/atelier"])
    audience: Literal["people", "innovators"] | None = Field(
        default=None, description="Whether it is for people in need or for those who innovate.", examples=["people"]
    )
    themes: tuple[Ref, ...] = Field(default=(), description="What it is about.", examples=[["ccsi:theme/employment"]])
    audiences: tuple[Ref, ...] = Field(default=(), description="For whom.", examples=[["fr:public/jeunes"]])
    territories: tuple[str, ...] = Field(
        default=(), description="NUTS 2024 codes of where it is offered.", examples=[["FRI32"]]
    )
    modes: tuple[Ref, ...] = Field(
        default=(), description="On the spot or at a distance.", examples=[["fr:mode/en-presentiel"]]
    )
    cost: Ref | None = Field(default=None, description="Whether it costs something.", examples=["fr:cost/gratuit"])
    website: str | None = Field(default=None, description="Where to read more.", examples=["https://service.example"])
