"""Which things get a page where there are too many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from ccsi_kit.hub.view import View
from ccsi_kit.models import Call, Initiative
from ccsi_kit.models.thing import Thing

T = TypeVar("T", bound=Thing)


def chosen(things: Sequence[T], view: View) -> tuple[T, ...]:
    """Of each country as many as the site has room for, in the order in which they came.

    Calls that are open go first; then what lasts longest or ended last; then what more entries speak of; then the id.
    """
    ranked = sorted(things, key=lambda thing: _rank(thing, view.on))
    places: dict[str | None, int] = defaultdict(int)
    kept: set[str | None] = set()
    for thing in ranked:
        places[thing.country] += 1
        if places[thing.country] <= view.centre.pages:
            kept.add(thing.id)
    return tuple(thing for thing in things if thing.id in kept)


def _rank(thing: Thing, on: date) -> tuple[bool, int, int, str]:
    closed = isinstance(thing, Call) and thing.is_open(on=on) is not True
    last = _last_day(thing)
    return (closed, -last.toordinal() if last else 0, -len(thing.entries), str(thing.id))


def _last_day(thing: Thing) -> date | None:
    """The latest day that is known of it."""
    if isinstance(thing, Call):
        return thing.closes or thing.opens
    if isinstance(thing, Initiative) and thing.period:
        return thing.period.end or thing.period.start
    return None
