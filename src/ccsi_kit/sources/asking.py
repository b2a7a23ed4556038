"""What a manifest says about fetching: addresses, a default selection, pages, and how gently to ask."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from ccsi_kit.models import Model, Slug
from ccsi_kit.sources.days import DAY, GAP, gap
from ccsi_kit.sources.values import Names, problem

Day = Annotated[str, StringConstraints(pattern=f"^{DAY}$")]
Values = Annotated[
    tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value), Field(min_length=1)
]
_SOME_DAY: Final = date(2000, 1, 1)


class Pages(Model):
    """An answer that comes in pages: how the next one is asked for, and how it is known that there is none."""

    parameter: str | None = Field(default=None, description="Parameter of the page's number.", examples=["page"])
    first: int = Field(default=1, ge=0, description="Number of the first page.", examples=[0])
    total: str | None = Field(
        default=None, description="Dotted path of the number of pages in the answer.", examples=["total_pages"]
    )
    next: str | None = Field(
        default=None, description="Dotted path of the address of the next page in the answer.", examples=["next"]
    )
    most: int = Field(ge=1, description="Most pages of one series; more stop the fetch.", examples=[399])

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.total is None) == (self.next is None) or (self.total is not None and self.parameter is None):
            raise problem("pages-total-or-next")
        return self


class Windows(Model):
    """A span of days, cut into windows: each is a series of pages, whose days are the gaps `since` and `until`."""

    first: Day = Field(description="First day, counted from the day of the run.", examples=["on-24m"])
    last: Day = Field(default="on", description="Last day.", examples=["on"])
    days: int = Field(ge=1, description="Days of a window, its last one among them.", examples=[7])


class Listed(Model):
    """Values that another source of the run lists: what stands under a path in each of its pages."""

    source: Slug = Field(description="That source.", examples=["es-bdns-calls"])
    path: str = Field(
        description="Dotted path in its pages, through lists too.", examples=["content.numeroConvocatoria"]
    )


class Fetch(Model):
    """Where the bytes come from, and how they are asked for.

    Gaps in addresses and parameters: `{on}` is the day of the run, `{on-24m}` a day counted from it in days, weeks,
    months or years (d w m y), `{on-24m:%d/%m/%Y}` the same written otherwise; `{since}` and `{until}` are the days of a
    window; other names are those of `files`.
    """

    url: Names = Field(description="Address, or several: a file each.", examples=["https://register.example/all.csv"])
    hosts: tuple[str, ...] = Field(
        default=(), description="Hosts that may answer besides that of the address.", examples=[["cdn.example"]]
    )
    files: Mapping[str, Names] = Field(
        default={},
        description="Words for a gap in the address: a file each. `country` takes those of the run's countries.",
        examples=[{"country": ["LV", "SE"]}],
    )
    parameters: Mapping[str, Values] = Field(
        default={}, description="The default selection; a list is asked for with one name.", examples=[{"state": "A"}]
    )
    split: Mapping[str, Listed | Names] = Field(
        default={},
        description="Parameters that part the selection: a series of pages for each value, or for each of a source.",
        examples=[{"departement": ["48", "75"]}],
    )
    windows: Windows | None = Field(
        default=None, description="Days that part it.", examples=[{"first": "on-24m", "days": 7}]
    )
    pages: Pages | None = Field(
        default=None,
        description="How an answer in pages goes on.",
        examples=[{"parameter": "page", "total": "total_pages", "most": 400}],
    )
    accept: str = Field(
        default="*/*", pattern="^[!-~ ]+$", description="Kind of answer that is asked for.", examples=["text/csv"]
    )
    token_env: str | None = Field(
        default=None,
        pattern="^CCSI_[A-Z0-9_]+$",  # so that no manifest can ask for the password of something else
        description="Name of the environment variable that has the token.",
        examples=["CCSI_REGISTER_TOKEN"],
    )
    pause_ms: int = Field(
        default=1000, ge=0, description="Milliseconds between the starts of two requests to a host.", examples=[143]
    )
    minutes: int = Field(default=30, ge=1, description="Longest time for one file, with all its pages.", examples=[60])
    megabytes: int = Field(default=1000, ge=1, description="Most bytes of one file, unpacked.", examples=[500])
    requests: int | None = Field(
        default=None, ge=1, description="About how many requests it takes, until a run has counted.", examples=[8000]
    )

    @property
    def every_host(self) -> frozenset[str]:
        """The hosts that may answer."""
        return self.own_hosts | {host.lower() for host in self.hosts}

    @property
    def own_hosts(self) -> frozenset[str]:
        """The hosts of the addresses: a token is for them alone."""
        return frozenset(urlsplit(url).hostname or "" for url in self.url)

    @property
    def _texts(self) -> Iterator[str]:
        yield from self.url
        yield from (text for values in self.parameters.values() for text in values)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if any("{" in urlsplit(url).netloc or not urlsplit(url).hostname for url in self.url):
            raise problem("fetch-no-host")
        if self.pages is None and (self.split or self.windows):
            raise problem("split-without-pages")
        days = dict.fromkeys(("on", "since", "until") if self.windows else ("on",), _SOME_DAY)
        words = dict.fromkeys(self.files, "x")
        for inside in (found[1] for text in self._texts for found in GAP.finditer(text)):
            if gap(inside, days, words) is None:
                raise problem("gap-unknown", gap=inside, known=", ".join((*days, *words)))
        return self
