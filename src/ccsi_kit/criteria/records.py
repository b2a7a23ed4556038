"""What people write: who assesses what, and what they answer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Protocol, Self

from pydantic import AfterValidator, Field, model_validator

from ccsi_kit.criteria.scales import NA, NONE, NodeId, Value, wrong
from ccsi_kit.criteria.sets import CriteriaSet, SetId
from ccsi_kit.models import Issue, Model, Record, Ref, Steps, parse_ref

Context = Literal["single", "source", "target"]
"""The one context there is; or the one that an experience comes from, or goes to."""
_PAGE = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
COUNTED = ("submitted", "reconciled", "locked")
"""The states of an assessment that counts."""


def _person(ref: str) -> str:
    if parse_ref(ref).kind != "person":
        raise wrong("assessor-no-person", ref=ref)
    return ref


PersonRef = Annotated[Ref, AfterValidator(_person)]
"""The opaque id of a person: `lv:person:01KB...`; no name."""


def _evidence(text: str) -> str:
    if not _PAGE.fullmatch(text) and not _is_ref(text):
        raise wrong("evidence-no-address", written=text)
    return text


def _is_ref(text: str) -> bool:
    try:
        return bool(parse_ref(text))
    except ValueError:
        return False


Evidence = Annotated[str, AfterValidator(_evidence)]
"""A Ref or the address of a page."""


class Answer(Model):
    """What somebody answers to one criterion."""

    item: NodeId = Field(description="The criterion.", examples=["novelty"])
    value: Value = Field(
        description="A number, `yes`, `no`, `unclear`, tags, text; `answer/none`, or `answer/na`: not applicable.",
        examples=[2, "unclear", ["out", "deep"], "answer/na"],
    )
    note: str | None = Field(default=None, description="Why.", examples=["Nobody in the region did it before."])
    evidence: tuple[Evidence, ...] = Field(
        default=(), description="What shows it: Refs and addresses of pages.", examples=[["lv:regcode:40008000009"]]
    )

    @property
    def given(self) -> bool:
        """Whether it is an answer, and not that there is none or that the criterion does not apply."""
        return self.value not in (NONE, NA)


class Chosen(Model):
    """Who set a value of a reconciled assessment."""

    item: NodeId = Field(description="The criterion.", examples=["novelty"])
    by: PersonRef | None = Field(
        default=None, description="Who set it; none where all had answered it.", examples=["lv:person:01KB0V1J8M"]
    )
    of: tuple[Ref, ...] = Field(
        default=(), description="The assessments that had answered just that.", examples=[["lv:assessment:01KB0V1J8M"]]
    )


class Reconciled(Model):
    """From which assessments one was made, and who set what."""

    of: tuple[Ref, ...] = Field(
        min_length=1, description="The assessments it was made from.", examples=[["lv:assessment:01KB0V1J8M"]]
    )
    chosen: tuple[Chosen, ...] = Field(default=(), description="Who set each value.", examples=[[]])


class FindsSets(Protocol):
    """Who knows the sets of criteria."""

    def find_set(self, name: str) -> CriteriaSet | None:
        """A set by its id or its name."""


class Assessment(Record, kind="assessment", schema=1):
    """One assessor's answers about one subject on one day; or what several assessors agreed on."""

    subject: Ref = Field(description="What is assessed.", examples=["lv:regcode:40008000009"])
    set: SetId = Field(description="The criteria.", examples=["ccsi:criteria:esid-4"])
    version: int = Field(ge=1, description="The version of the criteria.", examples=[1])
    assessor: PersonRef = Field(description="Who assesses.", examples=["lv:person:01KB0V1J8M4Y6R2N9T5C7E3XQA"])
    on: date = Field(description="The day it was assessed.", examples=["2026-11-25"])
    context: Context = Field(
        default="single", description="In which context, where there are two.", examples=["source"]
    )
    answers: tuple[Answer, ...] = Field(default=(), description="The answers, sorted by criterion.", examples=[[]])
    conflict: bool = Field(
        default=False, description="Whether the assessor declares a conflict of interest.", examples=[False]
    )
    conflict_note: str | None = Field(
        default=None, description="Which conflict of interest.", examples=["Sat on the board until 2024."]
    )
    reconciled: Reconciled | None = Field(
        default=None, description="What it was reconciled from, if it is no single assessor's.", examples=[None]
    )
    blind: ClassVar = True
    fixed: ClassVar = ("submitted", "reconciled", "locked", "superseded")
    steps: ClassVar = Steps(
        "draft -> submitted -> reconciled -> locked -> superseded; submitted -> locked",
        submitted=("answers",),
        reconciled=("reconciled",),
    )

    @model_validator(mode="before")
    @classmethod
    def _of_its_country(cls, said: Any) -> Any:
        return _of_the_assessor(said)

    @model_validator(mode="after")
    def _sorted(self) -> Self:
        object.__setattr__(self, "answers", tuple(sorted(self.answers, key=lambda answer: answer.item)))
        return self

    @property
    def by_item(self) -> dict[str, Answer]:
        """The answers by criterion."""
        return {answer.item: answer for answer in self.answers}

    @property
    def about(self) -> tuple[str, str, str]:
        """What it is about: subject, set and context. Assessments that share it are of one another's kind."""
        return self.subject, self.set, self.context

    @property
    def author(self) -> str:
        """The assessor."""
        return self.assessor

    def issues(self, known: FindsSets) -> Iterator[Issue]:
        """Whether there is such a set, and whether the answers are on its scales."""
        from ccsi_kit.criteria.checking import check

        set_ = known.find_set(self.set)
        if set_ is None:
            yield Issue("no-criteria-set", severity="error", at=self.id, column="set", set=self.set, nearest="")
            return
        yield from check(self, set_)

    @classmethod
    def shown_to(cls, records: Sequence[Self], person: str) -> Sequence[Self]:
        """The person's own, and others' about what the person has submitted an assessment of."""
        from ccsi_kit.criteria.reconciling import blind

        return blind(records, person)


class Assignment(Record, kind="assignment", schema=1):
    """Who is asked to assess what, with which criteria, until when."""

    subject: Ref = Field(description="What is to be assessed.", examples=["lv:regcode:40008000009"])
    set: SetId = Field(description="With which criteria.", examples=["ccsi:criteria:esid-4"])
    assessor: PersonRef = Field(description="By whom.", examples=["lv:person:01KB0V1J8M4Y6R2N9T5C7E3XQA"])
    context: Context = Field(
        default="single", description="In which context, where there are two.", examples=["target"]
    )
    until: date | None = Field(default=None, description="The last day for it.", examples=["2026-12-18"])
    conflict: bool = Field(
        default=False, description="Whether the assessor declares a conflict of interest.", examples=[True]
    )
    conflict_note: str | None = Field(
        default=None, description="Which conflict of interest.", examples=["Works for the applicant."]
    )
    steps: ClassVar = Steps("open -> done | declined")

    @property
    def about(self) -> tuple[str, str, str]:
        """What is to be assessed: subject, set and context."""
        return self.subject, self.set, self.context

    @model_validator(mode="before")
    @classmethod
    def _of_its_country(cls, said: Any) -> Any:
        return _of_the_assessor(said)


def _of_the_assessor(said: Any) -> Any:
    """The country is that of the assessor, where none is named."""
    if isinstance(said, Mapping) and not said.get("country"):
        return {**said, "country": str(said.get("assessor", "")).partition(":")[0] or None}
    return said
