"""What people write in `ccsi.toml`."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from ccsi_kit.errors import Refused
from ccsi_kit.i18n import LANGUAGES
from ccsi_kit.models import Language, Model
from ccsi_kit.models.complaints import complaint
from ccsi_kit.sources.values import problem

_CONTACT = re.compile(r"(mailto:|https?://)[^\s\"'<>]+")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


def _once(languages: tuple[Language, ...]) -> tuple[Language, ...]:
    for language in languages:
        if languages.count(language) > 1:
            raise problem("language-twice", language=language)
    return languages


def _like(pattern: re.Pattern[str], code: str) -> Callable[[str], str]:
    def checked(text: str) -> str:
        if not pattern.fullmatch(text):
            raise problem(code)
        return text

    return checked


class Settings(Model):
    """Settings of a workspace; every one may be left out."""

    name: Mapping[Language, str] = Field(
        default={}, description="Name of the centre by language.", examples=[{"lv": "Centrs"}]
    )
    contact: Annotated[str, AfterValidator(_like(_CONTACT, "bad-contact"))] | None = Field(
        default=None, description="Mail address or page.", examples=["mailto:centre@ccsi.example"]
    )
    languages: Annotated[tuple[Language, ...], AfterValidator(_once)] = Field(
        default=LANGUAGES, description="Languages of the pages, each once.", min_length=1, examples=[["lv", "en"]]
    )
    address: Annotated[str, AfterValidator(_like(_ADDRESS, "bad-site-address"))] | None = Field(
        default=None, description="Where the pages will stand.", examples=["https://ccsi.example/"]
    )
    licence: str | None = Field(
        default=None,
        description="Under which licence the centre publishes its own records; none: they are not on the map.",
        examples=["CC-BY-4.0"],
    )
    pages: int = Field(
        default=2000, description="Most things of each kind with a page, a country.", ge=0, examples=[2000]
    )


TEMPLATE = """# Settings of this workspace. Take the # off a line to use it.
# languages = ["en", "es", "fr", "sv", "lv"]
# address = "https://ccsi.example/"          # where the pages will stand, for links between languages
# contact = "mailto:centre@ccsi.example"
# licence = "CC-BY-4.0"                      # of your own fiches; without it they are not on the map
# pages = 2000                               # most organisations with a page of their own, a country
# [name]                                     # name of the centre
# en = "Competence Centre for Social Innovation"
"""


def read_settings(path: Path) -> Settings:
    """The settings of a workspace; raises `Refused` with what is wrong in them."""
    if not path.exists():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Refused("file-unreadable", file=path.name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused("bad-settings", file=path.name, problem=str(error)) from error
    except ValidationError as error:
        issues = [
            complaint(found, Settings, key=".".join(map(str, found["loc"])), file=path.name)
            for found in error.errors(include_url=False)
        ]
        raise Refused("bad-file", file=path.name, n=len(issues), issues=issues) from error
