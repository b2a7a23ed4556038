"""Fetching as a part of a run: what fails is stale and keeps its tables, and what it takes is said beforehand."""

import json
from dataclasses import replace
from datetime import date

import pytest

from ccsi_kit.i18n import LANGUAGES, has_words
from ccsi_kit.pipeline import equip
from ccsi_kit.plugins import discover
from ccsi_kit.sources.asking import Fetch
from ccsi_kit.sources.hosts import check
from ccsi_kit.sources.series import wanted
from ccsi_kit.workspace import Workspace
from tests.sources.local import ON, Centre, answer, listening
from tests.walks.conftest import SOURCES, ZZ

SAID = (SOURCES / "register" / "sample.csv").read_bytes()
QUICK = {"stages": ("fetch", "convert", "link")}


@pytest.fixture
def centre(tmp_path):
    with listening() as register:
        yield Centre(tmp_path / "centre", register)


@pytest.fixture
def workspace(tmp_path, centre, monkeypatch):
    """A workspace of zz whose register is fetched and whose projects are not."""
    monkeypatch.syspath_prepend(ZZ)
    made = Workspace.open(tmp_path / "workspace")
    source = made.equipment.sources["zz-register"]
    rules = Fetch.model_validate({"url": centre.register.url(), "pause_ms": 0})
    fetched = replace(source, manifest=source.manifest.replace(fetch=rules))
    equipment = replace(made.equipment, sources={**made.equipment.sources, "zz-register": fetched})
    made.__dict__ |= {"_equipped": equipment, "equipment": equipment}
    return made


def tables(workspace):
    return {file: file.read_bytes() for file in workspace.layout.tables.rglob("*.parquet")}


def test_a_run_reads_what_the_register_says_now(workspace, centre):
    centre.register.says("/register.csv", answer(SAID))
    record = workspace.run(on=ON, countries=["zz"], fetcher=centre.fetcher, **QUICK)
    (snapshot,) = record.sources["zz-register"].snapshots
    assert (snapshot.kind, snapshot.retrieved) == ("fetched", ON) and record.sources["zz-register"].state == "fresh"
    assert len(workspace.organisations(country="zz")) == 4
    again = workspace.run(on=date(2026, 12, 1), countries=["zz"], fetcher=centre.fetcher, **QUICK)
    assert again.sources["zz-register"].state == "unchanged" and again.sources["zz-register"].retrieved == ON


def test_a_source_that_cannot_be_fetched_is_stale_and_keeps_its_tables_and_the_others_go_on(workspace, centre):
    workspace.run(
        on=ON, files={f"zz-{name}": [SOURCES / name / "sample.csv"] for name in ("register", "projects")}, **QUICK
    )
    before = tables(workspace)
    centre.register.says("/register.csv", answer(status=404))
    projects = workspace.run(on=ON, countries=["zz"], fetcher=centre.fetcher, **QUICK)
    assert projects.stale == ("zz-register",) and projects.sources["zz-register"].problem.code == "fetch-status"
    assert projects.sources["zz-projects"].state != "stale" and tables(workspace) == before
    centre.register.says("/register.csv", answer(SAID))
    assert workspace.run(on=ON, countries=["zz"], fetcher=centre.fetcher, **QUICK).stale == ()


def test_a_source_without_address_keeps_what_it_has_and_needs_a_file_where_it_has_nothing(workspace, centre):
    centre.register.says("/register.csv", answer(SAID))
    record = workspace.run(on=ON, countries=["zz"], fetcher=centre.fetcher, **QUICK)
    assert record.stale == ("zz-projects",) and record.sources["zz-projects"].problem.code == "no-address"
    given = {"zz-projects": [SOURCES / "projects" / "sample.csv"]}
    assert workspace.run(on=ON, countries=["zz"], files=given, fetcher=centre.fetcher, **QUICK).stale == ()
    assert workspace.run(on=ON, countries=["zz"], fetcher=centre.fetcher, **QUICK).stale == ()


@pytest.mark.parametrize(
    "asked", [{"offline": True, **QUICK}, {"sample": True, "stages": ("fetch",)}, {"stages": ("convert",)}]
)
def test_nobody_is_asked_where_nothing_is_to_be_fetched(workspace, centre, asked):
    workspace.run(on=ON, countries=["zz"], fetcher=centre.fetcher, **asked)
    plan = workspace.plan(workspace.request(on=ON, countries=["zz"], **asked))
    assert not centre.register.asked and "fetch" not in {step["from"] for step in plan}


def test_the_stage_alone_fetches_and_a_failure_of_it_is_remembered(workspace, centre):
    centre.register.says("/register.csv", answer(status=404))
    record = workspace.run(on=ON, countries=["zz"], stages=("fetch",), fetcher=centre.fetcher)
    assert "zz-register" in record.stale
    centre.register.says("/register.csv", answer(SAID))
    workspace.run(on=ON, countries=["zz"], stages=("fetch",), fetcher=centre.fetcher)
    (snapshot,) = workspace.layout.snapshots.newest("zz-register")
    assert workspace.layout.snapshots.path(snapshot).read_bytes() == SAID


def test_the_plan_says_what_it_takes(workspace, centre):
    request = workspace.request(on=ON, countries=["zz"])
    plan = {step["source"]: step for step in workspace.plan(request)}
    assert plan["zz-register"]["from"] == "fetch" and plan["zz-projects"]["from"] == "nothing"
    assert (plan["zz-register"]["requests"], plan["zz-register"]["seconds"]) == (1, None)
    assert plan["eu-kohesio"]["from"] == "nothing"  # it has no file about zz
    centre.register.says("/register.csv", answer(SAID))
    centre.clock.step = 1
    workspace.run(on=ON, countries=["zz"], fetcher=centre.fetcher, **QUICK)
    assert {step["source"]: step for step in workspace.plan(request)}["zz-register"]["seconds"] > 0


def test_a_dry_run_says_requests_and_minutes_and_asks_nobody(tmp_path, capsys):
    from ccsi_kit.cli.main import exit_code

    call = ["run", "--workspace", str(tmp_path / "nowhere"), "--dry-run", "--on", "2026-11-24"]
    assert exit_code(call) == 0
    told = capsys.readouterr().out
    assert "lv-ur-register" in told and "dati.ur.gov.lv: 1 request, time unknown" in told
    assert "eu-kohesio" in told and "kohesio.ec.europa.eu: 8 requests, time unknown" in told
    assert "Together: " in told and not (tmp_path / "nowhere").exists()
    assert exit_code([*call, "--country", "lv", "--json"]) == 0
    (step,) = [step for step in json.loads(capsys.readouterr().out) if step["source"] == "eu-kohesio"]
    assert (step["from"], step["requests"], step["seconds"]) == ("fetch", 2, None)


def test_the_command_hands_down_the_tokens_that_manifests_name_and_no_others(workspace, monkeypatch):
    from ccsi_kit.cli.app import App
    from ccsi_kit.cli.running import _tokens

    source = workspace.equipment.sources["zz-register"]
    rules = source.manifest.fetch.replace(token_env="CCSI_TEST_TOKEN")
    named = replace(source, manifest=source.manifest.replace(fetch=rules))
    app = App(lang="en", debug=False, folder=None)
    app.__dict__["equipment"] = replace(workspace.equipment, sources={"zz-register": named})
    assert _tokens(app) == {}
    monkeypatch.setenv("CCSI_TEST_TOKEN", "secret")
    monkeypatch.setenv("CCSI_OTHER_TOKEN", "secret")
    assert _tokens(app) == {"CCSI_TEST_TOKEN": "secret"}


def test_every_address_of_every_country_can_be_asked():
    found = equip(discover()).sources.values()
    asked = [source for source in found if source.manifest.fetch]
    assert {"lv-ur-register", "lv-ur-areas", "lv-vid-slo", "eu-kohesio"} <= {source.id for source in asked}
    for source in asked:
        rules = source.manifest.fetch
        for file in wanted(source.manifest, on=ON):
            for url in file.series:
                assert "{" not in url
                check(url, rules.every_host, allow_local=False)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_can_go_wrong_has_words(lang):
    codes = (
        "address-not-public answer-broken answer-encoding answer-too-large bad-address fetch-failed fetch-late "
        "fetch-no-host fetch-status gap-unknown host-not-listed listing-missing moved-too-often no-address not-https "
        "page-broken page-without pages-need-json pages-total-or-next split-without-pages token-missing too-many-pages"
    )
    assert [code for code in codes.split() if not has_words(code, lang)] == []
