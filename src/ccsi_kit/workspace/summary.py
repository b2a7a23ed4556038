"""What a workspace holds, a row a country."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ccsi_kit.sources import STATED

if TYPE_CHECKING:
    from ccsi_kit.workspace.opened import Workspace

Row = dict[str, int | str | None]


def summarised(workspace: "Workspace") -> Iterator[Row]:
    """A row a country that has registers or things; `None` where none of its registers makes such a thing."""
    every = workspace.last.sources if workspace.last else {}
    runs = {name: one for name, one in every.items() if name != STATED}
    made = {name: _counts(workspace, name) for name in ("organisation", "initiative", "call", "service")}
    joined = _counts(workspace, "organisation", "WHERE len(entries) > 1")
    for code in workspace.plugins.countries:
        own = [one for name, one in runs.items() if one.books and _country(workspace, name) == code]
        books = [book for one in own for book in one.books]
        if books or any(code in counts for counts in made.values()):
            yield {
                "country": code,
                "sources": len(own),
                "organisations": made["organisation"].get(code),
                "joined": joined.get(code, 0) if code in made["organisation"] else None,
                "initiatives": made["initiative"].get(code),
                "calls": made["call"].get(code),
                "services": made["service"].get(code),
                "left_out": sum(sum(book.left_out.values()) for book in books),
                "issues": sum(sum(book.issues.values()) for book in books),
            }


def _country(workspace: "Workspace", source: str) -> str:
    known = workspace.equipment.sources.get(source)
    return known.country if known else source.partition("-")[0]


def _counts(workspace: "Workspace", name: str, where: str = "") -> dict[Any, int]:
    rows = workspace.database.execute(f"SELECT country, count(*) FROM {name} {where} GROUP BY country").fetchall()
    return {country: int(count) for country, count in rows}
