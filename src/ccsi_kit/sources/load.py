"""From the bytes of a file to a table of cells: the fast way where it provably loses nothing, else by a clean copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from typing import Final, Literal

from ccsi_kit.errors import CcsiError, Refused
from ccsi_kit.sources.cells import filled, trimmed, uncommon
from ccsi_kit.sources.layout import Layout
from ccsi_kit.sources.manifest import Format, Manifest
from ccsi_kit.sources.rows import Verdict
from ccsi_kit.store import Database, identifier, literal
from ccsi_kit.tabular import PLACE, Copied, Dialect, Shape, clean_copy, flatten, header, measure, read_sheet

_LONGEST_LINE: Final = 1 << 24
_WRONG: Final = {"csv": ("xlsx", "zip", "gzip", "json"), "json": ("xlsx", "zip", "gzip"), "xlsx": ("gzip", "json")}
"""What a file of each kind must not look like."""
_UNREADABLE: Final = ("InvalidInputException", "ConversionException")
"""What the engine raises about the bytes; its other exceptions are about the query."""


@dataclass(frozen=True)
class Bytes:
    """A file to read: its bytes counted, and how its manifest says that they are written."""

    path: Path
    name: str
    shape: Shape
    dialect: Dialect
    clean: Path
    """Where its clean copy is written, if one is needed."""
    above: int = 0
    """Lines that stood above the header and were cut off."""


@dataclass(frozen=True)
class Reading:
    """A file with all that is needed to read its rows."""

    file: Bytes
    manifest: Manifest
    layout: Layout
    verdict: Verdict
    copied: Copied | None = None
    """Its clean copy, where there is one already."""


@dataclass(frozen=True)
class Loaded:
    """How a file was read: `read` records, those that the reader mended or could not read among them."""

    way: Literal["fast", "tolerant"]
    read: int
    copied: Copied | None = None


def opened(form: Format, file: Path, scratch: Path) -> Bytes:
    """The file, once it is known to be of the kind that its manifest says; raises `Refused` else."""
    shape, above = measure(file), form.header_row - 1 if form.kind == "csv" else 0
    _refuse_kind(form.kind, file.name, shape)
    path = _below(file, above, scratch / "below.csv") if above else file
    shape = measure(path) if above else shape
    return Bytes(path, file.name, shape, Dialect(form.delimiter, form.encoding), scratch / "clean.csv", above)


def table_header(file: Bytes, form: Format) -> tuple[tuple[str, ...], Copied | None]:
    """The names of the columns; of JSON, which has no header, by writing its clean copy at once."""
    if form.kind == "csv":
        return header(file.path, file.dialect), None
    if form.kind == "xlsx":
        copied = read_sheet(file.path, into=file.clean, sheet=form.sheet, header_row=form.header_row)
    else:
        copied = flatten(file.path, rows=form.rows, into=file.clean, encoding=form.encoding)
    return copied.header, copied


def load(database: Database, reading: Reading) -> Loaded:
    """Makes the table `cells`: the used columns, `__key`, `__reason`, `__line`; on the fast way table `breaks` for it.

    The row number of a record is its `rowid`, from 0.
    """
    copied = reading.copied
    if copied is None:
        if _may_be_fast(reading) and (read := _fast(database, reading)) is not None:
            return Loaded("fast", read)
        database.execute("DROP TABLE IF EXISTS cells")
        copied = _copied(reading)
    _tolerant(database, reading, copied)
    return Loaded("tolerant", copied.records, copied)


def _refuse_kind(kind: str, name: str, shape: Shape) -> None:
    if shape.looks_like == "html":
        raise Refused("html-page", file=name)
    if shape.lf + shape.cr >= shape.size:
        raise Refused("empty-file", file=name)
    if shape.looks_like in _WRONG[kind]:
        raise Refused("wrong-kind", file=name, wanted=kind, found=shape.looks_like)


def _below(file: Path, above: int, into: Path) -> Path:
    """A copy of a file without the lines above its header."""
    with file.open("rb") as old, into.open("wb") as new:
        for _ in range(above):
            old.readline()
        copyfileobj(old, new)
    return into


def _may_be_fast(reading: Reading) -> bool:
    """Proof 1 of five: UTF-8 with several columns, a header on line 1, no NUL."""
    shape, stated = reading.file.shape, reading.file.dialect.encoding
    utf8 = (shape.bom or stated).replace("_", "-").lower() in ("utf-8", "utf-8-sig", "utf8")
    return utf8 and len(reading.layout.names) > 1 and not shape.nul and not shape.opens_blank


def _fast(database: Database, reading: Reading) -> int | None:
    """The number of rows; none where one of the proofs that nothing was lost fails."""
    names = reading.layout.names
    source = _read_csv(reading.file.path, names, reading.file.dialect.delimiter, "fast")
    everything = ", ".join(map(identifier, names))
    broken = "contains(__all, chr(10)) OR contains(__all, chr(13))"
    try:
        _make_cells(database, reading, source, {"__odd": f"CASE WHEN {broken} THEN [{everything}] END"}, "__odd")
    except Exception as error:
        if type(error).__name__ not in _UNREADABLE:
            raise
        return None
    read = _count(database, "SELECT count(*) FROM cells")
    return read if not _rejected(database, "fast") and _nothing_lost(database, reading, read) else None


def _nothing_lost(database: Database, reading: Reading, read: int) -> bool:
    """Proofs 3 to 5: line ends add up, carriage returns do, and no value looks like the glued halves of two records."""
    shape = reading.file.shape
    database.execute(
        _BROKEN.format(delimiter=literal(reading.file.dialect.delimiter), last=len(reading.layout.names) - 1)
    )
    lf, cr, doubtful = database.execute(_SUMS).fetchone() or (0, 0, False)
    line_ends = shape.lines == 1 + read + lf
    returns = shape.returns - cr in (0, 1 + read - shape.open_end)
    database.execute(_BREAKS)
    return line_ends and returns and not doubtful


_BROKEN: Final = """CREATE OR REPLACE TEMP TABLE broken AS
    WITH value AS (
        SELECT rowid AS rec, unnest(__odd) AS value, unnest(range(0, len(__odd))) AS place
        FROM cells WHERE __odd IS NOT NULL),
    part AS (
        SELECT *, string_split(replace(replace(value, chr(13) || chr(10), chr(10)), chr(13), chr(10)), chr(10)) AS lines
        FROM value WHERE contains(value, chr(10)) OR contains(value, chr(13)))
    SELECT rec, len(value) - len(replace(value, chr(10), '')) AS lf,
        len(value) - len(replace(value, chr(13), '')) AS cr,
        list_bool_or(list_transform(lines, lambda __line, __nth: __nth > 1 AND
            len(string_split(__line, {delimiter})) > CASE WHEN __nth = len(lines) THEN place ELSE {last} END))
            AS doubtful
    FROM part"""
"""Values with line breaks: how many, and whether the last line or one inside has delimiters enough to end a record."""

_SUMS: Final = """SELECT coalesce(sum(lf), 0)::BIGINT, coalesce(sum(cr), 0)::BIGINT, coalesce(bool_or(doubtful), FALSE)
    FROM broken"""

_BREAKS: Final = """CREATE OR REPLACE TEMP TABLE breaks AS SELECT rec, (sum(n) OVER (ORDER BY rec))::BIGINT AS n
    FROM (SELECT rec, sum(lf) AS n FROM broken GROUP BY rec)"""


def _copied(reading: Reading) -> Copied:
    own, names = header(reading.file.path, reading.file.dialect), reading.layout.names
    columns = () if reading.manifest.key == "content" else reading.manifest.key
    key = tuple(own[names.index(column)] for column in columns if column in names)
    return clean_copy(reading.file.path, reading.file.dialect, reading.file.clean, key=key, drop_ragged=False)


def _tolerant(database: Database, reading: Reading, copied: Copied) -> None:
    source = _read_csv(reading.file.clean, (*PLACE, *reading.layout.names), ",", "tolerant")
    _make_cells(database, reading, source, {"__line": "__line::BIGINT", "__ragged": "__ragged = '1'"}, "__line")
    read = _count(database, "SELECT count(*) FROM cells")
    if _rejected(database, "tolerant") or read != copied.written:
        raise CcsiError("clean-copy-misread", wanted=copied.written, read=read)


def _make_cells(database: Database, reading: Reading, source: str, own: Mapping[str, str], kept: str) -> None:
    """Makes the table of cells; `own` are columns of this way of reading, of which one is kept."""
    verdict = reading.verdict
    guarded = verdict.guarded and "__ragged" in own
    reason = f"CASE WHEN __ragged THEN 'unreadable' ELSE {verdict.reason} END" if guarded else verdict.reason
    columns = ", ".join(map(identifier, (*reading.layout.used, *reading.layout.absent, kept)))
    rows = verdict.layers.over(f"({_cells(reading, source, own)})")
    database.execute(
        f"CREATE TEMP TABLE cells AS SELECT {columns}, {verdict.key} AS __key, {reason} AS __reason FROM {rows}"
    )


def _cells(reading: Reading, source: str, own: Mapping[str, str]) -> str:
    """A query for the cells of a table, in layers: the row as one text, its edges, trimmed cells, NULL for blank."""
    layout, used = reading.layout, [identifier(column) for column in reading.layout.used]
    everything = ", ".join(map(identifier, layout.names))
    joined = f"SELECT *, concat({everything}) AS __all FROM {source}"
    marked = f"SELECT *, {uncommon('__all')} AS __edges FROM ({joined})"
    added = "".join(f", {sql} AS {name}" for name, sql in own.items())
    bare = ", ".join(f"{trimmed(column, '__edges')} AS {column}" for column in used)
    filled_ = ", ".join(f"{filled(column, reading.manifest.blank)} AS {column}" for column in used)
    absent = "".join(f", NULL::VARCHAR AS {identifier(column)}" for column in layout.absent)
    names = "".join(f", {name}" for name in own)
    return f"SELECT {filled_}{absent}{names} FROM (SELECT {bare}{added} FROM ({marked}))"


def _read_csv(path: Path, names: Sequence[str], delimiter: str, way: str) -> str:
    """The engine's strict reader, every cell as text. `new_line` is never set: with it rows vanish without a reject."""
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    options = {
        "columns": f"{{{columns}}}", "auto_detect": "false", "header": "true", "strict_mode": "true",
        "delim": literal(delimiter), "quote": "'\"'", "escape": "'\"'", "max_line_size": str(_LONGEST_LINE),
        "store_rejects": "true", "rejects_table": literal(f"rejected_{way}"), "rejects_scan": literal(f"scanned_{way}"),
    }  # fmt: skip
    return f"read_csv({literal(path)}, {', '.join(f'{name} = {value}' for name, value in options.items())})"


def _rejected(database: Database, way: str) -> bool:
    """Proof 2: no reject; the table of rejects does not exist where nothing was rejected."""
    table = f"rejected_{way}"
    there = _count(database, f"SELECT count(*) FROM duckdb_tables() WHERE table_name = {literal(table)}")
    return bool(there) and _count(database, f"SELECT count(*) FROM {table}") > 0


def _count(database: Database, query: str) -> int:
    row = database.execute(query).fetchone()
    return int(row[0]) if row else 0
