"""Scores and agreement as the command line prints them: never a number without how many, how far apart, how much."""

from collections.abc import Iterator
from typing import Any, Final

import click

from ccsi_kit.command import table
from ccsi_kit.criteria.agreeing import Agreement
from ccsi_kit.criteria.explaining import answered, shown_value
from ccsi_kit.criteria.records import Answer
from ccsi_kit.criteria.scales import Value
from ccsi_kit.criteria.scoring import Scores, spread_said
from ccsi_kit.criteria.sets import TOTAL, CriteriaSet
from ccsi_kit.i18n import labelled, number, percent, sentence, words

AGREEMENT: Final = ("measure", "alpha", "same", "subjects", "answers")
"""What is told of the agreement on a criterion."""


def scored(scores: Scores) -> dict[str, Any]:
    """The scores of a subject as plain data."""
    return {
        "subject": scores.subject,
        "set": scores.scoring.set.id,
        "version": scores.scoring.set.version,
        "reconciled": scores.reconciled,
        "nodes": {node: result.model_dump(mode="json") for node, result in scores.items()},
        "days": [day.isoformat() for day in scores.days],
        "took_part": scores.took_part,
        "gate": scores.gate,
        "gates": scores.gates,
        "conflicts": [one.id for one in scores.conflicts],
        "bands": {node: band.label.original.text for node in scores if (band := _band(scores, node))},
    }


def tell_scores(scores: Scores, lang: str) -> None:
    """Prints the profile of a subject."""
    set_ = scores.scoring.set
    agreed = f" ({words('criteria.agreed', lang)})" if scores.reconciled else ""
    click.echo(f"{scores.subject}  {set_.title.say(lang).text}{agreed}")
    click.echo(f"  {assessed_on(scores, lang)}")
    table(list(_rows(scores, lang)))
    for item in scores.gates:
        click.echo("  " + labelled(set_.label(item).say(lang).text, outcome(scores, item, lang), lang))
    if scores.gate:
        click.echo("  " + outcome(scores, TOTAL, lang))
    click.echo(f"  {labelled(words('criteria.basis', lang), ', '.join(scores.basis), lang)}")
    tell_conflicts(scores, lang)
    click.echo("")


def assessed_on(scores: Scores, lang: str) -> str:
    """With which version of the set, and on which days."""
    days, version = scores.days, scores.scoring.set.version
    if len(days) > 1:
        said = words("criteria.assessed-between", lang, version=version, first=days[0], last=days[-1])
    elif days:
        said = words("criteria.assessed-on", lang, version=version, day=days[0])
    else:
        said = words("criteria.assessed-with", lang, version=version)
    return said


def outcome(scores: Scores, node: str, lang: str) -> str:
    """Whether the gate of a criterion is passed; of the total, whether all are. Nothing where there is none."""
    passed = scores.gate if node == TOTAL else scores.gates.get(node)
    if passed is None:
        return ""
    said = words(f"criteria.gate.{passed}", lang)
    return labelled(words("criteria.gates", lang), said, lang) if node == TOTAL else said


def tell_conflicts(scores: Scores, lang: str) -> None:
    """Prints which assessors declare a conflict of interest, and which one."""
    for one in scores.conflicts:
        click.echo(
            "  " + labelled(words("criteria.conflict", lang), f"{one.id} {one.conflict_note or ''}".rstrip(), lang)
        )


def _rows(scores: Scores, lang: str) -> Iterator[tuple[str, ...]]:
    set_ = scores.scoring.set
    for node, result in scores.items():
        if result.method == "none" or (node in set_.items and not set_.scale(node).scored):
            continue
        band = _band(scores, node)
        yield (
            "", node, set_.label(node).say(lang).text,
            shown_value(set_, node, result, lang), sentence(spread_said(result, gave=scores.gave(node)), lang),
            percent(result.coverage, lang) if result.coverage is not None else "",
            band.label.say(lang).text if band else "",
        )  # fmt: skip


def _band(scores: Scores, node: str) -> Any:
    return None if node in scores.scoring.set.items else scores.band(node)


def agreed(result: Agreement) -> dict[str, Any]:
    """An agreement as plain data."""
    return {
        "by_item": {item: one.__dict__ for item, one in result.by_item.items()},
        "disagreements": [one._asdict() for one in result.disagreements],
        "basis": result.basis,
    }


def tell_agreement(set_: CriteriaSet, result: Agreement, lang: str) -> None:
    """Prints how far assessors agree, criterion by criterion, and what they have to talk about."""
    heads = [words(f"criteria.agreement.{name}", lang) for name in AGREEMENT]
    rows = [agreement_row(set_, result, item, lang) for item in result.compared]
    if not rows:
        click.echo(words("criteria.agreement-none", lang), err=True)
        return
    table([("", *heads), *rows], right=(2, 3, 4, 5))
    click.echo(words("criteria.agreement-note", lang))
    for one in result.disagreements:
        said = "; ".join(_said(set_, one.item, ref, value, lang) for ref, value in one.answers)
        click.echo(f"{one.subject}  {labelled(set_.label(one.item).say(lang).text, said, lang)}")


def _said(set_: CriteriaSet, item: str, ref: str, value: Value, lang: str) -> str:
    who = ref or words("criteria.unnamed", lang)
    return labelled(who, answered(set_, Answer(item=item, value=value), lang), lang)


def agreement_row(set_: CriteriaSet, result: Agreement, item: str, lang: str) -> tuple[str, ...]:
    """A criterion, then what `AGREEMENT` names: of the pairs of assessors of all subjects, how many said the same."""
    one = result.by_item[item]
    undefined = words("criteria.agreement.undefined", lang)
    return (
        set_.label(item).say(lang).text,
        words(f"criteria.measure.{one.metric}", lang),
        undefined if one.alpha is None else number(round(one.alpha, 2), lang),
        undefined if one.pooled is None else percent(one.pooled, lang),
        number(one.subjects, lang),
        number(one.answers, lang),
    )
