"""The sources of the countries, converted as a run converts them: samples, chosen entries, real files."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ccsi_kit.pipeline import Equipment, equip
from ccsi_kit.plugins import discover
from ccsi_kit.sources import Books, Source, convert
from tests.sources.workbench import rows_of

Row = dict[str, Any]


@dataclass(frozen=True)
class Converted:
    """The books of one file or several, and the tables of all of them as rows."""

    books: tuple[Books, ...]
    tables: Mapping[str, list[Row]]

    def keys(self, model: str) -> set[str]:
        return {row["key"] for row in self.tables[model]}

    def entry(self, model: str, key: str) -> Row:
        """The entry of that key; what several files say under one key is taken from the first."""
        return next(row for row in self.tables[model] if row["key"] == key)

    def issues(self) -> Counter[str]:
        """How many issues of each code."""
        return Counter(code for book in self.books for code, count in book.issues.items() for _ in range(count))

    def left_out(self) -> Counter[str]:
        """How many rows were left out, by reason."""
        return Counter(reason for book in self.books for reason, count in book.left_out.items() for _ in range(count))

    def written(self) -> str:
        """Everything that stands in any table, issues included, as one text."""
        return json.dumps(self.tables, ensure_ascii=False, default=str)


@cache
def equipment() -> Equipment:
    return equip(discover())


def source(id: str) -> Source:
    return equipment().sources[id]


def converted(id: str, *files: Path) -> Converted:
    """Files of a source, each balanced."""
    books, tables = [], {}
    for file in files:
        with TemporaryDirectory() as folder:
            books.append(_convert(source(id), file, Path(folder)))
            for table in sorted(Path(folder).glob("*.parquet")):
                tables.setdefault(table.stem, []).extend(rows_of(table))
    assert all(book.balanced for book in books)
    return Converted(tuple(books), tables)


def _convert(one: Source, file: Path, into: Path) -> Books:
    world = equipment()
    [books] = convert(
        one,
        [file],
        into=into,
        schemes=world.schemes,
        vocabularies=world.vocabularies,
        territories=world.territories,
    )
    return books


@cache
def sample(id: str) -> Converted:
    """All samples of a source."""
    return converted(id, *source(id).samples)


def told(row: Row) -> Row:
    """What an entry says: blank fields left out at every depth, days as text."""
    return {name: _told(value) for name, value in row.items() if name != "source" and value not in (None, [], "")}


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        return told(value)
    if isinstance(value, list):
        return [_told(item) for item in value]
    return value if isinstance(value, str | bool | int) else str(value)


def golden(id: str) -> Iterator[tuple[Row, Row]]:
    """The chosen entries of a source as they must come out, each with what came out."""
    for line in (source(id).folder / "golden.jsonl").read_text(encoding="utf-8").splitlines():
        wanted = json.loads(line)
        model = wanted.pop("model")
        yield wanted, told(sample(id).entry(model, wanted["key"]))


def wrong_numbers(id: str) -> list[Row]:
    """Identifiers in a source's sample that their own scheme does not take as they are."""
    schemes = equipment().schemes
    rows = (row for name, rows in sample(id).tables.items() if name != "issue" for row in rows)
    return [
        part
        for row in rows
        for part in row["identifiers"] or ()
        if getattr(schemes[part["scheme"]].parse(part["number"]), "number", None) != part["number"]
    ]
