"""Words for the made record types."""

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from ccsi_kit.forms import Form
from ccsi_kit.i18n import add_catalogues
from tests.forms.made import LANGUAGES, WORDS, Plain, Trial


@pytest.fixture(scope="session", autouse=True)
def spoken(tmp_path_factory):
    folder = tmp_path_factory.mktemp("locale")
    for at, lang in enumerate(LANGUAGES):
        catalogue = Catalog(locale=lang)
        for code, said in WORDS.items():
            catalogue.add(code, said[at])
        file = folder / lang / "LC_MESSAGES" / "made.mo"
        file.parent.mkdir(parents=True)
        with file.open("wb") as stream:
            write_mo(stream, catalogue)
    add_catalogues(folder)


@pytest.fixture(scope="session")
def trial(spoken):
    return Form.of(Trial)


@pytest.fixture(scope="session")
def plain(spoken):
    return Form.of(Plain)
