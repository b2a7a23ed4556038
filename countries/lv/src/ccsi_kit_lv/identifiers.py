"""Numbers that Latvia gives.

Source: python-stdnum 2.2, `lv.pvn`: a taxpayer's number is the registration code of a legal entity, which begins with 4
to 9, or the personal code of a natural person, which begins with 0 to 3.
"""

from ccsi_kit.identifiers import sql_weighted, stdnum_scheme

REGCODE = stdnum_scheme(
    "lv.pvn",
    sql=sql_weighted((9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1), modulus=11, remainder=3),
    id="lv:regcode",
    example="40008990015",
    shape="[4-9][0-9]{10}",
    core="(?:LV)?([0-9]{11})",
    person="[0-3][0-9]{10}",
    anywhere=r"\b[0-3][0-9][ .-]?[0-9]{2}[ .-]?[0-9]{2}[ -]?[0-9]{5}\b",
)
"""Registration code of the Enterprise Register; with `LV` before it the number for value added tax."""

SCHEMES = (REGCODE,)
