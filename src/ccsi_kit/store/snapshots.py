"""The bytes of each fetch, named by their SHA-256 and never changed."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from pydantic import Field

from ccsi_kit.models import Model, Slug
from ccsi_kit.store.disk import replacing, replacing_text

_BLOCK = 4 * 1024 * 1024


class Snapshot(Model):
    """One file that a source gave, and what is known of it."""

    source: Slug = Field(description="Id of the source.", examples=["lv-ur-register"])
    sha256: str = Field(description="Hash of the bytes: the name of the copy.", examples=["0" * 64])
    name: str = Field(description="What the file was called.", examples=["register.csv"])
    retrieved: date = Field(
        description="Day of the fetch; of a file or sample, the `on` of the run that first stored it.",
        examples=["2026-11-24"],
    )
    kind: str = Field(description="fetched, file or sample.", examples=["sample"])
    size: int = Field(description="Bytes.", examples=[1200])

    @property
    def ref(self) -> str:
        """The snapshot as it is pointed at."""
        return f"sha256:{self.sha256}"


class Snapshots:
    """The snapshots of a workspace.

    `snapshots/<source>/<sha256>` holds the bytes, a `.json` beside it what is known of them, and `set.json` the files
    that together are what the source says now: mostly one, several where a register comes in parts.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tmp = folder / "tmp"

    def path(self, snapshot: Snapshot) -> Path:
        """Where the bytes are."""
        return self.folder / snapshot.source / snapshot.sha256

    def newest(self, source: str) -> tuple[Snapshot, ...]:
        """What the source said last; nothing where it never said anything."""
        listed = self.folder / source / "set.json"
        return tuple(self._known(source, name) for name in json.loads(listed.read_bytes())) if listed.exists() else ()

    def find(self, source: str, sha256: str) -> Snapshot | None:
        """A snapshot by the hash of its bytes, as long as they are all there."""
        if not self._note(source, sha256).exists():
            return None
        found, bytes_ = self._known(source, sha256), self.folder / source / sha256
        return found if bytes_.exists() and bytes_.stat().st_size == found.size else None

    def add(self, source: str, files: Sequence[Path], *, retrieved: date, kind: str) -> tuple[Snapshot, ...]:
        """Keeps copies of files as what the source says now."""
        return self.settle(source, [self._copy(source, file, retrieved=retrieved, kind=kind) for file in files])

    def settle(self, source: str, snapshots: Sequence[Snapshot]) -> tuple[Snapshot, ...]:
        """Makes kept files what the source says now, all at once."""
        names = list(dict.fromkeys(snapshot.sha256 for snapshot in snapshots))
        replacing_text(self.folder / source / "set.json", json.dumps(names), aside=self.tmp)
        return self.newest(source)

    def keep(self, source: str, blocks: Iterable[bytes], *, name: str, retrieved: date, kind: str) -> Snapshot:
        """Keeps bytes as they come; the same bytes are kept once, with the day they first came.

        Nothing is left when the bytes break off.
        """
        digest, size = sha256(), 0
        self.tmp.mkdir(parents=True, exist_ok=True)
        aside = self.tmp / f"incoming-{source}"
        with aside.open("wb") as new:
            for block in blocks:
                digest.update(block)
                size += len(block)
                new.write(block)
        fresh = Snapshot(source=source, sha256=digest.hexdigest(), name=name, retrieved=retrieved, kind=kind, size=size)
        note = self._note(source, fresh.sha256)
        if self.find(source, fresh.sha256) is None:
            with replacing(self.path(fresh), aside=self.tmp) as place:
                aside.replace(place)
        if not note.exists():
            replacing_text(note, fresh.model_dump_json(indent=1), aside=self.tmp)
        aside.unlink(missing_ok=True)
        return self._known(source, fresh.sha256)

    def _copy(self, source: str, file: Path, *, retrieved: date, kind: str) -> Snapshot:
        with file.open("rb") as stream:
            blocks = iter(lambda: stream.read(_BLOCK), b"")
            return self.keep(source, blocks, name=file.name, retrieved=retrieved, kind=kind)

    def _note(self, source: str, name: str) -> Path:
        return self.folder / source / f"{name}.json"

    def _known(self, source: str, name: str) -> Snapshot:
        return Snapshot.model_validate_json(self._note(source, name).read_bytes())
