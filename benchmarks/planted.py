"""A Latvian register with 20,000 planted defects of ten kinds, and an oracle in plain Python that finds them."""

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from made import REGISTER, regcodes
from stdnum.lv import pvn

KINDS = (
    "day-of-founding", "day-of-end", "day-in-another-form", "wrong-digit", "unknown-form", "person-by-number",
    "person-by-form", "no-code", "damaged-code", "doubled-code",
)  # fmt: skip
FORMS = ("SIA", "AS", "BDR", "NOD", "KB", "DRZ", "ARB", "FIL")
PERSONS = ("IK", "ZEM", "ZVJ", "IND")
USED = (14, 19, 13, 15, 2, 4, 0, 11, 12, 9)
"""Columns by whose content, in the order of their names, the least of several rows with one code is told."""


def rows(count: int, defects: int, *, seed: int = 1) -> Iterator[list[str]]:
    """The cells of each row; `defects` of them, spread at random, are wrong in exactly one way."""
    chance = random.Random(seed)
    wrong = dict(zip(chance.sample(range(1, count), defects), (KINDS[n % 10] for n in range(defects)), strict=True))
    before = ""
    for place, code in zip(range(count), regcodes(), strict=False):
        row = _sound(chance, place, code)
        _spoil(row, wrong.get(place), before, chance)
        before = code if place not in wrong else before
        yield row


def _sound(chance: random.Random, place: int, code: str) -> list[str]:
    name = f"Parauga biedrība {place}"
    form = chance.choice(FORMS)
    address = f"Rīga, Parauga iela {place % 200}" + ("\r\n2. stāvs" if place % 997 == 0 else "")
    founded = f"{1992 + place % 30}-{1 + place % 12:02d}-{1 + place % 28:02d}"
    ended = f"{2010 + place % 10}-01-01" if place % 5 == 0 else ""
    return [
        code, f"LV99ZZZ{code}", f'"{name}"', "", name, "", "0", "B", "Reģistrs", form, "Forma", founded,
        ended, " ", address, str(1001 + place % 84), str(112_303_082 + place), "0", "100003003", "0054010", "",
    ]  # fmt: skip


def _spoil(row: list[str], kind: str | None, before: str, chance: random.Random) -> None:
    code, day = row[0], row[11]
    spoilt = {
        "day-of-founding": {11: "2019-02-30"},
        "day-of-end": {12: "0000-00-00"},
        "day-in-another-form": {11: f"{day[8:]}.{day[5:7]}.{day[:4]}"},
        "wrong-digit": {0: code[:-1] + str((int(code[-1]) + 1) % 10)},
        "unknown-form": {9: "QQQ"},
        "person-by-number": {
            0: f"{chance.randrange(1, 29):02d}{chance.randrange(1, 13):02d}77{chance.randrange(10000, 99999)}"
        },
        "person-by-form": {9: chance.choice(PERSONS)},
        "no-code": {0: ""},
        "damaged-code": {0: code[:5] + "?" + code[6:]},
        "doubled-code": {0: before},
    }
    for place, cell in spoilt.get(kind or "", {}).items():
        row[place] = cell


def write(path: Path, count: int, defects: int) -> None:
    """Writes the register as it is published: a mark, `;`, quotes where needed, CRLF."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(REGISTER.split(";"))
        writer.writerows(rows(count, defects))


def oracle(path: Path) -> tuple[dict[str, set[tuple[int, int]]], dict[str, int]]:
    """Row and physical line of every issue by its code, and the number of rows left out by reason."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    left: dict[str, int] = defaultdict(int)
    seen: dict[str, list[tuple[list[str], tuple[int, int]]]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=";")
        next(reader)
        begins = reader.line_num + 1
        for number, row in enumerate(reader, 1):
            place, begins = (number, begins), reader.line_num + 1
            _judge(row, place, found, left, seen)
    for same in seen.values():
        for _, place in sorted(same)[1:]:
            found["doubled-key"].add(place)
            left["doubled-key"] += 1
    return found, dict(left)


def _judge(
    row: list[str],
    place: tuple[int, int],
    found: dict[str, set[tuple[int, int]]],
    left: dict[str, int],
    seen: dict[str, list[tuple[list[str], tuple[int, int]]]],
) -> None:
    code = row[0].strip()
    if row[9] in PERSONS:
        left["natural-persons"] += 1
    elif len(code) == 11 and code.isascii() and code.isdigit() and code[0] in "0123":
        left["person"] += 1
        found["person"].add(place)
    elif not (len(code) == 11 and code.isascii() and code.isdigit()):
        left["no-key"] += 1
        found["no-key"].add(place)
    else:
        seen[code].append(([row[column].strip().replace("\r\n", "\n") for column in USED], place))
        if not pvn.is_valid(code):
            found["bad-identifier"].add(place)
        if row[9] == "QQQ":
            found["unknown-code"].add(place)
        for day in (row[11], row[12]):
            if day and not _is_day(day):
                found["bad-date"].add(place)


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text) is not None
    except ValueError:
        return False
