"""Pages about rules: one rule for its readers, and the sheet on which a lawyer signs what was checked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from ccsi_kit.documents import (
    Block,
    Column,
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
    Span,
    Table,
    Timeline,
    Words,
)
from ccsi_kit.i18n import day, labelled, sentence, words
from ccsi_kit.models import Message
from ccsi_kit.rules.cases import Case
from ccsi_kit.rules.clauses import Clause
from ccsi_kit.rules.comparing import Change, law_change
from ccsi_kit.rules.days import later
from ccsi_kit.rules.facts import UNKNOWN
from ccsi_kit.rules.outcomes import (
    Outcome,
    clause_words,
    fact_label,
    fact_shown,
    left_out,
    question,
    shown,
    value_shown,
    verdict_shown,
)
from ccsi_kit.rules.parameters import Parameter, Value, act_of
from ccsi_kit.rules.rule import Rule
from ccsi_kit.rules.timelines import Spell

DRAWN_YEARS = 2
"""How long a bar without an end is drawn."""


def rule_page(rule: Rule, lang: str) -> Page:
    """A rule: question, clauses with articles, values over time, facts asked, worked cases, what it leaves out."""
    blocks: list[Block] = [
        _facts(rule, lang),
        Heading(words("rule.clauses", lang)),
        List(tuple(Item(clause_text(rule, part, lang), _where(rule, part, lang)) for part in rule.parts), ruled=True),
    ]
    if rule.reads:
        blocks += [Heading(words("rule.parameters", lang)), values_table(rule, lang)]
    blocks += [Heading(words("rule.facts", lang)), _asked(rule, lang)]
    if rule.listed:
        blocks += [Heading(words("rule.listed", lang)), _listed(rule, lang)]
    if changes := tuple(_changes_of_law(rule, lang)):
        blocks += [Heading(words("rule.changes", lang)), *changes]
    if rule.cases:
        blocks += [Heading(words("rule.cases", lang)), *_cases(rule, lang)]
    blocks += [Heading(words("rule.left-out", lang)), Paragraph(left_out(rule, lang))]
    blocks.append(Note(words("rule.no-advice", lang)))
    lead = words(f"rule.status.{rule.status}", lang)
    return Page(lang, question(rule, lang), lead, tuple(blocks), sources=(acts_read((rule,), lang),))


def acts_read(rules: Sequence[Rule], lang: str) -> List:
    """The acts that rules rest on, each with the day on which a value of it was last checked."""
    checked: dict[str, date | None] = {}
    for rule in rules:
        for part in rule.parts:
            checked.setdefault(act_of(part.ref)[0], None)
        for name in rule.reads:
            for value in rule.parameters[name].values:
                act = act_of(value.ref)[0]
                checked[act] = max(filter(None, (checked.get(act), value.checked)))
    acts = {ref: act for rule in rules for ref, act in rule.acts.items()}
    return List(
        tuple(
            Item(
                Link(Foreign(acts[ref].title, acts[ref].language), acts[ref].address),
                f"{acts[ref].short} · {words('rule.checked', lang)} {day(when, lang)}" if when else acts[ref].short,
            )
            for ref, when in sorted(checked.items())
        )
    )


def sheet(rules: Sequence[Rule], country: str, lang: str) -> Page:
    """Every value of a country's rules with its address, the day it was checked, and room for a signature."""
    blocks: list[Block] = []
    seen: set[object] = set()
    for rule in rules:
        fresh = [name for name in sorted(rule.reads) if (rule.home, name) not in seen]
        seen |= {(rule.home, name) for name in fresh}
        listed = rule.listed and rule.listed not in seen
        if fresh or listed:
            blocks.append(Heading(f"{rule.code} {question(rule, lang)}"))
        if fresh:
            blocks.append(_signed(rule, fresh, lang))
        if listed:
            seen.add(rule.listed)
            blocks.append(_listed(rule, lang, signed=True))
    blocks.append(Note(words("rule.no-advice", lang)))
    return Page(lang, words("rule.sheet", lang, country=country), words("rule.sheet.lead", lang), tuple(blocks))


def outcome_blocks(outcome: Outcome, lang: str, *, to: str, by: Callable[[Message], Words]) -> tuple[Block, ...]:
    """What a rule answers: verdict, missing facts, reasons, what was known and by whom, and the answer over time.

    `to` is the rule's page; `by` writes who says a fact.
    """
    rule = outcome.rule
    said = labelled(day(outcome.on, lang), verdict_shown(outcome, lang), lang)
    blocks: list[Block] = [Heading(Link(question(rule, lang), to), level=3), Paragraph(f"{said}.")]
    if outcome.missing:
        named = [fact_label(rule, name, lang) for name in sorted(outcome.missing)]
        blocks.append(Paragraph(words("rule.missing", lang, n=len(named), facts="; ".join(named))))
    if outcome.reasons:
        blocks.append(List(tuple(Item(reason.text(lang)) for reason in outcome.reasons)))
    blocks += [Note(sentence(warning, lang)) for warning in outcome.warnings]
    blocks += [Note(words(f"flag.{flag}", lang)) for flag in sorted(outcome.flags)]
    if known := outcome.facts.known():
        blocks.append(_known(outcome, known, by, lang))
    blocks.append(_over_time(outcome, lang))
    return tuple(blocks)


def _known(outcome: Outcome, known: Mapping[str, object], by: Callable[[Message], Words], lang: str) -> Table:
    """The facts that are known, each with who says it."""
    rows = tuple(
        (
            fact_label(outcome.rule, name, lang),
            fact_shown(outcome.rule, name, value, lang),
            by(outcome.told_by[name]) if name in outcome.told_by else "",
        )
        for name, value in known.items()
    )
    titles = ("rule.fact", "rule.value", "rule.told-by")
    return Table(words("rule.known", lang), tuple(Column(words(title, lang)) for title in titles), rows)


def _over_time(outcome: Outcome, lang: str) -> Block:
    """The answer over time: a chart with its table; a sentence where it never changes."""
    spells = _changes(outcome.rule.timeline(outcome.facts))
    if len(spells) == 1:
        return Note(words("rule.same-since", lang, day=spells[0].since))
    title = words("rule.timeline", lang, n=len(spells) - 1)
    rows = tuple(
        (verdict_shown(spell.outcome, lang), day(spell.since, lang), day(spell.until, lang) if spell.until else "")
        for spell in spells
    )
    columns = (
        Column(words("rule.outcome", lang)),
        Column(words("rule.since", lang)),
        Column(words("rule.until", lang)),
    )
    spans = tuple(
        Span(verdict_shown(spell.outcome, lang), spell.since, spell.until or later(spell.since, years=DRAWN_YEARS), "",
             second=spell.outcome.verdict != "eligible")
        for spell in spells
    )  # fmt: skip
    said = ". ".join(labelled(row[0], f"{row[1]} – {row[2]}", lang) for row in rows)
    return Timeline(title, spans, words("rule.timeline.caption", lang), Table(title, columns, rows), said)


def _changes(spells: Sequence[Spell]) -> list[Spell]:
    """The spells in which the verdict or the value is another one; that only a reason changed is no change here."""
    found: list[Spell] = []
    for spell in spells:
        last = found[-1] if found else None
        if last and (last.outcome.verdict, last.outcome.value) == (spell.outcome.verdict, spell.outcome.value):
            found[-1] = last._replace(until=spell.until)
        else:
            found.append(spell)
    return found


def clause_text(rule: Rule, part: Clause, lang: str) -> str:
    """A clause with its thresholds, its facts left open."""
    limits = {name: _over(rule.parameters[name], part, lang) for name in part.parameters}
    said = clause_words(rule, part, lang, dict.fromkeys(part.facts, "…"), limits)
    return said.replace("….", "…").replace("…;", "…,")


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
            lasts(value, lang),
            Link(rule.cited(value.ref), rule.acts[act_of(value.ref)[0]].address),
            words(f"sure.{value.sure}", lang),
            day(value.checked, lang),
            _note(value),
        )
        for name in sorted(rule.reads)
        for value in rule.parameters[name].values
    )
    titles = (
        "rule.parameter", "rule.value", "rule.since", "rule.where", "rule.sure", "rule.checked", "rule.note",
    )  # fmt: skip
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


def lasts(value: Value, lang: str) -> str:
    """From when a value holds, and until when where it ends by itself."""
    since = words("rule.start-unknown", lang) if value.start_unknown else day(value.from_, lang)
    return f"{since} – {day(value.until, lang)}" if value.until else since


def _note(value: Value) -> Words:
    """What to know about a value: in English only, as the files of laws have it."""
    return Foreign(value.note, "en") if value.note else ""


def _cases(rule: Rule, lang: str) -> tuple[Block, ...]:
    """What the cases have in common, and each with what is its own."""
    titles = ("rule.case", "rule.day", "rule.known", "rule.outcome", "rule.basis")
    rows = tuple(
        (
            case.id if not case.own else f"{case.id} ({words('rule.own', lang)})",
            day(case.on, lang),
            facts_said(rule, _own_facts(case), lang),
            _outcome(rule, case, lang),
            words(f"basis.{case.basis}", lang),
        )
        for case in rule.cases
    )
    common = {
        name: value for case in rule.cases for name, value in case.facts.known().items() if name not in case.stated
    }
    table = Table(words("rule.cases", lang), tuple(Column(words(title, lang)) for title in titles), rows)
    return (*_given(rule, common, lang), table)


def _own_facts(case: Case) -> dict[str, object]:
    """What a case states itself, over what is given: facts, and that some are unknown."""
    stated = {name: value for name, value in case.facts.known().items() if name in case.stated}
    return {**stated, **dict.fromkeys(case.unknown, UNKNOWN)}


def _given(rule: Rule, common: Mapping[str, object], lang: str) -> tuple[Block, ...]:
    return (Paragraph(words("rule.given", lang, facts=facts_said(rule, common, lang))),) if common else ()


def facts_said(rule: Rule, facts: Mapping[str, object], lang: str) -> str:
    """Facts with their values, one after the other."""
    return "; ".join(
        labelled(fact_label(rule, name, lang), fact_shown(rule, name, value, lang), lang)
        for name, value in facts.items()
    )


def _outcome(rule: Rule, case: Case, lang: str) -> str:
    """What the law says of a case, and the clauses that are not met."""
    outcome = rule.evaluate(case.facts, on=case.on)
    unmet = [reason.text(lang) for reason in outcome.reasons if reason.met is False]
    return ". ".join([verdict_shown(outcome, lang), *unmet])


def _changes_of_law(rule: Rule, lang: str) -> Iterator[Block]:
    """The days on which values and clauses changed, each with what did."""
    for since in rule.days:
        said = changes_said(law_change(rule, later(since, days=-1), since), lang) if since > rule.known_from else ()
        if items := tuple(Item(one) for one in said):
            yield Heading(day(since, lang), level=3)
            yield List(items, ruled=True)


def changes_said(change: Change, lang: str) -> Iterator[str]:
    """Values and clauses that changed, a line each."""
    rule = change.rule
    for name, *values in change.parameters:
        one, other = (shown(value.value, rule.parameters[name].unit, lang) if value else "–" for value in values)
        yield labelled(name, f"{one} → {other}", lang)
    for title, clauses in (("rule.begun", change.begun), ("rule.ended", change.ended)):
        for part in clauses:
            said = f"{clause_text(rule, part, lang)} ({rule.cited(part.ref)})"
            yield labelled(words(title, lang), said, lang)


def _listed(rule: Rule, lang: str, *, signed: bool = False) -> Table:
    """The rows of a list that the law has beside its parameters."""
    rows: tuple[tuple[Words, ...], ...] = tuple(
        (
            row.name,
            ", ".join(value_shown(rule, code, lang) for code in row.values),
            day(row.since, lang),
            Link(rule.cited(row.ref), rule.acts[act_of(row.ref)[0]].address),
            words(f"sure.{row.sure}", lang),
            day(row.checked, lang),
            *(["\u00a0"] if signed else []),
        )
        for row in (rule.listed() if rule.listed else ())
    )
    titles = ["rule.name", "rule.value", "rule.since", "rule.where", "rule.sure", "rule.checked"]
    titles += ["rule.signature"] if signed else []
    return Table(words("rule.listed", lang), tuple(Column(words(title, lang)) for title in titles), rows)


def _signed(rule: Rule, names: Sequence[str], lang: str) -> Table:
    titles = (
        "rule.used-for", "rule.value", "rule.since", "rule.where", "rule.sure", "rule.note", "rule.signature",
    )  # fmt: skip
    rows = tuple(
        (*_row(rule, name, value, lang), _note(value), "\u00a0")
        for name in names
        for value in rule.parameters[name].values
    )
    return Table(words("rule.parameters", lang), tuple(Column(words(title, lang)) for title in titles), rows)


def _row(rule: Rule, name: str, value: Value, lang: str) -> tuple[Words, ...]:
    address = rule.acts[act_of(value.ref)[0]].address
    return (
        _used_for(rule, name, value, lang),
        shown(value.value, rule.parameters[name].unit, lang),
        lasts(value, lang),
        (rule.cited(value.ref), " ", Link(address, address)),
        f"{words(f'sure.{value.sure}', lang)} · {day(value.checked, lang)}",
    )


def _used_for(rule: Rule, name: str, value: Value, lang: str) -> str:
    """The name of a value, and a clause that reads it: one that is in force on its first day, where there is one."""
    reading = [part for part in rule.parts if name in part.parameters]
    part = next((part for part in reading if part.holds(value.from_)), next(iter(reading), None))
    return labelled(name, clause_text(rule, part, lang), lang) if part else name


def _over(parameter: Parameter, part: Clause, lang: str) -> str:
    """The values of a parameter while a clause is in force."""
    ends = [*(value.from_ for value in parameter.values[1:]), date.max]
    since, until = part.since or date.min, part.until or date.max
    values = [value for value, end in zip(parameter.values, ends, strict=True) if value.from_ <= until and end > since]
    return " → ".join(shown(value.value, parameter.unit, lang) for value in values)
