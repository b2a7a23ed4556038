"""The counts on the start page, made anew from the sample files by a reader of their own."""

import csv
import io
import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
import yaml
from stdnum.es import cif
from stdnum.fr import siren, siret
from stdnum.lv import pvn
from stdnum.se import orgnr

from ccsi_kit.cli.main import exit_code
from ccsi_kit.i18n import fold

ROOT = Path(__file__).parents[2]
ON = date(2026, 11, 24)
NAMES = {"Spain": "es", "France": "fr", "Sweden": "se", "Latvia": "lv"}


def folder(country: str, source: str) -> Path:
    return ROOT / f"countries/{country}/src/ccsi_kit_{country}/sources" / source


def table(file: Path, delimiter: str = ",") -> list[dict[str, str]]:
    text = file.read_text(encoding="utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [{name: (cell or "").strip() for name, cell in row.items()} for row in rows]


def documents(file: Path) -> list:
    """A JSON file: one document, or one a line."""
    text = file.read_text(encoding="utf-8")
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def items(file: Path, name: str) -> list[dict]:
    found = []
    for document in documents(file):
        found += document if isinstance(document, list) else document[name]
    return found


def a_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


class Map:
    """Things that are the same when they share a mark (a number, or the name that is a source's own)."""

    def __init__(self) -> None:
        self.parents: dict[str, str] = {}
        self.entries: dict[str, set] = defaultdict(set)
        self.country: dict[str, str] = {}

    def top(self, mark: str) -> str:
        self.parents.setdefault(mark, mark)
        while self.parents[mark] != mark:
            mark = self.parents[mark]
        return mark

    def add(self, country: str, entry: str, *marks: str) -> str:
        """One entry; its first mark is enough to find the thing again."""
        for mark in marks:
            self.parents[self.top(mark)] = self.top(marks[0])
        self.entries[marks[0]].add(entry)
        self.country.setdefault(marks[0], country)
        return marks[0]

    def things(self) -> dict[str, set]:
        """Each thing by its topmost mark, with its entries."""
        found = defaultdict(set)
        for mark, entries in self.entries.items():
            found[self.top(mark)] |= entries
        return dict(found)

    def where(self) -> dict[str, str]:
        return {self.top(mark): country for mark, country in self.country.items()}


def digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def latvian(text: str) -> str | None:
    number = digits(text)
    return f"lv {number}" if re.fullmatch(r"[4-9]\d{10}", number) and pvn.is_valid(number) else None


def spanish(text: str) -> str | None:
    number = re.sub("[^0-9A-Z]", "", text.upper()).removeprefix("ES")
    return f"es {number}" if re.fullmatch(r"[ABCDFGHJNPQRSUVW]\d{7}[0-9A-J]", number) and cif.is_valid(number) else None


def french(text: str) -> str | None:
    number = digits(text)
    if len(number) == 14 and siret.is_valid(number):
        number = number[:9]
    return f"fr {number}" if len(number) == 9 and siren.is_valid(number) else None


def swedish(text: str) -> str | None:
    number = digits(text)[-10:]
    return f"se {number}" if len(number) == 10 and number[2] > "1" and orgnr.is_valid(number) else None


NATIONAL = {"lv": latvian, "es": spanish, "fr": french, "se": swedish}


def personal(country: str, text: str) -> bool:
    number = re.sub("[^0-9A-Z*]", "", text.upper())
    if country == "lv":
        return bool(re.fullmatch(r"[0-3]\d{10}", number))
    if country == "es":
        return "*" in number or number[:1] in set("0123456789XYZKLME")
    return country == "se" and len(digits(text)) >= 10 and digits(text)[-10:][2] in "01"


def socially(country: str) -> set[str]:
    """National codes of the social economy, read from the lists as plain YAML."""
    national = yaml.safe_load(
        (ROOT / f"countries/{country}/src/ccsi_kit_{country}/vocabularies/legal-form.yaml").read_text()
    )
    common = yaml.safe_load((ROOT / "src/ccsi_kit/vocabularies/data/legal-form.yaml").read_text())["concepts"]
    inside = {
        f"ccsi:legal-form/{code}" for code, one in common.items() if "ccsi:social-economy/yes" in one.get("match", [])
    }
    inside |= {"ccsi:legal-form/f51", "ccsi:legal-form/f53"}
    found = set()
    for code, one in national["concepts"].items():
        own = [match for match in one.get("match", []) if match.startswith("ccsi:social-economy/")]
        if own != ["ccsi:social-economy/no"] and (own or inside & set(one.get("match", []))):
            found.add(str(code))
    return found


class Recount:
    """Everything that the samples say, counted the plain way."""

    def __init__(self) -> None:
        self.organisations, self.initiatives, self.calls = Map(), Map(), Map()
        self.busy: set[str] = set()
        self.social: set[str] = set()
        self.services: set[str] = set()
        self.periods: dict[str, list] = defaultdict(list)
        for part in (
            self.latvia,
            self.kohesio,
            self.grants,
            self.open_calls,
            self.companies,
            self.inclusion,
            self.sweden,
        ):
            part()

    def latvia(self) -> None:
        forms = socially("lv")
        for row in table(folder("lv", "ur_register") / "sample.csv", ";"):
            number = digits(row["regcode"])
            if row["type"].upper() in ("IK", "ZEM", "ZVJ", "IND") or not re.fullmatch(r"[4-9]\d{10}", number):
                continue
            mark = self.organisations.add("lv", f"ur {number}", latvian(number) or f"ur {number}")
            if row["type"] in forms:
                self.social.add(mark)
        for source, column, delimiter in (("ur_areas", "regcode", ";"), ("vid_slo", "Registracijas_kods", ",")):
            for row in table(folder("lv", source) / "sample.csv", delimiter):
                if number := latvian(row[column]):
                    self.organisations.add("lv", f"{source} {number}", number)

    def kohesio(self) -> None:
        seen = set()
        for years in ("2014-2020", "2021-2027"):
            for row in table(ROOT / f"src/ccsi_kit/eu/sources/kohesio/sample-{years}.csv"):
                operation = row["Operation_Unique_Identifier"].rsplit("/", 1)[-1]
                country = row.get("CountryCode", "").lower() or NAMES.get(row["Country"], row["Country"])
                if not self.in_scope(row, years) or not operation:
                    continue
                if operation not in seen:
                    seen.add(operation)
                    self.initiatives.add(country, f"kohesio {operation}", f"op {operation}")
                self.beneficiaries(row, country)

    @staticmethod
    def in_scope(row: dict[str, str], years: str) -> bool:
        funds = set(row["Fund_Code"].replace(" ", "").split("|"))
        objective = f"{row.get('Specific_Objective_ID', '')}|{row.get('Specific_Objective_Label', '')}"
        field = row["Category_Of_Intervention"].strip("\"'").removesuffix(".0")
        fields = {"138", *map(str, range(152, 164))} if years == "2021-2027" else {"113"}
        label = row["Category_Label"]
        social = "social enterprises" in label and ("social economy" in label or "entrepreneurship" in label)
        return bool(funds & {"ESF", "ESF+", "YEI"}) or "ESO4." in objective or field in fields or social

    def beneficiaries(self, row: dict[str, str], country: str) -> None:
        ids, locals_ = row["Beneficiary_Unique_Identifier"].split("|"), row["Beneficiary_Local_Identifier"].split("|")
        if len(locals_) != len(ids) and any(personal(country, local) for local in locals_ if local):
            return  # nobody can tell whose number it is
        for place, one in enumerate(ids):
            if not (item := one.rsplit("/", 1)[-1].strip()):
                continue
            local = locals_[place] if len(locals_) == len(ids) else ""
            name = (
                row["Beneficiary_Name"].split("|")[place] if row["Beneficiary_Name"].count("|") == len(ids) - 1 else ""
            )
            if local and (personal(country, local) or (country == "es" and local[:1] == "J" and "S.C" not in name)):
                continue
            number = NATIONAL[country](local) if local else None
            marks = [f"item {item}", *([number] if number else [])]
            self.busy.add(self.organisations.add(country, f"kohesio {item}", *marks))

    def grants(self) -> None:
        forms = socially("es")
        for grant in items(folder("es", "bdns_grants") / "sample.json", "content"):
            said = (grant["beneficiario"] or "").strip()
            if personal("es", said.split(" ")[0]) or (
                said[:1] == "J" and not re.search(r"S\. ?C\.|SOCIEDAD CIVIL", said)
            ):
                continue
            self.call(grant["numeroConvocatoria"], "grants")
            self.name_only("es", "grants", grant["nivel1"], grant["nivel2"], grant["nivel3"])
            if number := spanish(said.split(" ")[0]):
                mark = self.organisations.add("es", f"grants {fold(said)}", number)
                if number[3] in forms:
                    self.social.add(mark)

    def call(self, number: object, source: str) -> str:
        return self.calls.add("es", f"{source} {number}", f"call {str(number).lstrip('0')}")

    def open_calls(self) -> None:
        for item in items(folder("es", "bdns_calls") / "sample-search.json", "content"):
            self.call(item["numeroConvocatoria"], "calls")
            self.name_only("es", "calls", item["nivel1"], item["nivel2"], item["nivel3"])
        for item in documents(folder("es", "bdns_calls") / "sample-detail.json"):
            mark = self.call(item["codigoBDNS"], "calls")
            organ = item["organo"]
            self.name_only("es", "calls", organ["nivel1"], organ["nivel2"], organ["nivel3"])
            days = [item["fechaInicioSolicitud"], item["fechaFinSolicitud"]]
            self.periods[mark].append((item["abierto"], *map(a_day, days)))

    def name_only(self, country: str, source: str, *names: str | None) -> None:
        if name := fold(" ".join(name.strip() for name in names if name)):
            self.organisations.add(country, f"{source} {name}", f"{source} name {name}")

    def companies(self) -> None:
        forms = socially("fr")
        natural = ("1", "2110", "2210", "2310")
        for item in items(folder("fr", "recherche_entreprises") / "sample.json", "results"):
            form, extra = str(item.get("nature_juridique") or ""), item.get("complements") or {}
            if (
                item.get("statut_diffusion") != "O"
                or extra.get("est_entrepreneur_individuel")
                or form.startswith(natural)
            ):
                continue
            if not item.get("nom_raison_sociale"):
                continue
            number = french(item["siren"])
            association = extra.get("identifiant_association") or ""
            marks = [number or f"siren {item['siren']}", *([f"rna {association}"] if association else [])]
            mark = self.organisations.add("fr", f"companies {item['siren']}", *marks)
            if form in forms:
                self.social.add(mark)

    def inclusion(self) -> None:
        for name in ("sample-file.json", "sample-page.json"):
            for item in items(folder("fr", "data_inclusion_structures") / name, "items"):
                number = french(item.get("siret") or "")
                marks = [f"di {item['id']}", *([number] if number else [])]
                self.organisations.add("fr", f"structures {item['id']}", *marks)
            for item in items(folder("fr", "data_inclusion_services") / name, "items"):
                self.services.add(item["id"])
                provider = f"services {item['source']} {item['structure_id']}"
                self.busy.add(self.organisations.add("fr", provider, f"di {item['structure_id']}"))

    def sweden(self) -> None:
        leads = {}
        for item in items(folder("se", "vinnova") / "sample.json", ""):
            initiative = self.initiatives.add(
                "se", f"vinnova {item['Diarienummer']}", f"dnr {item['Diarienummer'].strip()}"
            )
            if name := fold(item["KoordinatorOrg"]):
                leads[initiative] = self.organisations.add("se", f"vinnova {name}", f"vinnova name {name}")
        for sample in ("sample.csv", "sample-27-columns.csv"):
            for row in table(folder("se", "swecris") / sample, ";"):
                if re.fullmatch(r"\d{4}-\d{5}_RJ", row["ProjectId"]):
                    continue
                mark = f"dnr {row['ProjectId'].removesuffix('_Vinnova')}"
                initiative = self.initiatives.add("se", f"swecris {row['ProjectId']}", mark)
                if number := swedish(row["CoordinatingOrganisationId"]):
                    leads[initiative] = self.organisations.add("se", f"swecris {number}", number)
                if number := swedish(row["FundingOrganisationId"]):
                    self.organisations.add("se", f"swecris {number}", number)
        self.busy |= set(leads.values())  # where both name a lead, the one with a number speaks

    def shown(self) -> set[str]:
        """Organisations with a page."""
        return {self.organisations.top(mark) for mark in self.busy | self.social}

    def now_open(self) -> int:
        return sum(
            any(always or (first and last and first <= ON <= last) for always, first, last in said)
            for said in self.periods.values()
        )


def figures(page: str) -> list[int]:
    """The numbers of the start page, in their order."""
    return [int(digits(number)) for number in re.findall(r"<dd[^>]*>(?:<a[^>]*>)?([0-9,\u00a0]+)(?:</a>)?</dd>", page)][
        :5
    ]


@pytest.fixture(scope="module")
def start(tmp_path_factory) -> str:
    workspace = tmp_path_factory.mktemp("demo")
    (workspace / "ccsi.toml").write_text('languages = ["en"]\n')
    assert exit_code(["run", "--workspace", str(workspace), "--sample", "--on", ON.isoformat()]) == 0
    return (workspace / "hub/en/index.html").read_text(encoding="utf-8")


def test_the_start_page_counts_what_the_samples_hold(start):
    recount = Recount()
    things, shown = recount.organisations.things(), recount.shown()
    where = recount.organisations.where()
    in_two = {mark for mark in shown if len({entry.split(" ")[0] for entry in things[mark]}) > 1}
    rows = {
        NAMES[name]: tuple(map(int, numbers))
        for name, *numbers in re.findall(
            r">(Spain|France|Latvia|Sweden)</a></th>" + 3 * r"<td[^>]*><div>(\d+)</div></td>",
            start,
        )
    }
    initiatives = recount.initiatives.where()
    expected = {
        code: (
            sum(where[mark] == code for mark in shown),
            sum(where[mark] == code for mark in in_two),
            sum(country == code for country in initiatives.values()),
        )
        for code in NAMES.values()
    }
    assert rows == expected
    assert figures(start) == [len(shown), len(in_two), len(initiatives), recount.now_open(), len(recount.services)]
    assert f"{len(shown)} of {len(things)}" in start
