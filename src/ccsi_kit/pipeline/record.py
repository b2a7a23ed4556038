"""What a run was asked, what came of it, and by what it can be told whether anything changed."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, ValidationError

from ccsi_kit.models import Issue, Message, Model
from ccsi_kit.sources import Books
from ccsi_kit.store import Layout, Snapshot

Stage = Literal["fetch", "convert", "link", "evaluate", "publish"]
STAGES: Final[tuple[Stage, ...]] = ("fetch", "convert", "link", "evaluate", "publish")


class Request(Model):
    """What a run is asked to do."""

    on: date = Field(description="The day for which everything is computed.", examples=["2026-11-24"])
    countries: tuple[str, ...] = Field(
        default=(), description="Countries; none means all that are installed.", examples=[["lv"]]
    )
    sample: bool = Field(default=False, description="Whether every source reads its sample.", examples=[True])
    files: Mapping[str, tuple[Path, ...]] = Field(
        default={}, description="Files for named sources.", examples=[{"lv-ur-register": ["register.csv"]}]
    )
    stages: tuple[Stage, ...] = Field(default=STAGES, description="Stages to run.", examples=[["convert"]])
    offline: bool = Field(default=False, description="Whether nothing is fetched.", examples=[True])


class SourceRun(Model):
    """What became of one source: the tables it has now, and how the last try to read it went."""

    state: Literal["fresh", "unchanged", "stale"] = Field(
        description="Read anew, as before, or not readable and kept.", examples=["fresh"]
    )
    snapshots: tuple[Snapshot, ...] = Field(default=(), description="The files its tables come from.", examples=[[]])
    books: tuple[Books, ...] = Field(default=(), description="The books of each file.", examples=[[]])
    problem: Message | None = Field(default=None, description="Why it is stale.", examples=[None])
    issues: tuple[Issue, ...] = Field(default=(), description="What was wrong with what was refused.", examples=[[]])
    scope: tuple[str, ...] | None = Field(
        default=None, description="Countries whose rows its tables have; none means all.", examples=[["lv"]]
    )
    tried: date | None = Field(default=None, description="Day of the last try.", examples=["2026-11-24"])
    inputs: str = Field(default="", description="Hash of everything that the tables depend on.", examples=["0" * 64])
    tables: Mapping[str, str] = Field(
        default={}, description="Hash of each table by model.", examples=[{"organisation": "0" * 64}]
    )
    licence: str = Field(default="", description="Licence of the source.", examples=["CC0-1.0"])
    rank: int = Field(default=5, description="Whose word wins; 1 before 5.", examples=[1])

    @property
    def retrieved(self) -> date | None:
        """Day of the oldest of its files."""
        return min((snapshot.retrieved for snapshot in self.snapshots), default=None)


class Run(Model):
    """The record of a run."""

    started: datetime = Field(description="When it began.", examples=["2026-11-24T09:00:00Z"])
    seconds: Mapping[str, float] = Field(
        default={}, description="How long each stage took.", examples=[{"convert": 1.2}]
    )
    versions: Mapping[str, str] = Field(
        description="Version of the core and of each country.", examples=[{"ccsi-kit": "0.1.0"}]
    )
    request: Request = Field(description="What was asked.", examples=[{"on": "2026-11-24"}])
    records: int = Field(default=0, description="Number of the last change of a record that it saw.", examples=[412])
    sources: Mapping[str, SourceRun] = Field(
        default={}, description="Every source the workspace has tables of.", examples=[{}]
    )
    things: Mapping[str, int] = Field(
        default={}, description="How many things of each model.", examples=[{"organisation": 476}]
    )
    linked: str = Field(default="", description="Hash of everything that the links depend on.", examples=["0" * 64])
    links: Mapping[str, str] = Field(
        default={}, description="Hash of the links of each model.", examples=[{"organisation": "0" * 64}]
    )

    evaluated: str = Field(default="", description="Hash of everything that outcomes depend on.", examples=["0" * 64])
    outcomes: Mapping[str, str] = Field(
        default={}, description="Hash of the outcomes of each country.", examples=[{"es": "0" * 64}]
    )

    unevaluated: tuple[Message, ...] = Field(
        default=(), description="Rules that could not be asked, and declarations that nothing used.", examples=[[]]
    )

    @property
    def stale(self) -> tuple[str, ...]:
        """Sources whose last good tables were kept."""
        return tuple(name for name, source in self.sources.items() if source.state == "stale")


def last_run(layout: Layout) -> Run | None:
    """The newest record that can be read; one of another version that cannot is as if it were not there."""
    for record in sorted(layout.runs.glob("*.json"), reverse=True):
        try:
            return Run.model_validate_json(record.read_bytes())
        except (ValidationError, OSError):
            continue
    return None
