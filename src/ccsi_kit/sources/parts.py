"""A source that comes in several files: each is read by itself, two at a time, and their tables are made one."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Final

from ccsi_kit.identifiers import Scheme
from ccsi_kit.models import Text
from ccsi_kit.sources.books import Books
from ccsi_kit.sources.catalogue import Source
from ccsi_kit.sources.converting import convert
from ccsi_kit.sources.drift import baseline
from ccsi_kit.sources.manifest import MODELS
from ccsi_kit.sources.places import Territories
from ccsi_kit.store import column_type, columns, connect, identifier, literal
from ccsi_kit.vocabularies import Vocabulary

AT_ONCE: Final = 2
"""Files that are read at the same time: one of usual size keeps one core busy."""


def convert_parts(  # noqa: PLR0913
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
) -> tuple[Books, ...]:
    """Writes one table a model of all files into an empty folder, and gives the books of each file; see `convert`.

    What several files say under one key is one entry: a list is the union of what they say, any other field the least
    of it that is not nothing. `previous`: the books of the files that were read well last.
    """
    parts = [into / f"part-{number}" for number, _ in enumerate(files)]

    def one(part: Path, file: Path) -> Books:
        part.mkdir()
        return convert(
            source, file, into=part, schemes=schemes, vocabularies=vocabularies, territories=territories,
            scope=scope, previous=baseline(previous, file.name), fetched=fetched,
        )  # fmt: skip

    with ThreadPoolExecutor(AT_ONCE) as pool:
        books = tuple(pool.map(one, parts, files))
    _combine(parts, into)
    return books


def _combine(parts: Sequence[Path], into: Path) -> None:
    for name in sorted({file.name for part in parts for file in part.glob("*.parquet")}):
        files = [part / name for part in parts if (part / name).exists()]
        if len(files) == 1:
            files[0].replace(into / name)
            continue
        said = f"FROM read_parquet([{', '.join(map(literal, files))}])"
        model = MODELS.get(Path(name).stem)
        if model:
            fields = ", ".join(_of_all(field, kind) for field, kind in columns(model).items() if field != "id")
            said = f"SELECT source, key, {fields} {said} GROUP BY source, key ORDER BY key"
        with closing(connect(files, into)) as database:
            database.execute(f"COPY ({said}) TO {literal(into / name)} (FORMAT parquet, COMPRESSION zstd)")


def _of_all(field: str, kind: str) -> str:
    column = identifier(field)
    if kind.endswith("[]") and kind != column_type(Text):
        return f"list_sort(list_distinct(flatten(list({column}) FILTER ({column} IS NOT NULL)))) AS {column}"
    return f"min({column}) AS {column}"
