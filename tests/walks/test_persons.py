"""Ten thousand planted persons in every format: no trace of their names and numbers outside the fetched bytes."""

import copy
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ccsi_kit.cli.main import exit_code
from ccsi_kit.sources import MODELS
from ccsi_kit.store import Layout, connect, literal

COUNTRIES = Path(__file__).parents[2] / "countries"
KOHESIO = Path(__file__).parents[2] / "src/ccsi_kit/eu/sources/kohesio"
COUNT = 10_000
SECRET = "Zzyzx"
"""Part of every planted person's name."""


def sample(country: str, source: str, name: str) -> Path:
    return COUNTRIES / country / f"src/ccsi_kit_{country}/sources" / source / name


def person(n: int) -> str:
    return f"{SECRET}{n} Persona"


def latvian(n: int) -> str:
    """Old personal codes by day of birth; a year of birth ends at 31, so no organisation's number begins like this."""
    return f"{n % 28 + 1:02d}{n % 12 + 1:02d}{40 + n % 59:02d}{'-' * (n % 2)}{n % 90000 + 10000:05d}"


def spanish(n: int) -> str:
    return [
        f"***{n % 10000:04d}**",
        f"{10_000_000 + 7919 * n % 89_999_999}{'TRWAGMYFPDXBNJZSQVHLCKE'[n % 23]}",
        f"X{1000000 + n}L",
    ][n % 3]


def swedish(n: int) -> str:
    """The third digit of ten is 0 or 1: a month."""
    return f"{40 + n % 59}{n % 12 + 1:02d}{n % 28 + 1:02d}{'-' * (n % 2)}{n % 9000 + 1000:04d}"


def table(file: Path, delimiter: str, change: Callable[[dict[str, str], int], None]) -> str:
    """A CSV: the rows of a sample, then a changed copy of one of them for each person."""
    text = file.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    planted = io.StringIO()
    writer = csv.DictWriter(planted, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    for n in range(COUNT):
        row = dict(rows[n % min(len(rows), 40)])
        change(row, n)
        writer.writerow(row)
    return text.replace("\r\n", "\n").rstrip("\n") + "\n" + planted.getvalue()


def listed(file: Path, rows: str | None, change: Callable[[dict, int], None], *, times: int = COUNT) -> str:
    """A JSON answer: the records of a sample, then a changed copy for each person."""
    text = file.read_text(encoding="utf-8")
    document = json.loads(text if rows is None or "\n{" not in text else text.splitlines()[0])
    records = document if rows is None else document[rows]
    for n in range(times):
        record = copy.deepcopy(records[n % min(len(records), 10)])
        change(record, n)
        records.append(record)
    return json.dumps(document, ensure_ascii=False)


def in_register(row: dict[str, str], n: int) -> None:
    row.update(name=person(n), name_in_quotes=person(n), address=f"{person(n)} māja")
    row.update(
        {"type": ["IK", "ZEM", "ZVJ", "IND"][n % 4], "regcode": f"4{n:010d}"} if n % 2 else {"regcode": latvian(n)}
    )


def in_areas(row: dict[str, str], n: int) -> None:
    row.update(regcode=latvian(n), name=person(n))


def in_statuses(row: dict[str, str], n: int) -> None:
    row.update(Registracijas_kods=latvian(n))


def in_kohesio(row: dict[str, str], n: int) -> None:
    country, number = [("Latvia", latvian), ("Spain", spanish), ("Sweden", swedish)][n % 3]
    row.update(Country=country, Beneficiary_Name=person(n), Beneficiary_Local_Identifier=number(n))
    row.update(Beneficiary_Unique_Identifier=f"https://linkedopendata.eu/entity/Q9{n:07d}", Fund_Code="ESF+")
    row.update(Operation_Unique_Identifier=f"https://linkedopendata.eu/entity/Q8{n:07d}")
    if "CountryCode" in row:
        row.update(CountryCode={"Latvia": "LV", "Spain": "ES", "Sweden": "SE"}[country])


def in_grants(record: dict, n: int) -> None:
    record.update(
        id=700_000_000 + n, codConcesion=f"SB{700_000_000 + n}", beneficiario=f"{spanish(n)} {person(n)}", idPersona=n
    )


def in_companies(record: dict, n: int) -> None:
    record.update(siren=f"{n:09d}", nom_complet=person(n), nom_raison_sociale=person(n) if n % 4 else None)
    record["dirigeants"] = [{"nom": person(n), "prenoms": SECRET, "date_de_naissance": "1970-01"}]
    if n % 4 == 1:
        record["complements"]["est_entrepreneur_individuel"] = True
    elif n % 4 == 2:
        record["nature_juridique"] = "1000"
    elif n % 4 == 3:
        record["statut_diffusion"] = "N"


def in_services(record: dict, n: int) -> None:
    record.update(id=f"{record['id']}-{n}", contact_nom_prenom=", ".join(person(100 * n + m) for m in range(100)))
    record.update(courriel=f"{SECRET}@persona.example", telephone="0600000000")


def in_structures(record: dict, n: int) -> None:
    record.update(id=f"{record['id']}-{n}", courriel=f"{SECRET}{n}@persona.example")


def in_projects(row: dict[str, str], n: int) -> None:
    row["ProjectId"] = f"2098-{n:05d}_Vinnova"
    row.update(CoordinatingOrganisationId=swedish(n), CoordinatingOrganisationNameSv=person(n))
    row.update(CoordinatingOrganisationNameEn=person(n), InvolvedPeople=f"1¤{person(n)}¤{SECRET}")
    row.update(ProjectAbstractSv=person(n), ProjectAbstractEn=person(n))


def in_vinnova(record: dict, n: int) -> None:
    record.update(Diarienummer=f"2097-{n:05d}", KontaktLista=[{"Namn": person(100 * n + m)} for m in range(100)])


PLANTED: dict[str, Callable[[], Iterator[str]]] = {
    "lv-ur-register": lambda: iter([table(sample("lv", "ur_register", "sample.csv"), ";", in_register)]),
    "lv-ur-areas": lambda: iter([table(sample("lv", "ur_areas", "sample.csv"), ";", in_areas)]),
    "lv-vid-slo": lambda: iter([table(sample("lv", "vid_slo", "sample.csv"), ",", in_statuses)]),
    "eu-kohesio": lambda: (
        table(KOHESIO / f"sample-{years}.csv", ",", in_kohesio) for years in ("2014-2020", "2021-2027")
    ),
    "es-bdns-grants": lambda: iter([listed(sample("es", "bdns_grants", "sample.json"), "content", in_grants)]),
    "fr-recherche-entreprises": lambda: iter(
        [listed(sample("fr", "recherche_entreprises", "sample.json"), "results", in_companies)]
    ),
    "fr-data-inclusion-services": lambda: iter(
        [listed(sample("fr", "data_inclusion_services", "sample-file.json"), None, in_services, times=100)]
    ),
    "fr-data-inclusion-structures": lambda: iter(
        [listed(sample("fr", "data_inclusion_structures", "sample-file.json"), None, in_structures, times=100)]
    ),
    "se-swecris": lambda: iter([table(sample("se", "swecris", "sample.csv"), ";", in_projects)]),
    "se-vinnova": lambda: iter([listed(sample("se", "vinnova", "sample.json"), None, in_vinnova, times=100)]),
}


def numbers(text: str) -> set[str]:
    """Every run of eight or more digits, with the letters beside it, hyphens taken out."""
    return {run.replace("-", "") for run in re.findall(r"(?<![0-9])[XYZ]?[0-9][0-9-]{6,12}[0-9][A-Z]?", text)}


def planted_numbers() -> set[str]:
    made = [make(n) for make in (latvian, swedish, spanish) for n in range(COUNT)]
    return {number.replace("-", "") for number in made if "*" not in number}


def told(folder: Path) -> Iterator[tuple[str, str]]:
    """Everything that a workspace says outside its snapshots, tables as text."""
    layout = Layout(folder)
    with connect([layout.tables, folder / "links"], folder) as database:
        for file in [*layout.tables.rglob("*.parquet"), *(folder / "links").glob("*.parquet")]:
            rows = database.execute(f"FROM read_parquet({literal(file)})").fetchall()
            yield str(file.relative_to(folder)), "\n".join(map(str, rows))
    for file in folder.rglob("*"):
        if file.is_file() and "snapshots" not in file.relative_to(folder).parts and file.suffix != ".parquet":
            yield str(file.relative_to(folder)), file.read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("source", PLANTED)
def test_no_trace_of_ten_thousand_persons(source, tmp_path, capsys):
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / "ccsi.toml").write_text('languages = ["en"]\n')
    files = []
    for n, text in enumerate(PLANTED[source]()):
        assert text.count(SECRET) >= COUNT or source in ("lv-vid-slo", "fr-data-inclusion-structures")
        file = (
            tmp_path
            / f"planted-{n}{'.csv' if ';' in text[:2000] or ',Op' in text[:60] or ',' in text[:30] else '.json'}"
        )
        file.write_text(text, encoding="utf-8")
        files += ["--file", f"{source}={file}"]
    assert exit_code(["run", "--workspace", str(folder), "--on", "2026-11-24", *files]) == 0
    said = capsys.readouterr()
    personal = planted_numbers()
    for place, text in [*told(folder), ("output", said.out + said.err)]:
        assert SECRET not in text, f"{source}: a name in {place}"
        assert not (numbers(text) & personal), f"{source}: a number in {place}"
    _issues_about_persons(folder, source)


def _issues_about_persons(folder: Path, source: str) -> None:
    """An Issue about a person has source, row number and rule: no line, no column, no value."""
    table_ = Layout(folder).table("issue", source)
    with connect([table_], folder) as database:
        query = f"SELECT line, \"column\", value FROM read_parquet({literal(table_)}) WHERE code = 'person'"
        assert set(database.execute(query).fetchall()) <= {(None, None, None)}


def test_a_reader_that_lets_persons_through_is_caught(tmp_path):
    """The search finds what it is to find: a planted name and number in a table."""
    folder = tmp_path / "workspace"
    (folder / "tables" / "organisation").mkdir(parents=True)
    (folder / "links").mkdir()
    with connect([], folder) as database:
        row = f"SELECT {literal(person(7))} AS name, {literal(latvian(6))} AS number"
        database.execute(
            f"COPY ({row}) TO {literal(folder / 'tables' / 'organisation' / 'x.parquet')} (FORMAT parquet)"
        )
    ((_, text),) = told(folder)
    assert SECRET in text and numbers(text) & planted_numbers()
    assert set(MODELS) == {"organisation", "initiative", "call", "funding", "service"}
