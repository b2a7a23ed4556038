"""A made view: organisations, initiatives, calls, services and sources of four countries, none of which exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ccsi_kit.criteria import Assessment, CriteriaSet, criteria_set
from ccsi_kit.hub import Centre, Found, SourceReport
from ccsi_kit.models import (
    Activity,
    Address,
    Call,
    Funding,
    Identifier,
    Initiative,
    Issue,
    LegalForm,
    Message,
    Money,
    Organisation,
    Origin,
    Participant,
    Period,
    Service,
    Status,
    Territory,
    Text,
)
from ccsi_kit.models.thing import Thing
from ccsi_kit.plugins import country
from ccsi_kit.rules import Outcome, Rule
from tests.hub.assessing import assessments

ON = date(2026, 11, 24)
INSERTION = country("es").rules["empresa-de-insercion"]
COUNTRIES = ("es", "fr", "se", "lv")
SCHEMES = {"es": "es:nif", "fr": "fr:siren", "se": "se:orgnr", "lv": "lv:regcode"}
REGISTERS = {"es": "es-registro", "fr": "fr-registre", "se": "se-register", "lv": "lv-registrs"}
LANGUAGE = {"es": "es", "fr": "fr", "se": "sv", "lv": "lv"}
NAMES = {
    "es": (
        "Muestra El Taller, S. Coop.",
        "Asociación de Muestra La Vega",
        "Fundación de Muestra Norte",
        "Muestra Huertas del Sur",
        "=Muestra",
    ),
    "fr": (
        "Exemple Les Ateliers",
        "Association d’exemple du Lac",
        "Fondation Exemple",
        "Régie d’exemple",
        "Exemple & <Cie>",
    ),
    "se": (
        "Exempel Värme ekonomisk förening",
        "Stiftelsen Exempel",
        "Exempelföreningen Åkern",
        "Kooperativet Exempel",
        "Exempel Öst",
    ),
    "lv": (
        "Parauga jauniešu centrs “Ābele”",
        "Parauga sociālais uzņēmums, SIA",
        "Parauga biedrība “Šūpoles”",
        "Parauga fonds Garganosaukumssocialasatbalstaunlidzdalibasveicinasanaividucentros",
        "Žagatu parauga nams",
    ),
}
TERRITORIES = {
    "es": (("ES511", "Barcelona"), ("ES618", "Sevilla")),
    "fr": (("FRK26", "Rhône"), ("FRI32", "Loire-Atlantique")),
    "se": (("SE224", "Skåne län"), ("SE110", "Stockholms län")),
    "lv": (("LV00C", "Vidzeme"), ("LV00A", "Rīga")),
}
LABELS = {
    "ccsi:legal-form/f51": ("Association", "Asociación", "Association", "Förening", "Biedrība"),
    "ccsi:legal-form/f52": ("Foundation", "Fundación", "Fondation", "Stiftelse", "Nodibinājums"),
    "ccsi:legal-form/f40": ("Cooperative", "Cooperativa", "Coopérative", "Kooperativ", "Kooperatīvs"),
    "ccsi:theme/employment": (
        "Employment and skills",
        "Empleo y competencias",
        "Emploi et compétences",
        "Arbete och färdigheter",
        "Darbs un prasmes",
    ),
    "ccsi:theme/care": (
        "Long-term care",
        "Cuidados de larga duración",
        "Soins de longue durée",
        "Långvarig omsorg",
        "Ilgstoša aprūpe",
    ),
    "ccsi:theme/housing": ("Housing for all", "Vivienda", "Logement", "Boende", "Mājoklis"),
    "ccsi:role/lead": ("Leader", "Responsable", "Chef de file", "Ledare", "Vadošais partneris"),
    "ccsi:role/beneficiary": ("Beneficiary", "Beneficiaria", "Bénéficiaire", "Stödmottagare", "Finansējuma saņēmējs"),
    "ccsi:instrument/grant": ("Grant", "Subvención", "Subvention", "Bidrag", "Dotācija"),
    "ccsi:service-kind/advice": ("Advice", "Asesoramiento", "Conseil", "Rådgivning", "Konsultācijas"),
    "lv:status/slo": (
        "Public benefit organisation",
        "Organización de utilidad pública",
        "Organisation d’utilité publique",
        "Allmännyttig organisation",
        "Sabiedriskā labuma organizācija",
    ),
}
LANGUAGES = ("en", "es", "fr", "sv", "lv")


def _text(words: Sequence[str]) -> Text:
    return Text.model_validate(dict(zip(LANGUAGES, words, strict=True)))


@dataclass
class Made:
    """Five organisations a country, times `times`."""

    times: int = 1
    address: str | None = "https://centre.example/hub"
    with_offers: bool = True
    pages: int = 2000
    centre: Centre = field(init=False)
    on: date = ON

    def __post_init__(self) -> None:
        names = (
            "Sample Competence Centre for Social Innovation",
            "Centro de Competencias de Innovación Social de muestra",
            "Centre d’exemple pour l’innovation sociale",
            "Exempelcentrum för social innovation",
            "Parauga Sociālo inovāciju kompetences centrs",
        )
        self.centre = Centre(
            _text(names), contact="errors@centre.example", address=self.address, sample=True, pages=self.pages
        )
        self._organisations = [_organisation(country, n) for country in COUNTRIES for n in range(5 * self.times)]
        self._initiatives = [_initiative(n) for n in range(14 * self.times)]

    def countries(self) -> Sequence[str]:
        return COUNTRIES

    def organisations(self) -> Sequence[Organisation]:
        return self._organisations

    def known(self, country: str) -> int:
        return 1040 * self.times

    def organisation_name(self, ref: str) -> str | None:
        return next((one.name for one in self._organisations if one.id == ref), None)

    def initiatives(self) -> Sequence[Initiative]:
        return self._initiatives

    def fundings(self) -> Sequence[Funding]:
        return [_funding(one, n) for n, one in enumerate(self._initiatives) if n % 5 != 4]

    def calls(self) -> Sequence[Call]:
        return [_call(n) for n in range(3)] if self.with_offers else ()

    def services(self) -> Sequence[Service]:
        return [_service(n) for n in range(3)] if self.with_offers else ()

    def sources(self) -> Sequence[SourceReport]:
        return [*(_source(country) for country in COUNTRIES), _statuses(), _european()]

    def rules(self) -> Sequence[Rule]:
        return [INSERTION]

    def outcomes(self, organisation: str) -> Sequence[Outcome]:
        return [_outcome()] if organisation == _id("lv", 2) else []

    def criteria(self) -> Sequence[CriteriaSet]:
        return [criteria_set("esid-4"), criteria_set("pins-gate")]

    def assessments(self) -> Sequence[Assessment]:
        ids = [str(one.id) for one in self.initiatives()[:2]]
        return list(assessments(*ids)) if ids[1:] else []

    def concept(self, ref: str) -> Text | None:
        return _text(LABELS[ref]) if ref in LABELS else None

    def territory(self, code: str) -> Territory | None:
        known = {code: (name, country) for country, pairs in TERRITORIES.items() for code, name in pairs}
        if code not in known:
            return None
        return Territory(code=code, year=2024, country=known[code][1], name=known[code][0], parent=code[:-1])


def _outcome() -> Outcome:
    """A rule's answer that is open, changed over time, and rests on a register and on what somebody declared."""
    facts = INSERTION.facts(
        company_type="mercantil", promoter_share="0.6", reinvestment_share=1, registered=True, stage="final",
        qualified_since=date(2024, 3, 1),
    )  # fmt: skip
    declared = Message("told.declared", on=ON, evidence="Example statutes")
    by = dict.fromkeys(facts.known(), declared) | {
        "registered": Message("told.register", source="lv-registrs", key="1")
    }
    return INSERTION.evaluate(facts, on=ON, told_by=by)


def _number(country: str, n: int) -> str:
    return f"{COUNTRIES.index(country) + 1}00{n:05d}"


def _id(country: str, n: int) -> str:
    return f"{SCHEMES[country]}:{_number(country, n)}"


def _origin(source: str, key: str) -> Origin:
    licence = "CC-BY-4.0" if source == "eu-kopums" else "CC0-1.0"
    return Origin(source=source, key=key, snapshot="sha256:" + "0" * 64, retrieved=ON, licence=licence)


def _with(thing: Thing, origins: Sequence[Origin], entries: Sequence[Thing]) -> Thing:
    """The thing with the first entry that has a field as its origin."""
    fields = {
        name: origin
        for origin, entry in zip(reversed(origins), reversed(entries), strict=True)
        for name, value in entry
        if value not in (None, ())
    }
    return thing.with_sources(fields, {origin.ref: entry for origin, entry in zip(origins, entries, strict=True)})


def _organisation(country: str, n: int) -> Organisation:
    number = _number(country, n)
    name = NAMES[country][n % 5] + (f" {n // 5 + 1}" if n >= 5 else "")
    code, place = TERRITORIES[country][n % 2]
    forms = ("f51", "f52", "f40", None)
    form = forms[n % 4]
    entry = Organisation(
        country=country,
        identifiers=(Identifier(scheme=SCHEMES[country], number=number),),
        name=name,
        other_names=("Ābele",) if country == "lv" and n == 0 else (),
        legal_form=LegalForm(national="BDR", common=f"ccsi:legal-form/{form}") if form else None,
        state="active" if n % 5 != 3 else "ended",
        founded=date(2009 + n % 10, 3, 2),
        ended=date(2024, 5, 1) if n % 5 == 3 else None,
        address=Address(text=f"Parauga iela {n + 1}, {place}", postcode="LV-4201", place=place),
        territory=code,
        activities=(Activity(label=Text.model_validate({"lv": "Jaunatne"})), Activity(code="94.99"))
        if n % 2 == 0
        else (),
        themes=("ccsi:theme/employment", "ccsi:theme/care") if n % 3 == 0 else (),
        purpose=Text.model_validate(
            {LANGUAGE[country]: "Mazināt vientulību laukos un palīdzēt jauniešiem atrast pirmo darbu."}
        ),
        website="https://abele.example/loti/gara/adrese/kas/nekad/nebeidzas/un/kurai/nav/nevienas/atstarpes"
        if n % 2 == 0
        else "javascript:alert(1)",
    )
    entries, origins = [entry], [_origin(REGISTERS[country], number)]
    if n % 2 == 0:
        shouted = entry.replace(
            name=name.upper().replace("Ā", "A"), other_names=(), purpose=None, website=None, founded=None, themes=()
        )
        entries.append(shouted.replace(legal_form=None, state=None, ended=None, activities=()))
        origins.append(_origin("eu-kopums", f"{number}/beneficiary/1"))
    if country == "lv" and n % 2 == 0:
        statuses = (Status(kind="lv:status/slo", since=date(2014, 5, 1), state="active"),)
        entries.append(Organisation(country="lv", identifiers=entry.identifiers, statuses=statuses))
        origins.append(_origin("lv-statusi", number))
    merged = entry.replace(id=_id(country, n), statuses=entries[-1].statuses)
    return _with(merged, origins, entries)


def _initiative(n: int) -> Initiative:
    country = COUNTRIES[n % 4]
    titles = {
        "lv": "Pirmais darbs jauniešiem, kuri dzīvo tālu no pilsētām un līdz šim nav strādājuši (parauga projekts)",
        "es": "Primer empleo de muestra",
        "fr": "Premier emploi (exemple)",
        "se": "Första jobbet, exempel",
    }
    title = {LANGUAGE[country]: f"{titles[country]} {n + 1}", **({"en": f"First job, sample {n + 1}"} if n % 3 else {})}
    themes = [("ccsi:theme/employment",), ("ccsi:theme/housing", "ccsi:theme/employment"), ("ccsi:theme/care",), ()][
        n % 4
    ]
    period = [
        Period(start=date(2021 + n % 3, 3, 1), end=date(2024 + n % 3, 6, 30)),
        Period(start=date(2023, 1, 1)),
        None,
    ][n % 3]
    entry = Initiative(
        country=country,
        identifiers=(Identifier(scheme="eu:kohesio-operation", number=f"Q{9000 + n}"),),
        title=Text.model_validate(title),
        summary=Text.model_validate({"en": "Young people find a first job.", "lv": "Jaunieši atrod pirmo darbu."})
        if n % 2
        else None,
        state=("active", "ended", "planned")[n % 3],
        lead=_id(country, n % 5) if n % 2 else None,
        participants=(
            Participant(organisation=_id(country, n % 5), role="ccsi:role/beneficiary"),
            Participant(organisation="lv:regcode:unknown", role="ccsi:role/lead"),
        ),
        period=period,
        programme="ESF+" if n % 2 else None,
        themes=themes,
        territories=(TERRITORIES[country][n % 2][0],),
    )
    merged = entry.replace(id=f"{country}:kohesio-operation:Q{9000 + n}")
    return _with(merged, [_origin("eu-kopums", f"op-{n}")], [entry])


def _funding(initiative: Initiative, n: int) -> Funding:
    amount = Decimal(42200 + 99000 * (n % 3)) + (Decimal("0.50") if n % 4 == 1 else 0)
    return Funding(
        id=f"{initiative.country}:x:{'a' * 12}{chr(97 + n % 26)}",
        country=initiative.country,
        initiative=initiative.id,
        recipient=_id(str(initiative.country), n % 5),
        instrument="ccsi:instrument/grant" if n % 2 else None,
        amount=Money(value=amount, currency="EUR"),
        eu_amount=Money(value=amount / 2, currency="EUR") if n % 2 else None,
        eu_rate=Decimal("0.5") if n % 2 else None,
        decided=date(2024, 1, 15),
    )


def _call(n: int) -> Call:
    closes = (date(2026, 12, 1), date(2026, 3, 1), None)[n]
    entry = Call(
        country="es",
        title=Text.model_validate({"es": f"Ayudas de muestra {n + 1}"}),
        budget=Money(value=Decimal(50000), currency="EUR"),
        opens=date(2026, 2, 1),
        closes=closes,
        audiences=("Asociaciones de muestra",),
        territory="ES511",
    )
    return _with(entry.replace(id=f"es:bdns-call:00000{n}"), [_origin("es-registro", f"call-{n}")], [entry])


def _service(n: int) -> Service:
    entry = Service(
        country="fr",
        name=Text.model_validate({"fr": f"Atelier d’exemple {n + 1}"}),
        description=Text.model_validate({"fr": "Un atelier d’exemple par semaine."}),
        provider=_id("fr", n),
        kind="ccsi:service-kind/advice",
        audience="innovators",
        themes=("ccsi:theme/employment",),
        territories=("FRK26",),
        website="https://service.example",
    )
    return _with(
        entry.replace(id=f"fr:data-inclusion-service:exemple--{n}"), [_origin("fr-registre", f"service-{n}")], [entry]
    )


def _source(country: str) -> SourceReport:
    titles = {
        "es": "Registro de muestra",
        "fr": "Registre d’exemple",
        "se": "Exempelregistret",
        "lv": "Parauga uzņēmumu reģistrs",
    }
    issue = Issue(
        "bad-date",
        source=REGISTERS[country],
        file="register.csv",
        row=14,
        line=17,
        column="registered",
        value="2019-02-30",
    )
    return SourceReport(
        id=REGISTERS[country],
        country=country,
        title=Text.model_validate({LANGUAGE[country]: titles[country]}),
        mark=country.upper(),
        publisher=f"{titles[country]} AB",
        licence="CC0-1.0",
        retrieved=date(2026, 11, 3 + COUNTRIES.index(country)),
        website="https://register.example",
        stale=country == "se",
        read=1066,
        used=1040,
        left_out={"natural-persons": 21, "no-key": 5},
        made={"organisation": 1040},
        issues=(
            Found(41, issue),
            Found(1, Issue("unknown-column", source=REGISTERS[country], file="register.csv", column="extra")),
        ),
    )


def _statuses() -> SourceReport:
    return SourceReport(
        id="lv-statusi",
        country="lv",
        title=Text.model_validate({"lv": "Parauga statusu saraksts"}),
        mark="ST",
        publisher="Parauga nodokļu birojs",
        licence="CC0-1.0",
        retrieved=date(2026, 11, 20),
        read=40,
        used=40,
        made={"organisation": 40},
    )


def _european() -> SourceReport:
    title = Text.model_validate(
        {"en": "Sample operations of the Union", "lv": "Savienības darbību paraugs", "es": "Operaciones de muestra"}
    )
    return SourceReport(
        id="eu-kopums",
        country="eu",
        title=title,
        mark="EU",
        publisher="European Sample Office",
        licence="CC-BY-4.0",
        retrieved=ON,
        read=150,
        used=150,
        made={"initiative": 150, "funding": 150, "organisation": 131},
    )
