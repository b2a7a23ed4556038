"""Compiles gettext catalogues, `.po` to `.mo` beside it: for a wheel, and by hand (`python hatch_build.py FILE...`)."""

import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogue(po: Path) -> None:
    """Write the `.mo` beside `po`; a line that is no catalogue raises `PoFileError`."""
    with po.open("rb") as source:
        catalogue = read_po(source, abort_invalid=True)
    with po.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue)


class Catalogues(BuildHookInterface[Any]):
    """Runs before the files of a package are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue below the project's `src`."""
        for po in sorted(Path(self.root, "src").rglob("locale/*/LC_MESSAGES/*.po")):
            compile_catalogue(po)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_catalogue(Path(name))
