"""Words that other rooms and countries bring: of number schemes, of issues, of reasons to leave a row out."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

LANGUAGES = ("en", "es", "fr", "sv", "lv")
WORDS = {
    "scheme.lv:regcode": (
        "Registration number",
        "Número de registro",
        "Numéro d’enregistrement",
        "Registreringsnummer",
        "Reģistrācijas numurs",
    ),
    "scheme.es:nif": (
        "Tax number",
        "Número de identificación fiscal",
        "Numéro fiscal",
        "Skattenummer",
        "Nodokļu numurs",
    ),
    "scheme.fr:siren": ("Company number", "Número de empresa", "Numéro SIREN", "Företagsnummer", "Uzņēmuma numurs"),
    "scheme.se:orgnr": (
        "Organisation number",
        "Número de organización",
        "Numéro d’organisation",
        "Organisationsnummer",
        "Organizācijas numurs",
    ),
    "scheme.eu:kohesio-operation": (
        "Operation in Kohesio",
        "Operación en Kohesio",
        "Opération dans Kohesio",
        "Insats i Kohesio",
        "Darbība Kohesio",
    ),
    "reason.natural-persons": (
        "natural persons",
        "personas físicas",
        "personnes physiques",
        "fysiska personer",
        "fiziskas personas",
    ),
    "reason.no-key": ("no number", "sin número", "sans numéro", "nummer saknas", "nav numura"),
    "bad-date": (
        "“{value}” is no day",
        "“{value}” no es un día",
        "« {value} » n’est pas un jour",
        "”{value}” är ingen dag",
        "“{value}” nav diena",
    ),
    "bad-date.mend": ("Write the day.", "Escriba el día.", "Écrire le jour.", "Skriv dagen.", "Ierakstiet dienu."),
    "unknown-column": (
        "Unknown column {column}",
        "Columna desconocida {column}",
        "Colonne inconnue {column}",
        "Okänd kolumn {column}",
        "Nezināma kolonna {column}",
    ),
}


def write_catalogues(into: Path) -> Path:
    """A folder of compiled catalogues."""
    for place, lang in enumerate(LANGUAGES):
        catalogue = Catalog(locale=lang)
        for code, said in WORDS.items():
            catalogue.add(code, said[place])
        folder = into / lang / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "made.mo").open("wb") as file:
            write_mo(file, catalogue)
    return into
