"""A funded initiative."""

from typing import Literal

from pydantic import Field

from ccsi_kit.models.parts import Participant, Period
from ccsi_kit.models.ref import Ref
from ccsi_kit.models.text import Text
from ccsi_kit.models.thing import Thing


class Initiative(Thing):
    """A project, operation or experience that somebody carries out."""

    title: Text | None = Field(
        default=None,
        description="Its title; real data may lack it.",
        examples=[{"lv": "Pirmais darbs", "en": "First job"}],
    )
    summary: Text | None = Field(
        default=None, description="What it does.", examples=[{"en": "Young people find a first job."}]
    )
    state: Literal["planned", "active", "ended", "unknown"] | None = Field(
        default=None, description="How far it is.", examples=["active"]
    )
    lead: Ref | None = Field(
        default=None, description="Who leads it, where the source says so.", examples=["lv:regcode:40008000009"]
    )
    participants: tuple[Participant, ...] = Field(
        default=(),
        description="Who takes part.",
        examples=[[{"organisation": "lv:regcode:40008000009", "role": "ccsi:role/beneficiary"}]],
    )
    period: Period | None = Field(
        default=None, description="From when to when.", examples=[{"start": "2024-01-01", "end": "2026-12-31"}]
    )
    programme: str | None = Field(default=None, description="The programme that pays.", examples=["ESF+"])
    themes: tuple[Ref, ...] = Field(default=(), description="What it works on.", examples=[["ccsi:theme/employment"]])
    territories: tuple[str, ...] = Field(
        default=(), description="NUTS 2024 codes of where it works.", examples=[["LV00C"]]
    )
