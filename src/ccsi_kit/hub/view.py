"""What a page of the site may ask, in models only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from ccsi_kit.criteria import Assessment, CriteriaSet
from ccsi_kit.models import Call, Funding, Initiative, Issue, Organisation, Service, Territory, Text
from ccsi_kit.rules import Outcome, Rule


@dataclass(frozen=True)
class Centre:
    """Whose site it is. `address` is where the site will stand, with its scheme; `contact` a mail address or a page."""

    name: Text
    contact: str | None = None
    address: str | None = None
    sample: bool = False
    pages: int = 2000
    """Most things of a kind with a page, a country."""


@dataclass(frozen=True)
class Found:
    """Issues of one kind: how many in all, and the first as an example."""

    count: int
    first: Issue


@dataclass(frozen=True)
class SourceReport:
    """What one source gave: rows read = used + left out, each left out for one reason."""

    id: str
    country: str
    title: Text
    mark: str
    """A few letters that stand under each value that comes from it."""
    publisher: str
    licence: str
    retrieved: date
    website: str | None = None
    stale: bool = False
    """Whether a later try failed, so that older rows stand here."""
    read: int = 0
    used: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Rows left out, by the code of the reason."""
    made: Mapping[str, int] = field(default_factory=dict)
    """Entries made, by the name of the model."""
    issues: tuple[Found, ...] = ()


class View(Protocol):
    """A workspace as the site sees it. Sequences come in the order in which they are shown."""

    @property
    def centre(self) -> Centre:
        """Whose site it is."""

    @property
    def on(self) -> date:
        """The day that the site speaks of."""

    def countries(self) -> Sequence[str]:
        """Codes of the countries."""

    def organisations(self) -> Sequence[Organisation]:
        """Those that get a page, with their origins and entries."""

    def known(self, country: str) -> int:
        """How many organisations of a country there are in all, with a page or without."""

    def organisation_name(self, ref: str) -> str | None:
        """The name of any organisation, with a page or without."""

    def initiatives(self) -> Sequence[Initiative]:
        """All initiatives."""

    def fundings(self) -> Sequence[Funding]:
        """All fundings."""

    def calls(self) -> Sequence[Call]:
        """All calls."""

    def services(self) -> Sequence[Service]:
        """All services."""

    def sources(self) -> Sequence[SourceReport]:
        """What each source gave."""

    def rules(self) -> Sequence[Rule]:
        """The institutional rules of the countries and of the Union."""

    def outcomes(self, organisation: str) -> Sequence[Outcome]:
        """What rules answer about an organisation, where that is decided or more than its legal form is known."""

    def criteria(self) -> Sequence[CriteriaSet]:
        """The sets of criteria, the common ones first."""

    def assessments(self) -> Sequence[Assessment]:
        """The assessments that are public."""

    def concept(self, ref: str) -> Text | None:
        """The label of a concept."""

    def territory(self, code: str) -> Territory | None:
        """A region by its NUTS code."""
