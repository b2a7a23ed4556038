"""Which file of a workspace lies where."""

from dataclasses import dataclass
from pathlib import Path

from ccsi_kit.errors import UsageError
from ccsi_kit.store.snapshots import Snapshots

SETTINGS = "ccsi.toml"


@dataclass(frozen=True)
class Layout:
    """The folder of a workspace and the places in it."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> "Layout":
        """The workspace that a folder is in; raises `UsageError` where there is none upwards."""
        for folder in (start, *start.parents):
            if (folder / SETTINGS).exists():
                return cls(folder)
        raise UsageError("no-workspace", folder=str(start))

    @property
    def settings(self) -> Path:
        """Settings that people write."""
        return self.root / SETTINGS

    @property
    def lock(self) -> Path:
        """Held by the process that runs."""
        return self.root / "lock"

    @property
    def ledger(self) -> Path:
        """Ids that were given."""
        return self.root / "ledger.jsonl"

    @property
    def snapshots(self) -> Snapshots:
        """Bytes that were fetched."""
        return Snapshots(self.root / "snapshots")

    @property
    def aside(self) -> Path:
        """Temporary files; emptied when a run starts."""
        return self.root / "snapshots" / "tmp"

    @property
    def tables(self) -> Path:
        """Entries, by model and source."""
        return self.root / "tables"

    @property
    def origins(self) -> Path:
        """Source, snapshot, day, licence and rank: once for all entries of a source."""
        return self.tables / "origin.parquet"

    @property
    def records(self) -> Path:
        """What people made: every version."""
        return self.root / "records.db"

    @property
    def hub(self) -> Path:
        """The pages."""
        return self.root / "hub"

    @property
    def runs(self) -> Path:
        """A record of each run."""
        return self.root / "runs"

    def table(self, model: str, source: str) -> Path:
        """The entries of one model from one source."""
        return self.tables / model / f"{source}.parquet"

    def entries(self, model: str) -> tuple[Path, ...]:
        """Every table of a model."""
        return tuple(sorted((self.tables / model).glob("*.parquet")))

    def outcomes(self, country: str) -> Path:
        """The facts of a country's organisations, rule by rule, and what they come to."""
        return self.root / "outcomes" / f"{country}.parquet"

    def links(self, model: str) -> Path:
        """Which thing each entry of a model belongs to."""
        return self.root / "links" / f"{model}.parquet"
