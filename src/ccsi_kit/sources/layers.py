"""SQL in layers: what is used twice is computed once, as a column of the layer below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ccsi_kit.store import identifier


@dataclass(frozen=True)
class Term:
    """An expression, and how many layers must lie below it."""

    sql: str
    depth: int = 0

    def __str__(self) -> str:
        return self.sql


def term(template: str, *parts: Term, **named: Term) -> Term:
    """An expression made of others; `{0}` and `{name}` stand for them.

    >>> term("coalesce({0}, {1})", Term("a"), Term("b", 2))
    Term(sql='coalesce(a, b)', depth=2)
    """
    return Term(template.format(*parts, **named), depth(*parts, *named.values()))


def depth(*terms: Term) -> int:
    """The layers that must lie below all of them."""
    return max((part.depth for part in terms), default=0)


class Layers:
    """Columns that are computed once, each from the layers below it."""

    def __init__(self, prefix: str = "__t") -> None:
        self._prefix = prefix
        self._layers: list[dict[str, str]] = []

    def once(self, value: Term) -> Term:
        """The same value as a column of a layer: whoever uses it again does not compute it again."""
        while len(self._layers) <= value.depth:
            self._layers.append({})
        layer = self._layers[value.depth]
        name = layer.setdefault(value.sql, f"{self._prefix}{value.depth}_{len(layer)}")
        return Term(name, value.depth + 1)

    def over(self, source: str) -> str:
        """A query that adds all columns to those of `source`, a table or a query in parentheses."""
        for layer in self._layers:
            added = "".join(f", {sql} AS {name}" for sql, name in layer.items())
            source = f"(SELECT *{added} FROM {source})"
        return source


def select(columns: Mapping[str, Term | str], source: str, tail: str = "") -> str:
    """A query for named columns."""
    shown = ", ".join(f"{sql} AS {identifier(name)}" for name, sql in columns.items())
    return f"SELECT {shown} FROM {source} {tail}".rstrip()


def any_of(conditions: Sequence[Term]) -> Term:
    """Whether one of the conditions is true."""
    return Term(" OR ".join(f"({part})" for part in conditions) or "FALSE", depth(*conditions))
