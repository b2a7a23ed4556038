"""A small world of numbers and lists, sources from text, tables back as rows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ccsi_kit.identifiers import Scheme, sql_luhn, stdnum_scheme
from ccsi_kit.models import loaded
from ccsi_kit.sources import Books, Manifest, Source, convert
from ccsi_kit.sources import load as loading
from ccsi_kit.vocabularies import Vocabulary

HEAD = """
id: xx-register
title: {en: Sample register}
publisher: Nobody
licence: CC0-1.0
language: en
"""

NUMBER = stdnum_scheme(
    "se.orgnr",
    sql=sql_luhn(10),
    id="xx:number",
    example="5599990016",
    shape="[0-9]{2}[2-9][0-9]{7}",
    core="(?:16)?([0-9]{10})",
    person="[0-9]{2}[01][0-9]{7}",
    anywhere=r"\b(?:16)?[0-9]{2}[01][0-9]{3}[ -]?[0-9]{4}\b",
)
ITEM = Scheme(
    id="xx:item",
    example="Q1",
    shape="Q[0-9]+",
    core="(?:https://items[.]example/)?(Q[0-9]+)",
    upper=False,
    placeholders=False,
)
SCHEMES = {"xx:number": NUMBER, "xx:item": ITEM}


def vocabulary(id: str, concepts: Mapping[str, tuple[str, ...]]) -> Vocabulary:
    shown = {code: {"label": {"en": code}, "match": match} for code, match in concepts.items()}
    return Vocabulary.model_validate(
        {
            "id": id,
            "title": {"en": id},
            "publisher": "Nobody",
            "licence": "CC0-1.0",
            "date": "2026-01-01",
            "languages": ["en"],
            "concepts": shown,
        }
    )


LISTS = {
    "xx:form": vocabulary("xx:form", {"A": ("ccsi:legal-form/f51",), "B": (), "C": ("ccsi:legal-form/f41",)}),
    "ccsi:legal-form": vocabulary("ccsi:legal-form", {"f51": (), "f41": ()}),
    "xx:theme": vocabulary("xx:theme", {"work": ("ccsi:theme/employment",), "home": ("ccsi:theme/housing",)}),
    "ccsi:theme": vocabulary("ccsi:theme", {"employment": (), "housing": ()}),
}


@dataclass
class Outcome:
    """Books of the file, or of the first of several, tables as rows, and the bytes of the tables."""

    books: Books
    tables: dict[str, list[dict[str, Any]]]
    bytes: dict[str, bytes]

    def __getitem__(self, name: str) -> list[dict[str, Any]]:
        return self.tables[name]

    def one(self, name: str) -> dict[str, Any]:
        (row,) = self.tables[name]
        return row

    def codes(self) -> list[str]:
        return sorted(issue["code"] for issue in self.tables["issue"])

    def issue(self, code: str) -> dict[str, Any]:
        return next(issue for issue in self.tables["issue"] if issue["code"] == code)


def rows_of(path: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as database:
        found = database.execute(f"SELECT * FROM read_parquet('{path}')")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@dataclass
class Workbench:
    """Makes sources from the text of a manifest and converts bytes with them."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    country: str = "xx"
    schemes: Mapping[str, Scheme] = field(default_factory=lambda: SCHEMES)
    lists: Mapping[str, Vocabulary] = field(default_factory=lambda: LISTS)
    places: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    runs: int = 0

    def source(self, text: str, *, head: str = HEAD) -> Source:
        path = self.folder / f"manifest-{self.runs}.yaml"
        path.write_text(head + text, encoding="utf-8")
        return Source(loaded(path, Manifest), self.folder, self.country)

    def file(self, content: bytes | str, name: str = "register.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def convert(
        self,
        source: Source | str,
        content: bytes | str | Path,
        *,
        tolerant: bool = False,
        name: str = "register.csv",
        **more: Any,
    ) -> Outcome:
        source = self.source(source) if isinstance(source, str) else source
        file = content if isinstance(content, Path) else self.file(content, name)
        return self.convert_files(source, [file], tolerant=tolerant, **more)

    def convert_files(self, source: Source, files: Sequence[Path], *, tolerant: bool = False, **more: Any) -> Outcome:
        self.runs += 1
        into = self.folder / f"out-{self.runs}"
        into.mkdir()
        with self.monkeypatch.context() as patched:
            if tolerant:
                patched.setattr(loading, "_may_be_fast", lambda reading: False)
            books, *others = convert(
                source, files, into=into, schemes=self.schemes, vocabularies=self.lists,
                territories=self.places, **more,
            )  # fmt: skip
        assert all(one.balanced for one in (books, *others))
        assert {path.name for path in into.iterdir()} == {f"{model}.parquet" for model in (*books.entries, "issue")}
        return Outcome(
            books,
            {path.stem: rows_of(path) for path in into.iterdir()},
            {path.stem: path.read_bytes() for path in into.iterdir()},
        )

    def table(self, name: str, rows: Mapping[str, str]) -> Path:
        lines = "".join(f"{code},{territory}\n" for code, territory in rows.items())
        return self.file(f"# publisher: Nobody\ncode,territory\n{lines}", name)


def arguments(issue: Mapping[str, Any]) -> dict[str, Any]:
    return dict(json.loads(issue["arguments"]))
