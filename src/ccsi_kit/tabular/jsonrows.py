"""JSON as a table: one row per record, one column per leaf."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from ccsi_kit.errors import Refused
from ccsi_kit.tabular.cells import SPOILT, mended
from ccsi_kit.tabular.copy import CleanCopy, Copied
from ccsi_kit.tabular.jsontext import JsonText
from ccsi_kit.tabular.shape import opened
from ccsi_kit.tabular.tolerant import Found, Row

SEPARATORS: Final = "\x1f\x1e\x1d\x1c"
"""What joins the items of a list, of a list in a list, and so on."""
DOCUMENT: Final = "."
"""The path of a document that is a record itself."""
_UNFIT: Final = re.compile("[\0\x1c-\x1f\ud800-\udfff]")

Leaves = dict[str, str | None]
"""Dotted path -> text; None where there is nothing."""


def flatten(path: Path, *, rows: str | Sequence[str] | None, into: Path, encoding: str = "utf-8") -> Copied:
    """Writes the records of a JSON file as a clean copy with the columns of every leaf, in the order they first come.

    `rows` is the dotted path of the list that has the records (`results`, `result.records`), or several such paths;
    None for JSON Lines. A document with none of them is a record itself where `.` is among them. A bare list has its
    records whatever `rows` says. A file may hold several documents one after the other: pages of one answer. In a row,
    an object becomes dotted columns (`seat.commune`), a list one cell with U+001F between its items; a list of objects
    one such cell per leaf, with empty items kept so that they stay parallel. Null and absent are empty, numbers keep
    their text.
    Raises `Refused` with line and column: `bad-json`, `no-json-rows`, `json-row-no-object` and those of `JsonText`.
    """
    paths = [rows] if isinstance(rows, str) else rows or ()
    columns = _columns(path, paths, encoding)
    header = tuple(map(_fit, columns))
    found: list[Found] = []
    record = 0
    with CleanCopy.into(into, header) as copy:
        for record, (line, leaves) in enumerate(_records(path, paths, encoding), start=1):
            cells, troubles = mended([leaves.get(column) or "" for column in columns])
            found += [Found(code, record, line, header[at]) for code, at in troubles]
            copy.add(Row(record, line, False, cells))
    return Copied(record, copy.written, header, tuple(found))


def _columns(path: Path, rows: Sequence[str], encoding: str) -> tuple[str, ...]:
    """Every leaf but those that are only ever nothing and have leaves of their own elsewhere."""
    filled: dict[str, bool] = {}
    for _, leaves in _records(path, rows, encoding):
        for column, text in leaves.items():
            filled[column] = text is not None or filled.get(column, False)
    stems = {column[:at] for column in filled for at, mark in enumerate(column) if mark == "."}
    return tuple(column for column, seen in filled.items() if seen or column not in stems)


def _records(path: Path, rows: Sequence[str], encoding: str) -> Iterator[tuple[int, Leaves]]:
    """The leaves of each record and the physical line that it begins on."""
    with opened(path, encoding) as stream:
        text = JsonText(stream)
        paths = [[] if row == DOCUMENT else row.split(".") for row in rows or (DOCUMENT,)]
        if not text.peek():
            raise text.refusal("bad-json")
        while text.peek():
            for line, record in _document(text, paths):
                if not isinstance(record, dict):
                    raise text.refusal("json-row-no-object")
                try:
                    leaves = _leaves(record, 0)
                except RecursionError as error:
                    raise text.refusal("bad-json") from error
                yield line, leaves


def _document(text: JsonText, paths: list[list[str]]) -> Iterator[tuple[int, Any]]:
    """The records of the document that is next."""
    if text.peek() == "[":
        yield from text.items()
    elif any(paths):
        yield from _under(text, paths, whole=[] in paths)
    else:
        yield text.line(), text.value()


def _under(text: JsonText, paths: list[list[str]], *, whole: bool = False) -> Iterator[tuple[int, Any]]:
    """The records under the paths of the value that is next; the rest of it is read too, so that a cut is seen.

    `whole`: an object with none of the paths is a record itself.
    """
    if text.peek() == "[" and [] in paths:
        yield from text.items()
        return
    line, found = text.line(), False
    record: dict[str, Any] | None = {} if whole and text.peek() == "{" else None
    if text.peek() == "{":
        for name in text.members():
            if inner := [steps[1:] for steps in paths if steps[:1] == [name]]:
                found = True
                yield from _under(text, inner)
            elif record is None:
                text.value()
            else:
                record[name] = text.value()
    else:
        found = text.value() is None and [] in paths and not whole
    if not found and record is None:
        raise text.refusal("no-json-rows", missing=", ".join(".".join(steps) for steps in paths if steps))
    if not found:
        yield line, record


def _leaves(record: dict[str, Any], depth: int) -> Leaves:
    made: Leaves = {}
    for name, value in record.items():
        inner = _inner(value, depth) if isinstance(value, (dict, list)) else None
        leaves = [(name, _scalar(value))] if inner is None else _under_name(name, inner)
        for column, text in leaves:
            if column in made:
                raise Refused("json-columns-clash", column=column)
            made[column] = text
    return made


def _under_name(name: str, inner: Leaves) -> list[tuple[str, str | None]]:
    return [(f"{name}.{path}" if path else name, text) for path, text in inner.items()]


def _inner(value: Any, depth: int) -> Leaves:
    """The leaves of a value under their paths within it; the path of the value itself is empty."""
    if isinstance(value, dict):
        return _leaves(value, depth) or {"": None}
    if isinstance(value, list):
        return _listed([_inner(item, depth + 1) for item in value], SEPARATORS[min(depth, len(SEPARATORS) - 1)])
    return {"": _scalar(value)}


def _scalar(value: str | bool | None) -> str | None:
    if isinstance(value, str):
        return _fit(value)
    return None if value is None else str(value).lower()


def _listed(items: list[Leaves], separator: str) -> Leaves:
    """One leaf for each path that any item has, with as many items as the list."""
    paths = dict.fromkeys(path for item in items for path in item) or {"": None}
    return {path: _joined([item.get(path) for item in items], separator) for path in paths}


def _joined(texts: list[str | None], separator: str) -> str | None:
    return None if all(text is None for text in texts) else separator.join(text or "" for text in texts)


def _fit(text: str) -> str:
    """The text with U+FFFD for what UTF-8 or a cell cannot hold and LF for every line break."""
    if text.isprintable():
        return text
    return _UNFIT.sub(SPOILT, text).replace("\r\n", "\n").replace("\r", "\n")
