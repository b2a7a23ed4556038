"""What people write in `ccsi.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from ccsi_kit.errors import Refused
from ccsi_kit.i18n import LANGUAGES
from ccsi_kit.models import Issue, Language, Model


class Settings(Model):
    """Settings of a workspace; every one may be left out."""

    name: Mapping[Language, str] = Field(
        default={}, description="Name of the centre by language.", examples=[{"lv": "Centrs"}]
    )
    contact: str | None = Field(
        default=None, description="Mail address or page.", examples=["mailto:centre@ccsi.example"]
    )
    languages: tuple[Language, ...] = Field(
        default=LANGUAGES, description="Languages of the pages.", min_length=1, examples=[["lv", "en"]]
    )
    address: str | None = Field(
        default=None,
        description="Where the pages will stand.",
        pattern="^https?://",
        examples=["https://ccsi.example/"],
    )
    pages: int = Field(default=2000, description="Most organisations with a page, a country.", ge=0, examples=[2000])


TEMPLATE = """# Settings of this workspace. Take the # off a line to use it.
# languages = ["en", "es", "fr", "sv", "lv"]
# address = "https://ccsi.example/"          # where the pages will stand, for links between languages
# contact = "mailto:centre@ccsi.example"
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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused("bad-settings", file=path.name, problem=str(error)) from error
    except ValidationError as error:
        issues = [_issue(problem, path.name) for problem in error.errors(include_url=False)]
        raise Refused("bad-file", file=path.name, n=len(issues), issues=issues) from error


def _issue(problem: Mapping[str, object], file: str) -> Issue:
    location = problem["loc"]
    key = ".".join(map(str, location)) if isinstance(location, tuple) else ""
    return Issue("bad-value", severity="error", file=file, key=key, problem=problem["msg"])
