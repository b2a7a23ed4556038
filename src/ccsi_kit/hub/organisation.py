"""The page of an organisation."""

from __future__ import annotations

from collections.abc import Sequence

from ccsi_kit.documents import (
    Block,
    Column,
    Columns,
    Facts,
    Link,
    Note,
    Page,
    Span,
    Table,
    Timeline,
    Words,
    joined,
    plain,
)
from ccsi_kit.hub import addresses
from ccsi_kit.hub.criteria import profiled
from ccsi_kit.hub.kinds import ORGANISATION, title_of
from ccsi_kit.hub.listing import see_also
from ccsi_kit.hub.rules import law
from ccsi_kit.hub.site import Site, registers
from ccsi_kit.hub.things import facts, where_from, who_says_what
from ccsi_kit.hub.values import Values
from ccsi_kit.i18n import labelled
from ccsi_kit.models import Funding, Initiative, Organisation

DRAWN = 12
"""Initiatives in the chart; the table below it has all."""


def organisation(view: Site, scope: Organisation, lang: str) -> Page:
    """One organisation: the merged view, its initiatives in time, then who says what."""
    values = Values(view, view.reader(lang))
    return Page(
        lang=lang,
        title=title_of(ORGANISATION, scope, values.reader),
        lead=_lead(scope, values),
        trail=_trail(scope, values),
        blocks=(
            Columns(
                main=(Facts(tuple(facts(view, ORGANISATION, scope, values))), *_initiatives(scope, values)),
                side=see_also(ORGANISATION, scope, values),
            ),
            *profiled(scope, values),
            *law(scope, values),
            *who_says_what(view, ORGANISATION, scope, values),
        ),
        sources=where_from(view, scope, values.reader),
    )


def _lead(thing: Organisation, values: Values) -> Words:
    """What it is and where, whether it exists, and how many registers know it."""
    reader = values.reader
    form = reader.label(thing.legal_form.common) if thing.legal_form and thing.legal_form.common else ""
    place = (thing.address and thing.address.place) or (reader.territory(thing.territory) if thing.territory else "")
    what = joined([form, place])
    state = reader.words(f"hub.state.{thing.state}") if thing.state in ("active", "ended") else ""
    founded = reader.words("hub.founded-in", year=str(thing.founded.year)) if thing.founded else ""
    told = reader.words("hub.n-registers-tell", n=len(registers(thing)))
    return joined(
        [(part, ".") for part in (what, joined([founded, reader.inside(state) if founded else state])) if part]
        + [told],
        " ",
    )


def _trail(thing: Organisation, values: Values) -> tuple[Words, ...]:
    reader, lang = values.reader, values.lang
    trail: list[Words] = [Link(reader.words("hub.menu.organisations"), addresses.listing(lang, "organisations"))]
    if thing.country:
        trail.append(
            Link(reader.country(thing.country), addresses.listing(lang, "organisations", "country", thing.country))
        )
    if thing.territory:
        trail.append(
            Link(
                reader.territory(thing.territory),
                addresses.listing(lang, "organisations", "territory", thing.territory),
            )
        )
    return tuple(trail)


def _initiatives(thing: Organisation, values: Values) -> tuple[Block, ...]:
    """Its initiatives as a time line; the amounts are those of the whole initiative, whoever got how much."""
    reader, site = values.reader, values.site
    initiatives = sorted(site.initiatives_of.get(str(thing.id), ()), key=_start)
    if not initiatives:
        return (Note(reader.words("hub.organisation.no-initiatives")),)
    title = reader.words("hub.organisation.initiatives", n=len(initiatives))
    names = ("title", "period", "role", "programme")
    columns = (
        *(Column(reader.words(f"hub.field.{name}")) for name in names),
        Column(reader.words("hub.field.amount"), "money"),
    )
    table = Table(title, columns, tuple(_row(one, thing, values) for one in initiatives))
    drawn = initiatives[-DRAWN:]
    spans = tuple(_span(one, values) for one in drawn)
    said = [
        plain(joined([values.show(one, "period"), span.note, span.shown]))
        for one, span in zip(drawn, spans, strict=True)
    ]
    description = ". ".join(
        labelled(plain(span.label), what, values.lang) for span, what in zip(spans, said, strict=True)
    )
    rest = reader.words("hub.organisation.drawn", drawn=DRAWN) if len(initiatives) > DRAWN else ""
    return (Timeline(title, spans, joined([reader.words("hub.organisation.timeline"), rest], " "), table, description),)


def _start(initiative: Initiative) -> tuple[bool, str, str]:
    start = initiative.period.start if initiative.period else None
    return (start is not None, str(start), str(initiative.id))


def _span(initiative: Initiative, values: Values) -> Span:
    money = values.site.fundings_of.get(str(initiative.id), ())
    period = initiative.period
    undated = period is None or (period.start is None and period.end is None)
    return Span(
        label=values.show(initiative, "title") or values.reader.words("hub.no-name"),
        start=period.start if period else None,
        end=period.end if period else None,
        shown=plain(_amount(money[:2], values)) + (" + …" if len(money) > 2 else ""),
        second=not any(funding.eu_amount for funding in money),
        note=values.reader.words("hub.no-date") if undated else "",
    )


def _amount(fundings: Sequence[Funding], values: Values) -> Words:
    """What was granted, funding by funding: sums would mix instruments."""
    return joined((values.show(funding, "amount") for funding in fundings), " + ")


def _row(initiative: Initiative, thing: Organisation, values: Values) -> tuple[Words, ...]:
    roles = [values.role(part) for part in initiative.participants if part.organisation == thing.id]
    if initiative.lead == thing.id:
        roles.insert(0, values.reader.inside(values.reader.words("hub.field.lead")))
    title = values.show(initiative, "title") or values.reader.words("hub.no-name")
    page = values.site.page_of(str(initiative.id), values.lang)
    return (
        Link(title, page) if page else title,
        values.show(initiative, "period"),
        joined(dict.fromkeys(roles)),
        values.show(initiative, "programme"),
        _amount(values.site.fundings_of.get(str(initiative.id), ()), values),
    )
