"""Reads sets of criteria: one YAML file each, named after the set."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from pydantic import Field

from ccsi_kit.criteria.sets import CriteriaSet
from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.models import Issue, Model, Text, loaded

_DATA = Path(__file__).parent / "sets"
_PREFIX = "ccsi:criteria:"


class NotShipped(Model):
    """A published framework that does not come as a set, and why."""

    title: str = Field(description="What it is called.", examples=["RESINDEX"])
    why: Text = Field(description="Why it is not shipped.", examples=[{"en": "Its licence forbids changes."}])


class _NotShipped(Model):
    sets: Mapping[str, NotShipped] = Field(description="By id.", min_length=1, examples=[{}])


def criteria_set(id: str, national: "Iterable[CriteriaSet]" = ()) -> CriteriaSet:
    """A set by its id or, of the core's own, the last part of it; raises `UsageError` where there is none.

    `national`: the sets of countries to look in as well.

    >>> criteria_set("esid-4").title.say("lv").text
    'Cik lielā mērā tā ir sociālā inovācija'
    """
    known = {**criteria_sets(), **{set_.id: set_ for set_ in national}}
    found = known.get(id) or known.get(f"{_PREFIX}{id}")
    if found is None:
        names = {id.removeprefix(_PREFIX): id for id in known}
        nearest = next(iter(get_close_matches(id.removeprefix(_PREFIX), names, n=1, cutoff=0.4)), "")
        raise UsageError("no-criteria-set", set=id, nearest=nearest)
    return found


@cache
def criteria_sets() -> Mapping[str, CriteriaSet]:
    """The core's own sets by their ids."""
    return {set_.id: set_ for set_ in map(_read, sorted(_DATA.glob("*.yaml")))}


def read_sets(folder: Path) -> Mapping[str, CriteriaSet]:
    """The sets of a country's folder by their ids, one file each; raises `Refused` with all that is wrong in a bad one.

    A set that `extends` one of the core's has that one inside, unchanged, and its own criteria beside it.
    """
    return {set_.id: set_ for set_ in map(_national, sorted(folder.glob("*.yaml")))}


@cache
def not_shipped() -> Mapping[str, NotShipped]:
    """The frameworks that do not come as sets, by id, each with the reason."""
    return loaded(_DATA.parent / "not_shipped.yaml", _NotShipped).sets


def _national(file: Path) -> CriteriaSet:
    return _read(file, context={"find": _core})


def _core(id: str) -> CriteriaSet | None:
    return criteria_sets().get(id) or criteria_sets().get(f"{_PREFIX}{id}")


def _read(file: Path, context: Mapping[str, object] | None = None) -> CriteriaSet:
    set_ = loaded(file, CriteriaSet, context=context)
    if set_.name != file.stem:
        issue = Issue("set-name", severity="error", file=file.name, value=set_.id)
        raise Refused("bad-file", file=file.name, n=1, issues=[issue])
    return set_
