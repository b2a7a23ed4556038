"""The facts of one organisation: what registers say, and what people declare; each with where it comes from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ccsi_kit.models import Message, Model, Organisation, Ref, loaded
from ccsi_kit.rules.facts import Facts

if TYPE_CHECKING:
    from ccsi_kit.rules.rule import Rule


class Filled(NamedTuple):
    """A fact that a register fills, and the field of the organisation that says it."""

    value: Any
    field: str


class Declaration(Model):
    """Facts that a person states about an organisation: what no register has."""

    subject: Ref = Field(description="The organisation.", examples=["es:nif:B99990019"])
    rule: str = Field(description="The rule whose facts they are, by id or code.", examples=["ES-EI-01"])
    on: date = Field(description="The day on which it was so.", examples=["2026-03-01"])
    evidence: str = Field(description="What it rests on; no name of a person.", examples=["Statutes, article 4"])
    facts: Any = Field(description="The facts, by name.", examples=[{"promoter_share": "0.6"}])

    @field_validator("facts", mode="before")
    @classmethod
    def _typed(cls, said: Any, info: ValidationInfo) -> Any:
        find, name = (info.context or {}).get("find"), str(info.data.get("rule"))
        if find is None or isinstance(said, Facts):
            return said
        kind = find(name)
        if kind is None:
            raise PydanticCustomError("no-rule", "no-rule", {"code": "no-rule", "rule": name, "nearest": ""})
        return kind.facts.model_validate(said)


class Declarations(Model):
    """A file with declarations."""

    declarations: tuple[Declaration, ...] = Field(description="The declarations.", min_length=1, examples=[[]])


def read_declarations(file: Path, find: "Callable[[str], Rule | None]") -> tuple[Declaration, ...]:
    """The declarations of a YAML or JSON file; raises `Refused` with the line of what no rule asks."""
    return loaded(file, Declarations, context={"find": find}).declarations


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
            known, said = declaration.facts.known(), True
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
