"""Parts that several things have: identifiers, addresses, periods, money."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from ccsi_kit.models.base import Model
from ccsi_kit.models.ref import Ref
from ccsi_kit.models.text import Text

SchemeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*:[a-z][a-z0-9-]*$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Identifier(Model):
    """A number and who issues it."""

    scheme: SchemeId = Field(description="Who issues the number.", examples=["lv:regcode"])
    number: str = Field(description="The number in its one written form.", examples=["40008000009"])


class Address(Model):
    """Where something is, as a register writes it."""

    text: str | None = Field(
        default=None, description="The whole address in one line.", examples=["Parauga iela 1, Valmiera"]
    )
    postcode: str | None = Field(
        default=None, description="Postal code as it is written in the country.", examples=["LV-4201"]
    )
    municipality: str | None = Field(
        default=None, description="Code of the municipality in the country's list.", examples=["0054010"]
    )
    place: str | None = Field(default=None, description="Town or village.", examples=["Valmiera"])


class Period(Model):
    """From a day to a day, both included; either may be open."""

    start: date | None = Field(default=None, description="First day.", examples=["2024-01-01"])
    end: date | None = Field(default=None, description="Last day.", examples=["2026-12-31"])

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise PydanticCustomError("period-order", "period-order", {"code": "period-order"})
        return self


class Money(Model):
    """An amount in a currency, to the cent."""

    value: Decimal = Field(
        description="The amount; more than two decimals are rounded.",
        decimal_places=2,
        max_digits=18,
        examples=["184200.00"],
    )
    currency: Currency = Field(description="ISO 4217 code.", examples=["EUR"])


class LegalForm(Model):
    """What an organisation is by law: the code of its country, and the form that all countries share."""

    national: str = Field(description="Code in the register of its country, always kept.", examples=["BDR"])
    common: Ref | None = Field(
        default=None,
        description="The shared form; none where the code is not mapped.",
        examples=["ccsi:legal-form/f51"],
    )


class Status(Model):
    """What an organisation was granted: a legal status, which is not its legal form."""

    kind: Ref = Field(description="Which status.", examples=["lv:status/slo"])
    since: date | None = Field(default=None, description="First day.", examples=["2014-05-01"])
    until: date | None = Field(default=None, description="Last day.", examples=["2020-12-31"])
    state: Literal["active", "ended", "unknown"] = Field(
        default="unknown", description="As the register says.", examples=["active"]
    )


class Activity(Model):
    """A field of activity: a code of a national list, or the register's words."""

    code: str | None = Field(default=None, description="Code in the country's list.", examples=["94.99Z"])
    label: Text | None = Field(
        default=None, description="The register's words, where it has no code.", examples=[{"lv": "Jaunatne"}]
    )


class Participant(Model):
    """An organisation in an initiative, and as what."""

    organisation: Ref = Field(description="Who.", examples=["lv:regcode:40008000009"])
    role: Ref = Field(
        description="As what.", examples=["ccsi:role/promoter"], json_schema_extra={"vocabulary": "ccsi:role"}
    )
