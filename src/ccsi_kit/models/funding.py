"""Money that was granted."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from ccsi_kit.models.parts import Money
from ccsi_kit.models.ref import Ref
from ccsi_kit.models.thing import Thing


class Funding(Thing):
    """An amount that a funder gave for something. A guarantee is not a grant: sums never mix instruments."""

    initiative: Ref | None = Field(
        default=None, description="What it pays for.", examples=["lv:kohesio-operation:Q0000001"]
    )
    call: Ref | None = Field(default=None, description="The call it was won in.", examples=["es:bdns-call:000001"])
    recipient: Ref | None = Field(default=None, description="Who got it.", examples=["lv:regcode:40008000009"])
    funder: Ref | None = Field(default=None, description="Who gave it.", examples=["es:x:abcdefghijklm"])
    instrument: Ref | None = Field(
        default=None, description="Grant, loan, guarantee.", examples=["ccsi:instrument/grant"]
    )
    amount: Money | None = Field(
        default=None,
        description="The amount granted, or the total eligible cost where the source gives that.",
        examples=[{"value": "142000.00", "currency": "EUR"}],
    )
    eu_amount: Money | None = Field(
        default=None, description="The Union's part.", examples=[{"value": "120700.00", "currency": "EUR"}]
    )
    eu_rate: Decimal | None = Field(
        default=None, description="The Union's share, 0 to 1.", max_digits=9, decimal_places=6, examples=["0.85"]
    )
    grant_equivalent: Money | None = Field(
        default=None, description="What it is worth as a grant.", examples=[{"value": "3000.00", "currency": "EUR"}]
    )
    decided: date | None = Field(default=None, description="Day of the decision.", examples=["2024-01-15"])
