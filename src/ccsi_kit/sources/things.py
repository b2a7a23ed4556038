"""What each row makes: things with their fields, what was wrong with them, and which were withheld."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ccsi_kit.identifiers import sql_personal
from ccsi_kit.sources.cells import parts, sql_fold
from ccsi_kit.sources.expressions import Expressions, Made, World
from ccsi_kit.sources.fields import field
from ccsi_kit.sources.kinds import Kind, kinds
from ccsi_kit.sources.layers import Layers, Term, any_of, depth, term
from ccsi_kit.sources.manifest import MODELS, Each, Make, Manifest
from ccsi_kit.sources.places import located
from ccsi_kit.sources.rows import own_key, scheme_names
from ccsi_kit.sources.values import Value
from ccsi_kit.store import Database, identifier, literal

WRONG = 'STRUCT(code VARCHAR, "column" VARCHAR, value VARCHAR, arguments VARCHAR)'


@dataclass(frozen=True)
class Plan:
    """What all makes of a source share."""

    manifest: Manifest
    world: World
    country: str

    @property
    def used(self) -> tuple[str, ...]:
        """Every column that is read, those of expressions too."""
        read = (column for formula in self.world.formulas.values() for column in formula.columns)
        return tuple(dict.fromkeys((*self.manifest.columns, *read)))

    def table(self, make: Make) -> str:
        """The table of what was made under one name."""
        return identifier(f"things {make.name}")

    def withheld(self, make: Make) -> bool:
        """Whether a thing of it may be withheld while its row is used."""
        return not make.plain or make.person is not None or make.name in self._recipients

    @property
    def _recipients(self) -> set[str]:
        """Names of the organisations that a funding went to: without a number they may be persons."""
        funded = (make.fields.get("recipient") for make in self.manifest.makes if make.model == "funding")
        return {node.made for node in funded if isinstance(node, Value) and node.made}

    def must_have_number(self, make: Make) -> bool:
        """Whether a thing without any number is withheld."""
        return make.model == "organisation" and make.name in self._recipients and self.manifest.recipients is None


def make_things(database: Database, plan: Plan) -> None:
    """Makes a table for every make, those that others may point at first.

    Each has `__rec`, `__at` (place in the row), `__key`, `__left` (the rule by which it is withheld), its fields and `__wrong`.
    """
    makes = sorted(plan.manifest.makes, key=lambda make: not plan.withheld(make))
    for make in makes:
        database.execute(f"CREATE TEMP TABLE {plan.table(make)} AS {_query(plan, make)}")
        if plan.withheld(make):
            database.execute(_pointers(plan, make))
    silence(database, plan)


def silence(database: Database, plan: Plan) -> None:
    """Takes away texts that name a person who was withheld from the same row; table `silenced` has those rows."""
    withheld = [
        f"SELECT __rec, {sql_fold('name')} AS folded FROM {plan.table(make)} WHERE __left IS NOT NULL"
        for make in plan.manifest.makes
        if make.model == "organisation" and plan.withheld(make)
    ]
    database.execute("CREATE TEMP TABLE silenced (rec BIGINT)")
    if not withheld:
        return
    named = f"SELECT __rec, string_split(folded, ' ') AS words FROM ({' UNION ALL '.join(withheld)}) WHERE folded <> ''"
    database.execute(f"CREATE TEMP TABLE named AS {named}")
    for make in plan.manifest.makes:
        for name, kind in kinds(MODELS[make.model]).items():
            if kind.form == "text" and name in make.fields:
                _silence(database, plan.table(make), identifier(name))


def _silence(database: Database, table: str, column: str) -> None:
    said = f"SELECT __rec, array_to_string(list_transform({column}, lambda __w: __w.text), ' ') AS said FROM {table}"
    folded = f"SELECT __rec, string_split({sql_fold('said')}, ' ') AS said FROM ({said} WHERE __rec IN (SELECT __rec FROM named))"
    found = f"SELECT DISTINCT __rec FROM ({folded}) JOIN named USING (__rec) WHERE list_has_all(said, words)"
    database.execute(f"INSERT INTO silenced {found}")
    database.execute(f"UPDATE {table} SET {column} = NULL WHERE __rec IN (SELECT rec FROM silenced)")


def entry_ref(source: str, key: str) -> str:
    """SQL for the Ref of an entry: each part of its key percent-encoded."""
    encoded = f"replace(url_encode({key}), '%2F', '/')"
    return f"{literal(source + '#')} || CASE WHEN regexp_full_match({key}, '[A-Za-z0-9._~/-]*') THEN {key} ELSE {encoded} END"


def _pointers(plan: Plan, make: Make) -> str:
    ref = entry_ref(plan.manifest.id, "__key")
    several = f"list({ref} ORDER BY __at)" if make.each else f"min({ref})"
    return (
        f"CREATE TEMP TABLE {identifier(f'made {make.name}')} AS SELECT __rec, {several} AS ref FROM {plan.table(make)}"
        " WHERE __left IS NULL GROUP BY __rec"
    )


def _query(plan: Plan, make: Make) -> str:
    """The query that makes the things of one name."""
    source, carried = _rows(plan, make)
    if make.each is not None:
        source = _items(plan, make, make.each, source)
    layers = Layers("__f")
    build = Expressions(plan.world, layers, carried)
    known = kinds(MODELS[make.model])
    fields = _fields(build, plan, make, known)
    key = _key(build, make)
    left = _left(build, plan, make, fields)
    wrong = _wrong(build, make)
    said = {name: str(fields.get(name, kind.nothing)) for name, kind in known.items()}
    shown = ", ".join(f"{sql} AS {identifier(name)}" for name, sql in said.items())
    at = "__at" if make.each else "1"
    tail = "WHERE __lead" if make.each else ""
    return f"SELECT __rec, {at} AS __at, {key} AS __key, {left} AS __left, {shown}, {wrong} AS __wrong FROM {layers.over(source)} {tail}"


def _rows(plan: Plan, make: Make) -> tuple[str, dict[str, Made]]:
    """The used rows with what their other things are called."""
    wanted = {value.made for value in make.values if value.made}
    carried, joins, columns = {}, "", ""
    for number, name in enumerate(sorted(wanted)):
        target = plan.manifest.make(name)
        if plan.withheld(target):
            joins += f" LEFT JOIN {identifier(f'made {name}')} AS m{number} ON m{number}.__rec = c.__rec"
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


def _items(plan: Plan, make: Make, each: Each, source: str) -> str:
    """The items of parallel lists, one a row; a list with another count than the first is left out for the whole row."""
    lists = [
        Term(f"coalesce({parts(identifier(column), each.split, plan.world.blank)}, [])") for column in each.columns
    ]
    layers = Layers("__l")
    leading, *others = [layers.once(listed) for listed in lists]
    uneven = [layers.once(term("len({0}) NOT IN (0, len({1}))", other, leading)) for other in others]
    shield = layers.once(_shield(plan, make, each, others, uneven))
    names = [identifier(column) for column in each.columns]
    zipped = [str(leading)] + [
        f"CASE WHEN {bad} THEN [] ELSE {other} END" for other, bad in zip(others, uneven, strict=True)
    ]
    told = _uneven_issues(each, leading, others, uneven)
    unpacked = f"unnest(list_zip({', '.join(zipped)})) AS __item, unnest(range(1, len({leading}) + 1)) AS __at"
    inner = f"(SELECT * EXCLUDE ({', '.join(names)}), {shield} AS __shield, {told} AS __uneven, {unpacked} FROM {layers.over(source)})"
    taken = ", ".join(f"__item[{number}] AS {name}" for number, name in enumerate(names, start=1))
    return f"(SELECT *, __item[1] IS NOT NULL AS __lead, {taken} FROM {inner})"


def _shield(plan: Plan, make: Make, each: Each, others: Sequence[Term], uneven: Sequence[Term]) -> Term:
    """Whether a list of numbers that cannot be paired holds a person's: then nobody knows whose name is a person's."""
    numbered = {column for value in make.values if scheme_names(value) for column in value.columns}
    schemes = plan.world.schemes.values()
    tests = [
        Term(
            f"CASE WHEN {bad} THEN {sql_personal(f'array_to_string({other}, chr(10))', schemes)} ELSE FALSE END",
            depth(other, bad),
        )
        for column, other, bad in zip(each.columns[1:], others, uneven, strict=True)
        if column in numbered
    ]
    return any_of(tests)


def _uneven_issues(each: Each, leading: Term, others: Sequence[Term], uneven: Sequence[Term]) -> str:
    items = [
        f"CASE WHEN {bad} THEN {{'code': 'uneven-lists', 'column': {literal(column)}, 'value': NULL::VARCHAR, 'arguments':"
        f" concat('{{\"found\": ', len({other}), ', \"wanted\": ', len({leading}), '}}')}} END"
        for column, other, bad in zip(each.columns[1:], others, uneven, strict=True)
    ]
    return (
        f"CASE WHEN {' OR '.join(map(str, uneven))} THEN [{', '.join(items)}]::{WRONG}[] END"
        if items
        else f"NULL::{WRONG}[]"
    )


def _fields(build: Expressions, plan: Plan, make: Make, known: Mapping[str, Kind]) -> dict[str, Term]:
    fields = {name: build.once(field(build, node, known[name])) for name, node in make.fields.items()}
    said = fields.get("country", Term("NULL::VARCHAR"))
    fields["country"] = build.once(term(f"coalesce({{0}}, {literal(plan.country)})", said))
    return fields | located(build, fields, known, make.place)


def _left(build: Expressions, plan: Plan, make: Make, fields: Mapping[str, Term]) -> Term:
    """The rule by which a thing is withheld although its row is used: it is, or may be, a person."""
    rules = [(person, "number") for person in build.persons if not make.plain]
    if make.person is not None:
        rules.append((Term(f"coalesce(TRY(({make.person}\n)), FALSE)"), "name"))
    if make.each is not None:
        rules.append((Term("__shield"), "unpaired-number"))
    if plan.must_have_number(make):
        numbers = fields.get("identifiers", Term("NULL::VARCHAR[]"))
        rules.append((term("coalesce(len({0}), 0) = 0", numbers), "without-number"))
    whens = " ".join(f"WHEN {condition} THEN {literal(rule)}" for condition, rule in rules)
    return Term(f"CASE {whens} END", depth(*(condition for condition, _ in rules))) if rules else Term("NULL::VARCHAR")


def _wrong(build: Expressions, make: Make) -> Term:
    """What was wrong with a thing: a list only where something was, because lists are dear."""
    checks = [check for check in build.checks]
    single = [
        f"CASE WHEN {check.wrong} THEN {{'code': {literal(check.code)}, 'column': {check.column}, 'value': {check.value}, 'arguments': {check.arguments}}} END"
        for check in checks
        if not check.many
    ]
    lists = [f"[{', '.join(single)}]"] if single else []
    lists += [
        f"coalesce(list_transform({check.value}, lambda __v: {{'code': {literal(check.code)}, 'column': {check.column}, 'value': __v, 'arguments': {check.arguments}}}), [])"
        for check in checks
        if check.many
    ]
    if make.each is not None:
        lists.append("CASE WHEN __at = 1 THEN coalesce(__uneven, []) ELSE [] END")
    guard = any_of(
        [*(check.wrong for check in checks), *([Term("__at = 1 AND __uneven IS NOT NULL")] if make.each else [])]
    )
    if not lists:
        return Term(f"NULL::{WRONG}[]")
    whole = " || ".join(f"({part})::{WRONG}[]" for part in lists)
    below = depth(guard, *(check.value for check in checks))
    return Term(f"CASE WHEN {guard} THEN list_filter({whole}, lambda __w: __w IS NOT NULL) END", below)
