"""What the reader makes of real open data: a table in docs/real-data.md, made anew by `make realdata`.

Files that no shipped source reads have manifests of their own in tests/realsources.
"""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ccsi_kit.errors import CcsiError
from ccsi_kit.pipeline import Equipment, equip
from ccsi_kit.plugins import discover
from ccsi_kit.sources import Books, Source, convert, find_sources
from ccsi_kit.tabular import Dialect, clean_copy, flatten, header, read_sheet
from tests.realdata import DATA

PAGE = Path(__file__).parents[1] / "docs" / "real-data.md"
FILES: Mapping[str, tuple[str, ...]] = {
    "eu-kohesio": (
        "eu/kohesio/ie_multi_value_2021_2027_partial.csv",
        "eu/kohesio/ie_multi_value_2014_2020_partial.csv",
    ),
    "lv-ur-register": ("lv/ur_register/register_sample.csv",),
    "fr-recherche-entreprises": (
        "fr/recherche_entreprises/search_page_constructed_from_sirene.json",
        "fr/recherche_entreprises/search_response_example.json",
    ),
    "fr-data-inclusion-structures": ("fr/data_inclusion/page_structures.json",),
    "fr-data-inclusion-services": ("fr/data_inclusion/page_services.json",),
    "es-bdns-calls": ("es/bdns_calls_2026/calls.json:busqueda", "es/bdns_calls_2026/calls.json:detall"),
    "es-bdns-2024-index": ("es/bdns/convocatorias_2024_index.csv",),
    "es-bdns-2022-calls": ("es/bdns_2022/convocatorias_2022_part1.csv",),
    "es-bdns-2022-grants": ("es/bdns_2022/concesiones_2022_part1.csv",),
    "es-bdns-grants": ("es/bdns/examples/concesiones_busqueda.json",),
    "se-vinnova": ("se/vinnova/projekt_constructed.json",),
    "se-swecris": ("se/swecris/swecris_kth_vinnova.csv",),
    "fr-montpellier-2012": ("fr/montpellier_subventions/attribution_subventions_2012.csv",),
    "fr-montpellier-2013": ("fr/montpellier_subventions/attribution_subventions_2013.csv",),
    "fr-operations-2016": ("fr/list_of_operations_2014_2020/operations_feder_fse_2016-07-11_part1.xlsx",),
}
HEADS = ("file", "way", "rows", "used", "left out", "entries", "issues", "columns", "cells that reached an entry")


def equipment() -> tuple[Equipment, dict[str, Source]]:
    """What the installed countries bring, and their sources with those of tests/realsources."""
    known = equip(discover())
    folder = Path(__file__).parent / "realsources"
    own = [source for code in ("es", "fr") for source in find_sources(folder / code, code)]
    return known, {**known.sources, **{source.id: source for source in own}}


def read(source: Source, file: Path, known: Equipment) -> tuple[Books, int]:
    """The books of a file, and how many of its cells are not empty."""
    with TemporaryDirectory() as folder:
        into = Path(folder, "out")
        into.mkdir()
        [books] = convert(
            source, [file], into=into, schemes=known.schemes, vocabularies=known.vocabularies,
            territories=known.territories,
        )  # fmt: skip
        return books, _filled(source, file, Path(folder, "clean.csv"))


def _filled(source: Source, file: Path, clean: Path) -> int:
    """Cells of a file that are not empty, counted in its clean copy by a reader of our own."""
    form = source.manifest.format
    if form.kind == "json":
        flatten(file, rows=form.rows, into=clean, encoding=form.encoding)
    elif form.kind == "xlsx":
        read_sheet(file, into=clean, sheet=form.sheet, header_row=form.header_row)
    else:
        dialect = Dialect(form.delimiter, form.encoding)
        clean_copy(file, dialect, clean, key=header(file, dialect)[:1], drop_ragged=False)
    csv.field_size_limit(1 << 24)
    with clean.open(encoding="utf-8", newline="") as rows:
        next(reader := csv.reader(rows))
        return sum(bool(cell.strip()) for row in reader for cell in row[3:])


def row(source: Source, file: Path, known: Equipment) -> tuple[str, ...]:
    """One line of the table."""
    books, filled = read(source, file, known)
    reached = sum(cells.cells - cells.blank - cells.wrong for cells in books.columns.values())
    manifest = source.manifest
    return (
        f"`{file.name}` as {source.id}", books.way, f"{books.read:,}", f"{books.used:,}", _counts(books.left_out),
        _counts(books.entries), _counts(books.issues),
        f"{len(books.columns)} used, {len(set(manifest.skipped))} skipped",
        f"{reached:,} of {filled:,} ({reached / filled:.0%})" if filled else "-",
    )  # fmt: skip


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {n:,}" for name, n in counts.items() if n) or "-"


def lines(data: Path) -> Iterator[str]:
    """The page."""
    known, sources = equipment()
    yield "# Real data\n"
    yield "What the reader makes of real open data and official examples. Made by `make realdata`, which needs the"
    yield "files: `CCSI_REAL_DATA` names their folder. A cell reached an entry when its column and its row are used and"
    yield "nothing is wrong with it; cells of columns that are skipped by name count as not reached.\n"
    yield f"| {' | '.join(HEADS)} |"
    yield f"|{'---|' * len(HEADS)}"
    with TemporaryDirectory() as folder:
        for name, files in FILES.items():
            for file in files:
                yield f"| {' | '.join(row(sources[name], _taken(data, file, Path(folder)), known))} |"


def _taken(data: Path, file: str, folder: Path) -> Path:
    """A file; of one that holds search item and detail of each call side by side, the part after the colon."""
    path, _, part = file.partition(":")
    if not part:
        return data / path
    pairs = json.loads((data / path).read_text(encoding="utf-8"))["convocatorias"]
    taken = folder / f"{part}.json"
    items = [pair[part] for pair in pairs]
    pages = [{"content": items}] if part == "busqueda" else items
    taken.write_text("\n".join(json.dumps(page, ensure_ascii=False) for page in pages), encoding="utf-8")
    return taken


def main() -> int:
    """Writes the page; says where real data are looked for when there are none."""
    if DATA is None:
        sys.stderr.write("No real data: set CCSI_REAL_DATA to the folder that has them.\n")
        return 1
    try:
        text = "\n".join(lines(DATA))
    except CcsiError as error:
        sys.stderr.write(f"{error}\n" + "\n".join(map(str, error.issues)) + "\n")
        return 1
    PAGE.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
