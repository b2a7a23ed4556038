"""What organisations, initiatives, calls, fundings and services have in common."""

from collections.abc import Iterator, Mapping
from typing import Self, TypeVar

from pydantic import Field, PrivateAttr

from ccsi_kit.models.base import Model, Slug
from ccsi_kit.models.origin import Origin
from ccsi_kit.models.parts import Identifier
from ccsi_kit.models.ref import Ref

T = TypeVar("T")


class Entries(Mapping[str, T]):
    """Entries of one thing by their Ref; the id of a source gives its first entry."""

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._entries = dict(sorted(entries.items()))

    def __getitem__(self, name: str) -> T:
        if name in self._entries:
            return self._entries[name]
        return next(
            (entry for ref, entry in self._entries.items() if ref.startswith(f"{name}#")), None
        ) or self._missing(name)

    def _missing(self, name: str) -> T:
        raise KeyError(f"no entry of {name}; there are {', '.join(self._entries)}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class Thing(Model):
    """A real thing: the merged view of what the sources say about it; or, with one origin for all fields, one entry."""

    id: Ref | None = Field(
        default=None, description="The thing; none on an entry.", examples=["lv:regcode:40008000009"]
    )
    country: Slug | None = Field(default=None, description="The country it belongs to.", examples=["lv"])
    identifiers: tuple[Identifier, ...] = Field(
        default=(), description="Its numbers.", examples=[[{"scheme": "lv:regcode", "number": "40008000009"}]]
    )

    _origins: Mapping[str, Origin] = PrivateAttr(default_factory=dict)
    _entries: Mapping[str, Self] = PrivateAttr(default_factory=dict)

    def with_sources(self, origins: Mapping[str, Origin], entries: Mapping[str, Self] | None = None) -> Self:
        """The same thing that knows where each field comes from, and its entries by Ref."""
        copy = self.model_copy()
        copy._origins = dict(origins)
        copy._entries = Entries(entries or {})
        return copy

    def origin(self, field: str) -> Origin | None:
        """Where the value of a field comes from; none where the field has no value."""
        if field not in type(self).model_fields:
            raise AttributeError(f"{type(self).__name__} has no field {field!r}")
        return self._origins.get(field)

    @property
    def origins(self) -> Mapping[str, Origin]:
        """The origin of every field that has a value."""
        return self._origins

    @property
    def entries(self) -> Mapping[str, Self]:
        """What each source says, by entry Ref; the id of a source finds its first entry."""
        return self._entries
