"""Answers in pages: one series after the other, each page a line."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from ccsi_kit.errors import Refused
from ccsi_kit.sources.asking import Pages
from ccsi_kit.sources.hosts import shown
from ccsi_kit.sources.series import with_parameters
from ccsi_kit.sources.web import Trip


def lines(trip: Trip, pages: Pages, rows: Sequence[str], series: Sequence[str]) -> Iterator[bytes]:
    """Every page of every series as one line of JSON; `rows` are dotted paths of lists, one of which each must have."""
    for first in series:
        for line in _pages(trip, pages, rows, first):
            trip.room -= len(line)
            yield line


def listed(file: Path, path: str) -> tuple[str, ...]:
    """What stands under a dotted path in each page of a file of lines, through lists too, each once."""
    with file.open("rb") as pages:
        return tuple(dict.fromkeys(value for page in pages for value in _under(json.loads(page), path.split("."))))


def _under(data: Any, steps: Sequence[str]) -> Iterator[str]:
    if isinstance(data, list):
        yield from (value for item in data for value in _under(item, steps))
    elif steps:
        yield from _under(data.get(steps[0]), steps[1:]) if isinstance(data, dict) else ()
    elif isinstance(data, str | int):
        yield str(data)


def _pages(trip: Trip, pages: Pages, rows: Sequence[str], first: str) -> Iterator[bytes]:
    url: str | None = _numbered(pages, first, pages.first)
    for number in range(pages.first, pages.first + pages.most):
        if url is None:
            return
        line, page = _read(trip, url)
        if not _has_rows(page, rows):
            raise Refused("page-without", address=shown(url), path=", ".join(rows))
        yield line
        url = _next(pages, page, first, url, number)
    if url is not None:
        raise Refused("too-many-pages", address=shown(url), n=pages.most)


def _numbered(pages: Pages, first: str, number: int) -> str:
    return with_parameters(first, [(pages.parameter, str(number))]) if pages.parameter else first


def _next(pages: Pages, page: Any, first: str, url: str, number: int) -> str | None:
    """The address of the page after this one; None where this is the last."""
    if pages.next is not None:
        following = _at(page, pages.next)
        return urljoin(url, following) if isinstance(following, str) and following else None
    total = _at(page, str(pages.total))
    if not isinstance(total, int):
        raise Refused("page-without", address=shown(url), path=pages.total)
    return _numbered(pages, first, number + 1) if number + 1 < pages.first + total else None


def _read(trip: Trip, url: str) -> tuple[bytes, Any]:
    """A page as a line and as data; line breaks stand only between the parts of JSON, so that blanks do as well."""
    body = trip.get(url, lambda answer: b"".join(answer.blocks))
    body = body.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.replace(b"\r", b" ").replace(b"\n", b" ") + b"\n", json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refused("page-broken", address=shown(url)) from error


def _has_rows(page: Any, rows: Sequence[str]) -> bool:
    """Whether a page has a list of records: an error that comes with status 200 has none."""
    paths = [path for path in rows if path != "."]
    return isinstance(page, list) or not paths or any(isinstance(_at(page, path), list) for path in paths)


def _at(data: Any, path: str) -> Any:
    """What stands under a dotted path; None where nothing does."""
    for step in path.split("."):
        data = data.get(step) if isinstance(data, dict) else None
    return data
