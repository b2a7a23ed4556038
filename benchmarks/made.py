"""Large registers, made: plainly invented rows in the real formats, streamed, the same for the same seed.

python benchmarks/made.py register 1000000 register.csv
python benchmarks/made.py kohesio 200000 kohesio.csv
"""

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

_WEIGHTS = (9, 1, 4, 8, 3, 10, 2, 5, 7, 6)
_TREES = (
    "Ābele", "Bērzs", "Ceriņš", "Dzintars", "Egle", "Gaisma", "Jūra", "Kalns", "Lāse", "Madara",
    "Niedre", "Ozols", "Pļava", "Rasa", "Saule", "Tilts", "Upe", "Vējš", "Zvaigzne",
)  # fmt: skip
_TOWNS = (("Rīga", "1010"), ("Valmiera", "4201"), ("Liepāja", "3401"), ("Daugavpils", "5401"), ("Jelgava", "3001"))
_FORMS = (
    [("SIA", "Sabiedrība ar ierobežotu atbildību", "K")] * 12
    + [("BDR", "Biedrība", "B")] * 4
    + [("NOD", "Nodibinājums", "B"), ("KB", "Kooperatīvā sabiedrība", "K"), ("AS", "Akciju sabiedrība", "K")]
)
_REGISTERS = {"K": "Komercreģistrs", "B": "Biedrību un nodibinājumu reģistrs"}
REGISTER = (
    "regcode;sepa;name;name_before_quotes;name_in_quotes;name_after_quotes;without_quotes;regtype;regtype_text;type;"
    "type_text;registered;terminated;closed;address;index;addressid;region;city;atvk;reregistration_term"
)
KOHESIO = (
    "Operation_Unique_Identifier,Operation_Local_Identifier,Operation_Name_English,Operation_Name_Programme_Language,Country,"
    "Operation_Start_Date,Operation_End_Date,Cofinancing_Rate,Total_Eligible_Expenditure_amount,"
    "Total_Eligible_Expenditure_Currency,Project_EU_Budget,Beneficiary_Unique_Identifier,Beneficiary_Name,"
    "Beneficiary_Local_Identifier,Category_Of_Intervention,Category_Label,Thematic_Objective_ID,Thematic_Objective_Label,"
    "Policy_Objective_ID,Policy_Objective_Label,{objective}Fund_Code,Fund_Name,Programme_Code,Programme_Name,{place}"
    "Location_Indicator_latitude_longitude,Postal_Code,LAU_IDs,LAU_Labels,NUTS1_Label,NUTS2_Label,NUTS3_Label,NUTS1_Code,"
    "NUTS2_Code,NUTS3_Code,Programming_Period,Operation_Summary_English,Operation_Summary_Programme_Language,"
    "ManagingAuthority,{image}InfoRegio_ID{last}"
)
HEADERS = {
    "2021-2027": KOHESIO.format(
        objective="Specific_Objective_ID,Specific_Objective_Label,",
        place="",
        image="Image_URL,",
        last=",InfoRegio_URL,CountryCode",
    ),
    "2014-2020": KOHESIO.format(objective="", place="Coordinates,", image="", last=""),
}


def regcodes() -> Iterator[str]:
    """Registration codes with right check digits, from 40000000015 on: made, not given out by anybody we know."""
    number = 4_000_000_000
    while True:
        number += 1
        total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, str(number), strict=True))
        digit = (3 - total) % 11
        if digit < 10:
            yield f"{number}{digit}"


def register(rows: int, *, seed: int = 1) -> Iterator[str]:
    """Lines of a Latvian register.

    A fiftieth are persons by form; a thousandth each are persons by number, have a wrong digit, a doubled code or a
    line break in a cell; two thousandths have a day that is none.
    """
    chance = random.Random(seed)
    yield "\ufeff" + REGISTER
    before = ""
    for place, code in zip(range(rows), regcodes(), strict=False):
        before = shown = _spoilt(chance, code, before)
        yield _register_row(chance, place, shown)


def _spoilt(chance: random.Random, code: str, before: str) -> str:
    fate = chance.random()
    if fate < 0.001:
        return f"{chance.randrange(1, 32):02d}{chance.randrange(1, 13):02d}99{chance.randrange(10000, 99999)}"
    if fate < 0.002:
        return code[:-1] + str((int(code[-1]) + 1) % 10)
    return before if 0.002 <= fate < 0.003 and before else code


def _register_row(chance: random.Random, place: int, code: str) -> str:
    form, form_text, kind = (
        chance.choice(_FORMS) if chance.random() >= 0.022 else ("IK", "Individuālais komersants", "K")
    )
    name = f"Parauga {chance.choice(_TREES)} {chance.choice(_TREES)} {place}"
    day = f"{chance.randrange(1992, 2026)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
    day = chance.choice(("2019-02-30", "00.00.0000", "2001-1-1")) if chance.random() < 0.002 else day
    ended = f"{chance.randrange(2010, 2026)}-0{chance.randrange(1, 10)}-01" if chance.random() < 0.25 else ""
    town, postcode = chance.choice(_TOWNS)
    address = f"{town}, Parauga iela {chance.randrange(1, 200)} - {chance.randrange(1, 99)}"
    address = f'"{address}\r\n2. stāvs"' if chance.random() < 0.001 else address
    cells = (
        code, f"LV99ZZZ{code}", f'"""{name}"""', '""', name, '""', "0", kind, _REGISTERS[kind], form, form_text, day,
        ended, "L" if ended else " ", address, postcode, str(112_303_082 + place), "0", "100003003", '"0054010"', "",
    )  # fmt: skip
    return ";".join(cells)


_COUNTRIES = (
    ("ES", "Spain", "Muestra"),
    ("FR", "France", "Exemple"),
    ("SE", "Sweden", "Exempel"),
    ("LV", "Latvia", "Parauga"),
)
_FIRST = {"2021-2027": 99_000_001, "2014-2020": 99_500_001}
"""The first item of each period: an operation is of one."""
_REGIONS = {"ES": "ES511", "FR": "FRK26", "SE": "SE110", "LV": "LV00A"}


def kohesio(rows: int, layout: str, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """Rows of a Kohesio export: one to five beneficiaries each, of which many come again; a quarter has line breaks."""
    chance = random.Random(seed)
    codes = [code for _, code in zip(range(5000), regcodes(), strict=False)]
    for place in range(rows):
        yield _operation(chance, place, layout, codes)


def _operation(chance: random.Random, place: int, layout: str, codes: list[str]) -> dict[str, str]:
    short, country, word = _COUNTRIES[place % 4]
    year, first = int(layout[:4]) + place % 5, _FIRST[layout]
    chosen = [chance.randrange(place % 4, 5000, 4) for _ in range(1 + (place % 3 == 0) * chance.randrange(5))]
    amount = chance.randrange(10_000, 90_000_000) / 100
    summary = f"{word}: {' '.join(chance.choice(_TREES) for _ in range(40))}."
    row = dict.fromkeys(HEADERS[layout].split(","), "")
    told = {
        "Operation_Unique_Identifier": f"https://linkedopendata.eu/entity/Q{first + place}",
        "Operation_Local_Identifier": f"{year}{short}-{place}",
        "Operation_Name_English": f"Sample operation {place}",
        "Operation_Name_Programme_Language": f"{word} {chance.choice(_TREES)} {place}",
        "Country": country,
        "Operation_Start_Date": f"{1 + place % 28:02d}/{1 + place % 12:02d}/{year}",
        "Operation_End_Date": f"{1 + place % 28:02d}/{1 + place % 12:02d}/{year + 3}",
        "Cofinancing_Rate": chance.choice(("40.0", "85.0", "")),
        "Total_Eligible_Expenditure_amount": f"{amount:.2f}",
        "Total_Eligible_Expenditure_Currency": "EUR",
        "Project_EU_Budget": f"{amount / 2:.2f}",
        "Beneficiary_Unique_Identifier": "|".join(
            f"https://linkedopendata.eu/entity/Q{98_000_001 + one}" for one in chosen
        ),
        "Beneficiary_Name": "|".join(f"{word} {_TREES[one % 19]} {one}" for one in chosen),
        "Beneficiary_Local_Identifier": "|".join(codes[one] for one in chosen) if short == "LV" else "",
        "Category_Of_Intervention": "153" if layout == "2021-2027" else "109",
        "Category_Label": "Pathways to integration and re-entry into employment for disadvantaged people",
        "Fund_Code": "ESF+" if layout == "2021-2027" else "ESF",
        "Fund_Name": "European Social Fund Plus",
        "Programme_Name": f"{word} 1",
        "NUTS3_Code": _REGIONS[short],
        "Programming_Period": layout,
        "Operation_Summary_English": summary + ("\n<p>Sample.</p>" if place % 4 == 0 else ""),
        "Operation_Summary_Programme_Language": summary,
        "ManagingAuthority": f"{word} 2",
        "CountryCode": short,
    }
    return row | {name: cell for name, cell in told.items() if name in row}


def write(kind: str, rows: int, path: Path) -> None:
    """Writes a register; of Kohesio one file for each layout, named after it, with half of the rows each."""
    if kind == "register":
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(f"{line}\r\n" for line in register(rows))
        return
    for layout, header in HEADERS.items():
        with path.with_stem(f"{path.stem}-{layout}").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header.split(","), lineterminator="\n")
            writer.writeheader()
            writer.writerows(kohesio(rows // 2, layout))


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
