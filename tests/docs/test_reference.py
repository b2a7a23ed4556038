"""The reference that is made from the code has everything that the code has."""

import sys
from collections.abc import Iterator
from types import ModuleType

import click
import pytest

from ccsi_kit import models
from ccsi_kit.cli.main import ccsi
from ccsi_kit.pipeline import equip
from ccsi_kit.plugins import discover, hookspecs
from ccsi_kit.sources import Manifest
from tests.docs.conftest import DOCS


@pytest.fixture(scope="module")
def maker() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        import made

        yield made
        for name in ("made", "marked"):
            sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def pages(maker, tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reference")
    maker.write(folder)
    return {file.stem: file.read_text(encoding="utf-8") for file in folder.rglob("*.md")}


def all_commands(command: click.Command, *above: str) -> Iterator[tuple[str, click.Command]]:
    yield " ".join(above), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from all_commands(command.get_command(context, name), *above, name)


def test_every_command_is_there_with_its_help_and_its_options(pages):
    for path, command in all_commands(ccsi, "ccsi"):
        _, _, section = pages["commands"].partition(f" {path}\n")
        section = section.partition("\n#")[0]
        assert command.help and section, path
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help and option.opts[0] in section, (path, option.name)


def test_every_hook_says_when_it_is_called_and_what_it_returns(pages):
    for name, hook in vars(hookspecs).items():
        if hasattr(hook, "ccsi_kit_spec"):
            assert f"## {name}\n" in pages["hooks"]
            assert "Called" in hook.__doc__ and "Returns" in hook.__doc__, name


def test_every_model_and_every_key_is_there(pages):
    for name in models.__all__:
        model = getattr(models, name)
        if hasattr(model, "model_fields") and name not in ("Model", "Thing", "Record"):
            assert f"## {name}\n" in pages["models"]
            assert (DOCS / "reference" / "schemas" / f"{name.lower()}.json").exists()
    for name, field in Manifest.model_fields.items():
        assert f"| `{field.alias or name}` |" in pages["manifest"]


def test_every_source_list_and_scheme_is_there(pages):
    plugins = discover()
    known = equip(plugins)
    for source in known.sources.values():
        assert f"### {source.id}\n" in pages["sources"]
        for column in (*source.manifest.columns, *source.manifest.skipped):
            assert f"`{column}`" in pages["sources"]
    assert all(f"| `{name}` |" in pages["vocabularies"] for name in known.vocabularies)
    assert all(f"| `{name}` |" in pages["schemes"] for name in plugins.schemes)


def test_every_message_is_there(maker, pages):
    for _, file in maker.catalogues(discover()):
        for code in maker.said(file):
            assert code.endswith(".mend") or f"| `{code}` |" in pages["messages"]


def test_every_page_is_listed(pages):
    index = (DOCS / "reference" / "index.md").read_text(encoding="utf-8")
    laws = {rule.code for rule in discover().rules()}
    listed = sorted(line.removeprefix("made/") for line in index.split() if line.startswith("made/"))
    assert sorted({*pages} - laws) == listed
    assert laws == {code for code in laws if f"<rules/{code}>" in pages["rules"]}


def test_a_page_of_a_rule_has_its_clauses_values_changes_and_cases_with_their_facts(maker, pages):
    page = pages["ES-EI-01"]
    for said in ("Ley 44/2007, 5.a", "promoter\\_share: 51% → 100%", "What changed, and when", "showcase-10-april"):
        assert said in page
    (case,) = [line for line in page.splitlines() if line.startswith("| after-transition")]
    assert "transition-unknown (our own) | 1 December 2026 | day of qualification: unknown |" in page
    assert "| 100% | 26 October 2022 – 30 June 2024 |" in pages["EU-COF-01"]  # a value that ends by itself
    assert "1 March 2024" in case and "conditions not met" in case and "100% is asked of a commercial company" in case


def test_pages_are_made_again_only_where_they_change(maker, tmp_path):
    maker.write(tmp_path)
    stale, kept = tmp_path / "gone.md", tmp_path / "hooks.md"
    stale.write_text("no page makes this")
    before = {file.name: file.stat().st_mtime_ns for file in tmp_path.rglob("*.md") if file != stale}
    maker.write(tmp_path)
    assert {file.name: file.stat().st_mtime_ns for file in tmp_path.rglob("*.md")} == before
    kept.write_text("changed by hand")
    maker.write(tmp_path)
    assert kept.read_text() != "changed by hand"


def test_text_cannot_become_markup(maker):
    assert maker.escaped("a | b <i> {n}`x|y` *") == "a \\| b \\<i\\> \\{n\\}`x\\|y` \\*"
