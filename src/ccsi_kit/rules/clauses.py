"""One condition of a law: a short function over facts and parameters that reads like the article."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from ccsi_kit.models import Message
from ccsi_kit.rules.parameters import Sure

Condition = Callable[[Any, Any], Any]


class _NotAsked:
    """What a clause answers about a case of which the law does not ask it."""

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return "not asked"


NOT_ASKED: Final = _NotAsked()
"""The answer of a clause that does not concern the case: it counts as met and is not told."""


class Warned(NamedTuple):
    """Whether a clause is met, with something to know about it."""

    met: bool
    warning: Message


def warned(met: bool, code: str, **arguments: Any) -> Warned:
    """The answer of a clause that is met, or not, but for something that the reader must know."""
    return Warned(met, Message(code, **arguments))


@dataclass(frozen=True)
class Clause:
    """A condition, where it stands, and when it is in force.

    Its words are the catalogues' for `<rule>/<name>`, with gaps for facts (`{promoter_share}`) and for parameters
    (`{p.promoter_share}`).
    """

    condition: Condition
    ref: str
    """Act and article: `es:act:ley-44-2007/5.a`."""
    since: date | None = None
    until: date | None = None
    sure: Sure = "law"
    interpretation: bool = False
    """Whether the text can be read otherwise."""

    @property
    def name(self) -> str:
        """Its name in its rule."""
        return self.condition.__name__

    def holds(self, on: date) -> bool:
        """Whether it is in force."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that its source reads."""
        return read_by(self.condition)[0]

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The parameters that its source reads."""
        return read_by(self.condition)[1]


def clause(
    ref: str, *, since: str | None = None, until: str | None = None, sure: Sure = "law", interpretation: bool = False
) -> Callable[[Condition], Clause]:
    """Makes a function a clause of the law: `ref` is act and article, `since` and `until` its days, as ISO text.

    >>> @clause("es:act:ley-44-2007/5.a")
    ... def promoter(f, p):
    ...     return f.promoter_share >= p.promoter_share
    >>> sorted(promoter.facts), sorted(promoter.parameters)
    (['promoter_share'], ['promoter_share'])
    """
    days = [date.fromisoformat(day) if day else None for day in (since, until)]
    return lambda condition: Clause(condition, ref, days[0], days[1], sure, interpretation)


def read_by(function: Condition) -> tuple[frozenset[str], frozenset[str]]:
    """The facts and the parameters that a function reads, from its source and from what it hands both to.

    `on` is no parameter.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    facts, parameters, *_ = inspect.signature(function).parameters
    found: dict[str, set[str]] = {facts: set(), parameters: set()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in found:
            found[node.value.id].add(node.attr)
        if isinstance(node, ast.Call) and [getattr(part, "id", "") for part in node.args] == [facts, parameters]:
            more = read_by(getattr(function, "__globals__", {})[getattr(node.func, "id", "")])
            found[facts] |= more[0]
            found[parameters] |= more[1]
    return frozenset(found[facts]), frozenset(found[parameters] - {"on"})
