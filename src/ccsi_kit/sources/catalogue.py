"""Sources on disk: a folder each, with manifest and sample."""

from dataclasses import dataclass
from pathlib import Path

from ccsi_kit.errors import Refused
from ccsi_kit.models.load import loaded
from ccsi_kit.sources.manifest import Manifest


@dataclass(frozen=True)
class Source:
    """A source of a country: its manifest and the folder that it and its sample lie in."""

    manifest: Manifest
    folder: Path
    country: str

    @property
    def id(self) -> str:
        """Its short name."""
        return self.manifest.id

    @property
    def samples(self) -> tuple[Path, ...]:
        """Its samples: made rows in its real format."""
        return tuple(sorted(path for path in self.folder.glob("sample*") if path.suffix in (".csv", ".json", ".xlsx")))


def find_sources(folder: Path, country: str) -> tuple[Source, ...]:
    """The sources in a country's folder, by name; raises `Refused` with every complaint about a manifest."""
    folders = sorted(path.parent for path in folder.glob("*/manifest.yaml"))
    sources = tuple(Source(loaded(path / "manifest.yaml", Manifest), path, country) for path in folders)
    for source in sources:
        if not source.id.startswith(f"{country}-"):
            raise Refused("source-of-another-country", source=source.id, country=country)
    return sources
