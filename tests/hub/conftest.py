"""The made site, published once, and a browser to look at it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ccsi_kit.hub import publish
from ccsi_kit.i18n import LANGUAGES
from ccsi_kit.plugins import discover
from tests.hub.made import Made


@dataclass(frozen=True)
class MadeSite:
    """A published site: its folder, its view, its languages."""

    root: Path
    view: Made
    languages: tuple[str, ...]


@pytest.fixture(scope="session", autouse=True)
def _words() -> None:
    """Words of number schemes come with the countries."""
    discover()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    root = tmp_path_factory.mktemp("hub")
    view = Made(times=3)
    publish(view, root, languages=LANGUAGES)
    return MadeSite(root, view, LANGUAGES)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CCSI_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("no chromium: set CCSI_CHROMIUM, or run the tests with make test")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()
