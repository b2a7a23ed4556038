"""JSON Lines that come back: a record a line; what a line leaves out stays as it is, and null takes it away."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ccsi_kit.errors import Refused
from ccsi_kit.forms.filling import Current, Filled, Row
from ccsi_kit.forms.rawtables import MOST_BYTES
from ccsi_kit.forms.rows import Spot
from ccsi_kit.models import Issue, Record, complaint

if TYPE_CHECKING:
    from ccsi_kit.forms.form import Form


def read_json_lines(path: Path, forms: "Sequence[Form]", *, current: Current, country: str | None) -> Filled:
    """Reads JSON Lines: each an object with the content of a record, its `id` where it changes one, and its `kind`.

    Raises `Refused` where the file cannot be read.
    """
    kinds = {form.asks.record.kind: form.asks.record for form in forms}
    rows: list[Row] = []
    issues: list[Issue] = []
    seen: dict[str, int] = {}
    for number, (line, text) in enumerate(_lines(path), 1):
        spot = Spot(path.name, "", number, line)
        try:
            rows.append(_row(text, spot, kinds, current, country, seen))
        except _Wrong as wrong:
            issues += wrong.issues
    return Filled(tuple(rows), tuple(issues))


class _Wrong(Exception):
    def __init__(self, *issues: Issue) -> None:
        super().__init__()
        self.issues = issues


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines with something in them; what ends a line is LF alone, for a text may hold other ends."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused("form-too-big", file=path.name, most=MOST_BYTES >> 20)
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("form-encoding", file=path.name, place=error.start) from error
    except OSError as error:
        raise Refused("file-unreadable", file=path.name) from error
    yield from ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _row(
    text: str, spot: Spot, kinds: Mapping[str, type[Record]], current: Current, country: str | None,
    seen: dict[str, int],
) -> Row:  # fmt: skip
    said = _object(text, spot)
    record = _kind(said, spot, kinds)
    said.pop("kind", None)
    id_ = said.get("id")
    now = current(id_) if isinstance(id_, str) else None
    if id_ is not None and not isinstance(now, record):
        raise _Wrong(spot.issue("form-unknown-id", column="id", value=str(id_), id=str(id_)))
    if now is not None and (first := seen.setdefault(now.id or str(id_), spot.line)) != spot.line:
        raise _Wrong(spot.issue("form-twice", column="id", value=str(id_), id=str(id_), first=first))
    state = now.state if now else record.steps.first
    if said.get("state", state) not in (state, ""):
        raise _Wrong(spot.issue("form-state", column="state", value=str(said["state"]), state=state))
    content = {**({"country": country} if country else {}), **(now.content() if now else {}), **said}
    return Row(_checked(record, content, spot), id_, None, spot)


def _object(text: str, spot: Spot) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _Wrong(spot.issue("form-json")) from error
    if not isinstance(said, dict):
        raise _Wrong(spot.issue("form-json"))
    return said


def _kind(said: Mapping[str, Any], spot: Spot, kinds: Mapping[str, type[Record]]) -> type[Record]:
    """The record type that a line names, or that its id does; else the only one that there is."""
    named = said.get("kind") or str(said.get("id") or "").partition(":")[2].partition(":")[0]
    if not named and len(kinds) == 1:
        return next(iter(kinds.values()))
    if named not in kinds:
        known = ", ".join(kinds)
        raise _Wrong(spot.issue("form-kind", column="kind", value=str(named) or None, known=known))
    return kinds[str(named)]


def _checked(record: type[Record], content: Mapping[str, Any], spot: Spot) -> Record:
    try:
        return record.model_validate(content)
    except ValidationError as error:
        problems = error.errors(include_url=False)
    place = {"file": spot.file, "row": spot.row, "line": spot.line}
    named = [(".".join(map(str, problem["loc"])), problem) for problem in problems]
    raise _Wrong(*(complaint(problem, record, key=key, column=key or None, **place) for key, problem in named))
