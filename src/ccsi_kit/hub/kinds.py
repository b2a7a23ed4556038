"""The four kinds of things that the site shows: what a page of each says, and by what its list can be narrowed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ccsi_kit.documents import Words, joined
from ccsi_kit.hub.reader import Reader
from ccsi_kit.hub.site import Site, registers
from ccsi_kit.hub.values import Values
from ccsi_kit.i18n import fold
from ccsi_kit.models import Call, Initiative, Organisation, Period, Service

KindName = Literal["organisation", "initiative", "call", "service"]


@dataclass(frozen=True)
class Facet:
    """A property that narrows a list: the values that a thing has, and what each is called."""

    name: str
    values: Callable[[Any, Site], Sequence[str]]
    label: Callable[[Reader, str], Words]


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its list, its facts in their order, and the rows of "who says what"."""

    name: KindName
    things: Callable[[Site], Sequence[Any]]
    title: str
    facts: tuple[str, ...]
    said: tuple[str, ...]
    facets: tuple[Facet, ...]
    detail: Callable[[Any, Values], Words]

    @property
    def folder(self) -> str:
        """The folder of its list, which names the list too."""
        return f"{self.name}s"


NO_LETTER = "-"
"""Where names stand that begin with neither a letter from A to Z nor a digit."""


def letter(text: str) -> str:
    """The letter of the alphabet under which a name stands; `0` for digits, `-` for all others.

    >>> letter("Ābele"), letter("7 soļi"), letter("Ёлка")
    ('a', '0', '-')
    """
    first = fold(text)[:1]
    return first if "a" <= first <= "z" else "0" if first.isdigit() else NO_LETTER


def title_of(kind: Kind, thing: Any, reader: Reader) -> Words:
    """The name or title of a thing."""
    said = getattr(thing, kind.title)
    if said:
        return said if isinstance(said, str) else reader.text(said)
    return joined([reader.words("hub.no-name"), *(f"({one.number})" for one in thing.identifiers[:1])], " ")


def _letter_label(reader: Reader, value: str) -> str:
    return {"0": "0–9", NO_LETTER: "…"}.get(value, value.upper())


def _letters(kind_title: str) -> Facet:
    return Facet("letter", lambda thing, site: [letter(str(getattr(thing, kind_title) or ""))], _letter_label)


_COUNTRY = Facet(
    "country", lambda thing, site: [thing.country] if thing.country else [], lambda reader, value: reader.country(value)
)
_THEME = Facet("theme", lambda thing, site: thing.themes, lambda reader, value: reader.label(value))


def _form(thing: Organisation) -> Sequence[str]:
    return [thing.legal_form.common] if thing.legal_form and thing.legal_form.common else []


def _territories(thing: Any, site: Site) -> Sequence[str]:
    return thing.territories if hasattr(thing, "territories") else [thing.territory] if thing.territory else []


_TERRITORY = Facet("territory", _territories, lambda reader, value: reader.territory(value))


def _open(thing: Call, site: Site) -> Sequence[str]:
    answer = thing.is_open(on=site.view.on)
    return [] if answer is None else ["open" if answer else "closed"]


def _labelled(name: str, values: Callable[[Any], Sequence[str]]) -> Facet:
    return Facet(name, lambda thing, site: values(thing), lambda reader, value: reader.label(value))


def _worded(name: str, values: Callable[[Any, Site], Sequence[str]], code: str) -> Facet:
    return Facet(name, values, lambda reader, value: reader.words(code.format(value)))


def _state(thing: Any, site: Site) -> Sequence[str]:
    return [thing.state] if thing.state else []


def _organisation_line(thing: Organisation, values: Values) -> Words:
    reader, site = values.reader, values.site
    form = reader.label(thing.legal_form.common) if thing.legal_form and thing.legal_form.common else ""
    region = reader.territory(thing.territory) if thing.territory else ""
    place = (
        (thing.address and thing.address.place) or region or (reader.country(thing.country) if thing.country else "")
    )
    initiatives = len(site.initiatives_of.get(str(thing.id), ()))
    counts = [reader.words("hub.n-initiatives", n=initiatives)] if initiatives else []
    return joined([form, place, ", ".join([*counts, reader.words("hub.n-registers", n=len(registers(thing)))])], " · ")


def _initiative_line(thing: Initiative, values: Values) -> Words:
    lead = values.organisation(thing.lead) if thing.lead else ""
    themes = joined(values.reader.label(ref) for ref in thing.themes[:2])
    return joined([values.show(thing, "programme"), themes, _years(thing.period), lead], " · ")


def _years(period: Period | None) -> str:
    """A period in a few letters."""
    if period is None:
        return ""
    first, last = (str(day.year) if day else "…" for day in (period.start, period.end))
    return first if first == last else f"{first}–{last}"


def _call_line(thing: Call, values: Values) -> Words:
    state = "".join(values.reader.words(f"hub.open.{answer}") for answer in _open(thing, values.site))
    until = values.reader.words("hub.until", day=thing.closes) if thing.closes else ""
    return joined([state, until, values.show(thing, "budget")], " · ")


def _service_line(thing: Service, values: Values) -> Words:
    provider = values.organisation(thing.provider) if thing.provider else ""
    return joined([values.show(thing, "kind"), provider, values.show(thing, "territories")], " · ")


ORGANISATION = Kind(
    name="organisation",
    things=lambda site: site.organisations,
    title="name",
    facts=(
        *("other_names", "legal_form", "statuses", "state", "founded", "ended", "address", "territory"),
        *("activities", "themes", "purpose", "website"),
    ),
    said=(
        *(
            "name",
            "identifiers",
            "other_names",
            "legal_form",
            "statuses",
            "state",
            "founded",
            "ended",
            "address",
            "territory",
        ),
        *("activities", "themes", "website"),
    ),
    facets=(
        _COUNTRY,
        _labelled("form", _form),
        _labelled("status", lambda thing: list(dict.fromkeys(status.kind for status in thing.statuses))),
        _THEME,
        _TERRITORY,
        _letters("name"),
    ),
    detail=_organisation_line,
)
INITIATIVE = Kind(
    name="initiative",
    things=lambda site: site.initiatives,
    title="title",
    facts=("summary", "state", "period", "programme", "lead", "participants", "themes", "territories"),
    said=("title", "identifiers", "state", "period", "programme", "lead", "participants", "themes", "territories"),
    facets=(
        _COUNTRY,
        _THEME,
        Facet(
            "programme", lambda thing, site: [thing.programme] if thing.programme else [], lambda reader, value: value
        ),
        _worded("state", _state, "hub.progress.{}"),
        _TERRITORY,
        _letters("title"),
    ),
    detail=_initiative_line,
)
CALL = Kind(
    name="call",
    things=lambda site: site.calls,
    title="title",
    facts=("funder", "budget", "opens", "closes", "always_open", "audiences", "sectors", "territory"),
    said=(
        "title",
        "identifiers",
        "funder",
        "budget",
        "opens",
        "closes",
        "always_open",
        "audiences",
        "sectors",
        "territory",
    ),
    facets=(_COUNTRY, _worded("open", _open, "hub.open.{}"), _TERRITORY),
    detail=_call_line,
)
SERVICE = Kind(
    name="service",
    things=lambda site: site.services,
    title="name",
    facts=(
        "description",
        "provider",
        "kind",
        "audience",
        "audiences",
        "themes",
        "territories",
        "modes",
        "cost",
        "website",
    ),
    said=("name", "provider", "kind", "audience", "audiences", "themes", "territories", "modes", "cost", "website"),
    facets=(
        _COUNTRY,
        _THEME,
        _labelled("kind", lambda thing: [thing.kind] if thing.kind else []),
        _labelled("audience", lambda thing: thing.audiences),
        _labelled("cost", lambda thing: [thing.cost] if thing.cost else []),
        _TERRITORY,
        _letters("name"),
    ),
    detail=_service_line,
)
KINDS = (ORGANISATION, INITIATIVE, CALL, SERVICE)
