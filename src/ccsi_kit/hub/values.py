"""How the value of each field is shown: one function per field of the shared models."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ccsi_kit.documents import Link, Words, joined, plain
from ccsi_kit.hub import addresses
from ccsi_kit.hub.reader import Reader
from ccsi_kit.hub.site import Site
from ccsi_kit.models import Activity, Address, Identifier, Initiative, LegalForm, Participant, Period, Status, encode
from ccsi_kit.models.thing import Thing


class Values:
    """Shows values of things in one language."""

    def __init__(self, site: Site, reader: Reader) -> None:
        self.site = site
        self.reader = reader
        self.lang = reader.lang

    def show(self, thing: Thing, field: str) -> Words:
        """The value of a field; empty where there is none."""
        value = getattr(thing, field)
        return "" if value is None or value == () else _SHOWN[field](self, value, thing)

    def parts(self, thing: Thing, field: str) -> set[str]:
        """What a field says, item by item, as it is shown."""
        value = getattr(thing, field)
        items = [(item,) for item in value] if isinstance(value, tuple) else [value]
        return {plain(_SHOWN[field](self, item, thing)) for item in items if item is not None} - {""}

    def _text(self, value: Any, thing: Thing) -> Words:
        return value if isinstance(value, str) else self.reader.text(value)

    def _names(self, value: tuple[str, ...], thing: Thing) -> Words:
        return joined(value)

    def _state(self, value: str, thing: Thing) -> Words:
        return self.reader.words(f"hub.{'progress' if isinstance(thing, Initiative) else 'state'}.{value}")

    def _day(self, value: Any, thing: Thing) -> Words:
        return self.reader.day(value)

    def _money(self, value: Any, thing: Thing) -> Words:
        return self.reader.money(value)

    def _identifiers(self, value: tuple[Identifier, ...], thing: Thing) -> Words:
        return joined(f"{one.number} ({self.reader.scheme(one.scheme)})" for one in value)

    def _legal_form(self, value: LegalForm, thing: Thing) -> Words:
        national = f"{thing.country}:legal-form/{encode(value.national)}"
        if thing.country and self.site.view.concept(national):
            return (self.reader.label(national), f" ({value.national})")
        if value.common:
            return (self.reader.label(value.common), f" ({value.national})")
        return value.national

    def _statuses(self, value: tuple[Status, ...], thing: Thing) -> Words:
        return joined((self._status(one) for one in value), "; ")

    def _status(self, status: Status) -> Words:
        since = self.reader.words("hub.since", day=status.since) if status.since else ""
        until = self.reader.words("hub.until", day=status.until) if status.until else ""
        return joined([self.reader.label(status.kind), since, until], " ")

    def _address(self, value: Address, thing: Thing) -> Words:
        said: list[str] = []
        for part in (value.text, value.postcode, value.place):
            if part and not any(part in other for other in said):
                said.append(part)
        return ", ".join(said)

    def _territory(self, value: str, thing: Thing) -> Words:
        found = self.site.view.territory(value)
        return f"{found.name}, {value} (NUTS {found.year})" if found else value

    def _territories(self, value: tuple[str, ...], thing: Thing) -> Words:
        return joined((self.reader.territory(code) for code in value), ", ")

    def _activities(self, value: tuple[Activity, ...], thing: Thing) -> Words:
        return joined((self.reader.text(one.label) or str(one.code) for one in value), ", ")

    def _themes(self, value: tuple[str, ...], thing: Thing) -> Words:
        folder = f"{type(thing).__name__.lower()}s"
        return joined(Link(self.reader.label(ref), addresses.listing(self.lang, folder, "theme", ref)) for ref in value)

    def _concepts(self, value: tuple[str, ...], thing: Thing) -> Words:
        return joined(self.reader.label(ref) if ":" in ref else ref for ref in value)

    def _concept(self, value: str, thing: Thing) -> Words:
        return self.reader.label(value)

    def _website(self, value: str, thing: Thing) -> Words:
        return Link(value, value)

    def organisation(self, value: str, thing: Thing | None = None) -> Words:
        """An organisation by name, a link where it has a page; nothing where nobody knows whose entry it is."""
        if "#" in self.site.whole_of(value):
            return self.site.name_of(value) or ""
        name = self.site.name_of(value) or self.reader.words("hub.unnamed-organisation")
        page = self.site.page_of(value, self.lang)
        return Link(name, page) if page else name

    def _participants(self, value: tuple[Participant, ...], thing: Thing) -> Words:
        named = ((self.organisation(one.organisation), self.role(one)) for one in value)
        return joined(((name, " (", role, ")") for name, role in named if name), "; ")

    def role(self, participant: Participant) -> Words:
        """As what somebody takes part, as it stands inside a sentence."""
        return self.reader.inside(self.reader.label(participant.role))

    def _period(self, value: Period, thing: Thing) -> Words:
        return joined((self.reader.day(day) or "…" for day in (value.start, value.end)), " – ")

    def _truth(self, value: bool, thing: Thing) -> Words:
        return self.reader.words("hub.yes" if value else "hub.no")

    def _audience(self, value: str, thing: Thing) -> Words:
        return self.reader.words(f"hub.audience.{value}")


def _fields(
    show: Callable[[Values, Any, Thing], Words], names: str
) -> Iterable[tuple[str, Callable[[Values, Any, Thing], Words]]]:
    return ((name, show) for name in names.split())


_SHOWN: dict[str, Callable[[Values, Any, Thing], Words]] = dict(
    [
        *_fields(Values._text, "name title summary purpose description programme"),
        *_fields(Values._names, "other_names"),
        *_fields(Values._state, "state"),
        *_fields(Values._day, "founded ended opens closes decided"),
        *_fields(Values._money, "budget amount eu_amount grant_equivalent"),
        *_fields(Values._concepts, "audiences modes"),
        *_fields(Values._activities, "activities sectors"),
        *_fields(Values._concept, "kind cost instrument"),
        *_fields(Values.organisation, "lead provider funder recipient"),
        *_fields(Values._truth, "always_open"),
        *(
            (name, getattr(Values, f"_{name}"))
            for name in ("identifiers", "legal_form", "statuses", "address", "territory", "territories")
        ),
        *((name, getattr(Values, f"_{name}")) for name in ("themes", "website", "participants", "period", "audience")),
    ]
)
