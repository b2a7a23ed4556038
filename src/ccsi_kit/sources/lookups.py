"""Code lists as tables, for looking codes up."""

from collections.abc import Mapping

from ccsi_kit.errors import Refused
from ccsi_kit.sources.expressions import lookup_table
from ccsi_kit.sources.manifest import Manifest
from ccsi_kit.sources.values import Lookup
from ccsi_kit.store import Database
from ccsi_kit.vocabularies import Vocabulary


def load_lookups(database: Database, manifest: Manifest, vocabularies: Mapping[str, Vocabulary]) -> None:
    """Makes the table of every lookup; raises `Refused` where nobody has such a list."""
    lookups = {
        lookup_table(value.lookup): value.lookup for make in manifest.makes for value in make.values if value.lookup
    }
    for table, lookup in lookups.items():
        for name in (lookup.from_, lookup.to):
            if name is not None and name not in vocabularies:
                raise Refused("unknown-list", list=name, known=", ".join(sorted(vocabularies)))
        database.execute(f"CREATE TABLE {table} (code VARCHAR, ref VARCHAR, match VARCHAR)")
        rows = _rows(vocabularies[lookup.from_], lookup)
        columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[], [], []]
        database.execute(
            f"INSERT INTO {table} SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[]), unnest($3::VARCHAR[])", columns
        )


def _rows(vocabulary: Vocabulary, lookup: Lookup) -> list[tuple[str, str, str | None]]:
    """Code, Ref, and the Ref of the concept in the other list that it matches."""
    matches = vocabulary.matches(lookup.to) if lookup.to else {}
    return [(code, ref, matches.get(ref)) for code, ref in vocabulary.refs().items()]
