"""From the nodes of a manifest to SQL: texts, parts and lists, made of values."""

from collections.abc import Mapping, Sequence

from ccsi_kit.models import Period
from ccsi_kit.sources.expressions import Check, Expressions
from ccsi_kit.sources.kinds import Kind
from ccsi_kit.sources.layers import Term, depth, term
from ccsi_kit.sources.values import Cases, Condition, Node, Value
from ccsi_kit.store import literal


def field(build: Expressions, node: Node, kind: Kind) -> Term:
    """What a field holds: NULL where nothing is there, an empty list where nothing is in it."""
    if kind.form == "list":
        return _list(build, node if isinstance(node, tuple) else (node,), kind)
    if kind.form == "text":
        return _text(build, node if isinstance(node, tuple) else (node,), kind)
    if isinstance(node, Mapping):
        return _part(build, node, kind)
    if isinstance(node, Value):
        return build.one(node, kind)
    raise TypeError(f"no {kind.form} can be made from a list")


def _text(build: Expressions, nodes: tuple[Node, ...], kind: Kind) -> Term:
    """Wordings in their order: blank ones vanish, and of two in one language the first is kept."""
    wordings = [_wording(build, node) for node in nodes if isinstance(node, Value)]
    listed = _there(wordings, "NULL")
    if _may_repeat([node for node in nodes if isinstance(node, Value)]):
        first = "lambda __w, __at: list_position(list_transform({0}, lambda __v: __v.lang), __w.lang) = __at"
        listed = term(f"list_filter({{0}}, {first})", build.once(listed))
    return build.once(term(f"({{0}})::{kind.sql}", listed))


def _there(items: Sequence[Term], nothing: str) -> Term:
    """A list of those items that are there, or `nothing`.

    Up to two are put together by cases: every function over a list copies all its texts.
    """
    if len(items) > 2:
        all_ = ", ".join(map(str, items))
        some = " OR ".join(f"{item} IS NOT NULL" for item in items)
        kept = f"list_filter([{all_}], lambda __item: __item IS NOT NULL)"
        return Term(f"CASE WHEN {some} THEN {kept} ELSE {nothing} END", depth(*items))
    both = "WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN [{0}, {1}] ".format(*items) if len(items) == 2 else ""
    alone = " ".join(f"WHEN {item} IS NOT NULL THEN [{item}]" for item in items)
    return Term(f"CASE {both}{alone} ELSE {nothing} END", depth(*items))


def _may_repeat(values: Sequence[Value]) -> bool:
    """Whether two of these texts may be in one language."""
    languages = [
        {*value.lang.cases.values(), "und"} if isinstance(value.lang, Cases) else {value.lang or "und"}
        for value in values
    ]
    return sum(map(len, languages)) > len(set().union(*languages))


def _wording(build: Expressions, value: Value) -> Term:
    text = build.one(value, Kind("one", "VARCHAR"))
    lang = build.chosen(value.lang or "und", literal, otherwise="'und'")
    machine = (
        f"coalesce(TRY(({value.machine.sql}\n)), FALSE)"
        if isinstance(value.machine, Condition)
        else str(value.machine).upper()
    )
    wording = f"{{'lang': {lang}, 'text': {text}, 'machine': {machine}}}"
    return build.once(Term(f"CASE WHEN {text} IS NOT NULL THEN {wording} END", depth(text, lang)))


def _part(build: Expressions, nodes: Mapping[str, Node], kind: Kind) -> Term:
    """A part with its fields; none where a required field, or every field, is missing."""
    fields = {name: build.once(field(build, node, kind.fields[name])) for name, node in nodes.items()}
    if kind.annotation is Period:
        _ordered(build, nodes, fields)
    said = {name: str(fields.get(name, inner.nothing)) for name, inner in kind.fields.items()}
    shown = ", ".join(f"{literal(name)}: {sql}" for name, sql in said.items())
    there = [f"{fields[name]} IS NOT NULL" for name in sorted(kind.required)]
    told = [_told(fields[name], kind.fields[name]) for name, node in nodes.items() if not _constant(node)]
    condition = " AND ".join(there) or " OR ".join(told) or "TRUE"
    return build.once(Term(f"CASE WHEN {condition} THEN {{{shown}}}::{kind.sql} END", depth(*fields.values())))


def _told(value: Term, kind: Kind) -> str:
    return f"coalesce(len({value}) > 0, FALSE)" if kind.form == "list" else f"{value} IS NOT NULL"


def _constant(node: Node) -> bool:
    return isinstance(node, Value) and node.is_ is not None


def _ordered(build: Expressions, nodes: Mapping[str, Node], fields: dict[str, Term]) -> None:
    """A period that ends before it starts has neither day: nobody knows which of the two is wrong."""
    if set(fields) != {"start", "end"}:
        return
    start, end = fields["start"], fields["end"]
    wrong = build.once(Term(f"coalesce({end} < {start}, FALSE)", depth(start, end)))
    node = nodes["end"]
    column = build.column(node) if isinstance(node, Value) else "NULL"
    build.checks.append(Check("bad-period", column, wrong, term("concat({0}, ' - ', {1})", start, end)))
    for name, value in (("start", start), ("end", end)):
        fields[name] = build.once(Term(f"CASE WHEN NOT {wrong} THEN {value} END", depth(wrong, value)))


def _list(build: Expressions, nodes: tuple[Node, ...], kind: Kind) -> Term:
    """The items of a list in their order, each once."""
    several = [part for node in nodes if (part := _several(build, node, kind)) is not None]
    singles = [field(build, node, kind.items) for node in nodes if _several_of(build, node) is None]
    lists = [f"coalesce({part}, [])" for part in several]
    if singles:
        lists.append(f"({_there([build.once(one) for one in singles], '[]')})")
    joined = lists[0] if len(lists) == 1 else f"list_concat({', '.join(lists)})"
    whole = build.once(Term(f"({joined})::{kind.sql}", depth(*several, *singles)))
    if len(singles) < 2 and not several:
        return whole
    return build.once(term("list_filter({0}, lambda __item, __at: list_position({0}, __item) = __at)", whole))


def _several_of(build: Expressions, node: Node) -> Value | None:
    """The value because of which one node gives several items."""
    if isinstance(node, Value):
        return node if build.is_list(node) else None
    parts = node.values() if isinstance(node, Mapping) else node
    return next((found for part in parts if (found := _several_of(build, part)) is not None), None)


def _several(build: Expressions, node: Node, kind: Kind) -> Term | None:
    """The items of a node that gives several; none where it gives one."""
    leading = _several_of(build, node)
    if leading is None:
        return None
    values = build.several(leading)
    return values if isinstance(node, Value) else _exploded(build, node, kind.items, leading, values)


def _exploded(build: Expressions, node: Node, kind: Kind, leading: Value, values: Term) -> Term:
    """A part made once for each value of a list."""
    build.item, build.leading = Term("__item", values.depth), leading
    part = field(build, node, kind)
    build.item = build.leading = None
    return build.once(
        Term(
            f"list_filter(list_transform({values}, lambda __item: {part}), lambda __made: __made IS NOT NULL)",
            part.depth,
        )
    )
