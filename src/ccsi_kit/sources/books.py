"""What became of every row, thing and cell of a file."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal

from pydantic import Field

from ccsi_kit.models import Model, Slug
from ccsi_kit.sources.expressions import Expressions
from ccsi_kit.sources.fields import field
from ccsi_kit.sources.kinds import kinds
from ccsi_kit.sources.layers import Layers
from ccsi_kit.sources.manifest import MODELS
from ccsi_kit.sources.plan import Plan
from ccsi_kit.store import Database, identifier

KEPT: Final = 1000
"""Issues of one code that are kept one by one; the others are only counted."""


class Cells(Model):
    """The cells of one column in the rows that were used."""

    cells: int = Field(description="How many there are.", examples=[120])
    blank: int = Field(description="How many of them are blank.", examples=[3])
    wrong: int = Field(description="How many of them hold something that is wrong.", examples=[1])


class Things(Model):
    """The things that rows make under one name."""

    made: int = Field(description="How many were made.", examples=[118])
    left_out: Mapping[str, int] = Field(
        default={}, description="How many were withheld, by rule.", examples=[{"number": 2}]
    )


class Books(Model):
    """The books of one file: rows read = used + left out, each left out under one reason."""

    source: Slug = Field(description="Id of the source.", examples=["lv-ur-register"])
    file: str = Field(description="Name of the file.", examples=["register.csv"])
    sha256: str = Field(description="Hash of its bytes.", examples=["0" * 64])
    layout: str = Field(
        description="Which version of its source the file is; nothing where there is only one.", examples=["2021-2027"]
    )
    way: Literal["fast", "tolerant"] = Field(description="How it was read.", examples=["fast"])
    read: int = Field(description="Rows that were read.", examples=[124])
    used: int = Field(description="Rows that were used.", examples=[118])
    left_out: Mapping[str, int] = Field(
        default={}, description="Rows left out, by reason.", examples=[{"natural-persons": 6}]
    )
    blank_lines: int = Field(default=0, description="Blank lines between rows, which are no rows.", examples=[0])
    things: Mapping[str, Things] = Field(
        default={}, description="Things by the name of their make.", examples=[{"organisation": {"made": 118}}]
    )
    entries: Mapping[str, int] = Field(default={}, description="Entries by model.", examples=[{"organisation": 118}])
    columns: Mapping[str, Cells] = Field(
        default={}, description="Cells by used column.", examples=[{"regcode": {"cells": 118, "blank": 0, "wrong": 0}}]
    )
    issues: Mapping[str, int] = Field(
        default={}, description="Issues by code; all are counted.", examples=[{"bad-date": 1}]
    )
    kept: int = Field(
        default=KEPT, description="How many issues of one code are kept one by one at most.", examples=[KEPT]
    )
    money: Mapping[str, Mapping[str, Decimal]] = Field(
        default={},
        description="Amounts of rows left out, by reason and currency.",
        examples=[{"out-of-scope": {"EUR": "12000.00"}}],
    )

    @property
    def balanced(self) -> bool:
        """Whether every row that was read is accounted for.

        >>> books = Books(source="xx-a", file="a.csv", sha256="", layout="", way="fast", read=3, used=2)
        >>> books.balanced, books.replace(left_out={"no-key": 1}).balanced
        (False, True)
        """
        return self.read == self.used + sum(self.left_out.values())


def rows_left_out(database: Database) -> dict[str, int]:
    """Rows left out, by reason."""
    rows = database.execute(
        "SELECT __reason, count(*) FROM judged WHERE __reason IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return {str(reason): int(count) for reason, count in rows}


def things_made(database: Database, plan: Plan) -> dict[str, Things]:
    """What was made and withheld, by the name of the make."""
    return {make.name: _things(database, plan.table(make)) for make in plan.manifest.makes}


def _things(database: Database, table: str) -> Things:
    counts = dict(
        database.execute(f"SELECT __left, count(*) FROM {table} GROUP BY ALL ORDER BY ALL NULLS LAST").fetchall()
    )
    return Things(made=counts.pop(None, 0), left_out=counts)


def cells_read(database: Database, columns: tuple[str, ...]) -> dict[str, Cells]:
    """The cells of every used column that the file has; wrong ones as table `found` says."""
    counted = ", ".join(f"count({identifier(column)})" for column in columns)
    total, *filled = database.execute(f"SELECT count(*), {counted} FROM judged WHERE __reason IS NULL").fetchone() or ()
    wrong = dict(database.execute('SELECT "column", count(*) FROM found WHERE of_cell GROUP BY ALL').fetchall())
    return {
        column: Cells(cells=total, blank=total - count, wrong=wrong.get(column, 0))
        for column, count in zip(columns, filled, strict=True)
    }


def money_left_out(database: Database, plan: Plan) -> dict[str, dict[str, Decimal]]:
    """The amounts of fundings whose rows were left out, by reason and currency; unreadable rows have none."""
    sums: dict[str, dict[str, Decimal]] = {}
    for make in plan.manifest.makes:
        if make.model != "funding" or "amount" not in make.fields:
            continue
        layers = Layers()
        amount = field(Expressions(plan.world, layers, {}), make.fields["amount"], kinds(MODELS["funding"])["amount"])
        inner = layers.over("(SELECT * FROM judged WHERE __reason IS NOT NULL AND __reason <> 'unreadable')")
        amounts = f"SELECT __reason, unnest({amount}) FROM {inner}"
        query = (
            f"SELECT __reason, currency, sum(value) FROM ({amounts}) WHERE value IS NOT NULL GROUP BY ALL ORDER BY ALL"
        )
        for reason, currency, value in database.execute(query).fetchall():
            by_currency = sums.setdefault(reason, {})
            by_currency[currency] = by_currency.get(currency, Decimal(0)) + value
    return sums
