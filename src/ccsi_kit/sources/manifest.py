"""What a source is and how its rows are read, as its `manifest.yaml` says."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from ccsi_kit.models import Call, Funding, Initiative, Language, Model, Organisation, Service, Slug, Text, Thing
from ccsi_kit.sources.asking import Fetch
from ccsi_kit.sources.kinds import kinds, misfits, misplaced
from ccsi_kit.sources.values import Names, Node, NodeField, Value, problem, values

MODELS: Mapping[str, type[Thing]] = {
    "organisation": Organisation,
    "initiative": Initiative,
    "call": Call,
    "funding": Funding,
    "service": Service,
}
"""What a source can make."""


class Format(Model):
    """How the bytes are written."""

    kind: Literal["csv", "json", "xlsx"] = Field(default="csv", description="Kind of file.", examples=["csv"])
    delimiter: str = Field(default=",", min_length=1, max_length=1, description="What parts the cells.", examples=[";"])
    encoding: str = Field(
        default="utf-8", description="Stated, never guessed; a byte order mark is obeyed.", examples=["utf-8-sig"]
    )
    rows: Names | None = Field(
        default=None,
        description="Dotted path of the list in JSON, or several; `.` is a document that is a record itself.",
        examples=["results"],
    )
    sheet: str | None = Field(
        default=None, description="The sheet of a spreadsheet; else its first.", examples=["Operations"]
    )
    header_row: int = Field(default=1, ge=1, description="Line of the header.", examples=[1])


class Expect(Model):
    """How many rows a fetched snapshot has."""

    min: int = Field(default=0, ge=0, description="Fewest rows.", examples=[400000])
    max: int | None = Field(default=None, ge=0, description="Most rows.", examples=[900000])


class Drop(Model):
    """Rows that are left out, and why: `where` compares cells by their folded words, `sql` is a condition."""

    because: Slug = Field(description="The reason, as the books name it.", examples=["natural-persons"])
    where: Mapping[str, Names] | None = Field(
        default=None, description="Words by column; all columns must agree.", examples=[{"type": ["IK"]}]
    )
    sql: str | None = Field(default=None, description="A condition; NULL is not true.", examples=["type = 'IK'"])

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.where is None) == (self.sql is None):
            raise problem("drop-where-or-sql")
        return self


class Keep(Model):
    """The only rows that are kept; the others are left out."""

    sql: str = Field(description="A condition; NULL is not true.", examples=["fund = 'ESF+'"])
    reason: Slug = Field(
        default="out-of-scope", alias="else", description="The reason of the others.", examples=["out-of-scope"]
    )


class Recipients(Model):
    """Why recipients without any number are organisations: else each may be a person and is withheld."""

    organisations: str = Field(
        min_length=1, description="The reason.", examples=["The call is open to organisations only."]
    )


class Each(Model):
    """Columns that run in parallel, parted together; the first leads."""

    split: str = Field(description="What parts the cells; `list` for lists in JSON.", examples=["|"])
    columns: Names = Field(description="The columns.", examples=[["Beneficiary_Unique_Identifier", "Beneficiary_Name"]])


class Place(Model):
    """Where a thing is that has no address: the columns of its municipality and its postcode."""

    municipality: str | None = Field(default=None, description="Column of the municipality.", examples=["code_insee"])
    postcode: str | None = Field(default=None, description="Column of the postcode.", examples=["code_postal"])

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it names."""
        return tuple(column for column in (self.municipality, self.postcode) if column is not None)


class Folded(Model):
    """A key made of a name: two spellings of one name are one key."""

    fold: Names = Field(
        description="Column of the name, or several from which it is put together.", examples=["recipient"]
    )


def _own_key(value: Any) -> Any:
    return value if isinstance(value, Mapping) else (value,) if isinstance(value, str) else value


class Make(Model):
    """A thing that a row makes: its model and, field by field, what it is made from."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, NodeField] = Field(init=False)

    model: Literal["organisation", "initiative", "call", "funding", "service"] = Field(
        description="Which model.", examples=["organisation"]
    )
    as_: Slug | None = Field(
        default=None,
        alias="as",
        description="Its name in this manifest; else that of the model.",
        examples=["beneficiary"],
    )
    each: Each | None = Field(
        default=None,
        description="Lists that run in parallel: one thing an item.",
        examples=[{"split": "|", "columns": ["name"]}],
    )
    key: Annotated[Folded | Names | None, BeforeValidator(_own_key)] = Field(
        default=None,
        description="Columns of its own key: one thing however many rows name it.",
        examples=["Beneficiary_Unique_Identifier"],
    )

    person: str | None = Field(
        default=None,
        description="A condition under which it may be a person, whatever its number says; then it is withheld.",
        examples=["number LIKE 'J%' AND name NOT LIKE '%S.C.%'"],
    )

    place: Place | None = Field(
        default=None,
        description="What tells its `territories`, where nothing else does.",
        examples=[{"municipality": "code_insee", "postcode": "code_postal"}],
    )

    @property
    def name(self) -> str:
        """What other things of the row call it."""
        return self.as_ or self.model

    @property
    def fields(self) -> Mapping[str, Node]:
        """What each field is made from."""
        return self.__pydantic_extra__

    @property
    def plain(self) -> bool:
        """Whether each row makes exactly one."""
        return self.each is None and self.key is None

    @property
    def key_columns(self) -> tuple[str, ...]:
        """Columns of its own key."""
        return self.key.fold if isinstance(self.key, Folded) else self.key or ()

    @property
    def values(self) -> tuple[Value, ...]:
        """Every value of every field."""
        return tuple(value for node in self.fields.values() for value in values(node))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it names (those of expressions are not among them)."""
        listed = self.each.columns if self.each else ()
        places = self.place.columns if self.place else ()
        return (*listed, *self.key_columns, *places, *(name for value in self.values for name in value.columns))

    @model_validator(mode="after")
    def _fits(self) -> Self:
        known = kinds(MODELS[self.model])
        wrong = misfits(self.fields, known, frozenset(), ())
        if wrong:
            raise ValidationError.from_exception_data("Make", wrong)
        if self.place is not None and "territories" not in known:
            raise problem("unknown-field", field="place", nearest="address")
        return self


class Manifest(Model):
    """A source: who publishes it, how it is written, which rows count, and what each row makes."""

    id: Slug = Field(description="Short name, the country first.", examples=["lv-ur-register"])
    title: Text = Field(description="Its name.", examples=[{"lv": "Uzņēmumu reģistrs"}])
    mark: str | None = Field(
        default=None, max_length=12, description="A few letters that stand under each value from it.", examples=["UR"]
    )
    publisher: str = Field(description="Who publishes it.", examples=["Latvijas Republikas Uzņēmumu reģistrs"])
    website: str | None = Field(
        default=None, description="Page about it, for people.", examples=["https://register.example/"]
    )
    licence: str = Field(description="SPDX id or name of the licence.", examples=["CC0-1.0"])
    language: Language = Field(description="Language of the source.", examples=["lv"])
    rank: int = Field(default=5, ge=1, description="1 is best: whose value wins where sources disagree.", examples=[1])
    fetch: Fetch | None = Field(
        default=None, description="Where it comes from.", examples=[{"url": "https://register.example/register.csv"}]
    )
    format: Format = Field(
        default=Format(), description="How it is written.", examples=[{"kind": "csv", "delimiter": ";"}]
    )
    key: Literal["content"] | Names = Field(
        description="Columns of the key, or `content` where rows have no number.", examples=["regcode"]
    )
    many: bool = Field(default=False, description="Whether several lines with one key are one row.", examples=[True])
    expect: Expect | None = Field(
        default=None, description="How many rows a fetched file has.", examples=[{"min": 400000}]
    )
    blank: tuple[str, ...] = Field(default=(), description="Words that mean an empty cell.", examples=[["nan", "n/a"]])
    layouts: Mapping[str, Names] = Field(
        default={},
        description="Columns that only one version of the file has.",
        examples=[{"2014-2020": ["Coordinates"]}],
    )
    aliases: Mapping[str, Names] = Field(
        default={},
        description="Other names that a column has in some files.",
        examples=[{"numeroConvocatoria": ["codigoBDNS"]}],
    )
    optional: tuple[str, ...] = Field(
        default=(), description="Columns that may be missing.", examples=[["Postal_Code"]]
    )
    drop: tuple[Drop, ...] = Field(
        default=(),
        description="Rows left out, the first reason wins.",
        examples=[[{"because": "natural-persons", "sql": "x"}]],
    )
    keep: Keep | None = Field(
        default=None, description="The only rows that are kept.", examples=[{"sql": "fund = 'ESF+'"}]
    )
    skip: Mapping[Slug, Names] = Field(
        default={}, description="Columns that are known and not used, by reason.", examples=[{"formatting": ["sepa"]}]
    )
    recipients: Recipients | None = Field(
        default=None,
        description="Why recipients without a number are no persons.",
        examples=[{"organisations": "By law."}],
    )
    allow: Mapping[str, Annotated[float, Field(ge=0, le=1)]] = Field(
        default={},
        description="Share of wrong or blank cells of a column that is no drift.",
        examples=[{"registered": 0.1}],
    )
    makes: tuple[Make, ...] = Field(description="What each row makes.", examples=[[{"model": "organisation"}]])

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it uses by name, in the order they are met (those of expressions are not among them)."""
        key = () if self.key == "content" else self.key
        dropped = (name for drop in self.drop for name in drop.where or ())
        made = (name for make in self.makes for name in make.columns)
        return tuple(dict.fromkeys((*key, *dropped, *made)))

    @property
    def skipped(self) -> tuple[str, ...]:
        """The columns that are known and not used."""
        return tuple(name for names in self.skip.values() for name in names)

    @property
    def expressions(self) -> tuple[str, ...]:
        """Every expression it has."""
        conditions = [drop.sql for drop in self.drop] + [self.keep.sql if self.keep else None]
        conditions += [make.person for make in self.makes]
        written = (text for make in self.makes for value in make.values for text in value.expressions)
        return tuple(dict.fromkeys((*(text for text in conditions if text is not None), *written)))

    def make(self, name: str) -> Make:
        """The make of that name."""
        return next(make for make in self.makes if make.name == name)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        twice = sorted(set(self.columns) & set(self.skipped))
        if twice:
            raise problem("column-used-and-skipped", column=twice[0])
        if self.fetch and self.fetch.pages and self.format.kind != "json":
            raise problem("pages-need-json")
        names = [make.name for make in self.makes]
        if not names:
            raise problem("makes-nothing")
        if len(set(names)) != len(names):
            raise problem("make-doubled", found=", ".join(names))
        if self.many and any(make.each and not make.key for make in self.makes):
            raise problem("many-without-own-key")
        wrong = [
            misplaced(found, ("makes", place))
            for place, make in enumerate(self.makes)
            for found in self._pointer_problems(make, names)
        ]
        if wrong:
            raise ValidationError.from_exception_data("Manifest", wrong)
        return self

    def _pointer_problems(self, make: Make, names: list[str]) -> Iterator[PydanticCustomError]:
        above = names[: names.index(make.name)]
        for value in make.values:
            if value.made is not None and value.made not in names:
                yield problem("made-unknown", made=value.made, known=", ".join(names))
            elif value.made and not (make.plain or value.made in above or self.make(value.made).plain):
                yield problem("made-too-late", made=value.made)
