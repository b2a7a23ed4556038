"""Things that may be natural persons: withheld, with what names them."""

from collections.abc import Mapping

from ccsi_kit.sources.cells import sql_fold
from ccsi_kit.sources.expressions import Expressions
from ccsi_kit.sources.kinds import kinds
from ccsi_kit.sources.layers import Term, depth, term
from ccsi_kit.sources.manifest import MODELS, Make
from ccsi_kit.sources.plan import Plan
from ccsi_kit.store import Database, identifier, literal


def withheld_by(build: Expressions, plan: Plan, make: Make, fields: Mapping[str, Term]) -> Term:
    """The rule by which a thing is withheld although its row is used: it is, or may be, a person; else NULL."""
    rules = [(person, "number") for person in build.persons if not make.plain]
    if make.person is not None:
        rules.append((Term(f"coalesce(TRY(({make.person}\n)), FALSE)"), "name"))
    if make.each is not None:
        rules.append((Term("__shield"), "unpaired-number"))
    if plan.must_have_number(make):
        numbers = fields.get("identifiers", Term("NULL::VARCHAR[]"))
        rules.append((term("coalesce(len({0}), 0) = 0", numbers), "without-number"))
    if not rules:
        return Term("NULL::VARCHAR")
    whens = " ".join(f"WHEN {condition} THEN {literal(rule)}" for condition, rule in rules)
    return Term(f"CASE {whens} END", depth(*(condition for condition, _ in rules)))


def silence(database: Database, plan: Plan) -> None:
    """Takes away texts that name a person who was withheld from the same row; table `silenced` has those rows."""
    withheld = [
        f"SELECT __rec, {sql_fold('name')} AS folded FROM {plan.table(make)} WHERE __left IS NOT NULL"
        for make in plan.manifest.makes
        if make.model == "organisation" and "name" in make.fields and plan.withheld(make)
    ]
    database.execute("CREATE TEMP TABLE silenced (rec BIGINT)")
    if not withheld:
        return
    named = f"SELECT __rec, string_split(folded, ' ') AS words FROM ({' UNION ALL '.join(withheld)}) WHERE folded <> ''"
    database.execute(f"CREATE TEMP TABLE named AS {named}")
    if database.execute("SELECT 1 FROM named LIMIT 1").fetchone() is None:
        return
    for make in plan.manifest.makes:
        for name, kind in kinds(MODELS[make.model]).items():
            if kind.form == "text" and name in make.fields:
                _silence(database, plan.table(make), identifier(name))


def _silence(database: Database, table: str, column: str) -> None:
    """A text names a person when it has every word of the name, in whatever order."""
    said = f"SELECT __rec, array_to_string(list_transform({column}, lambda __w: __w.text), ' ') AS said FROM {table}"
    near = f"SELECT * FROM ({said} WHERE __rec IN (SELECT __rec FROM named))"
    folded = f"SELECT __rec, string_split({sql_fold('said')}, ' ') AS said FROM ({near})"
    found = f"SELECT DISTINCT __rec FROM ({folded}) JOIN named USING (__rec) WHERE list_has_all(said, words)"
    database.execute(f"INSERT INTO silenced {found}")
    database.execute(f"UPDATE {table} SET {column} = NULL WHERE __rec IN (SELECT rec FROM silenced)")
