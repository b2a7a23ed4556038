"""Lists that can be narrowed without a script: one chain of pages for all, and one for each value of each facet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ccsi_kit.documents import (
    Block,
    Choice,
    Choices,
    Columns,
    Heading,
    Item,
    Link,
    Links,
    List,
    Page,
    Paragraph,
    Words,
    joined,
    plain,
)
from ccsi_kit.hub import addresses
from ccsi_kit.hub.kinds import KINDS, NO_LETTER, Facet, Kind, title_of
from ccsi_kit.hub.reader import Reader
from ccsi_kit.hub.site import Site
from ccsi_kit.hub.things import report_error
from ccsi_kit.hub.values import Values
from ccsi_kit.i18n import fold

SIZE = 50
"""Things on one page of a list."""


@dataclass(frozen=True)
class Chain:
    """A list, or the part of it with one value of one facet; `number` is the page."""

    kind: Kind
    facet: str = ""
    value: str = ""
    number: int = 1


def groups(site: Site, kind: Kind) -> Mapping[tuple[str, str], Sequence[Any]]:
    """The things of every chain by facet and value: all under two empty texts, without a value under one."""
    if kind.name not in site.groups:
        site.groups[kind.name] = _grouped(site, kind)
    return site.groups[kind.name]


def _grouped(site: Site, kind: Kind) -> Mapping[tuple[str, str], Sequence[Any]]:
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for thing in kind.things(site):
        found["", ""].append(thing)
        for facet in kind.facets:
            for value in dict.fromkeys(facet.values(thing, site)) or [""]:
                found[facet.name, value].append(thing)
    return dict(found)


def chains(site: Site) -> Iterator[Chain]:
    """Every page of every list that has something."""
    for kind in KINDS:
        for (facet, value), things in groups(site, kind).items():
            for number in range(1, -(-len(things) // SIZE) + 1):
                yield Chain(kind, facet, value, number)


def listing(view: Site, scope: Chain, lang: str) -> Page:
    """One page of a chain: ways to narrow it beside, fifty things in their order."""
    reader = view.reader(lang)
    kind = scope.kind
    things = groups(view, kind)[scope.facet, scope.value]
    shown = things[(scope.number - 1) * SIZE : scope.number * SIZE]
    name = reader.words(f"hub.menu.{kind.folder}")
    return Page(
        lang=lang,
        title=joined(
            [name, _chosen(scope, reader), _where(scope, len(things), reader) if scope.number > 1 else ""], ": "
        ),
        lead=_lead(view, scope, len(things), reader),
        trail=(Link(name, addresses.listing(lang, kind.folder)), _chosen(scope, reader)) if scope.facet else (),
        blocks=(
            Columns(
                side_first=True,
                side=tuple(_choices(view, scope, reader)),
                main=(
                    _downloads(scope, reader),
                    List(tuple(items(view, kind, shown, lang)), ruled=True),
                    *_pager(scope, len(things), reader),
                ),
            ),
        ),
        sources=(*_sources(view, reader), *report_error(view, reader)),
    )


def items(site: Site, kind: Kind, things: Sequence[Any], lang: str) -> Iterator[Item]:
    """The lines of a list: the title as a link, the detail below."""
    values = Values(site, site.reader(lang))
    for thing in things:
        title = title_of(kind, thing, values.reader)
        yield Item(Link(title, addresses.thing(lang, kind.name, str(thing.id))), kind.detail(thing, values))


def see_also(kind: Kind, thing: Any, values: Values) -> tuple[Block, ...]:
    """Other things that share a property with this one, as links to lists."""
    found = groups(values.site, kind)
    shared = [
        (facet, value, len(found[facet.name, value]))
        for facet in kind.facets
        if facet.name not in ("letter", "country")
        for value in facet.values(thing, values.site)
        if len(found[facet.name, value]) > 1
    ]
    lines = tuple(
        Item(
            Link(facet.label(values.reader, value), addresses.listing(values.lang, kind.folder, facet.name, value)),
            values.reader.words(f"hub.n-{kind.folder}", n=count),
        )
        for facet, value, count in shared
    )
    return (Heading(values.reader.words("hub.see-also")), List(lines)) if lines else ()


def label_of(kind: Kind, facet: str, value: str, reader: Reader) -> Words:
    """What a value of a facet is called."""
    if not value:
        return reader.words("hub.not-given")
    return next(one for one in kind.facets if one.name == facet).label(reader, value)


def _chosen(scope: Chain, reader: Reader) -> Words:
    if not scope.facet:
        return ""
    label = label_of(scope.kind, scope.facet, scope.value, reader)
    return label if scope.value else (reader.words(f"hub.facet.{scope.facet}"), ": ", reader.inside(label))


def _lead(site: Site, scope: Chain, count: int, reader: Reader) -> Words:
    folder = scope.kind.folder
    said = reader.words(f"hub.n-{folder}", n=count)
    total = len(groups(site, scope.kind)["", ""])
    of_all = reader.words("hub.of-all", said=said, total=total) if scope.facet else f"{said}."
    country = scope.value if scope.facet == "country" else None
    return joined([of_all, cut(site, scope.kind, country, reader), reader.words("hub.as-of", day=site.view.on)], " ")


def cut(site: Site, kind: Kind, country: str | None, reader: Reader) -> str:
    """How many things of a kind have a page, of how many, where that is not all; of a country or of all."""
    found = groups(site, kind)
    shown = len(found.get(("country", country) if country else ("", ""), ()))
    total = site.known(kind.name, country)
    return reader.words(f"hub.cut.{kind.folder}", shown=shown, total=total) if shown < total else ""


def _choices(site: Site, scope: Chain, reader: Reader) -> Iterator[Block]:
    """The facets of a list; what is chosen stands first where the values are many."""
    for facet in scope.kind.facets:
        choices = _all_choices(site, scope.kind, facet, reader)
        if not any(choice.value for choice in choices):
            continue
        if facet.name == scope.facet:
            back = addresses.listing(reader.lang, scope.kind.folder)
            choices = tuple(replace(one, to=back, chosen=True) if one.value == scope.value else one for one in choices)
        ahead = 40 if facet.name == "letter" else 8
        if len(choices) > ahead:
            choices = tuple(sorted(choices, key=lambda choice: not choice.chosen))
        yield Choices(facet.name, reader.words(f"hub.facet.{facet.name}"), choices, ahead)


def _all_choices(site: Site, kind: Kind, facet: Facet, reader: Reader) -> tuple[Choice, ...]:
    """Every value of a facet, none of them chosen; made once for all pages of a list."""
    key = (kind.name, facet.name)
    if key not in reader.choices:
        found = groups(site, kind)
        values = _ordered(site, facet, [value for name, value in found if name == facet.name], reader)
        reader.choices[key] = tuple(
            _choice(kind, facet, value, len(found[facet.name, value]), reader) for value in values
        )
    return reader.choices[key]


def _ordered(site: Site, facet: Facet, values: Sequence[str], reader: Reader) -> list[str]:
    """Values by their label, countries as the view has them; what is not given comes last."""
    places = {code: place for place, code in enumerate(site.countries)}

    def rank(value: str) -> tuple[bool, int, str, str]:
        return (
            value in ("", NO_LETTER),
            places.get(value, 0),
            fold(plain(facet.label(reader, value))) if value else "",
            value,
        )

    return sorted(values, key=rank)


def _choice(kind: Kind, facet: Facet, value: str, count: int, reader: Reader) -> Choice:
    to = addresses.listing(reader.lang, kind.folder, facet.name, value)
    return Choice(label_of(kind, facet.name, value, reader), reader.number(count), to, value=value)


def _downloads(scope: Chain, reader: Reader) -> Links:
    facet = "" if scope.facet == "letter" else scope.facet
    names = (("CSV", "csv"), *(() if facet else (("Excel", "xlsx"),)), ("JSON", "json"))
    links = (
        Link(name, addresses.download(reader.lang, scope.kind.folder, form, facet, scope.value if facet else ""))
        for name, form in names
    )
    return Links(tuple(links), reader.words("hub.download-all" if scope.facet == "letter" else "hub.download"))


def _pager(scope: Chain, total: int, reader: Reader) -> tuple[Block, ...]:
    """Back and forth, and where one is; nothing where one page holds all."""
    if total <= SIZE:
        return ()
    steps = (("hub.previous", scope.number - 1), ("hub.next", scope.number + 1))
    links = tuple(
        Link(reader.words(code), addresses.listing(reader.lang, scope.kind.folder, scope.facet, scope.value, number))
        for code, number in steps
        if 1 <= number <= -(-total // SIZE)
    )
    return (Links(links, _where(scope, total, reader)),)


def _where(scope: Chain, total: int, reader: Reader) -> str:
    first = (scope.number - 1) * SIZE + 1
    return reader.words("hub.page-of", first=first, last=min(total, scope.number * SIZE), total=total)


def _sources(site: Site, reader: Reader) -> tuple[Block, ...]:
    """All sources in a sentence, and where they are listed."""
    count = reader.words("hub.n-sources-listed", n=len(site.sources))
    return (Paragraph((count, " ", Link(reader.words("hub.all-sources"), addresses.sources(reader.lang)))),)
