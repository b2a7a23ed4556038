"""A run that is killed at any moment loses nothing."""

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from ccsi_kit.cli.main import exit_code
from ccsi_kit.store import at_each_step
from tests.walks.conftest import SOURCES, given, killed, run, state

KILLS, EACH = 50, 5
SAMPLES = {f"zz-{name}": SOURCES / name / "sample.csv" for name in ("register", "projects")}
STAGES = ("fetch", "convert", "link", "evaluate", "publish")


@pytest.fixture
def before(folder):
    """A workspace after a first run."""
    assert run(folder, *given(SAMPLES)) == 0
    return folder


@pytest.fixture
def after(before, changed, tmp_path):
    """The same workspace after an undisturbed second run with other files, and the steps of that run by stage."""
    steps, stage = [], ""

    def told(name):
        nonlocal stage
        stage = name.removeprefix("stage ") if name.startswith("stage ") else stage
        steps.append((stage, name))

    copy = tmp_path / "after"
    shutil.copytree(before, copy)
    at_each_step(told)
    try:
        assert run(copy, *given(changed)) == 0
    finally:
        at_each_step(lambda _: None)
    return copy, steps


def places(steps) -> list[str]:
    """Seeded places: five or more in each stage, five between rename and folder sync, the rest anywhere."""
    rng = random.Random(20261124)
    in_stage = {
        stage: [f"{stage}:{n}" for n in range(1, count + 1)]
        for stage, count in Counter(stage for stage, _ in steps if stage).items()
    }
    syncs = [f"sync-folder:{n}" for n in range(1, sum(name == "sync-folder" for _, name in steps) + 1)]
    chosen = [
        place for stage in STAGES for place in rng.sample(in_stage[stage], min(EACH, len(in_stage[stage])))
    ] + rng.sample(syncs, EACH)
    rest = sorted({place for options in (*in_stage.values(), syncs) for place in options} - set(chosen))
    return chosen + rng.sample(rest, min(len(rest), KILLS - len(chosen)))


def whole(folder: Path, old: dict[str, str], new: dict[str, str]) -> None:
    """Every table, link and page is the old or the new one, and none is missing that both have."""
    found = state(folder, "tables", "links")
    for name, digest in found.items():
        assert digest in (old.get(name), new.get(name)), f"{name} is neither the old nor the new one"
    common = {name for name in set(old) & set(new) if name.startswith(("tables", "links"))}
    assert common <= set(found), f"{common - set(found)} is gone"
    hubs = [folder / name for name in ("hub", "hub.old") if (folder / name).exists()]
    pages = {str(Path("hub", *Path(name).parts[1:])): digest for name, digest in state(folder, hubs[0].name).items()}
    versions = [{name: digest for name, digest in version.items() if name.startswith("hub")} for version in (old, new)]
    nearest = min((set(pages.items()) ^ set(version.items()) for version in versions), key=len)
    assert not nearest, f"the hub is half written: {sorted(nearest)[:4]}"


def test_fifty_kills_lose_nothing_and_the_next_run_is_as_if_nothing_had_been(before, after, changed, tmp_path):
    undisturbed, steps = after
    old, new = state(before), state(undisturbed)
    ledger = (before / "ledger.jsonl").read_bytes()
    chosen = places(steps)
    assert len(chosen) == KILLS
    for number, place in enumerate(chosen):
        copy = tmp_path / "killed"
        shutil.copytree(before, copy)
        assert killed(copy, place, *given(changed)), f"{place} was not reached"
        whole(copy, old, new)
        assert (copy / "ledger.jsonl").read_bytes().startswith(ledger)
        assert exit_code(["organisation", "list", "--workspace", str(copy)]) == 0
        if number % 5 == 0:  # the other way: back to what was before
            assert run(copy, *given(SAMPLES)) == 0
            parts = ("tables", "links", "hub")
            assert state(copy, *parts) == state(before, *parts), f"back after a kill at {place}"
        assert run(copy, *given(changed)) == 0
        assert state(copy) == new, f"after a kill at {place}"
        shutil.rmtree(copy)


def test_a_writer_that_does_not_write_aside_is_caught(before, after, changed, tmp_path):
    old, new = state(before), state(after[0])
    for place in ("convert:2", "convert:3", "convert:4"):
        copy = tmp_path / place.replace(":", "-")
        shutil.copytree(before, copy)
        assert killed(copy, place, *given(changed), planted=True)
        if state(copy, "tables", "links") != {n: d for n, d in old.items() if n.startswith(("tables", "links"))}:
            with pytest.raises(AssertionError, match=r"neither the old nor the new"):
                whole(copy, old, new)
            return
    pytest.fail("the planted writer was never met")


def test_a_second_process_is_told_who_holds_the_workspace(before, capsys):
    from ccsi_kit.store import Layout, locked

    layout = Layout(before)
    with locked(layout.lock, aside=layout.aside, who="process 4711"):
        assert run(before, *given(SAMPLES)) == 1
    assert "process 4711" in capsys.readouterr().err
    assert run(before, *given(SAMPLES)) == 0
