"""The category of each region, on which the ceiling of its co-financing rate depends."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from ccsi_kit.models import Model, Ref, loaded, parse_ref
from ccsi_kit.rules.parameters import Listed, Sure, act_of, read_acts

Category = Literal["L", "T", "M"]
WORDS = {"L": "less-developed", "T": "transition", "M": "more-developed"}
"""The categories as values with words."""
HOME = Path(__file__).parent


def _act(ref: str, info: ValidationInfo) -> str:
    acts = (info.context or {}).get("acts", frozenset())
    if parse_ref(ref).kind != "act" or act_of(ref)[0] not in acts:
        raise PydanticCustomError("no-such-act", "no-such-act", {"code": "no-such-act", "ref": ref})
    return ref


class Source(Model):
    """Where a list of regions stands, and for which years it holds."""

    ref: Annotated[Ref, AfterValidator(_act)] = Field(description="Act and article.", examples=["eu:act:2021-1130"])
    from_: date = Field(alias="from", description="The first day.", examples=["2021-01-01"])
    until: date | None = Field(default=None, description="The last day, where it ends.", examples=["2027-12-31"])
    sure: Sure = Field(description="How it was read.", examples=["secondary"])
    checked: date = Field(description="When somebody last read it.", examples=["2026-11-25"])
    note: str | None = Field(default=None, description="What to know about it.", examples=["the annexes were not read"])


class Lists(Model):
    """The lists that the categories are from."""

    category: Source = Field(description="The categories of 2021-2027.", examples=[{}])
    before: Source = Field(description="The categories of 2014-2020.", examples=[{}])
    outermost: Source = Field(description="The outermost regions.", examples=[{}])


class Region(Model):
    """A NUTS-2 region."""

    category: Category = Field(description="Less developed, transition, more developed: 2021-2027.", examples=["T"])
    before: Category = Field(description="The same for 2014-2020.", examples=["L"])
    outermost: bool = Field(description="Whether it is an outermost region.", examples=["true"])
    sure: Sure = Field(description="How its category of 2021-2027 was read.", examples=["secondary"])


class Regions(Model):
    """`regions.yaml`."""

    lists: Lists = Field(description="Where the lists stand.", examples=[{}])
    regions: Mapping[str, Region] = Field(description="By NUTS-2 code.", min_length=1, examples=[{"LV00": {}}])


@cache
def read_regions(file: Path = HOME / "regions.yaml") -> Regions:
    """The regions and the lists they are from; raises `Refused` with the line of every unknown key and act."""
    return loaded(file, Regions, context={"acts": frozenset(read_acts(HOME.parent, "eu"))})


def regions() -> Mapping[str, Region]:
    """All regions by their NUTS-2 code.

    >>> regions()["FRY2"].outermost
    True
    """
    return read_regions().regions


def listed() -> Iterator[Listed]:
    """Every region with its category of 2021-2027 and the one before, in the order of the codes.

    >>> [row.values for row in listed() if row.name == "FRY2"]
    [('transition', 'outermost'), ('less-developed',)]
    """
    now, before, outermost = (getattr(read_regions().lists, name) for name in ("category", "before", "outermost"))
    for nuts2, region in sorted(regions().items()):
        more = ("outermost",) if region.outermost else ()
        sure = outermost.sure if region.outermost and region.sure == "law" else region.sure
        yield Listed(nuts2, (WORDS[region.category], *more), now.from_, now.ref, sure, now.checked)
        yield Listed(nuts2, (WORDS[region.before],), before.from_, before.ref, before.sure, before.checked)
