"""The page of an initiative."""

from __future__ import annotations

from ccsi_kit.documents import Block, Column, Columns, Facts, Heading, Link, Note, Page, Table, Words, joined
from ccsi_kit.hub import addresses
from ccsi_kit.hub.criteria import profiled
from ccsi_kit.hub.kinds import INITIATIVE, title_of
from ccsi_kit.hub.listing import see_also
from ccsi_kit.hub.site import Site, registers
from ccsi_kit.hub.things import facts, where_from, who_says_what
from ccsi_kit.hub.values import Values
from ccsi_kit.models import Funding, Initiative


def initiative(view: Site, scope: Initiative, lang: str) -> Page:
    """One initiative: what it is, the money, who says what."""
    values = Values(view, view.reader(lang))
    return Page(
        lang=lang,
        title=title_of(INITIATIVE, scope, values.reader),
        lead=_lead(scope, values),
        trail=_trail(scope, values),
        blocks=(
            Columns(
                main=(Facts(tuple(facts(view, INITIATIVE, scope, values))),), side=see_also(INITIATIVE, scope, values)
            ),
            *profiled(scope, values),
            *_money(scope, values),
            *who_says_what(view, INITIATIVE, scope, values),
        ),
        sources=where_from(view, scope, values.reader),
    )


def _lead(thing: Initiative, values: Values) -> Words:
    reader = values.reader
    state = values.show(thing, "state") if thing.state != "unknown" else ""
    what = joined([values.show(thing, "programme"), values.show(thing, "period"), reader.inside(state)])
    told = reader.words("hub.n-registers-tell-initiative", n=len(registers(thing)))
    return joined([(what, ".") if what else "", told], " ")


def _trail(thing: Initiative, values: Values) -> tuple[Words, ...]:
    reader, lang = values.reader, values.lang
    trail: list[Words] = [Link(reader.words("hub.menu.initiatives"), addresses.listing(lang, "initiatives"))]
    if thing.country:
        trail.append(
            Link(reader.country(thing.country), addresses.listing(lang, "initiatives", "country", thing.country))
        )
    return tuple(trail)


def _money(thing: Initiative, values: Values) -> tuple[Block, ...]:
    """What was granted, line by line; columns that no line fills are left out."""
    reader = values.reader
    fundings = values.site.fundings_of.get(str(thing.id), ())
    if not fundings:
        return ()
    title = reader.words("hub.initiative.money")
    columns = (
        Column(reader.words("hub.field.instrument")),
        Column(reader.words("hub.field.recipient")),
        Column(reader.words("hub.field.amount"), "money"),
        Column(reader.words("hub.field.eu_amount"), "money"),
        Column(reader.words("hub.field.eu_rate"), "number"),
        Column(reader.words("hub.field.decided"), "date"),
        Column(reader.words("hub.source.source")),
    )
    rows = [_row(funding, values) for funding in fundings]
    filled = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    table = Table(title, tuple(columns[at] for at in filled), tuple(tuple(row[at] for at in filled) for row in rows))
    return (Heading(title), table, Note(reader.words("hub.initiative.money-note")))


def _row(funding: Funding, values: Values) -> tuple[Words, ...]:
    reader = values.reader
    return (
        values.show(funding, "instrument") or reader.words("hub.instrument-unknown"),
        values.show(funding, "recipient"),
        values.show(funding, "amount"),
        values.show(funding, "eu_amount"),
        reader.percent(funding.eu_rate) if funding.eu_rate is not None else "",
        values.show(funding, "decided"),
        joined(_source(source, values) for source in registers(funding)),
    )


def _source(name: str, values: Values) -> Words:
    report = values.site.sources.get(name)
    title = values.reader.text(report.title) if report else name
    return Link(title, addresses.source(values.lang, name)) if report else title
