"""From a value of a manifest to SQL: its origin, its transform, and what can be wrong with it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ccsi_kit.errors import Refused
from ccsi_kit.identifiers import Scheme
from ccsi_kit.sources.cells import day, parts, plain_number
from ccsi_kit.sources.formulas import Formula
from ccsi_kit.sources.kinds import Kind
from ccsi_kit.sources.layers import Layers, Term, depth, term
from ccsi_kit.sources.values import Cases, Lookup, Value
from ccsi_kit.store import identifier, literal


@dataclass(frozen=True)
class Check:
    """What can be wrong with a value: when it is, in which column, and what stood there.

    `many`: `value` is a list, and each item of it is wrong.
    """

    code: str
    column: str
    wrong: Term
    value: Term
    arguments: str = "'{}'"
    many: bool = False


@dataclass(frozen=True)
class Made:
    """What points at a thing that the row made: its Ref, or the list of the Refs of several."""

    ref: Term
    several: bool = False


@dataclass(frozen=True)
class World:
    """What the expressions of a source may refer to: numbers, formulas, words for blank, places."""

    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    blank: Sequence[str] = ()
    places: frozenset[str] = frozenset()
    """Tables of places by country and kind: `lv postcode`."""

    def scheme(self, name: str) -> Scheme:
        """A scheme; raises `Refused` where nobody issues such a number."""
        if name not in self.schemes:
            raise Refused("unknown-scheme", scheme=name, known=", ".join(sorted(self.schemes)))
        return self.schemes[name]


def lookup_table(lookup: Lookup) -> str:
    """The table of a lookup: code, the concept's Ref, and the Ref of the concept it matches in the other list."""
    return identifier(f"lookup {lookup.from_} {lookup.to or ''}".strip())


def json_literal(**arguments: object) -> str:
    """Arguments of an Issue as the literal of a JSON text."""
    return literal(json.dumps(arguments, ensure_ascii=False, sort_keys=True))


class Expressions:
    """Values in SQL over one relation; gathers what can be wrong and which numbers are persons'."""

    def __init__(self, world: World, layers: Layers, made: Mapping[str, Made]) -> None:
        self.world = world
        self.layers = layers
        self.made = made
        self.checks: list[Check] = []
        self.persons: list[Term] = []
        self.item: Term | None = None
        """Inside a part that is made once for each item of a list: the item,"""
        self.leading: Value | None = None
        """and the value that the list is of."""

    def once(self, value: Term) -> Term:
        """The same value, computed once; inside a list it has no column of its own."""
        return value if self.item is not None else self.layers.once(value)

    def one(self, value: Value, kind: Kind) -> Term:
        """A single value of a field."""
        if value.is_ is not None:
            return Term(f"{literal(value.is_)}::{kind.sql}")
        if self.item is not None:
            return self._inside(value, kind, self.item)
        if value.made is not None:
            return self._pointer(value.made)
        origin = self.origin(value)
        if value.transform == "date":
            return self._date(value, origin)
        if value.transform == "number":
            return self._number(value, origin, kind)
        if value.transform == "scheme":
            return self._numbered(value, origin, kind)
        if value.lookup is not None:
            return self._looked_up(value, value.lookup, origin)
        return self._plain(value, origin, kind)

    def _inside(self, value: Value, kind: Kind, item: Term) -> Term:
        """A value inside a part that is made once for each item: the item itself, or one that is the same for all."""
        if value is self.leading:
            return item
        self.item = None
        same = self.one(value, kind)
        self.item = item
        return same

    def several(self, value: Value) -> Term:
        """The values of a field that holds several: of one cell, or all things that were made; blank ones vanish."""
        if value.made is not None:
            return self.made[value.made].ref
        origin = self.origin(value)
        cells = Term(parts(origin.sql, value.split or "list", self.world.blank), origin.depth)
        filled = self.once(term("list_filter({0}, lambda __part: __part IS NOT NULL)", cells))
        return self._all_looked_up(value, value.lookup, filled) if value.lookup else filled

    def is_list(self, value: Value) -> bool:
        """Whether a value gives several."""
        return value.split is not None or (value.made is not None and self.made[value.made].several)

    def origin(self, value: Value) -> Term:
        """The text that a value starts from, as the name of a column."""
        if value.sql is not None:
            return self.once(Term(f"TRY(({value.sql}\n))"))
        return self.first(value.from_ or ())

    def first(self, columns: Sequence[str]) -> Term:
        """The first cell that is not blank."""
        names = [identifier(column) for column in columns]
        return Term(names[0]) if len(names) == 1 else self.once(Term(f"coalesce({', '.join(names)})"))

    def chosen(self, choice: str | Cases, answer: Callable[[str], str], *below: Term, otherwise: str = "NULL") -> Term:
        """SQL for what was chosen: the answer itself, or one a case; `below` are the terms that the answers use."""
        if isinstance(choice, str):
            return Term(answer(choice), depth(*below))
        by = self.first(choice.by)
        words: dict[str, list[str]] = {}
        for word, chosen in choice.cases.items():
            words.setdefault(chosen, []).append(literal(word))
        whens = " ".join(f"WHEN {by} IN ({', '.join(group)}) THEN {answer(chosen)}" for chosen, group in words.items())
        return Term(f"CASE {whens} ELSE {otherwise} END", depth(by, *below))

    def _pointer(self, name: str) -> Term:
        """The Ref of the only thing of that name; none where there are several, for nobody says which one is meant."""
        made = self.made[name]
        return term("CASE WHEN len({0}) = 1 THEN {0}[1] END", made.ref) if made.several else made.ref

    def _date(self, value: Value, origin: Term) -> Term:
        found = self.once(Term(day(origin.sql, value.date or ()), origin.depth))
        self._lost("bad-date", value, origin, found, formats=" ".join(value.date or ()))
        return found

    def _number(self, value: Value, origin: Term, kind: Kind) -> Term:
        written = self.once(Term(plain_number(origin.sql, value.number or "."), origin.depth))
        found = self.once(term(f"TRY_CAST({{0}} AS {kind.sql})", written))
        self._lost("bad-number", value, origin, found, sign=value.number)
        return found

    def _plain(self, value: Value, origin: Term, kind: Kind) -> Term:
        if kind.sql == "VARCHAR" and value.sql is None and not kind.choices and kind.pattern is None:
            return origin
        typed = self.once(Term(f"TRY_CAST({origin} AS {kind.sql})", origin.depth))
        fits = _fits(typed.sql, kind)
        found = self.once(Term(f"CASE WHEN {fits} THEN {typed} END", typed.depth)) if fits else typed
        self._lost("unfit-value", value, origin, found)
        return found

    def _looked_up(self, value: Value, lookup: Lookup, origin: Term) -> Term:
        table = lookup_table(lookup)
        known = self.once(Term(f"(SELECT ref FROM {table} WHERE code = {origin})", origin.depth))
        self._lost("unknown-code", value, origin, known, list=lookup.from_)
        return (
            self.once(Term(f"(SELECT match FROM {table} WHERE code = {origin})", origin.depth)) if lookup.to else known
        )

    def _all_looked_up(self, value: Value, lookup: Lookup, cells: Term) -> Term:
        """Every item looked up: through a map, because a function over a list cannot hold a query."""
        table = lookup_table(lookup)
        refs = self.once(Term(f"(SELECT map(list(code), list(ref)) FROM {table})"))
        unknown = self.once(term("list_filter({0}, lambda __part: {1}[__part] IS NULL)", cells, refs))
        wrong = self.once(term("coalesce(len({0}) > 0, FALSE)", unknown))
        self.checks.append(
            Check("unknown-code", self.column(value), wrong, unknown, json_literal(list=lookup.from_), many=True)
        )
        wanted = self.once(Term(f"(SELECT map(list(code), list(match)) FROM {table})")) if lookup.to else refs
        found = self.once(term("list_transform({0}, lambda __part: {1}[__part])", cells, wanted))
        return self.once(term("list_filter({0}, lambda __part: __part IS NOT NULL)", found))

    def compact(self, value: Value) -> Term:
        """A number as it stands in the row, without decoration."""
        origin, scheme = self.origin(value), self.world.scheme
        return self.once(self.chosen(value.scheme or "", lambda name: scheme(name).sql_compact(origin.sql), origin))

    def person(self, value: Value) -> Term:
        """Whether a number may be a person's."""
        number, scheme = self.compact(value), self.world.scheme
        return self.once(
            self.chosen(value.scheme or "", lambda name: scheme(name).sql_person(number.sql), number, otherwise="FALSE")
        )

    def _numbered(self, value: Value, origin: Term, kind: Kind) -> Term:
        """A number; none where it is wrong or may be a person's. What is wrong shows in an organisation's shape."""
        choice, scheme = value.scheme or "", self.world.scheme
        number, person = self.compact(value), self.person(value)
        valid = self.once(
            self.chosen(choice, lambda name: scheme(name).sql_valid(number.sql), number, otherwise="FALSE")
        )
        shown = self.chosen(choice, lambda name: _shown(scheme(name), number.sql, origin.sql), number, origin)
        wrong = self.once(Term(f"{number} IS NOT NULL AND NOT {person} AND NOT {valid}", depth(number, person, valid)))
        named = self.once(self.chosen(choice, literal))
        told = f"""concat('{{"scheme": "', {named}, '"}}')"""
        self.checks.append(
            Check("bad-identifier", self.column(value), wrong, Term(shown.sql, depth(shown, named)), told)
        )
        self.persons.append(person)
        found = self.once(Term(f"CASE WHEN {valid} AND NOT {person} THEN {number} END", depth(number, person, valid)))
        return self._with_scheme(choice, found) if kind.is_identifier else found

    def _with_scheme(self, choice: str | Cases, number: Term) -> Term:
        name = self.chosen(choice, literal)
        return Term(
            f"CASE WHEN {number} IS NOT NULL THEN {{'scheme': {name}, 'number': {number}}} END", depth(name, number)
        )

    def _lost(self, code: str, value: Value, origin: Term, found: Term, **arguments: object) -> None:
        """Notes that something stood there and nothing came of it."""
        wrong = self.once(Term(f"{origin} IS NOT NULL AND {found} IS NULL", depth(origin, found)))
        self.checks.append(
            Check(code, self.column(value), wrong, term("{0}::VARCHAR", origin), json_literal(**arguments))
        )

    def column(self, value: Value) -> str:
        """SQL for the column that a value was read from."""
        formula = self.world.formulas.get(value.sql or "")
        names = value.from_ or (formula.told or formula.columns if formula else ())
        if len(names) < 2:
            return literal(names[0]) if names else "NULL"
        return (
            "CASE " + " ".join(f"WHEN {identifier(name)} IS NOT NULL THEN {literal(name)}" for name in names) + " END"
        )


def _fits(text: str, kind: Kind) -> str | None:
    """SQL for whether a text is one that the field can hold; none where it can hold any."""
    if kind.choices:
        return f"{text} IN ({', '.join(map(literal, kind.choices))})"
    return f"regexp_full_match({text}, {literal(kind.pattern)})" if kind.pattern else None


def _shown(scheme: Scheme, number: str, text: str) -> str:
    return f"CASE WHEN {scheme.sql_shape(number)} THEN {text} END" if scheme.person else text
