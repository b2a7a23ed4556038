"""Small tables of made entries."""

from datetime import date
from pathlib import Path

import pytest

from ccsi_kit.linking import Ledger, link, merge_things, point
from ccsi_kit.models import Identifier, Initiative, Organisation
from ccsi_kit.store import Things, columns, connect, literal, records

ON = date(2026, 1, 1)
ORDER = ["lv:regcode", "lv:vat", "eu:kohesio-beneficiary"]
MODELS = {"organisation": Organisation, "initiative": Initiative}


class Made:
    """A small workspace of entries that a test says outright: {source: {key: fields}}."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ledger = Ledger(root / "ledger.jsonl")
        self.database = connect([root], root)
        self.ranks: dict[str, tuple[int, date]] = {}

    def write(self, model: str, source: str, entries: dict, *, rank: int = 5, retrieved: date = ON) -> None:
        self.ranks[source] = (rank, retrieved)
        kind = {name: type_ for name, type_ in columns(MODELS[model]).items() if name != "id"}
        self.database.execute(
            f"CREATE OR REPLACE TEMP TABLE made (source VARCHAR, key VARCHAR, {', '.join(map(' '.join, kind.items()))})"
        )
        for key, fields in entries.items():
            values = MODELS[model].model_validate(fields).model_dump(exclude={"id"})
            self.database.execute(
                f"INSERT INTO made VALUES ({', '.join('?' * (len(kind) + 2))})", [source, key, *values.values()]
            )
        (self.root / model).mkdir(exist_ok=True)
        self.database.execute(f"COPY made TO {literal(self.root / model / f'{source}.parquet')} (FORMAT parquet)")

    def tables(self, model: str) -> list[Path]:
        return sorted((self.root / model).glob("*.parquet"))

    def link(self, model: str = "organisation", *, on: date = ON) -> dict[str, str]:
        """The id of each entry by its Ref."""
        into = self.root / f"links-{model}.parquet"
        link(self.database, model, self.tables(model), self.ledger, schemes=ORDER, on=on, into=into)
        batches = records(self.database, f"FROM read_parquet({literal(into)})")
        return {row["ref"]: row["id"] for rows in batches for row in rows}

    def things(self, name: str = "organisation") -> Things:
        for model in self.root.glob("*/"):
            self.link(model.name)
        origins = self.root / "origin.parquet"
        rows = ", ".join(f"({literal(s)}, {rank}, DATE {literal(day)})" for s, (rank, day) in self.ranks.items())
        self.database.execute(
            f"COPY (FROM (VALUES {rows}) AS v(source, rank, retrieved)) TO {literal(origins)} (FORMAT parquet)"
        )
        self.database.execute("CREATE OR REPLACE TABLE link (model VARCHAR, ref VARCHAR, id VARCHAR)")
        for model in MODELS:
            links = self.root / f"links-{model}.parquet"
            if links.exists():
                self.database.execute(
                    f"INSERT INTO link SELECT {literal(model)}, ref, id FROM read_parquet({literal(links)})"
                )
        merge_things(self.database, name, MODELS[name], self.tables(name), self.root / f"links-{name}.parquet", origins)
        point(self.database, name, MODELS[name])
        known = {
            source: {"snapshot": "sha256:" + "0" * 64, "retrieved": day, "licence": "CC0-1.0"}
            for source, (_, day) in self.ranks.items()
        }
        return Things(self.database, name, MODELS[name], f"SELECT * FROM {name} ORDER BY id", known)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path)


def regcode(*numbers: str, scheme: str = "lv:regcode") -> tuple[Identifier, ...]:
    return tuple(Identifier(scheme=scheme, number=number) for number in numbers)
