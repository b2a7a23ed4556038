"""The regions of the countries, by NUTS 2024 code; and the codes that came before."""

import csv
from functools import cache
from pathlib import Path

from ccsi_kit.models import Territory

_FOLDER = Path(__file__).parents[1] / "eu" / "vocabularies"
_YEAR = 2024


@cache
def territories() -> dict[str, Territory]:
    """The regions of the four countries by their NUTS 2024 code, each country itself included.

    >>> territories()["LV00C"].name, territories()["LV00C"].parent
    ('Vidzeme', 'LV00')
    """
    return {
        row["code"]: Territory(
            code=row["code"],
            year=_YEAR,
            country=row["code"][:2].lower(),
            name=row["name"],
            parent=row["parent"] or None,
        )
        for row in _rows("nuts.csv")
    }


@cache
def crosswalk() -> dict[str, str]:
    """The NUTS 2024 code by an older code that is no code any more; of a region that was divided, the one around it.

    >>> crosswalk()["LV003"]
    'LV00B'
    """
    return {row["code"]: row["territory"] for row in _rows("nuts-crosswalk.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of a table whose first line names publisher, licence and date."""
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines[1:]))
