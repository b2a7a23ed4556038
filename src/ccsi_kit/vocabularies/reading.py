"""Reads code lists: one YAML file each, named after the list."""

from difflib import get_close_matches
from functools import cache
from pathlib import Path

from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.models import Issue, loaded
from ccsi_kit.vocabularies.concepts import Vocabulary

_DATA = Path(__file__).parent / "data"
_PREFIX = "ccsi"


@cache
def vocabulary(id: str) -> Vocabulary:
    """A list of the core; raises `UsageError` where it has none of that name.

    >>> vocabulary("ccsi:instrument").concepts["loan"].label.say("lv").text
    'Aizdevums'
    """
    prefix, _, name = id.partition(":")
    known = sorted(file.stem for file in _DATA.glob("*.yaml"))
    if prefix != _PREFIX or name not in known:
        nearest = next(iter(get_close_matches(name or id, known, n=1, cutoff=0)))
        raise UsageError("no-vocabulary", vocabulary=id, nearest=f"{_PREFIX}:{nearest}")
    return _read(_DATA / f"{name}.yaml")


@cache
def core_vocabularies() -> dict[str, Vocabulary]:
    """All lists of the core by their id."""
    return read_vocabularies(_DATA)


def read_vocabularies(folder: Path) -> dict[str, Vocabulary]:
    """The lists of a folder by their id; raises `Refused` with every complaint about the first bad file."""
    return {list_.id: list_ for list_ in map(_read, sorted(folder.glob("*.yaml")))}


def _read(file: Path) -> Vocabulary:
    list_ = loaded(file, Vocabulary)
    if list_.id.partition(":")[2] != file.stem:
        issue = Issue("vocabulary-name", severity="error", file=file.name, value=list_.id)
        raise Refused("bad-file", file=file.name, n=1, issues=[issue])
    return list_
