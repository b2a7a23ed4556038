"""From the bytes of a register to entries, issues and books."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ccsi_kit.errors import Refused
from ccsi_kit.identifiers import Scheme
from ccsi_kit.models import Issue
from ccsi_kit.sources import issues
from ccsi_kit.sources.books import Books, cells_read, money_left_out, rows_left_out, things_made
from ccsi_kit.sources.catalogue import Source
from ccsi_kit.sources.drift import refuse_drift, refuse_unexpected
from ccsi_kit.sources.entries import make_entries, write_entries
from ccsi_kit.sources.expressions import World
from ccsi_kit.sources.formulas import read_formulas
from ccsi_kit.sources.layout import Layout, matched
from ccsi_kit.sources.load import Bytes, Loaded, Reading, load, opened, table_header
from ccsi_kit.sources.lookups import load_lookups
from ccsi_kit.sources.places import Territories, load_territories, place_tables
from ccsi_kit.sources.plan import Plan
from ccsi_kit.sources.rows import judged, settle
from ccsi_kit.sources.things import make_things
from ccsi_kit.store import Database, connect
from ccsi_kit.vocabularies import Vocabulary


def convert(  # noqa: PLR0913
    source: Source,
    file: Path,
    *,
    into: Path,
    schemes: Mapping[str, Scheme],
    vocabularies: Mapping[str, Vocabulary],
    territories: Territories,
    scope: frozenset[str] | None = None,
    previous: Books | None = None,
    fetched: bool = False,
    memory: str = "2GB",
    threads: int | None = None,
) -> Books:
    """Writes `<model>.parquet` and `issue.parquet` into an empty folder and gives the books; depends on nothing else.

    `scope`: the countries whose rows are wanted. `previous`: the books of the last good file, against which drift is
    seen. Raises `Refused` where the file cannot be taken as it is; then nothing that was written counts.
    """
    manifest = source.manifest
    with _opened(file, territories, into, memory, threads) as (database, scratch):
        formulas = read_formulas(database, manifest.expressions)
        world = World(schemes, formulas, manifest.blank, place_tables(territories))
        plan = Plan(manifest, world, source.country)
        load_lookups(database, manifest, vocabularies)
        load_territories(database, territories)
        read = opened(manifest.format, file, scratch)
        header, copied = table_header(read, manifest.format)
        layout = matched(manifest, header, plan.used, schemes.values())
        verdict = judged(manifest, world, layout.used, country=source.country, scope=scope)
        loaded = load(database, Reading(read, manifest, layout, verdict, copied))
        told = [*layout.issues, *_told_by_count(plan, loaded, fetched=fetched)]
        entries = _make(database, plan, layout, loaded, told)
        books = _books(database, plan, layout, read, loaded).replace(entries=entries)
        refuse_drift(manifest, books, previous)
        for model in books.entries:
            write_entries(database, plan, model, into)
        issues.write_issues(database, plan, read, loaded, into)
    return books


@contextmanager
def _opened(
    file: Path, territories: Territories, into: Path, memory: str, threads: int | None
) -> Iterator[tuple[Database, Path]]:
    """A database that may read what is needed and write into one folder, and a folder for what is not kept."""
    reads = [file, *(path for tables in territories.values() for path in tables.values())]
    with TemporaryDirectory(dir=into) as folder, connect(reads, into, memory=memory, threads=threads) as database:
        yield database, Path(folder)


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
    issues.gather_disagreements(database, list(entries))
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
