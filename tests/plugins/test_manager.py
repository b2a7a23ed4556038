"""A package that is broken in any way disturbs no other, and says what is wrong."""

import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from ccsi_kit.errors import Incompatible, UsageError
from ccsi_kit.i18n import words
from ccsi_kit.pipeline import equip, equipment
from ccsi_kit.plugins import API, country, discover, rooms
from ccsi_kit.sources import find_sources

BROKEN = Path(__file__).parents[1] / "broken"
FAULTS = {
    "import_error": ("xa", "plugin-raised"),
    "wrong_api": ("xb", "plugin-api"),
    "raising_hook": ("xc", "plugin-raised"),
    "rubbish_hook": ("xd", "plugin-rubbish"),
    "rubbish_numbers": ("xe", "plugin-rubbish"),
    "doubled_code": ("lv-again", "plugin-doubled"),
    "exit_at_import": ("xf", "plugin-raised"),
    "object_entry": ("xh", "plugin-no-module"),
    "broken_words": ("xi", "plugin-bad-catalogue"),
    "foreign_numbers": ("xk", "plugin-foreign-scheme"),
    "reserved_code": ("xm", "plugin-reserved-code"),
}
FOUR = {"es", "fr", "lv", "se"}


def found(*faults: str, monkeypatch: pytest.MonkeyPatch):
    for fault in faults:
        monkeypatch.syspath_prepend(BROKEN / fault)
    return discover()


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_left_out_with_its_reason_and_the_others_load(fault, monkeypatch):
    plugins = found(fault, monkeypatch=monkeypatch)
    name, code = FAULTS[fault]
    assert [(plugin.name, plugin.problem.code) for plugin in plugins.left_out] == [(name, code)]
    assert set(plugins.countries) == {"eu", *FOUR}


def test_all_faults_at_once(monkeypatch):
    plugins = found(*FAULTS, monkeypatch=monkeypatch)
    assert {plugin.name for plugin in plugins.left_out} == {name for name, _ in FAULTS.values()}
    assert set(plugins.countries) == {"eu", *FOUR}
    assert plugins.schemes == discover(entry_points=_points(FOUR)).schemes


def _points(codes):
    return [EntryPoint(code, f"ccsi_kit_{code}.plugin", "ccsi_kit") for code in sorted(codes)]


def test_the_reason_names_the_line_of_the_package(monkeypatch):
    plugins = found("import_error", monkeypatch=monkeypatch)
    problem = plugins.left_out[0].problem.arguments
    assert problem["error"] == "ModuleNotFoundError" and "no_such_module_anywhere" in problem["said"]
    assert (problem["file"], problem["line"]) == ("ccsi_kit_import_error/plugin.py", 3)


def test_a_country_left_out_is_told_when_it_is_asked_for(monkeypatch):
    plugins = found("wrong_api", monkeypatch=monkeypatch)
    with pytest.raises(Incompatible) as told:
        plugins.country("xb")
    assert told.value.exit_code == 5
    assert told.value.arguments["problem"].arguments == {"theirs": 99, "ours": API}


def test_nobody_has_that_code():
    with pytest.raises(UsageError) as told:
        discover().country("zz")
    assert told.value.arguments["known"] == "eu, es, fr, lv, se"


@pytest.mark.parametrize(("code", "nearest"), [("lvv", "lv"), ("zz", "")])
def test_the_nearest_country_is_named_where_one_is_near(code, nearest):
    with pytest.raises(UsageError) as told:
        discover().country(code)
    assert told.value.arguments["nearest"] == nearest


def test_words_and_numbers_stay_whatever_a_package_brings(monkeypatch):
    before = discover()
    plugins = found("broken_words", "foreign_numbers", monkeypatch=monkeypatch)
    assert plugins.schemes == before.schemes
    assert words("state.ok", "en") == "ok"


@pytest.mark.parametrize(
    ("fault", "code", "complaint"),
    [("folder_manifest", "xj", "bad-file"), ("foreign_list", "xl", "vocabulary-of-another-country")],
)
def test_data_that_cannot_be_read_or_are_not_its_own_are_left_out(monkeypatch, fault, code, complaint):
    before = equip(discover())
    after = equip(found(fault, monkeypatch=monkeypatch))
    assert {name: problem.code for name, problem in after.problems.items()} == {code: complaint}
    assert (after.vocabularies, after.sources) == (before.vocabularies, before.sources)


def test_whatever_data_raise_only_their_country_is_left_out(monkeypatch):
    def find(folder, country):
        if country == "lv":
            raise RecursionError("too deep")
        return find_sources(folder, country)

    monkeypatch.setattr(equipment, "find_sources", find)
    after = equip(discover())
    assert {name: problem.code for name, problem in after.problems.items()} == {"lv": "country-unreadable"}
    assert {source.country for source in after.sources.values()} == {"eu", *FOUR} - {"lv"}


def test_an_interrupt_passes_while_data_are_read(monkeypatch):
    def find(folder, country):
        raise KeyboardInterrupt

    monkeypatch.setattr(equipment, "find_sources", find)
    with pytest.raises(KeyboardInterrupt):
        equip(discover())


def test_an_interrupt_by_the_user_passes(monkeypatch, tmp_path):
    (tmp_path / "interrupted_country.py").write_text("raise KeyboardInterrupt")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        discover(entry_points=[EntryPoint("xx", "interrupted_country", "ccsi_kit")])


def test_one_country_loads_alone():
    code = "from ccsi_kit import country; import sys; country('lv'); print(*sorted(sys.modules))"
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    ).stdout
    assert {name.split(".")[0] for name in printed.split() if name.startswith("ccsi_kit_")} == {"ccsi_kit_lv"}


def test_national_schemes_come_before_those_of_the_union():
    schemes = list(discover().schemes)
    assert schemes.index("lv:regcode") < schemes.index("eu:kohesio-operation")
    assert len(schemes) == len(set(schemes))


def test_rooms_of_the_core_come_in_by_the_same_hooks():
    commands = {command.name for room in rooms() for command in room.commands}
    assert {"source", "organisation", "initiative"} <= commands


def test_the_country_declares_itself():
    lv = country("lv")
    assert (lv.country.code, lv.country.languages, lv.country.territory_level) == ("lv", ("lv",), 3)
    assert lv.identifiers["regcode"].id == "lv:regcode"
    assert lv.vocabularies["legal-form"].concepts["BDR"].label.original.lang == "lv"
