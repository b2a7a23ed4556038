"""What the command line knows: language, workspace, countries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ccsi_kit.errors import CcsiError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccsi_kit.forms import Form
    from ccsi_kit.pipeline import Equipment, SourceRun
    from ccsi_kit.plugins import Plugins
    from ccsi_kit.sources import Report, Source
    from ccsi_kit.workspace import Workspace


@dataclass
class App:
    """The state of one call of `ccsi`."""

    lang: str
    debug: bool
    folder: Path | None

    @cached_property
    def plugins(self) -> "Plugins":
        """The countries, loaded."""
        from ccsi_kit.plugins import discover

        return discover()

    @cached_property
    def view(self) -> "Workspace":
        """The workspace that `--workspace` names, else the one that the current folder is in."""
        from ccsi_kit.store import Layout
        from ccsi_kit.workspace import Workspace

        if self.folder is None:
            return Workspace.open(Layout.find(Path.cwd()).root, plugins=self.plugins)
        if not Layout(self.folder).settings.exists():
            raise UsageError("no-workspace", folder=str(self.folder))
        return Workspace.open(self.folder, plugins=self.plugins)

    @cached_property
    def made(self) -> "Workspace":
        """The workspace as `run` wants it: what is not there is made."""
        from ccsi_kit.store import Layout
        from ccsi_kit.workspace import Workspace

        if self.folder is not None:
            return Workspace.open(self.folder, plugins=self.plugins)
        try:
            return self.view
        except UsageError:
            return Workspace.open(Layout(Path.cwd()).root, plugins=self.plugins)

    @cached_property
    def equipment(self) -> "Equipment":
        """What the countries bring to reading."""
        from ccsi_kit.pipeline import equip

        return equip(self.plugins)

    @cached_property
    def forms(self) -> "Mapping[str, Form]":
        """What can be asked with a form, by kind of record or by criteria set."""
        from ccsi_kit.criteria import CriteriaForm
        from ccsi_kit.forms import Form
        from ccsi_kit.plugins import record_types

        lists = self.equipment.vocabularies
        types = record_types(self.plugins).items()
        own = {kind: Form.of(type_, vocabularies=lists) for kind, type_ in types if kind != "assessment"}
        return own | {id: Form.of(CriteriaForm(set_)) for id, set_ in self.plugins.criteria.items()}

    def check(self, source: "Source", file: Path) -> "Report":
        """What would become of a file; drift is seen against the workspace, where there is one."""
        from ccsi_kit.sources import check

        known, runs = self.equipment, self._read(source.id)
        return check(
            source, file, schemes=known.schemes, vocabularies=known.vocabularies, territories=known.territories,
            previous=runs.books if runs else (),
        )  # fmt: skip

    def kept_since(self, source: str) -> date | None:
        """The day of the table that the workspace has of a source; none where it has none."""
        runs = self._read(source)
        return runs.retrieved if runs else None

    def _read(self, source: str) -> "SourceRun | None":
        """What the last run of the workspace, if there is one, says of a source."""
        try:
            last = self.view.last
        except CcsiError:
            return None
        return last.sources.get(source) if last else None

    def no_source(self, name: str) -> UsageError:
        """The error that no source has that name."""
        from ccsi_kit.pipeline import no_source

        return no_source(name, self.equipment.sources)
