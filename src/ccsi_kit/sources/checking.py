"""What `convert` would make of a file, for people: books, and issues by code with an example of each."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pydantic import Field

from ccsi_kit.errors import CcsiError, Refused
from ccsi_kit.i18n import fold
from ccsi_kit.models import Issue, Message, Model, Severity, Slug
from ccsi_kit.sources.books import Books
from ccsi_kit.sources.catalogue import Source
from ccsi_kit.sources.converting import convert
from ccsi_kit.sources.load import opened, table_header
from ccsi_kit.sources.places import Territories
from ccsi_kit.store import connect, literal

if TYPE_CHECKING:
    from ccsi_kit.identifiers import Scheme
    from ccsi_kit.vocabularies import Vocabulary

_ORDER: Mapping[Severity, int] = {"error": 0, "warning": 1, "info": 2}


class Group(Model):
    """Issues of one code."""

    code: str = Field(description="Which sentence; `<code>.mend` says what to do.", examples=["bad-date"])
    severity: Severity = Field(description="How much it matters.", examples=["warning"])
    count: int = Field(description="How many there are.", examples=[41])
    first: Issue = Field(description="The first of them.", examples=[{"code": "bad-date", "line": 20117}])


class Report(Model):
    """What would become of a file: taken, with its books, or refused, with the reason."""

    source: Slug = Field(description="Id of the source.", examples=["lv-ur-register"])
    file: str = Field(description="Name of the file.", examples=["register.csv"])
    refused: Message | None = Field(
        default=None, description="Why it is not taken.", examples=[{"code": "missing-columns"}]
    )
    books: Books | None = Field(default=None, description="What became of its rows.", examples=[None])
    groups: tuple[Group, ...] = Field(default=(), description="Its issues by code, the worst first.", examples=[[]])


def check(
    source: Source,
    file: Path,
    *,
    schemes: "Mapping[str, Scheme]",
    vocabularies: "Mapping[str, Vocabulary]",
    territories: Territories,
    previous: Sequence[Books] = (),
    scratch: Path | None = None,
) -> Report:
    """What `convert` would make of a file; nothing is kept. `scratch`: a folder for what is not kept."""
    with TemporaryDirectory(dir=scratch) as folder:
        into = Path(folder)
        try:
            [books] = convert(
                source,
                [file],
                into=into,
                schemes=schemes,
                vocabularies=vocabularies,
                territories=territories,
                previous=previous,
            )
        except Refused as refused:
            groups = _grouped([issue for issue in refused.issues if isinstance(issue, Issue)])
            return Report(
                source=source.id, file=file.name, refused=Message(refused.code, **refused.arguments), groups=groups
            )
        groups = issue_groups(into / "issue.parquet", books.issues, scratch=into)
        return Report(source=source.id, file=file.name, books=books, groups=groups)


def looks_like(
    file: Path, sources: Sequence[Source], *, scratch: Path | None = None
) -> tuple[tuple[Source, float], ...]:
    """The sources whose columns a file has, and the share of each one's that it has, the greatest first.

    A file that nothing can be read from looks like none.
    """
    with TemporaryDirectory(dir=scratch) as folder:
        shares = [(source, _share(source, _names(source, file, Path(folder)))) for source in sources]
    return tuple(sorted((pair for pair in shares if pair[1] > 0), key=lambda pair: (-pair[1], pair[0].id)))


def _names(source: Source, file: Path, scratch: Path) -> set[str]:
    """The folded names of a file's columns, read as the source is."""
    form = source.manifest.format
    try:
        names, _ = table_header(opened(form, file, scratch), form)
    except (CcsiError, OSError):
        return set()
    return set(map(fold, names))


def _share(source: Source, names: set[str]) -> float:
    known = set(map(fold, (*source.manifest.columns, *source.manifest.skipped)))
    particular = {fold(column) for columns in source.manifest.layouts.values() for column in columns}
    wanted = known - particular
    return len(wanted & names) / len(wanted) if wanted else 0.0


def issue_groups(table: Path, counts: Mapping[str, int], *, scratch: Path) -> tuple[Group, ...]:
    """The first issue of each code in a table of issues, and how many there were; the worst come first."""
    place = 'row_number() OVER (PARTITION BY code ORDER BY row NULLS FIRST, line, "column", value, arguments)'
    with connect([table], scratch) as database:
        first = database.execute(f"SELECT * FROM read_parquet({literal(table)}) QUALIFY {place} = 1")
        names = [column[0] for column in first.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in first.fetchall()]
    return _sorted([_group(_issue(row), counts[row["code"]]) for row in rows])


def _issue(row: Mapping[str, Any]) -> Issue:
    fields = {name: value for name, value in row.items() if name not in ("code", "arguments") and value is not None}
    return Issue(row["code"], **fields, arguments=json.loads(row["arguments"]))


def _grouped(issues: Sequence[Issue]) -> tuple[Group, ...]:
    by_code: dict[str, list[Issue]] = {}
    for issue in issues:
        by_code.setdefault(issue.code, []).append(issue)
    return _sorted([_group(same[0], len(same)) for same in by_code.values()])


def _group(first: Issue, count: int) -> Group:
    return Group(code=first.code, severity=first.severity, count=count, first=first)


def _sorted(groups: Sequence[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda group: (_ORDER[group.severity], -group.count, group.code)))
