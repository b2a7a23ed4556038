"""A view, gathered once for all pages: what belongs to what, and where each thing has its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from ccsi_kit.hub import addresses
from ccsi_kit.hub.reader import Reader
from ccsi_kit.hub.view import SourceReport, View
from ccsi_kit.models import Call, Funding, Initiative, Organisation, Service
from ccsi_kit.models.thing import Thing

T = TypeVar("T", bound=Thing)


class Site:
    """What pages ask."""

    def __init__(self, view: View, languages: Sequence[str]) -> None:
        self.view = view
        self.languages = tuple(languages)
        self.countries = tuple(view.countries())
        self.organisations: Sequence[Organisation] = tuple(view.organisations())
        self.initiatives: Sequence[Initiative] = tuple(view.initiatives())
        self.calls: Sequence[Call] = tuple(view.calls())
        self.services: Sequence[Service] = tuple(view.services())
        self.sources: Mapping[str, SourceReport] = {source.id: source for source in view.sources()}
        self.groups: dict[str, Mapping[tuple[str, str], Sequence[Any]]] = {}
        """The things of every list by facet and value, once they were asked for."""
        self._readers = {lang: Reader(view, lang) for lang in languages}

    def reader(self, lang: str) -> Reader:
        """How things are said in a language of the site."""
        return self._readers[lang]

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """The kind of page of everything that has one, by its Ref and by the Refs of its entries."""
        groups: tuple[tuple[str, Sequence[Thing]], ...] = (
            ("organisation", self.organisations),
            ("initiative", self.initiatives),
            ("call", self.calls),
            ("service", self.services),
        )
        return {str(thing.id): kind for kind, things in groups for thing in things}

    @cached_property
    def _whole(self) -> Mapping[str, str]:
        """The thing that an entry is part of."""
        groups: tuple[Sequence[Thing], ...] = (self.organisations, self.initiatives, self.calls, self.services)
        return {entry: str(thing.id) for things in groups for thing in things for entry in thing.entries}

    def page_of(self, ref: str, lang: str) -> str | None:
        """Where a thing has its page; an entry leads to the thing it is part of."""
        whole = self._whole.get(ref, ref)
        kind = self._kinds.get(whole)
        return addresses.thing(lang, kind, whole) if kind else None

    def name_of(self, ref: str) -> str | None:
        """The name of an organisation, whether it has a page or not."""
        return self.view.organisation_name(self._whole.get(ref, ref))

    @cached_property
    def fundings_of(self) -> Mapping[str, Sequence[Funding]]:
        """Fundings by the initiative that they pay for."""
        return _grouped((funding.initiative, funding) for funding in self.view.fundings())

    @cached_property
    def initiatives_of(self) -> Mapping[str, Sequence[Initiative]]:
        """Initiatives by the organisations that lead them or take part."""
        return _grouped((ref, initiative) for initiative in self.initiatives for ref in _partners(initiative))

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
            for thing in (*self.organisations, *self.initiatives)
            if thing.country == country
            for origin in registers(thing)
        }
        return [source for source in self.sources.values() if source.country == country or source.id in heard]


def registers(thing: Thing) -> tuple[str, ...]:
    """The sources that say something of a thing, each once."""
    return tuple(dict.fromkeys(entry.split("#")[0] for entry in thing.entries))


def _partners(initiative: Initiative) -> Iterable[str]:
    refs = [initiative.lead, *(part.organisation for part in initiative.participants)]
    return dict.fromkeys(ref for ref in refs if ref)


def _grouped(pairs: Iterable[tuple[str | None, T]]) -> Mapping[str, Sequence[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for ref, thing in pairs:
        if ref:
            groups[ref].append(thing)
    return groups
