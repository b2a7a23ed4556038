"""The facts of one organisation: what registers say, and what people declare; each with where it comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ccsi_kit.models import Message, Organisation
from ccsi_kit.rules.facts import Facts
from ccsi_kit.rules.records import Declaration

if TYPE_CHECKING:
    from ccsi_kit.rules.rule import Rule


class Filled(NamedTuple):
    """A fact that a register fills, and the field of the organisation that says it."""

    value: Any
    field: str


@dataclass(frozen=True)
class Gathered:
    """What is known of an organisation for one rule, and who says each fact."""

    rule: "Rule"
    facts: Facts
    told_by: Mapping[str, Message]
    beyond_form: bool
    """Whether anything but the legal form is known."""


def gathered(
    rule: "Rule", organisation: Organisation, declarations: Iterable[Declaration], *, on: date
) -> Gathered | None:
    """The facts of an organisation on a day; none where nothing is known. What people declare goes before registers."""
    filled = rule.fills(organisation) if rule.fills else {}
    values = {name: one.value for name, one in filled.items()}
    told_by = {name: _register(organisation, one) for name, one in filled.items()}
    said = False
    for declaration in sorted(declarations, key=lambda one: one.on):
        if declaration.rule.casefold() in (rule.id, rule.code.casefold()) and declaration.on <= on:
            known, said = declaration.typed(rule).known(), True
            values |= known
            told_by |= dict.fromkeys(known, Message("told.declared", on=declaration.on, evidence=declaration.evidence))
    if not values:
        return None
    beyond = said or any(one.field != "legal_form" for one in filled.values())
    return Gathered(rule, rule.facts.model_validate(values), told_by, beyond)


def _register(organisation: Organisation, filled: Filled) -> Message:
    origin = organisation.origin(filled.field)
    if origin is None:
        return Message("told.register", source="", key="")
    return Message("told.register", source=origin.source, key=origin.key)
