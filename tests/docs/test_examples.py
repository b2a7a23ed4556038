"""Everything that the documents show runs, and says what they say it says."""

import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccsi_kit.i18n import LANGUAGES, catalogues, has_words
from ccsi_kit.pipeline import last_run
from ccsi_kit.store import Layout
from tests.docs.conftest import DOCS, ROOT, Demo, ccsi, inside
from tests.docs.examples import Command, blocks, commands, run_python, same

MADE = ("_build", "made", "decisions")
DOCUMENTS = [
    ROOT / "README.md",
    *(file for file in sorted(DOCS.rglob("*.md")) if not set(MADE) & set(file.relative_to(DOCS).parts)),
]


def name(document: Path) -> str:
    return str(document.relative_to(ROOT))


@pytest.fixture
def place(demo: Demo, tmp_path: Path) -> Iterator[Path]:
    """A folder of its own, with the demo in it; what is installed there is gone afterwards."""
    (tmp_path / "demo").symlink_to(demo.folder / "demo")
    before, modules, words = list(sys.path), set(sys.modules), list(catalogues._folders)
    with inside(tmp_path):
        yield tmp_path
    sys.path[:] = before
    catalogues._folders[:] = words
    catalogues._catalogues.cache_clear()
    for module in set(sys.modules) - modules:
        if module.startswith("ccsi_kit_"):
            del sys.modules[module]


def installed(folder: Path) -> None:
    """What `pip install -e FOLDER` does for a package with a `src` folder."""
    told = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    info = folder / "src" / f"{told['name'].replace('-', '_')}-{told['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {told['name']}\nVersion: {told['version']}\n")
    points = (
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in entries.items())
        for group, entries in told["entry-points"].items()
    )
    (info / "entry_points.txt").write_text("\n".join(points))
    sys.path.insert(0, str(folder / "src"))


def run_command(command: Command, place: Path, demo: Demo) -> tuple[int, str] | None:
    """What a command says; none where it is not for this test to run."""
    words = shlex.split(command.line, comments=True)
    if words[-2:] == ["make", "demo"]:
        return 0, f"make installs what is missing and calls ccsi\n{demo.said}"
    if words[:3] == ["pip", "install", "-e"]:
        installed(place / words[3])
    return ccsi(words[1:], str(place / words[0])) if Path(words[0]).name == "ccsi" else None


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_what_a_document_shows_is_so(document, place, demo):
    names: dict[str, object] = {}
    for block in blocks(document):
        where = f"{name(document)}, line {block.line}"
        if block.file:
            (place / block.file).parent.mkdir(parents=True, exist_ok=True)
            (place / block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            run_python(block.text, names, where=where)
        elif block.language == "console":
            for command in commands(block.text):
                if told := run_command(command, place, demo):
                    code, said = told
                    if code != command.code or (command.output and not same(command.output, said)):
                        pytest.fail(f"{where}: {command.line} ends with {code} and says\n{said}", pytrace=False)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_issue_that_the_samples_raise_can_be_said_and_mended(demo, lang):
    """Codes that are made inside a query are in no call that could be searched for."""
    record = last_run(Layout(demo.folder / "demo"))
    found = {code for source in record.sources.values() for book in source.books for code in book.issues}
    assert len(found) > 5
    assert not {code for code in found if not has_words(code, lang) or not has_words(f"{code}.mend", lang)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_to_a_file_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)\s#]+)", text):
        path = document.parent / target
        assert path.exists() or path.parent.name == "made" or path.with_suffix(".md").exists(), target


def test_the_check_sees_what_is_not_so(tmp_path):
    document = tmp_path / "wrong.md"
    document.write_text("```console\n$ ccsi nothing   # exit code 2\nsaid\n$ ls\n```\n\n```python\n1 + 1  # 3\n```\n")
    console, python = blocks(document)
    assert list(commands(console.text)) == [Command("ccsi nothing", 2, "said\n"), Command("ls", 0, "")]
    assert same("a\n...\nd\n", "a\nb\nc\nd\n") and not same("a\nd\n", "a\nb\n")
    with pytest.raises(AssertionError, match="1 \\+ 1 is 2"):
        run_python(python.text, {}, where="wrong.md")
