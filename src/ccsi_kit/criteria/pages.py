"""Pages about criteria: a set for its readers, and the profile of what was assessed; no ranking of anything."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from ccsi_kit.criteria.agreeing import Agreement
from ccsi_kit.criteria.answering import choices
from ccsi_kit.criteria.explaining import Given, Step, answered, explained, shown_value
from ccsi_kit.criteria.profiles import AGREEMENT, agreement_row, assessed_on, outcome
from ccsi_kit.criteria.records import Answer
from ccsi_kit.criteria.scoring import Scores, spread_said
from ccsi_kit.criteria.sets import TOTAL, CriteriaSet, Criterion, Node
from ccsi_kit.criteria.soundness import bounds
from ccsi_kit.documents import (
    Block,
    Column,
    Dot,
    Dots,
    Fact,
    Facts,
    Foreign,
    Heading,
    Item,
    Link,
    List,
    Note,
    Page,
    Paragraph,
    Table,
    Words,
    joined,
)
from ccsi_kit.forms import said
from ccsi_kit.i18n import day, labelled, number, percent, sentence, words
from ccsi_kit.models import Text
from ccsi_kit.statistics import quantile

To = Callable[[str], Words]
"""A Ref as a link, or as it is where nothing is known of it."""
_MANY: Final = 3
"""Assessors from which the middle half is shown and not the range."""


def set_page(
    set_: CriteriaSet, lang: str, *, agreement: Agreement | None = None, profiles: Sequence[Link] = ()
) -> Page:
    """A set: what it is for, what it asks on which scales, what it follows, how far assessors agree, its profiles."""
    blocks: list[Block] = [Paragraph(text(set_.about, lang))]
    if set_.title.say(lang).machine:
        blocks.append(Note(words("criteria.machine", lang)))
    blocks += [_about(set_, lang), Heading(words("criteria.asked", lang)), *_asked(set_, set_.parts, lang, 0)]
    if profiles:
        blocks += [Heading(words("criteria.profiles", lang)), List(tuple(Item(link) for link in profiles), ruled=True)]
    if agreement and agreement.compared:
        blocks += [Heading(words("criteria.agreement", lang)), *_agreement(set_, agreement, lang)]
    lead = words("criteria.set-lead", lang, n=len(set_.items))
    return Page(lang, text(set_.title, lang), lead, tuple(blocks), sources=(_references(set_, lang),))


def _about(set_: CriteriaSet, lang: str) -> Facts:
    version = words("criteria.version", lang, version=set_.version, date=day(set_.date, lang))
    facts = [
        Fact(words("criteria.id", lang), f"{set_.id}@{set_.version}"),
        Fact(words("criteria.how", lang), words(f"criteria.method.{set_.aggregate}", lang)),
        Fact(words("criteria.licence", lang), text(set_.licence, lang)),
        Fact(words("criteria.state", lang), version),
    ]
    if set_.paired:
        facts.append(Fact(words("criteria.contexts", lang), words("criteria.paired", lang)))
    return Facts(tuple(facts))


def _references(set_: CriteriaSet, lang: str) -> List:
    items = (Item(Link(one.text, one.url) if one.url else one.text) for one in set_.references)
    return List(tuple(items) or (Item(words("criteria.own", lang)),))


def _asked(set_: CriteriaSet, parts: Sequence[Node], lang: str, depth: int) -> Iterator[Block]:
    """The criteria in their dimensions, each with its scale."""
    criteria = [part for part in parts if isinstance(part, Criterion)]
    if criteria:
        yield List(tuple(Item(_named(one, lang), _scale(set_, one, lang)) for one in criteria), ruled=True)
    for part in parts:
        if not isinstance(part, Criterion):
            yield Heading(_named(part, lang), level=3)
            if part.about:
                yield Paragraph(text(part.about, lang))
            yield from _asked(set_, part.parts, lang, depth + 1)


def _named(node: Node, lang: str) -> Words:
    weight = f" ({words('criteria.weight', lang, weight=node.weight)})" if node.weight != 1 else ""
    return (text(node.label, lang), weight)


def _scale(set_: CriteriaSet, item: Criterion, lang: str) -> Words:
    scale = set_.scale(item.id)
    offered = [said(choice.label, lang) for choice in choices(scale)]
    if scale.kind == "number":
        offered = ["–".join(number(end, lang) for end in scale.bounds)]
    gate = words("criteria.gate", lang) if item.gate else ""
    return joined([text(item.about, lang) if item.about else "", " · ".join(offered), gate], " — ")


def _agreement(set_: CriteriaSet, agreement: Agreement, lang: str) -> Iterator[Block]:
    columns = tuple(
        Column(words(f"criteria.agreement.{head}", lang), "text" if head in ("criterion", "measure") else "number")
        for head in ("criterion", *AGREEMENT)
    )
    rows = tuple(agreement_row(set_, agreement, item, lang) for item in agreement.compared)
    yield Paragraph(words("criteria.agreement-lead", lang, n=len(agreement.basis)))
    yield Table(words("criteria.agreement", lang), columns, rows)
    yield Note(words("criteria.agreement-note", lang))


def profile_blocks(scores: Scores, lang: str, *, set_link: Words, to: To) -> tuple[Block, ...]:
    """What assessments of a subject with one set come to: dots with spread, a table, and below it every answer."""
    set_ = scores.scoring.set
    step = explained(scores)
    blocks: list[Block] = [Heading(set_link), Paragraph(_lead(scores, lang)), Note(assessed_on(scores, lang))]
    if scores.conflicts:
        blocks.append(Note(words("criteria.conflicts", lang, n=len(scores.conflicts))))
    if chart := _chart(set_, step, lang):
        blocks.append(chart)
    answers = Heading(words("criteria.answers", lang), level=3, anchor=anchor(set_, TOTAL))
    blocks += [_numbers(scores, step, lang), answers]
    for part in step.walk():
        if part.node in set_.items:
            blocks += [
                Heading(text(part.label, lang), level=3, anchor=anchor(set_, part.node)),
                List(tuple(_answers(scores, part, lang, to))),
            ]
    return tuple(blocks)


def _lead(scores: Scores, lang: str) -> str:
    code = "criteria.profile-agreed" if scores.reconciled else "criteria.profile-lead"
    return words(code, lang, n=scores.took_part)


def anchor(set_: CriteriaSet, node: str) -> str:
    """Where on a profile the answers to a criterion stand; all answers are at `total`."""
    name = set_.name if set_.country == "ccsi" else f"{set_.country}-{set_.name}"
    return f"{name}-{node}"


def _chart(set_: CriteriaSet, step: Step, lang: str) -> Dots | None:
    """The parts of the whole on their scales, each from its least to its greatest number; none where nothing counts."""
    shown = [(part, ends) for part in step.parts if (ends := bounds(set_, set_.nodes[part.node]))[0] < ends[1]]
    if not shown:
        return None
    dots = tuple(_dot(set_, part, ends, lang) for part, ends in shown)
    title = words("criteria.chart", lang, set=set_.title.say(lang).text)
    values = [(part.label.say(lang).text, shown_value(set_, part.node, part.result, lang)) for part, _ in shown]
    told = "; ".join(labelled(name, value, lang) for name, value in values)
    return Dots(
        title, dots, 0, 1, (words("criteria.chart.least", lang), words("criteria.chart.most", lang)),
        words("criteria.chart.caption", lang), None, told,
    )  # fmt: skip


def _dot(set_: CriteriaSet, step: Step, ends: tuple[float, float], lang: str) -> Dot:
    least, most = ends
    low, high = _between([given.value for given in step.given if given.value is not None])

    def share(value: float | None) -> float | None:
        return None if value is None else (value - least) / (most - least)

    shown = shown_value(set_, step.node, step.result, lang)
    return Dot(text(step.label, lang), share(step.result.value), shown, share(low), share(high))


def _between(values: Sequence[float]) -> tuple[float | None, float | None]:
    """From where to where assessors' values lie: all of two, the middle half of more."""
    if len(values) < _MANY:
        return (min(values), max(values)) if len(values) > 1 else (None, None)
    return quantile(values, 0.25), quantile(values, 0.75)


def _numbers(scores: Scores, step: Step, lang: str) -> Table:
    """Every number with its spread, coverage and band; a criterion's leads to its answers, the total to all."""
    set_ = scores.scoring.set
    heads = ("node", "value", "spread", "coverage", "band")
    columns = tuple(Column(words(f"criteria.table.{head}", lang)) for head in heads)
    rows = []
    for part in step.walk():
        if part.node == TOTAL and part.result.method == "none" and scores.gate is None:
            continue
        label: Words = words("criteria.total", lang) if part.node == TOTAL else text(part.label, lang)
        if part.node == TOTAL or part.node in set_.items:
            label = Link(label, f"#{anchor(set_, part.node)}")
        rows.append((label, *_told(set_, part, lang), _outcome(scores, part.node, lang)))
    return Table(words("criteria.table", lang), columns, tuple(rows))


def _told(set_: CriteriaSet, step: Step, lang: str) -> tuple[str, str, str]:
    result = step.result
    coverage = percent(result.coverage, lang) if result.coverage is not None else ""
    return shown_value(set_, step.node, result, lang), sentence(spread_said(result, gave=step.gave), lang), coverage


def _outcome(scores: Scores, node: str, lang: str) -> Words:
    """The band of a dimension, and whether a gate is passed; of the total, whether all are."""
    band = None if node in scores.scoring.set.items else scores.band(node)
    return joined([text(band.label, lang) if band else "", outcome(scores, node, lang)], " · ")


def _answers(scores: Scores, step: Step, lang: str, to: To) -> Iterator[Item]:
    """What was agreed, if anything was; and what each assessor answered: they have numbers, and no names."""
    set_, matrix = scores.scoring.set, scores.scoring.matrix
    own = [column for column in scores.scoring.columns[scores.place] if matrix.single[column]]
    names = {matrix.basis[column]: words("criteria.assessor", lang, number=n) for n, column in enumerate(own, start=1)}
    for given in step.given if scores.reconciled else ():
        yield _answer(set_, words("criteria.agreed-answer", lang), given.answer, lang, to, _set_by(given, names, lang))
    for column in own:
        answer = matrix.assessments[column].by_item.get(step.node)
        yield _answer(set_, names[matrix.basis[column]], answer, lang, to, "")


def _set_by(given: Given, names: Mapping[str, str], lang: str) -> str:
    """Where an agreed answer comes from: all had said so, some had, or nobody."""
    if given.chosen is None:
        return ""
    who = ", ".join(names[ref] for ref in given.chosen.of if ref in names)
    if given.chosen.by is None:
        return words("criteria.agreed-all", lang)
    return words("criteria.agreed-as", lang, who=who) if who else words("criteria.agreed-new", lang)


def _answer(set_: CriteriaSet, who: str, answer: Answer | None, lang: str, to: To, more: str) -> Item:
    if answer is None:
        return Item(labelled(who, words("answer.none", lang), lang), more)
    said_: Words = labelled(who, answered(set_, answer, lang), lang)
    if answer.given and set_.scale(answer.item).kind == "text":
        said_ = (labelled(who, "", lang), _own(str(answer.value)))
    evidence = [to(one) for one in answer.evidence]
    return Item(said_, joined([more, _own(answer.note) if answer.note else "", *evidence]))


def _own(wording: str) -> Foreign:
    """What an assessor wrote: nobody knows in which language."""
    return Foreign(wording, "und")


def text(said_: Text, lang: str) -> Words:
    """A text in a language, marked where it is in another or a machine's."""
    wording = said_.say(lang)
    return wording.text if wording.lang == lang else Foreign(wording.text, wording.lang, wording.machine)
