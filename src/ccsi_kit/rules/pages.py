"""Pages about rules: one rule for its readers, and the sheet on which a lawyer signs what was checked."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

from ccsi_kit.documents import Block, Column, Fact, Facts, Heading, Item, Link, List, Note, Page, Paragraph, Table
from ccsi_kit.i18n import day, words
from ccsi_kit.rules.clauses import Clause
from ccsi_kit.rules.outcomes import fact_label, shown
from ccsi_kit.rules.parameters import Parameter, Value, act_of
from ccsi_kit.rules.rule import Rule


def rule_page(rule: Rule, lang: str) -> Page:
    """A rule: question, clauses with articles, values over time, facts asked, worked cases, what it leaves out."""
    blocks: list[Block] = [
        _facts(rule, lang),
        Heading(words("rule.clauses", lang)),
        List(tuple(Item(clause_text(rule, part, lang), _where(rule, part, lang)) for part in parts(rule)), ruled=True),
    ]
    if rule.reads:
        blocks += [Heading(words("rule.parameters", lang)), values_table(rule, lang)]
    blocks += [Heading(words("rule.facts", lang)), _asked(rule, lang)]
    if rule.cases:
        blocks += [Heading(words("rule.cases", lang)), _cases(rule, lang)]
    blocks += [Heading(words("rule.left-out", lang)), Paragraph(words(f"{rule.id}.left-out", lang))]
    blocks.append(Note(words("rule.no-advice", lang)))
    return Page(lang, words(rule.id, lang), words(f"rule.status.{rule.status}", lang), tuple(blocks))


def sheet(rules: Sequence[Rule], country: str, lang: str) -> Page:
    """Every value of a country's rules with its address, the day it was checked, and room for a signature."""
    blocks: list[Block] = []
    seen = set()
    for rule in rules:
        fresh = [name for name in sorted(rule.reads) if (rule.home, name) not in seen]
        seen |= {(rule.home, name) for name in fresh}
        if fresh:
            blocks += [Heading(f"{rule.code} {words(rule.id, lang)}"), _signed(rule, fresh, lang)]
    blocks.append(Note(words("rule.no-advice", lang)))
    return Page(lang, words("rule.sheet", lang, country=country), words("rule.sheet.lead", lang), tuple(blocks))


def parts(rule: Rule) -> tuple[Clause, ...]:
    """Scope and clauses, in the order of the law."""
    return (*rule.scope, *rule.clauses)


def clause_text(rule: Rule, part: Clause, lang: str) -> str:
    """A clause with its thresholds, its facts left open."""
    limits = {name: _over(rule.parameters[name], part, lang) for name in part.parameters}
    return words(f"{rule.id}/{part.name}", lang, **dict.fromkeys(part.facts, "…"), p=SimpleNamespace(**limits))


def in_force(part: Clause, lang: str) -> str:
    """The days on which a clause is in force; nothing where it always was."""
    since, until = (day(when, lang) if when else "" for when in (part.since, part.until))
    return f"{since} – {until}".strip() if since or until else ""


def values_table(rule: Rule, lang: str) -> Table:
    """The values of a rule's law over time."""
    rows = tuple(
        (
            name,
            shown(value.value, rule.parameters[name].unit, lang),
            words("rule.start-unknown", lang) if value.start_unknown else day(value.from_, lang),
            Link(rule.cited(value.ref), rule.acts[act_of(value.ref)[0]].address),
            words(f"sure.{value.sure}", lang),
        )
        for name in sorted(rule.reads)
        for value in rule.parameters[name].values
    )
    titles = ("rule.parameter", "rule.value", "rule.since", "rule.where", "rule.sure")
    return Table(words("rule.parameters", lang), tuple(Column(words(title, lang)) for title in titles), rows)


def _facts(rule: Rule, lang: str) -> Facts:
    told = [Fact(words("rule.code", lang), rule.code), Fact(words("rule.id", lang), rule.id)]
    if rule.term:
        told.append(Fact(words("rule.term", lang), rule.term))
    return Facts(tuple(told))


def _where(rule: Rule, part: Clause, lang: str) -> tuple[str | Link, ...]:
    days = in_force(part, lang)
    link = Link(rule.cited(part.ref), rule.acts[act_of(part.ref)[0]].address)
    return (link, *([f"; {days}"] if days else []), f"; {words(f'sure.{part.sure}', lang)}")


def _asked(rule: Rule, lang: str) -> Table:
    columns = (Column(words("rule.fact", lang)), Column(words("rule.name", lang)))
    rows = tuple((fact_label(rule, name, lang), name) for name in rule.facts.model_fields)
    return Table(words("rule.facts", lang), columns, rows)


def _cases(rule: Rule, lang: str) -> Table:
    titles = ("rule.case", "rule.day", "rule.outcome", "rule.basis")
    rows = tuple(
        (
            case.id if not case.own else f"{case.id} ({words('rule.own', lang)})",
            day(case.on, lang),
            words(f"verdict.{rule.labels.get(case.verdict or 'value', case.verdict or 'value')}", lang),
            words(f"basis.{case.basis}", lang),
        )
        for case in rule.cases
    )
    return Table(words("rule.cases", lang), tuple(Column(words(title, lang)) for title in titles), rows)


def _signed(rule: Rule, names: Sequence[str], lang: str) -> Table:
    titles = ("rule.used-for", "rule.value", "rule.since", "rule.where", "rule.sure", "rule.checked", "rule.signature")
    rows = tuple(
        (*_row(rule, name, value, lang), day(value.checked, lang), "\u00a0")
        for name in names
        for value in rule.parameters[name].values
    )
    return Table(words("rule.parameters", lang), tuple(Column(words(title, lang)) for title in titles), rows)


def _row(rule: Rule, name: str, value: Value, lang: str) -> tuple[str | tuple[str | Link, ...], ...]:
    address = rule.acts[act_of(value.ref)[0]].address
    return (
        _used_for(rule, name, lang),
        shown(value.value, rule.parameters[name].unit, lang),
        words("rule.start-unknown", lang) if value.start_unknown else day(value.from_, lang),
        (rule.cited(value.ref), " ", Link(address, address)),
        words(f"sure.{value.sure}", lang),
    )


def _used_for(rule: Rule, name: str, lang: str) -> str:
    """The name of a value, and the first clause that reads it."""
    part = next((part for part in parts(rule) if name in part.parameters), None)
    return f"{name}: {clause_text(rule, part, lang)}" if part else name


def _over(parameter: Parameter, part: Clause, lang: str) -> str:
    """The values of a parameter while a clause is in force."""
    ends = [*(value.from_ for value in parameter.values[1:]), date.max]
    since, until = part.since or date.min, part.until or date.max
    values = [value for value, end in zip(parameter.values, ends, strict=True) if value.from_ <= until and end > since]
    return " → ".join(shown(value.value, parameter.unit, lang) for value in values)
