"""One file of a source: its things, entries and issues as tables, and its books."""

from collections.abc import Iterator
from pathlib import Path

from ccsi_kit.errors import Refused
from ccsi_kit.models import Issue
from ccsi_kit.sources import issues
from ccsi_kit.sources.books import Books, cells_read, money_left_out, rows_left_out, things_made
from ccsi_kit.sources.drift import refuse_drift, refuse_unexpected
from ccsi_kit.sources.entries import make_entries
from ccsi_kit.sources.layout import Layout, matched
from ccsi_kit.sources.load import Bytes, Loaded, Reading, load, opened, table_header
from ccsi_kit.sources.plan import Plan
from ccsi_kit.sources.rows import judged, settle
from ccsi_kit.sources.things import make_things
from ccsi_kit.store import Database


def make_part(
    database: Database, plan: Plan, file: Path, *, scratch: Path, previous: Books | None, fetched: bool
) -> Books:
    """Makes the tables of one file and gives its books; raises `Refused` where it cannot be taken as it is.

    Tables of things, entries and issues, named after the part, outlive the connection; all others are its own.
    """
    manifest = plan.manifest
    read = opened(manifest.format, file, scratch)
    header, copied = table_header(read, manifest.format)
    layout = matched(manifest, header, plan.used, plan.world.schemes.values())
    loaded = load(database, Reading(read, manifest, layout, judged(plan, layout.used), copied))
    told = [*layout.issues, *_told_by_count(plan, loaded, fetched=fetched)]
    entries = _make(database, plan, layout, loaded, told)
    books = _books(database, plan, layout, read, loaded).replace(entries=entries)
    refuse_drift(manifest, books, previous)
    issues.keep_issues(database, plan, read, loaded)
    return books


def _told_by_count(plan: Plan, loaded: Loaded, *, fetched: bool) -> Iterator[Issue]:
    if not loaded.read:
        raise Refused("header-only")
    yield from refuse_unexpected(plan.manifest, loaded.read, fetched=fetched)


def _make(database: Database, plan: Plan, layout: Layout, loaded: Loaded, told: list[Issue]) -> dict[str, int]:
    """Makes the tables of things, entries and issues from the table of cells."""
    settle(database, plan.manifest, layout.used)
    make_things(database, plan)
    entries = make_entries(database, plan)
    issues.gather_from_rows(database, plan, loaded)
    issues.gather_doubles(database, plan)
    issues.gather_disagreements(database, plan)
    issues.gather_from_file(database, told)
    return entries


def _books(database: Database, plan: Plan, layout: Layout, read: Bytes, loaded: Loaded) -> Books:
    left_out = rows_left_out(database)
    used = loaded.read - sum(left_out.values())
    if not used:
        issues.gather_from_file(database, [Issue("all-left-out")])
    return Books(
        source=plan.manifest.id,
        file=read.name,
        sha256=read.shape.sha256,
        layout=layout.name,
        way=loaded.way,
        read=loaded.read,
        used=used,
        left_out=left_out,
        blank_lines=loaded.copied.blank_lines if loaded.copied else 0,
        things=things_made(database, plan),
        columns=cells_read(database, layout.used),
        issues=issues.issues_by_code(database),
        money=money_left_out(database, plan),
    )
