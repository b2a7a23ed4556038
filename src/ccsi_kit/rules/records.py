"""What people write about rules: facts about an organisation that no register has."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from ccsi_kit.models import Issue, Model, Record, Ref, complaint
from ccsi_kit.rules.facts import Facts

if TYPE_CHECKING:
    from ccsi_kit.rules.rule import Rule


class Fact(Model):
    """One fact, by the name that its rule gives it."""

    name: str = Field(description="Which fact.", examples=["promoter_share"])
    value: str = Field(
        description="What is so; `none` where there is none. A list or a part is written as JSON.", examples=["0.6"]
    )

    @field_validator("value", mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        if value is None or isinstance(value, bool):
            return "none" if value is None else str(value).lower()
        if isinstance(value, Mapping | list | tuple):
            return json.dumps(value, ensure_ascii=False, default=str)
        return value if isinstance(value, str) else str(value)

    @property
    def said(self) -> Any:
        """The value as a rule takes it."""
        if self.value == "none":
            return None
        return json.loads(self.value) if self.value[:1] in ("[", "{") else self.value


class FindsRules(Protocol):
    """Who knows the rules."""

    def find_rule(self, name: str) -> "Rule | None":
        """A rule by its id or its code."""


class Declaration(Record, kind="declaration", schema=1):
    """Facts that a person states about an organisation: what no register has."""

    subject: Ref = Field(description="The organisation.", examples=["es:nif:B99990019"])
    rule: str = Field(description="The rule whose facts they are, by id or code.", examples=["ES-EI-01"])
    on: date = Field(description="The day on which it was so.", examples=["2026-03-01"])
    evidence: str = Field(description="What it rests on; no name of a person.", examples=["Statutes, article 4"])
    facts: tuple[Fact, ...] = Field(
        description="The facts, by name.", min_length=1, examples=[{"promoter_share": "0.6"}]
    )

    @model_validator(mode="before")
    @classmethod
    def _of_its_country(cls, said: Any) -> Any:
        """The country is that of the organisation, where none is named."""
        if isinstance(said, Mapping) and not said.get("country"):
            return {**said, "country": str(said.get("subject", "")).partition(":")[0] or None}
        return said

    @field_validator("facts", mode="before")
    @classmethod
    def _typed(cls, said: Any, info: ValidationInfo) -> Any:
        """Takes a mapping too. In a context that knows the rules (`find`), the facts are those of their rule."""
        find, name = (info.context or {}).get("find"), str(info.data.get("rule"))
        if find is not None and isinstance(said, Mapping):
            rule = find(name)
            if rule is None:
                raise PydanticCustomError("no-rule", "no-rule", {"code": "no-rule", "rule": name, "nearest": ""})
            rule.facts.model_validate(said)
        if isinstance(said, Mapping):
            return tuple({"name": fact, "value": value} for fact, value in said.items())
        return said

    def typed(self, rule: "Rule") -> Facts:
        """The facts as the rule takes them; raises pydantic's `ValidationError`."""
        return rule.facts.model_validate({fact.name: fact.said for fact in self.facts})

    def issues(self, known: FindsRules) -> Iterator[Issue]:
        """Whether there is such a rule, and whether it asks these facts."""
        rule = known.find_rule(self.rule)
        if rule is None:
            yield Issue("no-rule", severity="error", column="rule", rule=self.rule, nearest="")
            return
        try:
            self.typed(rule)
        except (ValidationError, ValueError) as error:
            for problem in error.errors(include_url=False) if isinstance(error, ValidationError) else ():
                yield complaint(problem, rule.facts, key=".".join(map(str, problem["loc"])), column="facts")
            if not isinstance(error, ValidationError):
                yield Issue("facts-broken", severity="error", column="facts", problem=str(error))
