"""The bytes of each fetch, named by their SHA-256 and never changed."""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from pydantic import Field, TypeAdapter

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

    `snapshots/<source>/<sha256>` holds the bytes, a `.json` beside it what is known of them. `set.json` lists the files
    that together are what the source said when it was last read well: mostly one, several where a register comes in
    parts. `next.json` lists what came since and was not read yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tmp = folder / "tmp"

    def path(self, snapshot: Snapshot) -> Path:
        """Where the bytes are."""
        return self.folder / snapshot.source / snapshot.sha256

    def newest(self, source: str) -> tuple[Snapshot, ...]:
        """What came last, read or not; nothing where nothing ever came."""
        return self._listed(source, "next") or self._listed(source, "set")

    def find(self, source: str, sha256: str) -> Snapshot | None:
        """A snapshot by the hash of its bytes, as long as they are all there."""
        note, bytes_ = self._note(source, sha256), self.folder / source / sha256
        if not note.exists():
            return None
        found = Snapshot.model_validate_json(note.read_bytes())
        return found if bytes_.exists() and bytes_.stat().st_size == found.size else None

    def add(self, source: str, files: Sequence[Path], *, retrieved: date, kind: str) -> tuple[Snapshot, ...]:
        """Keeps copies of files as what the source says now."""
        return self.settle(source, [self._copy(source, file, retrieved=retrieved, kind=kind) for file in files])

    def settle(self, source: str, snapshots: Sequence[Snapshot]) -> tuple[Snapshot, ...]:
        """Makes kept files what came last, all at once."""
        once = {snapshot.sha256: snapshot for snapshot in reversed(snapshots)}
        came = tuple(reversed(once.values()))
        if came != self.newest(source):
            self._list(source, "next", came)
        return self.newest(source)

    def taken(self, source: str) -> None:
        """What came last was read well: from now on it is what the source says."""
        if came := self._listed(source, "next"):
            self._list(source, "set", came)
            self.refused(source)

    def refused(self, source: str) -> None:
        """What came last could not be read: what was read well before stays what the source says."""
        self._listing(source, "next").unlink(missing_ok=True)

    def _listing(self, source: str, name: str) -> Path:
        return self.folder / source / f"{name}.json"

    def _listed(self, source: str, name: str) -> tuple[Snapshot, ...]:
        listing = self._listing(source, name)
        return _LIST.validate_json(listing.read_bytes()) if listing.exists() else ()

    def _list(self, source: str, name: str, snapshots: tuple[Snapshot, ...]) -> None:
        text = _LIST.dump_json(snapshots, indent=1).decode()
        replacing_text(self._listing(source, name), text, aside=self.tmp)

    def keep(self, source: str, blocks: Iterable[bytes], *, name: str, retrieved: date, kind: str) -> Snapshot:
        """Keeps bytes as they come; the same bytes are kept once, and their day is the one on which they first came.

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
        if note.exists():
            fresh = fresh.replace(retrieved=Snapshot.model_validate_json(note.read_bytes()).retrieved)
        if self.find(source, fresh.sha256) is None:
            with replacing(self.path(fresh), aside=self.tmp) as place:
                aside.replace(place)
            replacing_text(note, fresh.model_dump_json(indent=1), aside=self.tmp)
        aside.unlink(missing_ok=True)
        return fresh

    def only(self, source: str, kept: Sequence[Snapshot]) -> None:
        """Takes away every other file that a source ever gave: for what can be made again, and may be taken back."""
        names = {"set.json", "next.json"} if kept else set[str]()
        for one in kept:
            names |= {one.sha256, f"{one.sha256}.json"}
        folder = self.folder / source
        for file in folder.iterdir() if folder.is_dir() else ():
            if file.name not in names:
                file.unlink()

    def _copy(self, source: str, file: Path, *, retrieved: date, kind: str) -> Snapshot:
        with file.open("rb") as stream:
            blocks = iter(lambda: stream.read(_BLOCK), b"")
            return self.keep(source, blocks, name=file.name, retrieved=retrieved, kind=kind)

    def _note(self, source: str, name: str) -> Path:
        return self.folder / source / f"{name}.json"


_LIST = TypeAdapter(tuple[Snapshot, ...])


def set_ref(snapshots: Sequence[Snapshot]) -> str:
    """What a source said as it is pointed at: its one file, or of several the hash of their hashes, a line each."""
    if len(snapshots) == 1:
        return snapshots[0].ref
    hashes = "".join(one.sha256 + "\n" for one in snapshots)
    return f"sha256:{sha256(hashes.encode()).hexdigest()}"
