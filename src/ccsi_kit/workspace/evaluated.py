"""Rules asked about the organisations of a workspace: what registers and people say, and what it comes to."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from ccsi_kit.models import Message, Organisation, Record
from ccsi_kit.plugins import Plugins
from ccsi_kit.rules import Declaration, Gathered, Outcome, Rule, gathered
from ccsi_kit.store import Layout, connect, literal, records

_COLUMNS = ("subject", "rule", "verdict", "facts", "told_by")


def evaluated(
    organisations: Iterable[Organisation], declarations: Sequence[Declaration], plugins: Plugins, *, on: date
) -> tuple[Iterator[tuple[str, Gathered, Outcome]], list[Message]]:
    """What is decided about each organisation, or known beyond its legal form.

    The messages are there when all was asked: rules that could not be, and declarations that nothing used. A rule of
    the Union is asked where somebody declares its facts.
    """
    notices: list[Message] = []
    rules, said = _by_country(plugins), defaultdict[str, list[Declaration]](list)
    for declaration in declarations:
        said[declaration.subject].append(declaration)

    def each() -> Iterator[tuple[str, Gathered, Outcome]]:
        failed: dict[str, Message] = {}
        for organisation in organisations:
            about = said.pop(str(organisation.id), [])
            asked = [*rules[organisation.country or ""], *_of_union(about, plugins)]
            notices.extend(_elsewhere(about, asked))
            for rule in asked:
                try:
                    found = _asked(rule, organisation, about, on)
                except Exception as error:  # whatever one rule does, the others are asked
                    why = Message("unexpected", error=type(error).__name__, said=str(error))
                    failed[rule.id] = Message("unasked", rule=rule.id, why=why)
                    continue
                if found:
                    yield str(organisation.id), *found
        notices.extend(failed.values())
        unused = (one for about in said.values() for one in about)
        notices.extend(Message("declaration-unused", subject=one.subject, rule=one.rule) for one in unused)

    return each(), notices


def sound(said: Iterable[Record], plugins: Plugins) -> tuple[list[Declaration], list[Message]]:
    """The declarations that fit their rules as they are today, and what is to be told of the others."""
    found: list[Declaration] = []
    unfit: list[Message] = []
    for one in said:
        if not isinstance(one, Declaration):
            continue
        if problem := next(one.issues(plugins), None):
            unfit.append(Message("declaration-unfit", id=one.id, rule=one.rule, why=problem))
        else:
            found.append(one)
    return found, unfit


def _of_union(about: Sequence[Declaration], plugins: Plugins) -> list[Rule]:
    """The Union's rules whose facts are declared."""
    declared = {rule.id: rule for one in about if (rule := plugins.find_rule(one.rule)) and rule.country == "eu"}
    return list(declared.values())


def _elsewhere(about: Sequence[Declaration], asked: Sequence[Rule]) -> Iterator[Message]:
    """Declarations for rules of another country."""
    known = {name for rule in asked for name in (rule.id, rule.code.casefold())}
    for one in about:
        if one.rule.casefold() not in known:
            yield Message("declaration-elsewhere", subject=one.subject, rule=one.rule)


def _by_country(plugins: Plugins) -> Mapping[str, Sequence[Rule]]:
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in plugins.rules():
        found[rule.country].append(rule)
    return found


def _asked(
    rule: Rule, organisation: Organisation, declarations: Sequence[Declaration], on: date
) -> tuple[Gathered, Outcome] | None:
    known = gathered(rule, organisation, declarations, on=on)
    if known is None:
        return None
    outcome = rule.evaluate(known.facts, on=on, told_by=known.told_by)
    return (known, outcome) if outcome.decided or known.beyond_form else None


def write_outcomes(found: Iterable[tuple[str, Gathered, Outcome]], into: Path) -> None:
    """Writes a table for each country into an empty folder, sorted by organisation and rule."""
    rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for subject, known, outcome in found:
        facts = json.dumps(known.facts.model_dump(mode="json", exclude_unset=True), ensure_ascii=False, sort_keys=True)
        by = {name: one.model_dump(mode="json") for name, one in known.told_by.items()}
        told = json.dumps(by, ensure_ascii=False, sort_keys=True)
        rows[known.rule.country].append((subject, known.rule.id, outcome.verdict, facts, told))
    for country, lines in sorted(rows.items()):
        with closing(connect([], into)) as database:
            columns = [list(column) for column in zip(*lines, strict=True)]
            unpacked = ", ".join(f"unnest(${n}::VARCHAR[]) AS {name}" for n, name in enumerate(_COLUMNS, start=1))
            database.execute(f"CREATE TABLE told AS SELECT {unpacked}", columns)
            to = literal(into / f"{country}.parquet")
            database.execute(f"COPY (FROM told ORDER BY subject, rule) TO {to} (FORMAT parquet, COMPRESSION zstd)")


def read_outcomes(layout: Layout, plugins: Plugins, on: date) -> Mapping[str, list[Outcome]]:
    """The outcomes by organisation, asked anew of the facts that were written."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    rules = {rule.id: rule for rule in plugins.rules()}
    for file in sorted(layout.outcomes("xx").parent.glob("*.parquet")):
        with closing(connect([file], layout.aside)) as database:
            for batch in records(database, f"SELECT subject, rule, facts, told_by FROM read_parquet({literal(file)})"):
                for row in batch:
                    if rule := rules.get(row["rule"]):
                        found[row["subject"]].append(_read(rule, row, on))
    return found


def _read(rule: Rule, row: Mapping[str, Any], on: date) -> Outcome:
    told_by = {name: _message(one) for name, one in json.loads(row["told_by"]).items()}
    return rule.evaluate(rule.facts.model_validate(json.loads(row["facts"])), on=on, told_by=told_by)


def _message(said: Mapping[str, Any]) -> Message:
    """A message as it was, its day a day again."""
    arguments = dict(said["arguments"])
    if "on" in arguments:
        arguments["on"] = date.fromisoformat(arguments["on"])
    return Message(said["code"], **arguments)
