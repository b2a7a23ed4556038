"""Forms as CSV and JSON Lines."""

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ccsi_kit.errors import UsageError
from ccsi_kit.forms.laying import Laid, laid
from ccsi_kit.models import Record
from ccsi_kit.tabular import write_csv

if TYPE_CHECKING:
    from ccsi_kit.forms.form import Form


def write_csv_form(form: "Form", into: Path, *, records: Sequence[Record], languages: Sequence[str]) -> None:
    """Writes the table of a form; into a file that ends in .zip every table, each a file."""
    tables = laid(form, records, languages=languages, lang=None)
    if into.suffix.lower() != ".zip":
        if len(tables) > 1:
            raise UsageError("form-needs-zip", form=form.id, tables=len(tables))
        into.write_bytes(_csv(tables[0]))
        return
    with ZipFile(into, "w") as archive:
        for table in tables:
            archive.writestr(ZipInfo(f"{table.place.name}.csv"), _csv(table), ZIP_DEFLATED)


def _csv(table: Laid) -> bytes:
    """A table as UTF-8 with its mark, without which spreadsheets take it for another encoding."""
    written = StringIO(newline="")
    write_csv(table.rows, [column.name for column in table.columns], written)
    return written.getvalue().encode("utf-8-sig")


def write_json_lines(into: Path, records: Sequence[Record]) -> None:
    """Writes records as JSON Lines."""
    lines = (
        {**({"id": record.id} if record.id else {}), "kind": record.kind, **record.content()} for record in records
    )
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    into.write_text(text, encoding="utf-8")
