"""Brings what a register publishes into the snapshots, and says beforehand how much it takes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import Field

from ccsi_kit.errors import CcsiError
from ccsi_kit.models import Model
from ccsi_kit.sources.asking import Fetch, Listed
from ccsi_kit.sources.catalogue import Source
from ccsi_kit.sources.paging import lines, listed
from ccsi_kit.sources.series import Wanted, wanted
from ccsi_kit.sources.web import Answer, Fetcher
from ccsi_kit.store import Snapshot, Snapshots, replacing_text

_NOTES: Final = "fetched.json"


class Fetched(Model):
    """What is known of a file from its last fetch: by what it is recognised, and what it took."""

    address: str = Field(description="Its address.", examples=["https://register.example/register.csv"])
    sha256: str = Field(description="Name of the snapshot.", examples=["0" * 64])
    etag: str | None = Field(default=None, description="What the host called this state of it.", examples=['"7"'])
    modified: str | None = Field(
        default=None, description="When the host says it changed.", examples=["Tue, 24 Nov 2026 09:00:00 GMT"]
    )
    requests: int = Field(description="How many requests it took.", examples=[1])
    seconds: float = Field(description="How long it took.", examples=[12.5])

    @property
    def headers(self) -> dict[str, str]:
        """What asks for it only if it changed."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value is not None}


@dataclass(frozen=True)
class Estimate:
    """How much a fetch takes: requests, and seconds at least; None where nobody knows.

    `exact` is whether the requests are counted or stated; else there are as many or more.
    """

    requests: int | None
    seconds: float | None
    exact: bool = True


def fetch(
    source: Source, *, on: date, into: Snapshots, fetcher: Fetcher, scope: frozenset[str] | None = None
) -> tuple[Snapshot, ...]:
    """What the source says on that day, kept in the snapshots: all its files, or what was there before.

    A file that did not change stays, with the day its bytes came. Raises `Refused` for what a host sends and
    `CcsiError` for every other failure (`no-address` where the manifest has none); then nothing is settled.
    """
    rules = source.manifest.fetch
    if rules is None:
        raise CcsiError("no-address", source=source.id)
    values = {name: _listed(source, of, into) for name, of in rules.split.items() if isinstance(of, Listed)}
    files = wanted(source.manifest, on=on, scope=scope, listed=values)
    kept = [_kept(source, rules, file, on, into, fetcher) for file in files]
    return into.settle(source.id, kept) if kept else into.newest(source.id)


def estimate(
    source: Source, *, on: date, previous: Mapping[str, Fetched], scope: frozenset[str] | None = None
) -> Estimate:
    """How much fetching the source takes, from what its files took before (`fetched_before`), else as it states."""
    rules, files = source.manifest.fetch, wanted(source.manifest, on=on, scope=scope)
    if rules is None:
        return Estimate(0, 0.0)
    known = [previous[file.name] for file in files if file.name in previous]
    if len(known) == len(files):
        return Estimate(sum(file.requests for file in known), sum(file.seconds for file in known))
    if rules.pages is None:
        return Estimate(len(files), None)
    requests = rules.requests or sum(len(file.series) for file in files)
    return Estimate(requests or None, requests * rules.pause_ms / 1000 or None, exact=rules.requests is not None)


def fetched_before(into: Snapshots, source: str) -> dict[str, Fetched]:
    """What is known of the files of a source from their last fetch, by name."""
    notes = into.folder / source / _NOTES
    if not notes.exists():
        return {}
    return {name: Fetched.model_validate(told) for name, told in json.loads(notes.read_bytes()).items()}


def _kept(source: Source, rules: Fetch, file: Wanted, on: date, into: Snapshots, fetcher: Fetcher) -> Snapshot:
    """The snapshot of one file: of new bytes, or of those that are still the same."""
    before = fetched_before(into, source.id)
    with fetcher.trip(source.id, rules) as trip:

        def take(answer: Answer) -> tuple[Snapshot, Fetched]:
            new = into.keep(source.id, answer.blocks, name=file.name, retrieved=on, kind="fetched")
            return new, Fetched(
                address=file.series[0], sha256=new.sha256, etag=answer.etag, modified=answer.modified,
                requests=trip.requests, seconds=round(trip.seconds, 1),
            )  # fmt: skip

        if rules.pages:
            pages = lines(trip, rules.pages, source.manifest.format.rows or (), file.series)
            snapshot, note = take(Answer(pages, None, None))
        else:
            snapshot, note = trip.get(file.series[0], take, known=_known(source, file, before, into))
    notes = {name: told.model_dump(mode="json") for name, told in {**before, file.name: note}.items()}
    replacing_text(into.folder / source.id / _NOTES, json.dumps(notes, indent=1), aside=into.tmp)
    return snapshot


def _listed(source: Source, of: Listed, into: Snapshots) -> tuple[str, ...]:
    """The values that another source lists; raises `CcsiError` where it was not fetched."""
    found = [snapshot for snapshot in into.newest(of.source) if snapshot.kind == "fetched"]
    if not found:
        raise CcsiError("listing-missing", source=source.id, other=of.source)
    return tuple(dict.fromkeys(value for snapshot in found for value in listed(into.path(snapshot), of.path)))


def _known(
    source: Source, file: Wanted, before: Mapping[str, Fetched], into: Snapshots
) -> tuple[Mapping[str, str], tuple[Snapshot, Fetched]] | None:
    """What asks for a file only if it changed, and what it is if it did not; None where its bytes are not here."""
    note = before.get(file.name)
    last = into.find(source.id, note.sha256) if note and note.address == file.series[0] else None
    return (note.headers, (last.replace(kind="fetched"), note)) if note and last else None
