"""What a record type asks: its fields as questions, its content as answers and back."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from ccsi_kit.errors import UsageError
from ccsi_kit.forms.asking import Choice, Kind, Label, Question
from ccsi_kit.i18n import has_words
from ccsi_kit.models import Message, Model, Record, Ref, Text
from ccsi_kit.vocabularies import Vocabulary, core_vocabularies

VALUE: Final = "value"
"""Name of the one question about a part that is no model: a word of a list of words."""
_NO_QUESTIONS: Final = ("id", "state")
_KINDS: Final[Mapping[Any, Kind]] = {
    str: "text", Text: "texts", int: "whole", float: "number", Decimal: "number", date: "day", bool: "yes-no",
}  # fmt: skip
_IS_REF: Final = get_args(Ref)[1]


class RecordAsks:
    """What a record type asks, field by field. Satisfies `Asks`.

    A field is left out where it says `json_schema_extra={"asked": False}`; it is a choice out of a code list where it
    says `{"vocabulary": "ccsi:theme"}`. Raises `UsageError` for a field without words or of a kind that no form asks.
    """

    def __init__(self, record: type[Record], vocabularies: Mapping[str, Vocabulary] | None = None) -> None:
        self.record = record
        self._lists = vocabularies
        self.questions: tuple[Question, ...] = tuple(self._asked(record, record.kind, "", None))

    @property
    def id(self) -> str:
        """Kind of the records."""
        return self.record.kind

    @cached_property
    def title(self) -> Label:
        """What a record of the type is called."""
        return _words((f"record.{self.id}",))

    def fits(self, record: Record) -> bool:
        """Whether it is of this type."""
        return isinstance(record, self.record)

    def answers(self, record: Record) -> dict[str, Any]:
        """The answers that a record holds, by the names of the questions; what is not answered is left out."""
        return _flat(record, self.questions)

    def content(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The content of a record that gives these answers; fields without an answer are left out."""
        return _nested(answers, self.questions, self.record)

    def _asked(self, model: type[Model], owner: str, before: str, whole: Label | None) -> Iterator[Question]:
        for name, field in model.model_fields.items():
            if _asks(model, name, field):
                yield from self._question(_Field.of(field), name, owner, before, whole)

    def _question(self, field: "_Field", name: str, owner: str, before: str, whole: Label | None) -> Iterator[Question]:
        codes = (f"record.{owner}.{name}", f"record.{name}")
        own = _words(codes)
        label = own if whole is None else Message("form.part", whole=whole, part=own)
        if _is_model(field.type):
            yield from self._asked(field.type, field.type.__name__.lower(), f"{before}{name}.", label)
            return
        kind, choices = self._kind(field, codes)
        parts = self._parts(field, owner, name, label) if kind == "parts" else ()
        yield Question(
            name=f"{before}{name}", label=label, help=_help(codes), kind=kind, choices=choices, parts=parts,
            required=field.required and not before and (owner, name) != (self.record.kind, "country"),
            least=field.bound("ge", "gt"), most=field.bound("le", "lt"),
        )  # fmt: skip

    def _kind(self, field: "_Field", codes: tuple[str, ...]) -> tuple[Kind, tuple[Choice, ...]]:
        inner = field.inner
        if inner is not None:
            choices = self._choices(inner, field.vocabulary, codes)
            return ("choices", choices) if choices else ("parts", ())
        if choices := self._choices(field, field.vocabulary, codes):
            return "choice", choices
        kind: Kind | None = "ref" if field.is_ref else _KINDS.get(field.type)
        if kind is None:
            raise UsageError("form-unaskable", field=codes[0], type=str(field.type))
        return kind, ()

    def _choices(self, field: "_Field", list_: str | None, codes: tuple[str, ...]) -> tuple[Choice, ...]:
        if get_origin(field.type) is Literal:
            return tuple(
                Choice(value=value, label=_words(tuple(f"{code}.{value}" for code in codes)))
                for value in map(str, get_args(field.type))
            )
        return self._concepts(list_) if list_ else ()

    def _concepts(self, list_: str) -> tuple[Choice, ...]:
        """The concepts of a list that are in use."""
        known = self._lists if self._lists is not None else core_vocabularies()
        if list_ not in known:
            raise UsageError("no-vocabulary", vocabulary=list_, nearest=next(iter(sorted(known)), ""))
        found = known[list_]
        return tuple(
            Choice(value=found.ref(code), label=concept.label)
            for code, concept in found.concepts.items()
            if concept.deprecated_by is None
        )

    def _parts(self, field: "_Field", owner: str, name: str, label: Label) -> tuple[Question, ...]:
        inner = field.inner
        if inner is None:
            raise AssertionError(name)
        if _is_model(inner.type):
            return tuple(self._asked(inner.type, inner.type.__name__.lower(), "", None))
        kind, _ = self._kind(inner, (f"record.{owner}.{name}",))
        return (
            Question(
                name=VALUE, label=label, kind=kind, required=True,
                least=inner.bound("ge", "gt"), most=inner.bound("le", "lt"),
            ),
        )  # fmt: skip


class _Field(NamedTuple):
    """A field without what pydantic wraps around it."""

    type: Any
    metadata: tuple[Any, ...]
    required: bool
    vocabulary: str | None = None

    @classmethod
    def of(cls, field: FieldInfo) -> "_Field":
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        list_ = extra.get("vocabulary")
        bare = _bare(field.annotation, tuple(field.metadata))
        return cls(*bare, field.is_required(), str(list_) if list_ else None)

    @property
    def inner(self) -> "_Field | None":
        """The parts of a list; none where it is no list."""
        arguments = get_args(self.type)
        if get_origin(self.type) is not tuple or len(arguments) != 2 or arguments[1] is not Ellipsis:
            return None
        return _Field(*_bare(arguments[0], ()), required=True)

    @property
    def is_ref(self) -> bool:
        return self.type is str and _IS_REF in self.metadata

    def bound(self, *names: str) -> float | None:
        """What a constraint of one of these names says."""
        found = (getattr(one, name, None) for one in self.metadata for name in names)
        return next((float(value) for value in found if isinstance(value, int | float | Decimal)), None)


def _bare(annotation: Any, metadata: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """A type that may be none or have constraints, without them; and the constraints."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _bare(inner, (*metadata, *more))
    if get_origin(annotation) in (Union, UnionType):
        parts = [part for part in get_args(annotation) if part is not NoneType]
        if len(parts) == 1:
            return _bare(parts[0], metadata)
    return annotation, metadata


def _asks(model: type[Model], name: str, field: FieldInfo) -> bool:
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    return extra.get("asked") is not False and not (issubclass(model, Record) and name in _NO_QUESTIONS)


def _is_model(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, Model)


def _words(codes: tuple[str, ...]) -> Message:
    """The first code that has words; a program that has none is wrong."""
    for code in codes:
        if has_words(code, "en"):
            return Message(code)
    raise UsageError("no-words", message=codes[0], lang="en")


def _help(codes: tuple[str, ...]) -> Message | None:
    return next((Message(f"{code}.help") for code in codes if has_words(f"{code}.help", "en")), None)


def _flat(model: Model, questions: tuple[Question, ...]) -> dict[str, Any]:
    found = ((question, _at(model, question.name)) for question in questions)
    return {
        question.name: _parted(value, question) if question.kind == "parts" else value
        for question, value in found
        if value is not None and value != ()
    }


def _parted(values: Any, question: Question) -> list[dict[str, Any]]:
    return [_flat(value, question.parts) if isinstance(value, Model) else {VALUE: value} for value in values]


def _at(model: Model | None, name: str) -> Any:
    first, _, rest = name.partition(".")
    value = getattr(model, first, None)
    return _at(value, rest) if rest else value


def _nested(answers: Mapping[str, Any], questions: tuple[Question, ...], model: type[Model]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for question in questions:
        value = answers.get(question.name)
        if value is None or value == ():
            continue
        *folders, last = question.name.split(".")
        inside, within = content, model
        for folder in folders:
            inside = inside.setdefault(folder, {})
            within = _Field.of(within.model_fields[folder]).type
        inside[last] = _whole(value, question, within, last) if question.kind == "parts" else value
    return content


def _whole(parts: Any, question: Question, model: type[Model], name: str) -> list[Any]:
    inner = _Field.of(model.model_fields[name]).inner
    if inner is not None and _is_model(inner.type):
        return [_nested(part, question.parts, inner.type) for part in parts]
    return [part.get(VALUE) for part in parts]
