"""The pages of institutional rules, and what they answer about an organisation."""

from __future__ import annotations

from dataclasses import replace

from ccsi_kit.documents import Block, Heading, Item, Link, List, Note, Page, Words
from ccsi_kit.hub import addresses
from ccsi_kit.hub.site import Site
from ccsi_kit.hub.values import Values
from ccsi_kit.i18n import sentence
from ccsi_kit.models import Message, Organisation
from ccsi_kit.rules import Rule
from ccsi_kit.rules.outcomes import question
from ccsi_kit.rules.pages import acts_read, outcome_blocks, rule_page


def rules(view: Site, scope: None, lang: str) -> Page:
    """All rules, country by country."""
    reader = view.reader(lang)
    blocks: list[Block] = []
    for country in dict.fromkeys(rule.country for rule in view.rules):
        own = [rule for rule in view.rules if rule.country == country]
        items = tuple(Item(Link(question(one, lang), addresses.rule(lang, one.id)), _detail(one)) for one in own)
        blocks += [Heading(reader.country(country)), List(items, ruled=True)]
    blocks.append(Note(reader.words("rule.no-advice")))
    lead = reader.words("hub.rules.lead", n=len(view.rules))
    return Page(lang, reader.words("hub.menu.rules"), lead, tuple(blocks), sources=(acts_read(view.rules, lang),))


def rule(view: Site, scope: Rule, lang: str) -> Page:
    """One rule."""
    trail = (Link(view.reader(lang).words("hub.menu.rules"), addresses.rules(lang)),)
    page = rule_page(scope, lang)
    return replace(page, trail=trail)


def law(thing: Organisation, values: Values) -> tuple[Block, ...]:
    """What rules answer about an organisation; nothing where none does."""
    outcomes = values.site.view.outcomes(str(thing.id))
    if not outcomes:
        return ()
    lang, words = values.lang, values.reader.words

    def by(message: Message) -> Words:
        source = values.site.sources.get(str(message.arguments.get("source")))
        if source is None:
            return sentence(message, lang)
        return Link(values.reader.text(source.title), addresses.source(lang, source.id))

    blocks: list[Block] = [Heading(words("hub.law"))]
    for outcome in outcomes:
        blocks += outcome_blocks(outcome, lang, to=addresses.rule(lang, outcome.rule.id), by=by)
    blocks.append(Note(words("rule.no-advice")))
    return tuple(blocks)


def _detail(one: Rule) -> str:
    return " · ".join(part for part in (one.code, one.term) if part)
