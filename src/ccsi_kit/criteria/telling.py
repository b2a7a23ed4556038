"""Sets of criteria as the command line prints and exports them."""

from collections.abc import Iterator, Mapping
from typing import Any

import click
import yaml

from ccsi_kit.command import table
from ccsi_kit.criteria.answering import choices
from ccsi_kit.criteria.reading import not_shipped
from ccsi_kit.criteria.scales import Scale
from ccsi_kit.criteria.sets import TOTAL, CriteriaSet, Criterion, Group, Node
from ccsi_kit.forms import said
from ccsi_kit.i18n import day, labelled, number, words


def tell_sets(sets: Mapping[str, CriteriaSet], lang: str) -> None:
    """Prints which sets there are, and which are not shipped and why."""
    table(
        [
            (_short(id), words("criteria.items", lang, n=len(set_.items)), _in(set_.title, lang))
            for id, set_ in sets.items()
        ]
    )
    click.echo(f"\n{words('criteria.not-shipped', lang)}")
    table([("", id, one.title, _in(one.why, lang)) for id, one in not_shipped().items()])


def tell_set(set_: CriteriaSet, lang: str) -> None:
    """Prints a set for people."""
    click.echo(_in(set_.title, lang))
    version = words("criteria.version", lang, version=set_.version, date=day(set_.date, lang))
    click.echo(f"{set_.id}  {version}\n\n{_in(set_.about, lang)}")
    if set_.title.say(lang).machine:
        click.echo(words("criteria.machine", lang))
    if set_.paired:
        click.echo(words("criteria.paired", lang))
    click.echo("")
    for line in _group(set_, set_, TOTAL, lang, 0):
        click.echo(line)
    click.echo("")
    for reference in set_.references:
        cited = f"{reference.text}. {reference.url}" if reference.url else reference.text
        click.echo(labelled(words("criteria.reference", lang), cited, lang))
    click.echo(labelled(words("criteria.licence", lang), _in(set_.licence, lang), lang))


def _group(set_: CriteriaSet, group: Group, id: str, lang: str, depth: int) -> Iterator[str]:
    margin = "  " * depth
    how = words(f"criteria.method.{group.aggregate}", lang)
    least = f" (≥ {number(group.at_least, lang)})" if group.at_least is not None else ""
    yield f"{margin}{id}  {how}{least}"
    for band in group.bands:
        yield f"{margin}  ≥ {number(band.from_, lang)}  {_in(band.label, lang)}"
    for part in group.parts:
        yield from _node(set_, part, lang, depth + 1)


def _node(set_: CriteriaSet, node: Node, lang: str, depth: int) -> Iterator[str]:
    if not isinstance(node, Criterion):
        yield f"{'  ' * depth}{_in(node.label, lang)}{_weight(node, lang)}"
        yield from _group(set_, node, node.id, lang, depth)
        return
    margin = "  " * depth
    gate = f" ({words('criteria.gate', lang)}: {_gate(node, lang)})" if node.gate else ""
    yield f"{margin}{node.id}  {_in(node.label, lang)}{_weight(node, lang)}{gate}"
    if node.about:
        yield f"{margin}  {_in(node.about, lang)}"
    if answers := _answers(set_.scale(node.id), lang):
        yield f"{margin}  {answers}"


def _gate(node: Criterion, lang: str) -> str:
    return words(f"answer.{node.gate}", lang) if node.gate in ("yes", "no") else str(node.gate)


def _weight(node: Node, lang: str) -> str:
    return "" if node.weight == 1 else f", {words('criteria.weight', lang, weight=node.weight)}"


def _answers(scale: Scale, lang: str) -> str:
    """The answers of a scale as they are read."""
    if scale.kind == "number":
        return "–".join(number(end, lang) for end in scale.bounds)
    told = [(choice.value, said(choice.label, lang)) for choice in choices(scale)]
    return " · ".join(f"{value} {label}" if scale.levels else label for value, label in told)


def _in(text: Any, lang: str) -> str:
    return str(text.say(lang).text)


def _short(id: str) -> str:
    """The id as a person types it."""
    return id.removeprefix("ccsi:criteria:")


def as_yaml(set_: CriteriaSet) -> str:
    """A set as YAML that reads as the same set."""
    data = set_.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text: str = yaml.safe_dump(_shortened(data), allow_unicode=True, sort_keys=False, width=10_000)
    return text


def _shortened(data: Any) -> Any:
    """Texts as one line a language; what marks a machine's wording follows from `reviewed`."""
    if isinstance(data, Mapping):
        return {key: _shortened(value) for key, value in data.items()}
    if isinstance(data, list) and data and all(isinstance(one, Mapping) and {"lang", "text"} <= {*one} for one in data):
        return {one["lang"]: one["text"] for one in data}
    return [_shortened(value) for value in data] if isinstance(data, list) else data
