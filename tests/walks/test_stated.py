"""What people publish stands on the map beside what registers say."""

from pathlib import Path

import pytest

from ccsi_kit import Workspace
from ccsi_kit.mapping import Fiche
from tests.walks.conftest import given, run, state

TITLE = "A kitchen for the whole street"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    projects = tmp_path / "projects.csv"
    projects.write_text("project,title,holder,holder_number,start\nP-1,One,Example Association One,Z0001,01/02/2020\n")
    return given({"zz-projects": projects})


@pytest.fixture
def workspace(folder, files) -> Workspace:
    """A workspace after its first run, whose centre publishes."""
    assert run(folder, *files) == 0
    settings = folder / "ccsi.toml"
    settings.write_text(settings.read_text() + 'licence = "CC-BY-4.0"\n')
    return Workspace.open(folder)


def write(workspace: Workspace, **said):
    by = workspace.records.people.add("zz", name="A. Example")
    content = {"country": "zz", "title": {"en": TITLE}, "summary": {"en": "Neighbours cook together."}, **said}
    return workspace.records.put(Fiche.model_validate(content), by=by, visibility="public")


def titles(folder: Path) -> set[str]:
    return {one.title.original.text for one in Workspace.open(folder).initiatives() if one.title}


def test_a_fiche_of_something_new_gets_a_page_and_an_id_that_stays(folder, files, workspace):
    said = write(workspace, themes=["ccsi:theme/exclusion"], period={"start": "2024-01-01"})
    assert run(folder, *files) == 0
    one = next(found for found in Workspace.open(folder).initiatives() if found.title.original.text == TITLE)
    assert one.id.startswith("zz:x:") and one.origin("title").source == "records"
    assert one.origin("title").licence == "CC-BY-4.0" and one.origin("title").key == said.id.rpartition(":")[2]
    page = (folder / "hub" / "en" / "initiative" / f"{one.id.replace(':', '.')}.html").read_text()
    assert TITLE in page and "Neighbours cook together." in page and "The centre&#39;s own records" in page
    workspace.records.put(
        said.record.replace(title={"en": "Another name"}), after=said.version, by=said.by, why="they renamed it"
    )
    assert run(folder, *files) == 0
    assert titles(folder) == {"One", "Another name"}
    assert Workspace.open(folder).initiative(one.id).title.original.text == "Another name"


def test_a_fiche_about_what_a_register_knows_is_one_thing_with_it(folder, files, workspace):
    known = next(iter(workspace.initiatives()))
    write(workspace, initiative=known.id)
    assert run(folder, *files) == 0
    (one,) = Workspace.open(folder).initiatives()
    assert one.id == known.id and {entry.partition("#")[0] for entry in one.entries} == {"zz-projects", "records"}
    assert one.title.original.text == "One" and one.origin("title").source == "zz-projects"  # registers speak first
    assert one.summary.original.text == "Neighbours cook together."


def test_what_is_internal_or_withdrawn_is_not_on_the_map(folder, files, workspace):
    said = write(workspace)
    assert run(folder, *files) == 0 and TITLE in titles(folder)
    now = workspace.records.put(said.record, after=said.version, by=said.by, visibility="internal")
    assert run(folder, *files) == 0 and titles(folder) == {"One"}
    assert TITLE not in "".join(file.read_text() for file in (folder / "hub").rglob("*.html"))
    workspace.records.put(said.record, after=now.version, by=said.by, visibility="public")
    assert run(folder, *files) == 0 and TITLE in titles(folder)
    workspace.records.withdraw(said.id, by=said.by, why="it ended")
    assert run(folder, *files) == 0 and titles(folder) == {"One"}


def test_without_a_licence_nothing_is_published_and_that_is_told(folder, files, workspace, capsys):
    write(workspace)
    settings = folder / "ccsi.toml"
    settings.write_text(settings.read_text().replace("licence =", "# licence ="))
    assert run(folder, *files) == 0
    assert "1 public record is not on the map" in capsys.readouterr().err
    assert titles(folder) == {"One"}


def test_a_second_run_reads_nothing_anew(folder, files, workspace):
    write(workspace)
    write(workspace, country="lv", title={"lv": "Elsewhere"})
    assert run(folder, *files) == 0
    before = state(folder)
    assert titles(folder) == {"One", TITLE}  # the run was for one country
    assert run(folder, *files) == 0
    assert state(folder) == before


def holding(folder: Path, text: str) -> set[str]:
    """The files of a workspace, but for the records themselves, that hold a text."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("records.db"))
    return {file.name for file in files if text.encode() in file.read_bytes()}


def test_what_is_taken_back_is_nowhere_but_in_the_records(folder, files, workspace):
    said = write(workspace)
    assert run(folder, *files) == 0 and holding(folder / "snapshots", TITLE)
    workspace.records.put(said.record, after=said.version, by=said.by, visibility="internal")
    assert run(folder, *files) == 0 and holding(folder, TITLE) == set()


def test_a_fiche_that_names_a_thing_by_a_persons_number_is_left_out(folder, files, workspace):
    write(workspace, lead="es:nif:12345678Z")
    assert run(folder, *files) == 0
    assert titles(folder) == {"One"} and holding(folder, "12345678Z") == set()
