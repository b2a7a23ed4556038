"""A string in several languages, and which one is the original."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from pydantic import ConfigDict, Field, RootModel, model_validator
from pydantic_core import PydanticCustomError

from ccsi_kit.models.base import Language, Model


class Wording(Model):
    """What a text says in one language."""

    lang: Language = Field(description="Language of the words; `und` where unknown.", examples=["lv"])
    text: str = Field(description="The words.", examples=["Mazāk vientulības"])
    machine: bool = Field(default=False, description="Whether a machine translated them.", examples=[False])


class Text(RootModel[tuple[Wording, ...]]):
    """A string in several languages; the first wording is the original.

    >>> Text.model_validate({"lv": "Mazāk vientulības", "en": "Less loneliness"}).say("sv")
    Wording(lang='en', text='Less loneliness', machine=False)
    """

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [[{"lang": "lv", "text": "Mazāk vientulības"}]]}
    )

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """Takes `{"lv": "...", "en": "..."}` too, the first language being the original."""
        if isinstance(value, Mapping):
            return tuple({"lang": lang, "text": text} for lang, text in value.items())
        return value

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        languages = [wording.lang for wording in self.root]
        if not languages or len(set(languages)) != len(languages):
            raise PydanticCustomError("text-languages", "text-languages", {"code": "text-languages"})
        return self

    @property
    def original(self) -> Wording:
        """The wording that the others were translated from."""
        return self.root[0]

    def wordings(self) -> Iterator[Wording]:
        """All wordings, the original first."""
        return iter(self.root)

    def say(self, *languages: str) -> Wording:
        """The wording in the first of these languages that there is, else in English, else the original."""
        by_language = {wording.lang: wording for wording in self.root}
        for lang in (*languages, "en"):
            if lang in by_language:
                return by_language[lang]
        return self.original

    def __str__(self) -> str:
        return self.original.text
