"""`ccsi criteria` as a user calls it."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from ccsi_kit.cli.installed import _unread_sets
from ccsi_kit.criteria import CriteriaSet, criteria_set, criteria_sets, read_sets
from ccsi_kit.criteria.commands import criteria
from ccsi_kit.criteria.plugin import ccsi_commands, ccsi_records
from ccsi_kit.errors import UsageError
from ccsi_kit.i18n import LANGUAGES
from ccsi_kit.models import loaded
from ccsi_kit.plugins import Plugins
from tests.criteria.test_sets import NATIONAL


@pytest.fixture
def country(tmp_path: Path) -> Path:
    (tmp_path / "criteria").mkdir()
    (tmp_path / "criteria" / "esid-4.yaml").write_text(NATIONAL, encoding="utf-8")
    return tmp_path


class Country:
    """A country whose package lies in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def criteria(self):
        return read_sets(self.folder / "criteria")


def ran(capsys, *args: str, lang: str = "en", folder: Path | None = None) -> str:
    app = SimpleNamespace(lang=lang, plugins=Plugins({"lv": Country(folder)} if folder else {}, ()))
    criteria.main(list(args), obj=app, standalone_mode=False)
    return capsys.readouterr().out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_names_what_ships_and_what_does_not(capsys, lang):
    out = ran(capsys, "list", lang=lang)
    assert all(set_.title.say(lang).text in out for set_ in criteria_sets().values())
    assert "RESINDEX" in out
    assert "criteria." not in out


def test_the_list_as_json_has_the_countries_sets(capsys, country):
    found = json.loads(ran(capsys, "list", "--json", folder=country))
    assert {"id": "lv:criteria:esid-4", "version": 1, "title": "Latvijas papildinājums", "criteria": 5} in found["sets"]
    assert "transit" in found["not_shipped"]


def test_a_broken_set_of_a_country_leaves_the_others(capsys, country):
    (country / "criteria" / "broken.yaml").write_text("id: lv:criteria:broken\n", encoding="utf-8")
    told = ran(capsys, "list", folder=country)
    assert "esid-4" in told and "lv:criteria" not in told
    assert {issue.file for issue in _unread_sets(Country(country))} == {"broken.yaml"}


@pytest.mark.parametrize("set_", criteria_sets().values(), ids=lambda set_: set_.name)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_set_is_shown_in_every_language(capsys, set_, lang):
    out = ran(capsys, "show", set_.name, lang=lang)
    for item in set_.items.values():
        assert item.label.say(lang).text in out
    assert set_.references[0].text in out
    assert "criteria.v" not in out


def test_a_machines_words_are_marked(capsys):
    assert "Tulkojusi mašīna" in ran(capsys, "show", "esid-4", lang="lv")
    assert "machine" not in ran(capsys, "show", "esid-4")


def test_a_national_set_is_found_by_its_whole_id(capsys, country):
    out = ran(capsys, "show", "lv:criteria:esid-4", folder=country)
    assert "lv-language" in out
    assert "novelty" in out
    with pytest.raises(UsageError):
        ran(capsys, "show", "lv:criteria:esid-4")


@pytest.mark.parametrize("name", [set_.name for set_ in criteria_sets().values()])
def test_what_is_exported_reads_as_the_same_set(capsys, tmp_path, name):
    file = tmp_path / f"{name}.yaml"
    file.write_text(ran(capsys, "export", name), encoding="utf-8")
    assert loaded(file, CriteriaSet) == criteria_set(name)
    as_json = ran(capsys, "export", name, "--format", "json")
    assert CriteriaSet.model_validate_json(as_json) == criteria_set(name)
    assert json.loads(ran(capsys, "show", name, "--json"))["id"] == f"ccsi:criteria:{name}"


def test_an_exported_national_set_reads_as_the_same(capsys, country, tmp_path):
    file = tmp_path / "esid-4.yaml"
    file.write_text(ran(capsys, "export", "lv:criteria:esid-4", folder=country), encoding="utf-8")
    found = loaded(file, CriteriaSet)
    assert list(found.items)[-1] == "lv-language"


def test_the_room_brings_its_commands_and_records():
    assert [command.name for command in ccsi_commands()] == ["criteria", "assessment"]
    assert [kind.kind for kind in ccsi_records()] == ["assessment", "assignment"]
