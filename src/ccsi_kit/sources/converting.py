"""From the bytes of a register to entries, issues and books."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ccsi_kit.identifiers import Scheme
from ccsi_kit.sources.books import Books
from ccsi_kit.sources.catalogue import Source
from ccsi_kit.sources.drift import baseline
from ccsi_kit.sources.entries import write_entries
from ccsi_kit.sources.expressions import World
from ccsi_kit.sources.formulas import read_formulas
from ccsi_kit.sources.issues import write_issues
from ccsi_kit.sources.lookups import load_lookups
from ccsi_kit.sources.part import make_part
from ccsi_kit.sources.places import Territories, load_territories, place_tables
from ccsi_kit.sources.plan import Plan
from ccsi_kit.store import Database, connect
from ccsi_kit.vocabularies import Vocabulary

AT_ONCE: Final = 2
"""Files that are read at the same time: one of usual size keeps one core busy."""


def convert(  # noqa: PLR0913
    source: Source,
    files: Sequence[Path],
    *,
    into: Path,
    schemes: Mapping[str, Scheme],
    vocabularies: Mapping[str, Vocabulary],
    territories: Territories,
    scope: frozenset[str] | None = None,
    previous: Sequence[Books] = (),
    fetched: bool = False,
    memory: str = "2GB",
    threads: int | None = None,
) -> tuple[Books, ...]:
    """Writes `<model>.parquet` and `issue.parquet` of all files into an empty folder and gives the books of each file.

    It depends on nothing else. What several files say under one key is one entry: a list is the union of what they
    say, any other field the least of it that is not nothing. `scope`: the countries whose rows are wanted. `previous`:
    the books of the files that were read well last, against which drift is seen. Raises `Refused` where a file cannot
    be taken as it is; then nothing is written.
    """
    manifest = source.manifest
    with _opened(files, territories, into, memory, threads) as (database, scratch):
        world = World(schemes, read_formulas(database, manifest.expressions), manifest.blank, place_tables(territories))
        load_lookups(database, manifest, vocabularies)
        load_territories(database, territories)
        plans = [Plan(manifest, world, source.country, scope, number) for number, _ in enumerate(files)]

        def one(plan: Plan, file: Path) -> Books:
            with database.cursor() as own, TemporaryDirectory(dir=scratch) as folder:
                before = baseline(previous, file.name)
                return make_part(own, plan, file, scratch=Path(folder), previous=before, fetched=fetched)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            books = tuple(pool.map(one, plans, files))
        write_entries(database, plans, into)
        write_issues(database, plans, into)
    return books


@contextmanager
def _opened(
    files: Sequence[Path], territories: Territories, into: Path, memory: str, threads: int | None
) -> Iterator[tuple[Database, Path]]:
    """A database that may read what is needed and write into one folder, and a folder for what is not kept."""
    reads = [*files, *(path for tables in territories.values() for path in tables.values())]
    with TemporaryDirectory(dir=into) as folder, connect(reads, into, memory=memory, threads=threads) as database:
        yield database, Path(folder)
