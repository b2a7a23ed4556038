"""A view, gathered once for all pages: what belongs to what, and where each thing has its page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from ccsi_kit.criteria import CriteriaSet
from ccsi_kit.hub import addresses
from ccsi_kit.hub.assessed import Assessed
from ccsi_kit.hub.chosen import chosen
from ccsi_kit.hub.reader import Reader
from ccsi_kit.hub.view import SourceReport, View
from ccsi_kit.models import Call, Funding, Initiative, Organisation, Service
from ccsi_kit.models.thing import Thing
from ccsi_kit.rules import Rule

T = TypeVar("T", bound=Thing)


class Site:
    """What pages ask."""

    def __init__(self, view: View, languages: Sequence[str]) -> None:
        self.view = view
        self.languages = tuple(languages)
        self.countries = tuple(view.countries())
        self.organisations: Sequence[Organisation] = tuple(view.organisations())
        self._every_initiative = tuple(view.initiatives())
        calls, services = view.calls(), view.services()
        self.initiatives: Sequence[Initiative] = chosen(self._every_initiative, view)
        self.calls: Sequence[Call] = chosen(calls, view)
        self.services: Sequence[Service] = chosen(services, view)
        self._known = {
            "initiative": Counter(one.country for one in self._every_initiative),
            "call": Counter(one.country for one in calls),
            "service": Counter(one.country for one in services),
        }
        self._open = Counter(one.country for one in calls if one.is_open(on=view.on))
        self.sources: Mapping[str, SourceReport] = {source.id: source for source in view.sources()}
        self.rules: Sequence[Rule] = tuple(view.rules())
        self.criteria: Sequence[CriteriaSet] = tuple(view.criteria())
        self.assessed = Assessed(self.criteria, view.assessments())
        self.groups: dict[str, Mapping[tuple[str, str], Sequence[Any]]] = {}
        """The things of every list by facet and value, once they were asked for."""
        self._readers = {lang: Reader(view, lang) for lang in languages}

    def reader(self, lang: str) -> Reader:
        """How things are said in a language of the site."""
        return self._readers[lang]

    def known(self, kind: str, country: str | None = None) -> int:
        """How many things of a kind there are in all, with a page or without; of a country or of all."""
        if kind == "organisation":
            return sum(map(self.view.known, self.countries if country is None else (country,)))
        return _counted(self._known[kind], country)

    def open_calls(self, country: str | None = None) -> int:
        """How many calls are open on the day of the site, with a page or without."""
        return _counted(self._open, country)

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """The kind of page of everything that has one."""
        groups: tuple[tuple[str, Sequence[Thing]], ...] = (
            ("organisation", self.organisations),
            ("initiative", self.initiatives),
            ("call", self.calls),
            ("service", self.services),
        )
        return {str(thing.id): kind for kind, things in groups for thing in things}

    @cached_property
    def _whole(self) -> Mapping[str, str]:
        """The thing that an entry is part of: one with a page, or an organisation that one with a page points at."""
        groups: tuple[Sequence[Thing], ...] = (self.organisations, self.initiatives, self.calls, self.services)
        pointed = {entry: ref for things in groups[1:] for thing in things for entry, ref in _pointers(thing)}
        return pointed | {entry: str(thing.id) for things in groups for thing in things for entry in thing.entries}

    def page_of(self, ref: str, lang: str) -> str | None:
        """Where a thing has its page; an entry leads to the thing it is part of."""
        whole = self.whole_of(ref)
        kind = self._kinds.get(whole)
        return addresses.thing(lang, kind, whole) if kind else None

    def name_of(self, ref: str) -> str | None:
        """The name of an organisation, whether it has a page or not."""
        return self.view.organisation_name(self.whole_of(ref))

    def whole_of(self, ref: str) -> str:
        """The thing that an entry is part of; the Ref itself where it is of a thing, or nobody knows."""
        return self._whole.get(ref, ref)

    @cached_property
    def fundings_of(self) -> Mapping[str, Sequence[Funding]]:
        """Fundings by the initiative that they pay for."""
        return _grouped((funding.initiative, funding) for funding in self.view.fundings())

    @cached_property
    def initiatives_of(self) -> Mapping[str, Sequence[Initiative]]:
        """Initiatives, with a page or without, by the organisations that lead them or take part."""
        return _grouped((ref, initiative) for initiative in self._every_initiative for ref in _partners(initiative))

    def entries_of(self, thing: T) -> Mapping[str, T]:
        """The entries of a thing by Ref: those of its own country first, then in the order of the sources."""
        ranks = {one.id: (one.country != thing.country, place) for place, one in enumerate(self.sources.values())}
        refs = sorted(thing.entries, key=lambda ref: (ranks.get(ref.split("#")[0], (True, len(ranks))), ref))
        return {ref: thing.entries[ref] for ref in refs}

    def sources_in(self, country: str | None = None) -> list[SourceReport]:
        """Sources; of a country, those that say something of it."""
        if country is None:
            return list(self.sources.values())
        heard = {
            origin
            for thing in (*self.organisations, *self._every_initiative)
            if thing.country == country
            for origin in registers(thing)
        }
        return [source for source in self.sources.values() if source.country == country or source.id in heard]


def registers(thing: Thing) -> tuple[str, ...]:
    """The sources that say something of a thing, each once."""
    return tuple(dict.fromkeys(entry.split("#")[0] for entry in thing.entries))


def _pointers(thing: Thing) -> Iterator[tuple[str, str]]:
    """What the entry that speaks for a field points at (an entry too), and which organisation that is."""
    for field in ("lead", "provider", "funder"):
        origin = thing.origin(field) if field in type(thing).model_fields else None
        entry = thing.entries.get(origin.ref) if origin else None
        if entry and (whole := getattr(thing, field)) and (part := getattr(entry, field)):
            yield part, whole


def _counted(counts: Counter[str | None], country: str | None) -> int:
    return counts.total() if country is None else counts[country]


def _partners(initiative: Initiative) -> Iterable[str]:
    refs = [initiative.lead, *(part.organisation for part in initiative.participants)]
    return dict.fromkeys(ref for ref in refs if ref)


def _grouped(pairs: Iterable[tuple[str | None, T]]) -> Mapping[str, Sequence[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for ref, thing in pairs:
        if ref:
            groups[ref].append(thing)
    return groups
