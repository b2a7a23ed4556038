"""The pages of calls and of services."""

from __future__ import annotations

from ccsi_kit.documents import Columns, Facts, Link, Page, Words, joined
from ccsi_kit.hub import addresses
from ccsi_kit.hub.kinds import CALL, SERVICE, Kind, title_of
from ccsi_kit.hub.listing import see_also
from ccsi_kit.hub.site import Site
from ccsi_kit.hub.things import facts, where_from, who_says_what
from ccsi_kit.hub.values import Values
from ccsi_kit.models import Call, Service


def call(view: Site, scope: Call, lang: str) -> Page:
    """One call: whether one can apply on the day of the site, and until when."""
    reader = view.reader(lang)
    is_open = scope.is_open(on=view.view.on)
    state = "unknown" if is_open is None else "open" if is_open else "closed"
    return _page(
        view, CALL, scope, lang, (reader.words(f"hub.open.{state}"), ". ", reader.words("hub.as-of", day=view.view.on))
    )


def service(view: Site, scope: Service, lang: str) -> Page:
    """One service: what one gets, from whom, where."""
    values = Values(view, view.reader(lang))
    said = joined([values.show(scope, "kind"), values.show(scope, "provider"), values.show(scope, "territories")])
    return _page(view, SERVICE, scope, lang, said)


def _page(site: Site, kind: Kind, thing: Call | Service, lang: str, lead: Words) -> Page:
    values = Values(site, site.reader(lang))
    return Page(
        lang=lang,
        title=title_of(kind, thing, values.reader),
        lead=lead,
        trail=(Link(values.reader.words(f"hub.menu.{kind.folder}"), addresses.listing(lang, kind.folder)),),
        blocks=(
            Columns(main=(Facts(tuple(facts(site, kind, thing, values))),), side=see_also(kind, thing, values)),
            *who_says_what(site, kind, thing, values),
        ),
        sources=where_from(site, thing, values.reader),
    )
