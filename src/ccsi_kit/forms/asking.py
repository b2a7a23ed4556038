"""What a form asks: questions with choices, in every language, whatever they are derived from."""

from collections.abc import Mapping
from typing import Any, Final, Literal, Protocol

from pydantic import Field

from ccsi_kit.i18n import sentence
from ccsi_kit.models import Message, Model, Record, Text

COUNTRY: Final = "country"
"""Name of the question in which country a record is kept."""
Label = Message | Text
"""Words of the catalogues, or words that came with the data."""
Kind = Literal["text", "texts", "whole", "number", "day", "yes-no", "choice", "choices", "ref", "parts"]


class Choice(Model):
    """One of the answers to choose from."""

    value: str = Field(description="What is stored.", examples=["ccsi:role/promoter"])
    label: Label = Field(description="What the reader sees.", examples=[{"code": "form.yes"}])


class Question(Model):
    """One thing to answer. `texts` is a text in several languages; `parts` a list whose parts have questions."""

    name: str = Field(description="Where the answer belongs: `title`, `period.start`.", examples=["period.start"])
    label: Label = Field(description="The question.", examples=[{"code": "record.fiche.title"}])
    help: Label | None = Field(
        default=None, description="How to answer.", examples=[{"code": "record.fiche.title.help"}]
    )
    kind: Kind = Field(description="What an answer is.", examples=["day"])
    required: bool = Field(default=False, description="Whether it must be answered.", examples=[True])
    choices: tuple[Choice, ...] = Field(default=(), description="What to choose from.", examples=[[]])
    least: float | None = Field(default=None, description="Least number.", examples=[0])
    most: float | None = Field(default=None, description="Greatest number.", examples=[10])
    parts: "tuple[Question, ...]" = Field(default=(), description="What is asked of each part.", examples=[[]])

    @property
    def is_country(self) -> bool:
        """Whether it asks for the country of a record: its code or its name, in any language."""
        return self.kind == "text" and self.name == COUNTRY

    @property
    def advice(self) -> Label | None:
        """How to answer, where it is said."""
        return Message(f"record.{COUNTRY}.help") if self.help is None and self.is_country else self.help


class Asks(Protocol):
    """What a form can be made of: a record type, a criteria set, a ballot."""

    @property
    def id(self) -> str:
        """Kind of the records, or id of the set."""

    @property
    def title(self) -> Label:
        """What it is called."""

    @property
    def record(self) -> type[Record]:
        """The type of record that an answered form becomes."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked, in order."""

    def fits(self, record: Record) -> bool:
        """Whether a record answers just this."""

    def answers(self, record: Record) -> dict[str, Any]:
        """The answers that a record holds, by the names of the questions."""

    def content(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The content of a record that gives these answers."""


def said(label: Label, lang: str) -> str:
    """A label in a language."""
    return sentence(label, lang) if isinstance(label, Message) else label.say(lang).text
