"""Scores and agreement as the command line prints them: never a number without how many, how far apart, how much."""

from collections.abc import Iterator
from typing import Any

import click

from ccsi_kit.command import table
from ccsi_kit.criteria.agreeing import Agreement
from ccsi_kit.criteria.explaining import shown_value
from ccsi_kit.criteria.scoring import Scores, spread_said
from ccsi_kit.criteria.sets import CriteriaSet
from ccsi_kit.i18n import labelled, number, percent, sentence, words


def scored(scores: Scores) -> dict[str, Any]:
    """The scores of a subject as plain data."""
    return {
        "subject": scores.subject,
        "set": scores.scoring.set.id,
        "version": scores.scoring.set.version,
        "reconciled": scores.reconciled,
        "nodes": {node: result.model_dump(mode="json") for node, result in scores.items()},
        "gates": scores.gates,
        "conflicts": [one.id for one in scores.conflicts],
        "bands": {node: band.label.original.text for node in scores if (band := _band(scores, node))},
    }


def tell_scores(scores: Scores, lang: str) -> None:
    """Prints the profile of a subject."""
    set_ = scores.scoring.set
    agreed = f" ({words('criteria.agreed', lang)})" if scores.reconciled else ""
    click.echo(f"{scores.subject}  {set_.title.say(lang).text}{agreed}")
    table(list(_rows(scores, lang)))
    for item, passed in scores.gates.items():
        said = "criteria.gate.na" if passed is None else f"criteria.gate.{passed}"
        click.echo("  " + labelled(set_.label(item).say(lang).text, words(said, lang), lang))
    click.echo(f"  {labelled(words('criteria.basis', lang), ', '.join(scores.basis), lang)}")
    tell_conflicts(scores, lang)
    click.echo("")


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
            shown_value(set_, node, result, lang), sentence(spread_said(result), lang),
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
    heads = [words(f"criteria.agreement.{name}", lang) for name in ("alpha", "same", "subjects", "answers")]
    rows = [agreement_row(set_, result, item, lang) for item in result.by_item]
    if rows:
        table([("", *heads), *rows], right=(1, 2, 3, 4))
    for one in result.disagreements:
        said = "; ".join(f"{ref or words('criteria.unnamed', lang)} {value}" for ref, value in one.answers)
        click.echo(f"{one.subject}  {labelled(set_.label(one.item).say(lang).text, said, lang)}")


def agreement_row(set_: CriteriaSet, result: Agreement, item: str, lang: str) -> tuple[str, ...]:
    """A criterion, alpha, the share of pairs that said the same, subjects and answers it comes from."""
    one = result.by_item[item]
    undefined = words("criteria.agreement.undefined", lang)
    return (
        set_.label(item).say(lang).text,
        undefined if one.alpha is None else number(round(one.alpha, 2), lang),
        undefined if one.pooled is None else percent(one.pooled, lang),
        number(one.subjects, lang),
        number(one.answers, lang),
    )
