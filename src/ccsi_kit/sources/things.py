"""What each row makes: things with their fields, what was wrong with them, and which were withheld."""

from collections.abc import Mapping

from ccsi_kit.sources.expressions import Expressions, Made
from ccsi_kit.sources.fields import field
from ccsi_kit.sources.items import items
from ccsi_kit.sources.kinds import Kind, kinds
from ccsi_kit.sources.layers import Layers, Term, term
from ccsi_kit.sources.manifest import MODELS, Folded, Make
from ccsi_kit.sources.persons import silence, withheld_by
from ccsi_kit.sources.places import located
from ccsi_kit.sources.plan import Plan
from ccsi_kit.sources.rows import own_key
from ccsi_kit.sources.wrongs import wrongs
from ccsi_kit.store import Database, identifier, literal


def make_things(database: Database, plan: Plan) -> None:
    """Makes a table for every make, those that others may point at first.

    Each has `__rec`, `__at` (place in the row), `__key`, `__left` (the rule by which it is withheld), `__wrong`, and
    the fields that are told: what no row says is added when entries are written.
    """
    makes = sorted(plan.manifest.makes, key=lambda make: not plan.withheld(make))
    for make in makes:
        database.execute(f"CREATE TABLE {plan.table(make)} AS {_query(plan, make)}")
        if plan.withheld(make):
            database.execute(_pointers(plan, make))
    silence(database, plan)


def entry_ref(source: str, key: str) -> str:
    """SQL for the Ref of an entry: each part of its key percent-encoded."""
    encoded = f"replace(url_encode({key}), '%2F', '/')"
    plain = f"regexp_full_match({key}, '[A-Za-z0-9._~/-]*')"
    return f"{literal(source + '#')} || CASE WHEN {plain} THEN {key} ELSE {encoded} END"


def _pointers(plan: Plan, make: Make) -> str:
    """A table of what points at the things of one name, by row."""
    ref = entry_ref(plan.manifest.id, "__key")
    several = f"list({ref} ORDER BY __at)" if make.each else f"min({ref})"
    refs = f"SELECT __rec, {several} AS ref FROM {plan.table(make)} WHERE __left IS NULL GROUP BY __rec"
    return f"CREATE TEMP TABLE {_made_table(make)} AS {refs}"


def _made_table(make: Make) -> str:
    return identifier(f"made {make.name}")


def _query(plan: Plan, make: Make) -> str:
    """The query that makes the things of one name."""
    source, carried = _rows(plan, make)
    at, uneven, conditions = "1", None, []
    if make.each is not None:
        source, at, conditions = items(plan, make, make.each, source), "__at", ["__lead"]
        uneven = Term("(CASE WHEN __at = 1 THEN __uneven END)")
    layers = Layers("__f")
    build = Expressions(plan.world, layers, carried)
    known = kinds(MODELS[make.model])
    fields = _fields(build, plan, make, known)
    own = {"__at": at, "__key": _key(build, make), "__left": withheld_by(build, plan, make, fields)}
    own["__wrong"] = wrongs(build, uneven)
    told = {**own, **{name: fields[name] for name in known if name in fields}}
    if isinstance(make.key, Folded) and not plan.must_have_number(make):  # only a name, it is nothing without it
        conditions.append(f"{own_key(build, make)} IS NOT NULL")
    shown = "".join(f", {sql} AS {identifier(name)}" for name, sql in told.items())
    tail = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT __rec{shown} FROM {layers.over(source)}{tail}"


def _rows(plan: Plan, make: Make) -> tuple[str, dict[str, Made]]:
    """The used rows with what their other things are called."""
    wanted = {value.made for value in make.values if value.made}
    carried, joins, columns = {}, "", ""
    for number, name in enumerate(sorted(wanted)):
        target = plan.manifest.make(name)
        if plan.withheld(target):
            joins += f" LEFT JOIN {_made_table(target)} AS m{number} ON m{number}.__rec = c.__rec"
            columns += f", m{number}.ref AS __made{number}"
            carried[name] = Made(Term(f"__made{number}"), several=target.each is not None)
        else:
            carried[name] = Made(Term(f"({entry_ref(plan.manifest.id, _plain_key(target))})"))
    return f"(SELECT c.*{columns} FROM judged AS c{joins} WHERE c.__reason IS NULL)", carried


def _plain_key(make: Make) -> str:
    """The key of a thing that each row makes once: the row's, and its own name where it has one."""
    return "__key" if make.as_ in (None, make.model) else f"(__key || {literal('/' + make.name)})"


def _key(build: Expressions, make: Make) -> Term:
    place = f"(__key || {literal(f'/{make.name}/')} || __at)" if make.each else _plain_key(make)
    return term(f"coalesce({{0}}, {place})", own_key(build, make)) if make.key else Term(place)


def _fields(build: Expressions, plan: Plan, make: Make, known: Mapping[str, Kind]) -> dict[str, Term]:
    fields = {name: build.once(field(build, node, known[name])) for name, node in make.fields.items()}
    country = Term(literal(plan.country))
    if "country" in fields:
        country = fields["country"] = build.once(term("coalesce({0}, {1})", fields["country"], country))
    return fields | located(build, fields, known, country, make.place)
