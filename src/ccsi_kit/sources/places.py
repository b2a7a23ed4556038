"""Where a thing is: the region of its address, by municipality, else by postcode."""

from collections.abc import Mapping
from pathlib import Path

from ccsi_kit.sources.expressions import Expressions
from ccsi_kit.sources.kinds import Kind
from ccsi_kit.sources.layers import Term, depth, term
from ccsi_kit.sources.manifest import Place
from ccsi_kit.store import Database, identifier, literal

Territories = Mapping[str, Mapping[str, Path]]
"""By country: `municipality` and `postcode` tables (`code,territory`) and a `crosswalk` of older region codes."""

_KINDS = ("municipality", "postcode")


def place_tables(territories: Territories) -> frozenset[str]:
    """The tables of places that there are, by country and kind: `lv postcode`."""
    return frozenset(f"{country} {kind}" for country, tables in territories.items() for kind in tables)


def load_territories(database: Database, territories: Territories) -> None:
    """Makes the tables `place` (country, kind and code in one text -> region) and `crosswalk` (older code -> new)."""
    database.execute("CREATE TABLE place (place VARCHAR, territory VARCHAR)")
    database.execute("CREATE TABLE crosswalk (code VARCHAR, territory VARCHAR)")
    for country, tables in sorted(territories.items()):
        for kind, path in sorted(tables.items()):
            if kind == "crosswalk":
                database.execute(f"INSERT INTO crosswalk SELECT code, territory FROM {_codes(path)}")
            else:
                place = f"{literal(f'{country} {kind} ')} || {_bare('code')}"
                database.execute(f"INSERT INTO place SELECT {place}, min(territory) FROM {_codes(path)} GROUP BY ALL")


def located(
    build: Expressions, fields: Mapping[str, Term], known: Mapping[str, Kind], country: Term, place: Place | None = None
) -> dict[str, Term]:
    """The fields that say where a thing is, in today's codes; what is not said is told by its address or place."""
    found = {}
    if "territory" in fields:
        code = fields["territory"]
        found["territory"] = Term(
            f"coalesce((SELECT territory FROM crosswalk WHERE code = {code}), {code})", code.depth
        )
    elif "territory" in known and "address" in fields and "address" in known:
        address = fields["address"]
        codes = {kind: build.once(Term(f"({address}).{kind}", address.depth)) for kind in _KINDS}
        found["territory"] = _by_codes(build, country, codes)
    if "territories" in fields:
        found["territories"] = _todays(build, fields["territories"])
    elif "territories" in known and place is not None:
        columns = {kind: getattr(place, kind) for kind in _KINDS}
        codes = {kind: Term(identifier(column)) for kind, column in columns.items() if column is not None}
        code = build.once(_by_codes(build, country, codes))
        found["territories"] = term("CASE WHEN {0} IS NOT NULL THEN [{0}] END", code)
    return found


def _by_codes(build: Expressions, country: Term, codes: Mapping[str, Term]) -> Term:
    """The region of the first code that tells it; kinds of codes that there is no table of are not asked."""
    told = [Term("NULL::VARCHAR")]
    for kind, code in codes.items():
        if not _asked(build, country, kind):
            continue
        place = build.once(Term(f"{country} || {literal(f' {kind} ')} || {_bare(str(code))}", depth(country, code)))
        told.append(build.once(Term(f"(SELECT territory FROM place WHERE place.place = {place})", place.depth)))
    return Term(f"coalesce({', '.join(map(str, told))})", depth(*told))


def _asked(build: Expressions, country: Term, kind: str) -> bool:
    """Whether there is a table of such codes for the country, which is the same for all rows or told by each."""
    countries = [name.removesuffix(f" {kind}") for name in build.world.places if name.endswith(f" {kind}")]
    return bool(countries) if country.depth else country.sql in map(literal, countries)


def _todays(build: Expressions, codes: Term) -> Term:
    """Codes of an older version as today's; two that are one today are told once."""
    table = build.once(Term("(SELECT coalesce(map(list(code), list(territory)), MAP {}) FROM crosswalk)"))
    new = build.once(Term(f"list_transform({codes}, lambda __c: coalesce({table}[__c], __c))", depth(codes, table)))
    return Term(f"list_filter({new}, lambda __c, __at: list_position({new}, __c) = __at)", new.depth)


def _bare(code: str) -> str:
    return f"replace(replace({code}, ' ', ''), '-', '')"


def _codes(path: Path) -> str:
    """The rows of a table whose first line says where it is from."""
    columns = "columns = {'code': 'VARCHAR', 'territory': 'VARCHAR'}, auto_detect = false, header = true, skip = 1"
    return f"""read_csv({literal(path)}, {columns}, delim = ',', quote = '"', escape = '"')"""
