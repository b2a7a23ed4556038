"""Worked cases of a law: what is given, and what the law says then."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ccsi_kit.models import Model, loaded
from ccsi_kit.rules.facts import Facts
from ccsi_kit.rules.outcomes import Outcome, Verdict, plain
from ccsi_kit.rules.parameters import in_law

Basis = Literal["law", "secondary", "to-check", "computed"]
"""What a case rests on; `computed`: on the clauses and parameters themselves."""


class Case(Model):
    """A case: facts on a day, and the outcome that the law gives them."""

    id: str = Field(description="Its number, given or our own.", examples=["1"])
    rule: str = Field(description="The rule, by the last part of its id.", examples=["empresa-de-insercion"])
    on: date = Field(description="The day asked.", examples=["2026-06-01"])
    facts: Any = Field(default={}, description="Facts, over those given.", examples=[{"registered": "true"}])
    unknown: tuple[str, ...] = Field(default=(), description="Given facts that are unknown here.", examples=[["means"]])
    verdict: Verdict | None = Field(
        default=None, description="The verdict; none where there is only a value.", examples=["eligible"]
    )
    value: Any = Field(default=None, description="The value.", examples=["0.95"])
    candidates: tuple[Any, ...] = Field(default=(), description="Values that are possible.", examples=[["f51", "f53"]])
    unmet: tuple[str, ...] = Field(default=(), description="The clauses that are not met.", examples=[["promoter"]])
    missing: tuple[str, ...] = Field(default=(), description="What is missing to decide.", examples=[["means"]])
    warnings: tuple[str, ...] = Field(default=(), description="What must be told.", examples=[["transition"]])
    flags: tuple[str, ...] = Field(default=(), description="The flags.", examples=[["provisional"]])
    stated: tuple[str, ...] = Field(
        default=(), description="The facts that it states itself; told while reading.", examples=[["registered"]]
    )
    basis: Basis = Field(description="What it rests on.", examples=["law"])
    own: bool = Field(default=False, description="Whether it is our own.", examples=["true"])

    @field_validator("facts", mode="before")
    @classmethod
    def _typed(cls, value: Any, info: ValidationInfo) -> Any:
        return _facts(value, str(info.data.get("rule")), info)

    def differs(self, outcome: Outcome) -> list[str]:
        """In what an outcome differs from what the case says; nothing where it does not."""
        unmet = {reason.name for reason in outcome.reasons if reason.met is False}
        told = {one.code for one in outcome.warnings}
        found = {
            "verdict": (outcome.verdict, self.verdict),
            "value": (_text(outcome.value), _text(self.value)),
            "candidates": (_sorted(map(plain, outcome.candidates)), _sorted(self.candidates)),
            "unmet": (_sorted(unmet), _sorted(self.unmet)),
            "missing": (_sorted(outcome.missing), _sorted(self.missing)),
            "flags": (_sorted(outcome.flags), _sorted(self.flags)),
            "warnings": (_sorted(told & {*self.warnings}), _sorted(self.warnings)),
        }
        return [f"{name}: {is_} instead of {said}" for name, (is_, said) in found.items() if is_ != said]


class CaseFile(Model):
    """`cases.yaml` of a law."""

    given: Mapping[str, Any] = Field(
        default={}, description="Facts of every case of a rule.", examples=[{"empresa-de-insercion": {}}]
    )
    cases: tuple[Case, ...] = Field(description="The cases.", min_length=1, examples=[[]])

    @field_validator("given", mode="before")
    @classmethod
    def _typed(cls, value: Any, info: ValidationInfo) -> Any:
        return {rule: _facts(said, rule, info) for rule, said in value.items()} if isinstance(value, dict) else value


def read_cases(file: Path, rule: str, facts: type[Facts]) -> tuple[Case, ...]:
    """The cases of one rule; raises `Refused` with the line of every key and fact that the rule does not have."""
    if not file.exists():
        return ()
    told = loaded(file, CaseFile, context={"rules": {rule: facts}}, called=in_law(file))
    given = told.given[rule].known() if rule in told.given else {}
    return tuple(
        one.replace(facts=_over(given, one, facts), stated=tuple(one.facts.known() if one.facts else ()))
        for one in told.cases if one.rule == rule
    )  # fmt: skip


def _over(given: Mapping[str, Any], case: Case, facts: type[Facts]) -> Facts:
    kept = {name: value for name, value in given.items() if name not in case.unknown}
    return facts.model_validate({**kept, **(case.facts.known() if case.facts else {})})


def _facts(said: Any, rule: str, info: ValidationInfo) -> Any:
    kind = (info.context or {}).get("rules", {}).get(rule)
    if kind is None or isinstance(said, Facts):
        return said
    if isinstance(said, str):
        raise PydanticCustomError("value.parts", "value.parts", {"code": "value.parts"})
    return kind.model_validate(said)


def _sorted(values: Any) -> list[str]:
    return sorted(map(str, values))


def _text(value: Any) -> Any:
    """A value as a file says it: every scalar is text."""
    value = plain(value)
    if isinstance(value, dict):
        return {name: _text(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_text(part) for part in value]
    return value if value is None else str(value)
