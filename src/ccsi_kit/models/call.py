"""A call for proposals."""

from datetime import date

from pydantic import Field

from ccsi_kit.models.parts import Activity, Money
from ccsi_kit.models.ref import Ref
from ccsi_kit.models.text import Text
from ccsi_kit.models.thing import Thing


class Call(Thing):
    """An invitation to apply for money or support."""

    title: Text | None = Field(
        default=None, description="Its title; real data may lack it.", examples=[{"es": "Ayudas de muestra"}]
    )
    funder: Ref | None = Field(default=None, description="Who pays.", examples=["es:x:abcdefghijklm"])
    budget: Money | None = Field(
        default=None, description="What there is in all.", examples=[{"value": "50000.00", "currency": "EUR"}]
    )
    opens: date | None = Field(default=None, description="First day to apply.", examples=["2026-02-01"])
    closes: date | None = Field(default=None, description="Last day to apply.", examples=["2026-03-01"])
    always_open: bool | None = Field(default=None, description="Whether one can apply at any time.", examples=[False])
    audiences: tuple[str, ...] = Field(
        default=(), description="Who may apply, in the source's words.", examples=[["Asociaciones de muestra"]]
    )
    sectors: tuple[Activity, ...] = Field(
        default=(), description="Fields of activity it is for.", examples=[[{"code": "94.9"}]]
    )
    territory: str | None = Field(default=None, description="NUTS 2024 code it is for.", examples=["ES41"])

    def is_open(self, *, on: date) -> bool | None:
        """Whether one can apply on that day; none where the source does not say.

        >>> from datetime import date
        >>> Call(opens=date(2026, 2, 1), closes=date(2026, 3, 1)).is_open(on=date(2026, 3, 2))
        False
        """
        if self.always_open:
            return True
        if (self.opens and on < self.opens) or (self.closes and on > self.closes):
            return False
        return True if self.opens and self.closes else None
