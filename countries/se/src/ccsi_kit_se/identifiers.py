"""Numbers that Sweden gives.

Source: python-stdnum 2.2, `se.orgnr`. A personal number has the month in the third and fourth digit, so its third digit
is 0 or 1; an organisation's is 2 or more. A sole trader's organisation number is the personal number.
"""

from ccsi_kit.identifiers import DECORATION, Scheme, sql_luhn, stdnum_scheme

ORGNR = stdnum_scheme(
    "se.orgnr",
    sql=sql_luhn(10),
    id="se:orgnr",
    example="5599990016",
    shape="[0-9]{2}[2-9][0-9]{7}",
    # 16 stands before an organisation's number, a century before a person's; SE...01 is for value added tax.
    core="(?:16|18|19|20)?([0-9]{2}[0-9]{4}[0-9A-Z][0-9]{3})|SE([0-9]{10})01",
    decoration=DECORATION + "+",  # stands for the hyphen of those over a hundred years old
    person="[0-9]{2}[01][0-9]{3}[0-9A-Z][0-9]{3}",
    anywhere=r"\b(?:18|19|20)?[0-9]{2}[ -]?[01][0-9][ -]?[0-9]{2}[ +-]?[0-9A-Z][0-9]{3}\b",
)
"""Organisation number, as Bolagsverket, Skatteverket and SCB use it."""

DIARIENUMMER = Scheme(
    id="se:diarienummer",
    example="2099-00001",
    shape="[12][0-9]{3}-[0-9]{5}(?:_(?:VR|RJ|Forte|Formas|SNSB))?",
    # Bare it is Vinnova's. Other funders count from the same start, so theirs keep the name that SweCRIS adds.
    core="([12][0-9]{3}-[0-9]{5})(?i:_vinnova)?",
    decoration=" \t\r\n\u00a0",
    upper=False,
    placeholders=False,
)
"""Reference number of a research funder's case; Vinnova's where no name of a funder follows."""

SCHEMES = (ORGNR, DIARIENUMMER)
