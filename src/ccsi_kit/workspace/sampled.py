"""Made records of countries: people who do not exist assess made initiatives, so that a sample shows profiles too."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field, create_model

from ccsi_kit.models import Model, Record, loaded
from ccsi_kit.plugins import Plugins
from ccsi_kit.records import Person, Records

_WHY = "made for the sample"


class _Sample(Model):
    """A file of made records: who writes, and by kind what they write."""

    people: tuple[Person, ...] = Field(description="Made assessors; the first one enters it all.", min_length=1)


def samples(plugins: Plugins, countries: Sequence[str]) -> list[Path]:
    """The files of made records of some countries, or of all."""
    found = (plugin.folder / "records" / "sample.yaml" for plugin in plugins.countries.values())
    wanted = (file for file in found if not countries or file.parents[1].name.rpartition("_")[2] in countries)
    return [file for file in wanted if file.is_file()]


def take_samples(records: Records, files: Sequence[Path], plugins: Plugins) -> None:
    """Puts the made records of some files, public, in the states that they say; what is there already is left."""
    for file in files:
        fields: dict[str, Any] = {kind: (tuple[type_, ...], ()) for kind, type_ in records.types.items()}  # type: ignore[valid-type]
        said = loaded(file, create_model("Sample", __base__=_Sample, **fields), context={"find": plugins.find_rule})
        for person in said.people:
            records.people.note(person)
        by = said.people[0].id
        for one in (one for kind in records.types for one in getattr(said, kind)):
            if records.get(str(one.id)) is None:
                first = one.replace(state=one.steps.first)
                records.put(first, by=by, why=_WHY, visibility="public", through=tuple(_way(one)))


def _way(record: Record) -> Iterator[str]:
    """The states between the first one and that of a record, along the steps."""
    ways: list[tuple[str, ...]] = [(record.steps.first,)]
    for way in ways:
        if way[-1] == record.state:
            yield from way[1:]
            return
        ways += [(*way, after) for after in record.steps.after(way[-1]) if after not in way]
