"""The pages of criteria: every set, and the profile of what was assessed with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ccsi_kit.criteria import CriteriaSet
from ccsi_kit.criteria.pages import profile_blocks, set_page
from ccsi_kit.documents import Block, Heading, Item, Link, List, Note, Page, Paragraph, Words
from ccsi_kit.hub import addresses
from ccsi_kit.hub.kinds import KINDS, title_of
from ccsi_kit.hub.site import Site
from ccsi_kit.hub.values import Values
from ccsi_kit.models.thing import Thing


def criteria(view: Site, scope: None, lang: str) -> Page:
    """All sets, those of countries below the common ones."""
    reader = view.reader(lang)
    blocks: list[Block] = []
    for country in dict.fromkeys(one.country for one in view.criteria):
        if country != "ccsi":
            blocks.append(Heading(reader.country(country)))
        own = [one for one in view.criteria if one.country == country]
        blocks.append(List(tuple(_listed(view, one, lang) for one in own), ruled=True))
    lead = reader.words("hub.criteria.lead", n=len(view.criteria))
    sources = (Paragraph(reader.words("hub.criteria.from")),)
    return Page(lang, reader.words("hub.menu.criteria"), lead, tuple(blocks), sources=sources)


def _listed(view: Site, set_: CriteriaSet, lang: str) -> Item:
    reader = view.reader(lang)
    count = len(view.assessed.subjects(set_.id))
    detail = reader.words("hub.n-profiles", n=count) if count else ""
    return Item(Link(reader.text(set_.title), addresses.criteria_set(lang, set_.id)), detail)


def criteria_set(view: Site, scope: CriteriaSet, lang: str) -> Page:
    """One set, with how far its assessors agree and what was assessed with it."""
    links = tuple(_profile_link(view, subject, lang) for subject in view.assessed.subjects(scope.id))
    page = set_page(scope, lang, agreement=view.assessed.agreement(scope.id), profiles=links)
    return _with_trail(page, view, lang)


def profile(view: Site, scope: str, lang: str) -> Page:
    """What assessments of one thing come to, set by set; scope: its Ref."""
    reader = view.reader(lang)
    named = subject_name(view, scope, lang)
    blocks: list[Block] = [Note(reader.words("hub.profile.no-ranking"))]
    for scores in view.assessed.of(scope):
        set_ = scores.scoring.set
        link = Link(reader.text(set_.title), addresses.criteria_set(lang, set_.id))
        blocks += profile_blocks(scores, lang, set_link=link, to=lambda ref: _evidence(view, ref, lang))
    page_of = view.page_of(scope, lang)
    lead: Words = (reader.words("hub.profile.lead"), " ", Link(named, page_of)) if page_of else named
    title: Words = (reader.words("hub.profile.title"), ": ", named)
    sources = (Paragraph(reader.words("hub.profile.from")),)
    return _with_trail(Page(lang, title, lead, tuple(blocks), sources=sources), view, lang)


def _with_trail(page: Page, view: Site, lang: str) -> Page:
    return replace(page, trail=(Link(view.reader(lang).words("hub.menu.criteria"), addresses.criteria(lang)),))


def profiled(thing: Thing, values: Values) -> tuple[Block, ...]:
    """A line that leads to the profile of a thing, where it was assessed."""
    site, lang = values.site, values.lang
    scores = site.assessed.of(str(thing.id))
    if not scores:
        return ()
    titles = ", ".join(one.scoring.set.title.say(lang).text for one in scores)
    link = Link(values.reader.words("hub.profile.see"), addresses.profile(lang, str(thing.id)))
    return (Heading(values.reader.words("hub.profile.title")), Paragraph((link, f" ({titles})")))


def _profile_link(view: Site, subject: str, lang: str) -> Link:
    return Link(subject_name(view, subject, lang), addresses.profile(lang, subject))


def subject_name(view: Site, ref: str, lang: str) -> Words:
    """What an assessed thing is called: its title, else its Ref."""
    reader = view.reader(lang)
    for kind in KINDS:
        for thing in kind.things(view):
            if str(thing.id) == ref:
                return title_of(kind, thing, reader)
    return view.name_of(ref) or ref


def _evidence(view: Site, ref: str, lang: str) -> Words:
    """What shows an answer, as a link to its page on the site or elsewhere."""
    if ref.startswith(("http://", "https://")):
        return Link(ref, ref)
    page = view.page_of(ref, lang)
    return Link(subject_name(view, ref, lang), page) if page else ref


def pages(view: Site, lang: str) -> Sequence[tuple[str, Page]]:
    """Every page of criteria with its place."""
    found = [(addresses.criteria(lang), criteria(view, None, lang))]
    found += [(addresses.criteria_set(lang, one.id), criteria_set(view, one, lang)) for one in view.criteria]
    found += [(addresses.profile(lang, one), profile(view, one, lang)) for one in view.assessed.every]
    return found
