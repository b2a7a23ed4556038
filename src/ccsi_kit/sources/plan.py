"""What all things that a source makes share."""

from dataclasses import dataclass

from ccsi_kit.sources.expressions import World
from ccsi_kit.sources.manifest import Make, Manifest
from ccsi_kit.sources.values import Value
from ccsi_kit.store import identifier


@dataclass(frozen=True)
class Plan:
    """A manifest, the world its expressions refer to, the country of its package, and which rows are wanted."""

    manifest: Manifest
    world: World
    country: str
    scope: frozenset[str] | None = None
    """The countries whose rows are wanted; all where it says nothing."""
    part: int = 0
    """Which of the source's files is read."""

    @property
    def models(self) -> tuple[str, ...]:
        """The models of what is made."""
        return tuple(sorted({make.model for make in self.manifest.makes}))

    @property
    def used(self) -> tuple[str, ...]:
        """Every column that is read, those of expressions too."""
        read = (column for formula in self.world.formulas.values() for column in formula.columns)
        return tuple(dict.fromkeys((*self.manifest.columns, *read)))

    def table(self, make: Make) -> str:
        """The table of what one file made under one name."""
        return identifier(f"things {make.name} {self.part}")

    def withheld(self, make: Make) -> bool:
        """Whether a thing of it may be withheld while its row is used."""
        return not make.plain or make.person is not None or make.name in self._recipients

    def must_have_number(self, make: Make) -> bool:
        """Whether a thing without any number is withheld."""
        return make.model == "organisation" and make.name in self._recipients and self.manifest.recipients is None

    @property
    def _recipients(self) -> set[str]:
        """Names of the organisations that a funding went to: without a number they may be persons."""
        funded = (make.fields.get("recipient") for make in self.manifest.makes if make.model == "funding")
        return {node.made for node in funded if isinstance(node, Value) and node.made}
