"""Numbers that France gives.

Source: python-stdnum 2.2, `fr.siren` and `fr.siret`; RNA has no check digit. A sole trader's SIREN is about a person,
but the number does not tell: the legal form does.
"""

from ccsi_kit.identifiers import SPACES, Scheme, sql_luhn, sql_weighted, stdnum_scheme


def _sql_siret(column: str) -> str:
    """Two Luhn sums; but the offices of La Poste, its head office apart, have a digit sum that five divides."""
    whole, sum_of_five = sql_luhn(14)(column), sql_weighted((1,) * 14, modulus=5, remainder=0)(column)
    company = sql_luhn(9)(f"left({column}, 9)")
    post_office = f"starts_with({column}, '356000000') AND {column} <> '35600000000048'"
    return (
        f"({company})::INTEGER * (({post_office})::INTEGER * ({sum_of_five})::INTEGER"
        f" + (NOT ({post_office}))::INTEGER * ({whole})::INTEGER) = 1"
    )


SIREN = stdnum_scheme(
    "fr.siren",
    sql=sql_luhn(9),
    id="fr:siren",
    example="999990013",
    shape="[0-9]{9}",
    core="(?:FR[0-9A-Z]{2})?([0-9]{9})",
)
"""Number of a legal unit (INSEE); with `FR` and two characters before it the number for value added tax."""

SIRET = stdnum_scheme("fr.siret", sql=_sql_siret, id="fr:siret", example="99999001300016", shape="[0-9]{14}")
"""Number of an establishment (INSEE): SIREN and five digits."""

RNA = Scheme(id="fr:rna", example="W999990001", shape="W(?:[0-9]{9}|9[A-Z][0-9]{7})")
"""Number of an association in the Répertoire national des associations; overseas a letter stands in it."""

_DATA_INCLUSION = "[a-z0-9-]+--[0-9A-Za-z._:~-]+"

STRUCTURE = Scheme(
    id="fr:data-inclusion-structure",
    example="exemple--structure-1",
    shape=_DATA_INCLUSION,
    decoration=SPACES,
    upper=False,
    placeholders=False,
)
"""Id of a structure in data·inclusion: the producer, two hyphens, the producer's own id."""

SERVICE = Scheme(
    id="fr:data-inclusion-service",
    example="exemple--service-1",
    shape=_DATA_INCLUSION,
    decoration=SPACES,
    upper=False,
    placeholders=False,
)
"""Id of a service in data·inclusion."""

SCHEMES = (SIREN, SIRET, RNA, STRUCTURE, SERVICE)
