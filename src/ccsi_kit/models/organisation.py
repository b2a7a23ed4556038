"""An organisation."""

from datetime import date
from typing import Literal

from pydantic import Field

from ccsi_kit.models.parts import Activity, Address, LegalForm, Status
from ccsi_kit.models.ref import Ref
from ccsi_kit.models.text import Text
from ccsi_kit.models.thing import Thing


class Organisation(Thing):
    """A body that acts: association, foundation, cooperative, company, authority. Never a natural person."""

    name: str | None = Field(
        default=None, description="Its name; an entry may lack it.", examples=["Parauga jauniešu centrs Ābele"]
    )
    other_names: tuple[str, ...] = Field(default=(), description="Further names.", examples=[["Ābele"]])
    legal_form: LegalForm | None = Field(
        default=None, description="What it is by law.", examples=[{"national": "BDR", "common": "ccsi:legal-form/f51"}]
    )
    statuses: tuple[Status, ...] = Field(
        default=(), description="What it was granted.", examples=[[{"kind": "lv:status/slo", "since": "2014-05-01"}]]
    )
    state: Literal["active", "ended", "unknown"] | None = Field(
        default=None, description="Whether it still exists.", examples=["active"]
    )
    founded: date | None = Field(default=None, description="Day it was registered.", examples=["2009-03-02"])
    ended: date | None = Field(default=None, description="Day it ended.", examples=["2020-12-31"])
    address: Address | None = Field(
        default=None, description="Its seat.", examples=[{"text": "Parauga iela 1, Valmiera", "postcode": "LV-4201"}]
    )
    territory: str | None = Field(default=None, description="NUTS 2024 code of its seat.", examples=["LV00C"])
    activities: tuple[Activity, ...] = Field(default=(), description="What it does.", examples=[[{"code": "94.99Z"}]])
    themes: tuple[Ref, ...] = Field(default=(), description="What it works on.", examples=[["ccsi:theme/exclusion"]])
    purpose: Text | None = Field(
        default=None, description="What it is for, in its own words.", examples=[{"lv": "Mazināt vientulību"}]
    )
    website: str | None = Field(default=None, description="Address of its website.", examples=["https://abele.example"])
