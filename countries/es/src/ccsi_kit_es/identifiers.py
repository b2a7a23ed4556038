"""Numbers that Spain gives.

Source: Orden EHA/451/2008, articles 3 to 5, for the letters of organisations; Real Decreto 1065/2007, articles 19.2 and
20.2, for K, L and M; python-stdnum 2.2, `es.cif`, for the check character.
"""

from ccsi_kit.identifiers import SPACES, Scheme, sql_luhn, stdnum_scheme


def _sql_cif(column: str) -> str:
    """A Luhn sum over seven digits and the last character: a digit, or a letter for one (J is 0, A to I are 1 to 9)."""
    last = f"(strpos('0123456789JABCDEFGHI', substr({column}, 9, 1)) - 1) % 10"
    return sql_luhn(8)(f"(substr({column}, 2, 7) || {last})")


NIF = stdnum_scheme(
    "es.cif",
    sql=_sql_cif,
    id="es:nif",
    example="G99990012",
    shape="[ABCDFGHJNPQRSUVW][0-9]{7}[0-9A-J]",
    core="(?:ES)?([A-Z][0-9]{7}[0-9A-Z])",
    # Masked numbers hold asterisks. DNI begins with a digit, NIE with X, Y, Z; K, L, M are people without either;
    # E is an inheritance or property that people share. J (sociedad civil) is left to the source, which has the name.
    person="(?s:.*[*].*|[0-9XYZKLME].*)",
    anywhere=(
        r"[*]{2}[0-9]{3,4}|[0-9]{3,4}[*]{2}|\b[0-9]{1,2}[.]?[0-9]{3}[.]?[0-9]{3}[ -]?[A-Za-z]\b"
        r"|\b[XYZKLMxyzklm][ -]?[0-9]{7}(?:[ -]?[A-Za-z])?\b|\b[Ee][ -]?[0-9]{7}[ -]?[0-9A-Ja-j]\b"
    ),
)
"""Tax number of an organisation (Número de Identificación Fiscal)."""

BDNS_CALL = Scheme(
    id="es:bdns-call",
    example="990001",
    shape="[1-9][0-9]{0,15}",
    core="0*([1-9][0-9]*)",
    decoration=SPACES,
    placeholders=False,
)
"""Number of a call in the Base de Datos Nacional de Subvenciones (`numeroConvocatoria`, `codigoBDNS`)."""

BDNS_GRANT = Scheme(
    id="es:bdns-grant",
    example="99000001",
    shape="[A-Z]{0,4}[0-9]{1,16}",
    decoration=SPACES,
    placeholders=False,
)
"""Number of a grant in the same database (`codConcesion`)."""

SCHEMES = (NIF, BDNS_CALL, BDNS_GRANT)
