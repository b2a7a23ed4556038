"""The workspace as the pages see it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ccsi_kit.criteria import Assessment, Assignment, CriteriaSet, awaited
from ccsi_kit.hub import Centre, Found, SourceReport
from ccsi_kit.i18n import fold, words
from ccsi_kit.models import Call, Funding, Initiative, Organisation, Service, Territory, Text
from ccsi_kit.pipeline import SourceRun
from ccsi_kit.rules import Outcome, Rule
from ccsi_kit.sources import Source, issue_groups
from ccsi_kit.store import literal
from ccsi_kit.vocabularies import territories
from ccsi_kit.workspace.evaluated import read_outcomes

if TYPE_CHECKING:
    from ccsi_kit.workspace.opened import Workspace

_BUSY = """SELECT unnest(list_transform(participants, lambda part: part.organisation)) AS id FROM initiative
    UNION SELECT lead FROM initiative UNION SELECT provider FROM service"""

_SOCIAL_ECONOMY = "ccsi:social-economy"
_ON_CONDITIONS = {"ccsi:legal-form/f51", "ccsi:legal-form/f53"}
"""Associations and foundations: in every country of the social economy, in part on conditions."""


def _listed(refs: Iterable[str]) -> str:
    return ", ".join(map(literal, sorted(refs))) or "NULL"


class Shown:
    """What `hub` asks for: the things that get a page, labels, and what each source gave."""

    def __init__(self, workspace: "Workspace", on: date) -> None:
        self._workspace = workspace
        self._on = on

    @property
    def on(self) -> date:
        """The day that the site speaks of."""
        return self._on

    @property
    def _runs(self) -> Mapping[str, SourceRun]:
        return self._workspace.last.sources if self._workspace.last else {}

    @cached_property
    def centre(self) -> Centre:
        """Whose site it is."""
        settings = self._workspace.settings
        names = settings.name or {lang: words("centre-name", lang) for lang in settings.languages}
        sample = any(snapshot.kind == "sample" for one in self._runs.values() for snapshot in one.snapshots)
        return Centre(Text.model_validate(dict(names)), settings.contact, settings.address, sample, settings.pages)

    def countries(self) -> Sequence[str]:
        """The countries that have an organisation or an initiative."""
        query = "SELECT country FROM organisation UNION SELECT country FROM initiative ORDER BY 1"
        rows = self._workspace.database.execute(query).fetchall()
        return [row[0] for row in rows if row[0]]

    def organisations(self) -> Sequence[Organisation]:
        """Those that get a page: with an initiative or a service, or a form of the social economy.

        At most as many a country as the settings say, the ones with an initiative or a service first, then those with
        more entries, then by id; shown in the order of their names, those without one last.
        """
        ranked = f"""SELECT o.id, busy.id IS NOT NULL AS busy,
                row_number() OVER (PARTITION BY country ORDER BY busy.id IS NULL, len(entries) DESC, o.id) AS place
            FROM organisation AS o LEFT JOIN ({_BUSY}) AS busy ON busy.id = o.id
            WHERE busy.id IS NOT NULL OR {self._of_the_social_economy()}"""
        chosen = f"id IN (SELECT id FROM ({ranked}) WHERE place <= {self._workspace.settings.pages})"
        found = self._workspace.things("organisation", Organisation, chosen)
        return sorted(found, key=lambda one: (not one.name, fold(one.name or ""), one.id or ""))

    def _of_the_social_economy(self) -> str:
        """Whether a legal form is of the social economy, or may be on conditions that no register tells.

        What a country says of its own form goes before what is said of the common form.
        """
        lists = self._workspace.equipment.vocabularies
        common = lists["ccsi:legal-form"].matches(_SOCIAL_ECONOMY)
        forms = {form for form, match in common.items() if match == f"{_SOCIAL_ECONOMY}/yes"} | _ON_CONDITIONS
        own = {
            form: match
            for code in self._workspace.plugins.countries
            if (list_ := lists.get(f"{code}:legal-form"))
            for form, match in list_.matches(_SOCIAL_ECONOMY).items()
        }
        national = "country || ':legal-form/' || legal_form.national"
        outside = {form for form, match in own.items() if match == f"{_SOCIAL_ECONOMY}/no"}
        inside = set(own) - outside
        return f"""CASE WHEN {national} IN ({_listed(inside)}) THEN true
            WHEN {national} IN ({_listed(outside)}) THEN false
            ELSE legal_form.common IN ({_listed(forms)}) END"""

    def known(self, country: str) -> int:
        """How many organisations of a country there are in all."""
        return self._known.get(country, 0)

    @cached_property
    def _known(self) -> dict[str, int]:
        rows = self._workspace.database.execute(
            "SELECT country, count(*) FROM organisation GROUP BY country"
        ).fetchall()
        return {country: int(count) for country, count in rows}

    def organisation_name(self, ref: str) -> str | None:
        """The name of any organisation, with a page or without."""
        return self._names.get(ref)

    @cached_property
    def _names(self) -> dict[str, str]:
        money = "SELECT funder FROM call UNION SELECT recipient FROM funding UNION SELECT funder FROM funding"
        pointed = f"{_BUSY} UNION {money}"
        query = f"SELECT id, name FROM organisation WHERE name IS NOT NULL AND id IN ({pointed})"
        return dict(self._workspace.database.execute(query).fetchall())

    def initiatives(self) -> Sequence[Initiative]:
        """All initiatives, by their id."""
        return list(self._workspace.initiatives())

    def fundings(self) -> Sequence[Funding]:
        """All fundings."""
        return list(self._workspace.fundings())

    def calls(self) -> Sequence[Call]:
        """All calls."""
        return list(self._workspace.calls())

    def services(self) -> Sequence[Service]:
        """All services."""
        return list(self._workspace.services())

    def rules(self) -> Sequence[Rule]:
        """The rules of every country that can say them, the Union's last."""
        return self._workspace.plugins.rules()

    def outcomes(self, organisation: str) -> Sequence[Outcome]:
        """What rules answer about an organisation."""
        return self._outcomes.get(organisation, ())

    @cached_property
    def _outcomes(self) -> Mapping[str, Sequence[Outcome]]:
        return read_outcomes(self._workspace.layout, self._workspace.plugins, self._on)

    def criteria(self) -> Sequence[CriteriaSet]:
        """The sets of criteria of the core and of the countries."""
        return tuple(sorted(self._workspace.plugins.criteria.values(), key=lambda one: (one.country != "ccsi", one.id)))

    def assessments(self) -> Sequence[Assessment]:
        """The assessments that are public, of things as they are called now.

        Those of what somebody is still to assess wait: nobody sees the others' answers before their own are in.
        """
        seen = self._workspace.last.records if self._workspace.last else None
        recorded = self._workspace.recorded
        asked = [one.record for one in recorded("assignment", seen=seen) if isinstance(one.record, Assignment)]
        every = [
            (one.record, one.visibility)
            for one in recorded("assessment", seen=seen)
            if isinstance(one.record, Assessment)
        ]
        waiting = awaited(asked, [record for record, _ in every], on=self._on)
        public = [record for record, seen_by in every if seen_by == "public" and record.about not in waiting]
        return [one.replace(subject=self._workspace.current(one.subject)) for one in public]

    def concept(self, ref: str) -> Text | None:
        """The label of a concept."""
        list_, _, code = ref.partition("/")
        vocabulary = self._workspace.equipment.vocabularies.get(list_)
        concept = vocabulary.concepts.get(code) if vocabulary else None
        return concept.label if concept else None

    def territory(self, code: str) -> Territory | None:
        """A region by its NUTS 2024 code."""
        return territories().get(code)

    def sources(self) -> Sequence[SourceReport]:
        """What each source gave."""
        known = self._workspace.equipment.sources
        return [
            self._report(known[name], one) for name, one in sorted(self._runs.items()) if name in known and one.books
        ]

    def _report(self, source: Source, one: SourceRun) -> SourceReport:
        totals = Counter[str]()
        left_out, made = Counter[str](), Counter[str]()
        for book in one.books:
            totals.update(book.issues)
            left_out.update(book.left_out)
            made.update(book.entries)
        manifest, table = source.manifest, self._workspace.layout.table("issue", source.id)
        return SourceReport(
            id=source.id,
            country=source.country,
            title=manifest.title,
            mark=manifest.mark or source.id,
            publisher=manifest.publisher,
            licence=manifest.licence,
            retrieved=one.retrieved or self._on,
            website=manifest.website,
            stale=one.state == "stale",
            read=sum(book.read for book in one.books),
            used=sum(book.used for book in one.books),
            left_out=left_out,
            made=made,
            issues=tuple(
                Found(group.count, group.first) for group in issue_groups(table, totals, scratch=table.parent)
            ),
        )
