"""Exports of ODK Central and KoboToolbox, as these programs write them."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook

from ccsi_kit.forms import read_form
from ccsi_kit.models import Text

SAMPLES = Path(__file__).parent / "samples"


def read(path, form):
    return read_form(path, [form], current={}.get)


def test_central_with_repeats_in_a_zip(tmp_path, trial):
    with ZipFile(tmp_path / "trial-1.csv.zip", "w") as archive:
        for file in sorted((SAMPLES / "central").glob("*.csv")):
            archive.write(file, file.name)
        archive.writestr("media/1700000000000.jpg", b"\xff\xd8no table")
    filled = read(tmp_path / "trial-1.csv.zip", trial)
    assert [issue.code for issue in filled.issues] == ["form-rejected"]
    first, second = filled.rows
    assert first.key == "uuid:5b2c1f0e-0001-4c1e-9d6b-1f0a3c5d7e01"
    assert first.id is None
    record = first.record
    assert record.title == Text.model_validate({"lv": "Pirmais darbs"})
    assert record.notes == "'s ar apostrofu", "in an export of another program nothing was put in front"
    assert (record.count, record.score, record.share) == (12, 3.5, Decimal("0.25"))
    assert (record.agreed, record.size, record.theme) == (True, "small", "ccsi:theme/employment")
    assert record.themes == ("ccsi:theme/employment", "ccsi:theme/housing")
    assert (record.period.start, record.period.end) == (date(2024, 1, 1), date(2026, 12, 31))
    assert (record.budget.value, record.budget.currency) == (Decimal("1500.50"), "EUR")
    assert [one.role for one in record.participants] == ["ccsi:role/promoter", "ccsi:role/funder"]
    assert record.answers[0].said == Text.model_validate({"lv": "Labi"})
    assert record.answers[0].evidence == ("Intervija", "Apmeklējums")
    assert second.record.summary == Text.model_validate({"es": "Dos líneas\nen una celda"})
    assert second.record.agreed is False
    assert second.record.themes == ()
    assert len(second.record.answers) == 1


def test_central_alone_without_repeats(trial):
    filled = read(SAMPLES / "central" / "trial-1.csv", trial)
    assert [row.record.participants for row in filled.rows] == [(), ()]


def test_kobo_with_values(trial):
    filled = read(SAMPLES / "kobo-values.csv", trial)
    assert [issue.code for issue in filled.issues] == ["form-rejected"]
    (row,) = filled.rows
    assert row.key == "48583952-0001-4931-8d9c-869e7b49bafb"
    assert row.record.title == Text.model_validate({"fr": "Premier emploi"})
    assert row.record.notes == "'cité'"
    assert row.record.themes == ("ccsi:theme/employment", "ccsi:theme/housing")
    assert row.record.period.start == date(2024, 1, 1), "the time that the telephone noted is no answer"


def test_kobo_with_labels_and_tags(trial):
    filled = read(SAMPLES / "kobo-labels.csv", trial)
    assert filled.issues == ()
    (row,) = filled.rows
    assert row.record.title == Text.model_validate({"es": "Primer empleo"})
    assert (row.record.agreed, row.record.size) == (True, "big")
    assert row.record.themes == ("ccsi:theme/education", "ccsi:theme/employment")
    assert (row.record.period.start, row.record.period.end) == (date(2024, 1, 1), None)


def test_kobo_workbook_with_repeats(tmp_path, trial):
    book = Workbook()
    main, parts = book.active, book.create_sheet("participants")
    main.title = "Izmēģinājums"
    main.append(["answer_language", "country", "title", "_id", "_uuid", "_submission_time", "_index"])
    main.append(["lv", "lv", "Viens", 61, "u-1", "2026-11-20T09:21:19", 1])
    main.append(["lv", "lv", "Divi", 62, "u-2", "2026-11-20T09:22:19", 2])
    parts.append(
        ["participants/organisation", "participants/role", "_index", "_parent_table_name", "_parent_index",
         "_submission__id"]
    )  # fmt: skip
    parts.append(["lv:regcode:40008000009", "ccsi:role/promoter", 1, "Izmēģinājums", 2, 62])
    book.save(tmp_path / "kobo.xlsx")
    filled = read(tmp_path / "kobo.xlsx", trial)
    assert filled.issues == ()
    assert [len(row.record.participants) for row in filled.rows] == [0, 1]
