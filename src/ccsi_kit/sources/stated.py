"""What people say of real things and let be seen: their published records, as entries like any register's."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from ccsi_kit.models import Text, Thing
from ccsi_kit.sources.books import Books
from ccsi_kit.sources.catalogue import Source
from ccsi_kit.sources.kinds import kinds
from ccsi_kit.sources.manifest import MODELS, Manifest
from ccsi_kit.store import connect, digest, identifier, literal

STATED: Final = "records"
"""Id of the source that people's own records are."""
_RANK: Final = 6
"""After registers: what a centre writes adds to them."""


def stated_source(publisher: str, licence: str, title: Text) -> Source:
    """The source that the published records of a centre are."""
    manifest = Manifest.model_validate(
        {
            "id": STATED, "title": title, "mark": "CCSI", "publisher": publisher, "licence": licence, "language": "und",
            "rank": _RANK, "format": {"kind": "json"}, "key": "key",
            "makes": [{"model": "initiative", "programme": {"from": "programme"}}],
        }
    )  # fmt: skip
    return Source(manifest, Path(__file__).parent, "eu")


def write_stated(things: Mapping[str, Thing], into: Path) -> None:
    """Writes JSON Lines: key of the record, model of its thing, and the thing. Equal things give equal bytes."""
    names = {model: name for name, model in MODELS.items()}
    with into.open("w", encoding="utf-8") as file:
        for key, thing in sorted(things.items()):
            said = {"key": key, "model": names[type(thing)], "thing": thing.model_dump(mode="json", exclude={"id"})}
            file.write(json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n")


def convert_stated(file: Path, *, name: str, into: Path, scope: frozenset[str] | None) -> Books:
    """Writes `<model>.parquet` of a file that `write_stated` wrote, sorted by key, and gives its books.

    `name`: what people know the file by. `scope`: the countries whose records are wanted.
    """
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    out_of_scope = 0
    for line in file.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if scope is None or said["thing"]["country"] in scope:
            found[said["model"]].append({"source": STATED, "key": said["key"], **said["thing"]})
        else:
            out_of_scope += 1
    for model, rows in found.items():
        _write(model, rows, into)
    _write_no_issues(into)
    used = sum(map(len, found.values()))
    return Books(
        source=STATED, file=name, sha256=digest(file), layout="", way="fast", read=used + out_of_scope, used=used,
        left_out={"out-of-scope": out_of_scope} if out_of_scope else {},
        entries={model: len(rows) for model, rows in found.items()},
    )  # fmt: skip


def _write(model: str, rows: Sequence[Mapping[str, Any]], into: Path) -> None:
    types = {"source": "VARCHAR", "key": "VARCHAR"}
    types |= {name: kind.sql for name, kind in kinds(MODELS[model]).items()}
    said = into / f"{model}.jsonl"
    said.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    wanted = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in types.items())
    columns = ", ".join(map(identifier, types))
    query = f"SELECT {columns} FROM read_json({literal(said)}, format='newline_delimited', columns={{{wanted}}})"
    _copy(f"{query} ORDER BY key", into / f"{model}.parquet", into)
    said.unlink()


def _write_no_issues(into: Path) -> None:
    text = ("source", "file", "column", "value", "code", "severity", "arguments")
    nothing = [f"NULL::{'VARCHAR' if name in text else 'BIGINT'} AS {identifier(name)}" for name in _ISSUE]
    _copy(f"SELECT {', '.join(nothing)} WHERE false", into / "issue.parquet", into)


_ISSUE = ("source", "file", "row", "line", "column", "value", "code", "severity", "arguments")


def _copy(query: str, file: Path, folder: Path) -> None:
    with closing(connect([], folder)) as database:
        database.execute(f"COPY ({query}) TO {literal(file)} (FORMAT parquet, COMPRESSION zstd)")
