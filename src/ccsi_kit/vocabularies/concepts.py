"""A code list and what stands in it."""

import datetime
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from ccsi_kit.models import Language, Model, Ref, Text

ListId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*:[a-z][a-z0-9-]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._~-]+$")]
"""Letters, digits and `. _ ~ -` only, so that a Ref holds it as it is."""


class Concept(Model):
    """One entry of a code list. A code never changes its meaning: a wrong one is deprecated, and another added."""

    label: Text = Field(description="Its name in the languages of the list.", examples=[{"lv": "Biedrība"}])
    written: tuple[str, ...] = Field(
        default=(), description="What registers write where they do not write the code.", examples=[["GARANTÍA"]]
    )
    broader: Ref | None = Field(default=None, description="The concept above it.", examples=["fr:status/siae"])
    match: tuple[Ref, ...] = Field(
        default=(), description="Concepts of other lists that mean about the same.", examples=[["ccsi:legal-form/f51"]]
    )
    deprecated_by: Ref | None = Field(
        default=None, description="The concept to use instead.", examples=["ccsi:legal-form/f51"]
    )


class Vocabulary(Model):
    """A code list: `lv:legal-form` holds the concepts `lv:legal-form/BDR` and so on."""

    id: ListId = Field(description="Prefix of who keeps it, and its name.", examples=["lv:legal-form"])
    title: Text = Field(description="Its title.", examples=[{"en": "Legal forms of Latvia"}])
    publisher: str = Field(description="Who publishes the codes.", examples=["Latvijas Republikas Uzņēmumu reģistrs"])
    licence: str = Field(description="SPDX id or name of the licence.", examples=["CC0-1.0"])
    date: datetime.date = Field(description="The day the codes are of.", examples=["2026-08-22"])
    languages: tuple[Language, ...] = Field(
        description="Languages in which every concept has a label; none where each has only its own.", examples=[["lv"]]
    )
    concepts: Mapping[Code, Concept] = Field(
        description="The concepts by their code.", min_length=1, examples=[{"BDR": {"label": {"lv": "Biedrība"}}}]
    )

    def ref(self, code: str) -> str:
        """The Ref of a concept."""
        return f"{self.id}/{code}"

    def refs(self) -> dict[str, str]:
        """The Ref of every concept by its code, and by what else registers write for it; codes win."""
        written = {text: self.ref(code) for code, concept in self.concepts.items() for text in concept.written}
        return {**written, **{code: self.ref(code) for code in self.concepts}}

    def matches(self, other: str) -> dict[str, str]:
        """By the Ref of each concept, the first that it matches in another list; those without one are left out."""
        found = ((self.ref(code), _first(concept, other)) for code, concept in self.concepts.items())
        return {ref: match for ref, match in found if match}


def _first(concept: Concept, other: str) -> str | None:
    return next((ref for ref in concept.match if ref.startswith(f"{other}/")), None)
