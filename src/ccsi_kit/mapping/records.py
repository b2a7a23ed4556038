"""What people write down about initiatives."""

from typing import ClassVar, Literal

from pydantic import Field

from ccsi_kit.models import Identifier, Initiative, Participant, Period, Record, Ref, Steps, Text, parse_ref


class Fiche(Record, kind="fiche", schema=1):
    """What a centre found out about an initiative; once public, it stands on the map beside what registers say."""

    initiative: Ref | None = Field(
        default=None,
        description="The initiative on the map that it is about; none where no register knows it.",
        examples=["es:bdns:700001"],
    )
    title: Text = Field(description="What the initiative is called.", examples=[{"lv": "Pirmais darbs"}])
    summary: Text | None = Field(
        default=None, description="What it does, for whom, and what is new.", examples=[{"en": "A first job."}]
    )
    stage: Literal["planned", "active", "ended", "unknown"] | None = Field(
        default=None, description="How far it is.", examples=["active"]
    )
    lead: Ref | None = Field(default=None, description="Who leads it.", examples=["lv:regcode:40008000009"])
    participants: tuple[Participant, ...] = Field(
        default=(),
        description="Who takes part.",
        examples=[[{"organisation": "lv:regcode:40008000009", "role": "ccsi:role/support"}]],
    )
    period: Period | None = Field(default=None, description="From when to when.", examples=[{"start": "2024-01-01"}])
    programme: str | None = Field(default=None, description="The programme that pays.", examples=["ESF+"])
    themes: tuple[Ref, ...] = Field(
        default=(),
        description="What it works on.",
        examples=[["ccsi:theme/exclusion"]],
        json_schema_extra={"vocabulary": "ccsi:theme"},
    )
    territories: tuple[str, ...] = Field(
        default=(), description="NUTS 2024 codes of where it works.", examples=[["LV00C"]]
    )
    steps: ClassVar = Steps("draft -> checked; checked -> draft", checked=("summary",))

    def thing(self) -> Initiative:
        """The initiative as the fiche tells it."""
        return Initiative(
            country=self.country, identifiers=self._numbers, title=self.title, summary=self.summary, state=self.stage,
            lead=self.lead, participants=self.participants, period=self.period, programme=self.programme,
            themes=self.themes, territories=self.territories,
        )  # fmt: skip

    @property
    def _numbers(self) -> tuple[Identifier, ...]:
        """The number by which the initiative is known: with it both are one."""
        if self.initiative is None:
            return ()
        about = parse_ref(self.initiative)
        known = about.form == "thing" and about.kind not in (None, "x", "person")
        return (Identifier(scheme=f"{about.prefix}:{about.kind}", number=about.local),) if known else ()
