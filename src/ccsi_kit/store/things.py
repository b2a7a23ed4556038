"""Things of a workspace as rows to look at: a length, models one by one, or an Arrow table."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from ccsi_kit.errors import need
from ccsi_kit.models import Origin, Thing
from ccsi_kit.store.tables import Database, columns, identifier, records

T = TypeVar("T", bound=Thing)


class Things(Generic[T]):
    """Rows of one model in a fixed order. Iterating gives models with their origins and entries, a batch at a time.

    Any library that reads the Arrow stream protocol takes it as it is: `polars.DataFrame(things)`.
    """

    def __init__(
        self, database: Database, name: str, model: type[T], query: str, origins: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self._database = database
        self._name = name
        self.model = model
        self._query = query
        self._origins = origins

    def __len__(self) -> int:
        row = self._database.cursor().execute(f"SELECT count(*) FROM ({self._query})").fetchone()
        return int(row[0]) if row else 0

    def __iter__(self) -> Iterator[T]:
        for batch in records(self._database, self._query):
            yield from self._models(batch)

    def first(self) -> T | None:
        """The first row; none where there is none."""
        return next(iter(self), None)

    def arrow(self) -> Any:
        """The rows as an Arrow table, without entries and origins."""
        shown = ", ".join(map(identifier, columns(self.model)))
        return self._database.cursor().sql(f"SELECT {shown} FROM ({self._query})").to_arrow_table()

    def parquet(self, into: Path) -> int:
        """Writes the rows as Parquet; says how many."""
        table = self.arrow()
        need("pyarrow.parquet", extra="workspace").write_table(table, into, compression="zstd")
        return int(table.num_rows)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> Any:
        return self.arrow().__arrow_c_stream__(requested_schema)

    def _models(self, batch: list[dict[str, Any]]) -> Iterator[T]:
        entries = self._entries([ref for row in batch for ref in row["entries"]])
        for row in batch:
            own = {ref: entries[ref] for ref in row.pop("entries")}
            spoken = {field: own[ref][0] for field, ref in row.pop("origins").items() if ref}
            yield self.model.model_validate(_said(row)).with_sources(
                spoken, {ref: entry for ref, (_, entry) in own.items()}
            )

    def _entries(self, refs: list[str]) -> dict[str, tuple[Origin, T]]:
        fields = [name for name in self.model.model_fields if name != "id"]
        shown = ", ".join(map(identifier, fields))
        query = f"SELECT ref, source, key, {shown} FROM {self._name}_place WHERE ref IN (SELECT unnest(?))"
        found = {}
        for row in (row for batch in records(self._database, query, [refs]) for row in batch):
            ref, source = row.pop("ref"), row.pop("source")
            origin = Origin(source=source, key=row.pop("key"), **self._origins[source])
            said = _said(row)
            found[ref] = origin, self.model.model_validate(said).with_sources(dict.fromkeys(said, origin))
        return found


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a row that say something."""
    return {name: value for name, value in row.items() if value is not None and value != []}
