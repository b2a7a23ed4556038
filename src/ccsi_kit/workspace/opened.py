"""The workspace itself."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, TypeAlias, TypeVar
from weakref import finalize

from ccsi_kit.errors import UsageError
from ccsi_kit.i18n import words
from ccsi_kit.linking import merge_things, no_things, point, redirects
from ccsi_kit.models import Call, Funding, Initiative, Message, Organisation, Service, Text, Thing
from ccsi_kit.pipeline import STAGES, Equipment, Job, Request, Run, Stage, asked, equip, last_run, run
from ccsi_kit.plugins import Plugins, discover, record_types
from ccsi_kit.records import Records, Version, named_persons
from ccsi_kit.rules import Outcome, gathered
from ccsi_kit.sources import MODELS, Fetcher, Source, estimate, fetched_before, stated_source, user_agent
from ccsi_kit.store import Database, Layout, Things, connect, literal, locked, records, replacing_text
from ccsi_kit.workspace.evaluated import evaluated, sound, write_outcomes
from ccsi_kit.workspace.filters import wanted
from ccsi_kit.workspace.sampled import samples, take_samples
from ccsi_kit.workspace.settings import TEMPLATE, Settings, read_settings
from ccsi_kit.workspace.shown import Shown
from ccsi_kit.workspace.summary import summarised

T = TypeVar("T", bound=Thing)
Files: TypeAlias = Mapping[str, str | Path | Sequence[str | Path]]
"""Files for sources: one, or several where a register comes in parts."""


def _paths(given: str | Path | Sequence[str | Path]) -> tuple[Path, ...]:
    return tuple(map(Path, [given] if isinstance(given, str | Path) else given))


class Workspace:
    """A folder with registers, what was made of them, and pages.

    >>> import tempfile
    >>> len(Workspace.open(tempfile.mkdtemp()).organisations(country="lv"))
    0
    """

    def __init__(self, layout: Layout, plugins: Plugins) -> None:
        self.layout = layout
        self.plugins = plugins

    @classmethod
    def open(cls, folder: str | Path, *, plugins: Plugins | None = None) -> "Workspace":
        """The workspace in a folder, which need not be there yet: the first run makes it."""
        return cls(Layout(Path(folder).resolve()), plugins or discover())

    def run(  # noqa: PLR0913 - what a run may be asked
        self,
        *,
        on: date,
        countries: Sequence[str] = (),
        sample: bool = False,
        files: Files | None = None,
        stages: Sequence[Stage] = STAGES,
        offline: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        tell: Callable[[str, str, int, int], None] = lambda *_: None,
        fetcher: Fetcher | None = None,
    ) -> Run:
        """Fetches, converts, links, asks the rules and publishes; what nothing changed for is left as it is.

        Raises `UsageError` for a name that nobody has, `Incompatible` for a named country that does not load, and
        `CcsiError` when another process holds the workspace. A source that cannot be read is stale in the answer.
        """
        request = self.request(
            on=on, countries=countries, sample=sample, files=files, stages=stages, offline=offline
        )  # fmt: skip
        with locked(
            self.layout.lock,
            aside=self.layout.aside,
            who=f"process {os.getpid()}, since {clock():%Y-%m-%d %H:%M:%S} UTC",
        ):
            if not self.layout.settings.exists():
                text = TEMPLATE.replace("# licence", "licence") if sample else TEMPLATE
                replacing_text(self.layout.settings, text.rstrip(), aside=self.layout.aside)
            self._forget()
            if sample and (made := samples(self.plugins, countries)) and self._takes_samples:
                take_samples(self.records, made, self.plugins)
            seen = self.records.last if self.layout.records.exists() else 0
            stated = self._stated(seen) if self.settings.licence else {}
            job = Job(
                self.layout, self.equipment, request, clock, tell, fetcher or self.fetcher({}), records=seen,
                stated=stated,
            )  # fmt: skip
            record = run(job, self._evaluate, self._publish)
            self._forget()
        return record

    def request(
        self,
        *,
        on: date,
        countries: Sequence[str] = (),
        sample: bool = False,
        files: Files | None = None,
        stages: Sequence[Stage] = STAGES,
        offline: bool = False,
    ) -> Request:
        """What a run would be asked, checked: every country loads, every source is known."""
        for code in countries:
            self.plugins.country(code)
            if problem := self.equipment.problems.get(code):
                raise problem
        request = Request.model_validate(
            {"on": on, "countries": tuple(countries), "sample": sample,
             "files": {name: _paths(given) for name, given in (files or {}).items()},
             "stages": tuple(stages), "offline": offline}
        )  # fmt: skip
        asked(request, self.equipment.sources)
        return request

    def fetcher(self, tokens: Mapping[str, str]) -> Fetcher:
        """Who asks the registers for this workspace; `tokens` are secrets by the name that manifests give them."""
        about = self.settings.address or self.settings.contact
        return Fetcher(user_agent=user_agent(self.equipment.versions["ccsi-kit"], about), tokens=tokens)

    def plan(self, request: Request) -> list[dict[str, Any]]:
        """What a run would read: each source, whether from a file, its sample, its address or a snapshot, and which.

        Of a source that is fetched, `requests` and `seconds` say how much that takes; None where nobody knows;
        `exact` is false where there may be more requests.
        """
        return [self._step(source, request) for source in asked(request, self.equipment.sources)]

    def _step(self, source: Source, request: Request) -> dict[str, Any]:
        newest = self.layout.snapshots.newest(source.id)
        if files := request.files.get(source.id):
            return {"source": source.id, "from": "file", "what": ", ".join(map(str, files))}
        if request.sample:
            return {"source": source.id, "from": "sample", "what": ", ".join(file.name for file in source.samples)}
        if source.manifest.fetch and "fetch" in request.stages and not request.offline:
            before, scope = fetched_before(self.layout.snapshots, source.id), frozenset(request.countries) or None
            takes = estimate(source, on=request.on, previous=before, scope=scope)
            if takes.requests != 0:
                hosts = ", ".join(sorted(source.manifest.fetch.own_hosts))
                told = {"requests": takes.requests, "seconds": takes.seconds, "exact": takes.exact}
                return {"source": source.id, "from": "fetch", "what": hosts, **told}
        kept = ", ".join(f"{snapshot.name} ({snapshot.retrieved})" for snapshot in newest)
        return {"source": source.id, "from": "snapshot" if newest else "nothing", "what": kept}

    @contextmanager
    def newest_file(self, source: str) -> Iterator[Path]:
        """The file that a source gave last, under its own name; raises `UsageError` where it never gave any."""
        kept = self.layout.snapshots
        newest = kept.newest(source)
        if not newest:
            raise UsageError("no-snapshot", source=source)
        with TemporaryDirectory(prefix="ccsi-") as folder:
            named = Path(folder, newest[-1].name)
            named.symlink_to(kept.path(newest[-1]))
            yield named

    def _forget(self) -> None:
        """Lets everything that was read of the folder be read anew."""
        for name in ("_database", "_origins", "last", "settings", "_moved", "equipment"):
            self.__dict__.pop(name, None)

    @property
    def _takes_samples(self) -> bool:
        """Whether made records may stand here: where nobody has written any other."""
        if not self.layout.records.exists():
            return True
        return all(author.rpartition(":")[2].startswith("sample-") for author in self.records.authors())

    @cached_property
    def records(self) -> Records:
        """What people made: nominations, assessments, declarations, every version of each."""
        return Records.open(self.layout.records, record_types(self.plugins).values(), now=self.now)

    def now(self) -> datetime:
        """The time."""
        return datetime.now(UTC)

    def recorded(self, kind: str, *, seen: int | None = None, public: bool = False) -> list[Version]:
        """The records of a kind, as they were after the change `seen`; none where nobody ever made a record."""
        if not self.layout.records.exists():
            return []
        records = self.records if seen is None else self.records.as_of(seen)
        return list(records.all(kind, visibility="public" if public else None))

    def _published(self, kind: str, seen: int | None) -> list[Version]:
        """The public records of a kind, but for those that name a thing by what may be a person's number."""
        schemes = self.plugins.schemes
        public = self.recorded(kind, seen=seen, public=True)
        return [one for one in public if not any(named_persons(one.record, schemes))]

    def _stated(self, seen: int | None) -> dict[str, Thing]:
        """What published records say of real things, by the last part of their ids."""
        public = (one for kind in record_types(self.plugins) for one in self._published(kind, seen))
        return {one.id.rpartition(":")[2]: thing for one in public if (thing := one.record.thing())}

    def _evaluate(self, record: Run, into: Path) -> Sequence[Message]:
        self._forget()
        self.__dict__["last"] = record
        on = record.request.on
        public = self._published("declaration", record.records)
        said, unfit = sound((one.record for one in public), self.plugins)
        current = [one.replace(subject=self.current(one.subject)) for one in said]
        found, notices = evaluated(Shown(self, on).organisations(), current, self.plugins, on=on)
        write_outcomes(found, into)
        unseen = len(self._stated(record.records)) if not self.settings.licence else 0
        return [*([Message("records-without-licence", n=unseen)] if unseen else []), *unfit, *notices]

    def evaluate(self, rule: str, subject: str, *, on: date) -> Outcome:
        """What a rule answers about an organisation: what registers say of it and what people declare.

        Internal declarations count too; a run, whose answers are published, takes the public ones.

        `rule` is an id or a code. Raises `UsageError` where there is no such rule or organisation.
        """
        asked, organisation = self.plugins.rule(rule), self.organisation(subject)
        if organisation is None:
            raise UsageError("no-thing", id=subject, noun="organisation")
        said, _ = sound((one.record for one in self.recorded("declaration")), self.plugins)
        about = [one for one in said if self.current(one.subject) == organisation.id]
        known = gathered(asked, organisation, about, on=on)
        return asked.evaluate(known.facts if known else asked.facts(), on=on, told_by=known.told_by if known else None)

    def _publish(self, record: Run, into: Path) -> None:
        from ccsi_kit.hub import publish

        self._forget()
        self.__dict__["last"] = record
        publish(Shown(self, record.request.on), into, languages=self.settings.languages)

    @cached_property
    def _equipped(self) -> Equipment:
        return equip(self.plugins)

    @cached_property
    def equipment(self) -> Equipment:
        """What the countries bring to reading, and what the centre publishes of its own."""
        found = self._equipped
        if self.settings.licence is None:
            return found
        names = self.settings.name or {lang: words("centre-name", lang) for lang in self.settings.languages}
        title = {lang: words("source.records", lang) for lang in self.settings.languages}
        own = stated_source(next(iter(names.values())), self.settings.licence, Text.model_validate(title))
        return replace(found, sources={**found.sources, own.id: own})

    @cached_property
    def last(self) -> Run | None:
        """The record of the last run."""
        return last_run(self.layout)

    @cached_property
    def settings(self) -> Settings:
        """What `ccsi.toml` says; raises `Refused` with what is wrong in it."""
        return read_settings(self.layout.settings)

    @property
    def database(self) -> Database:
        """A table of things per model (`organisation`, ...), and `link` (model, ref, id) of all entries."""
        return self._database

    @cached_property
    def _database(self) -> Database:
        spill = mkdtemp(prefix="ccsi-")
        finalize(self, rmtree, spill, ignore_errors=True)
        layout = self.layout
        database = connect([layout.tables, layout.root / "links"], Path(spill))
        present = [
            name for name in MODELS if layout.links(name).exists() and layout.entries(name) and layout.origins.exists()
        ]
        database.execute("CREATE TABLE link (model VARCHAR, ref VARCHAR, id VARCHAR)")
        for name in present:
            links = f"read_parquet({literal(layout.links(name))})"
            database.execute(f"INSERT INTO link SELECT {literal(name)}, ref, id FROM {links}")
        for name, model in MODELS.items():
            if name in present:
                merge_things(database, name, model, layout.entries(name), layout.links(name), layout.origins)
                point(database, name, model)
            else:
                no_things(database, name, model)
        return database

    def things(self, name: str, model: type[T], *conditions: str, order: str = "id") -> Things[T]:
        """The things of a model that meet all conditions (SQL over the merged view), in an order."""
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        return Things(self.database, name, model, f"SELECT * FROM {name} {where} ORDER BY {order}", self._origins)

    @cached_property
    def _origins(self) -> dict[str, dict[str, Any]]:
        """Snapshot, day and licence of each source."""
        if not self.layout.origins.exists():
            return {}
        query = f"SELECT source, snapshot, retrieved, licence FROM read_parquet({literal(self.layout.origins)})"
        return {row.pop("source"): row for batch in records(self.database, query) for row in batch}

    def organisations(
        self,
        *,
        country: str | None = None,
        form: str | None = None,
        status: str | None = None,
        theme: str | None = None,
        territory: str | None = None,
        text: str | None = None,
    ) -> Things[Organisation]:
        """The organisations that meet every filter given.

        `form`, `status`, `theme`: a concept (`ccsi:legal-form/f51`), its last part (`f51`), or for `form` a national
        code (`BDR`). `territory`: a NUTS 2024 code, or an older one; regions below it count. `text`: words of a name,
        accents or not.
        """
        asked = {
            "country": country,
            "form": form,
            "status": status,
            "theme": theme,
            "territory": territory,
            "text": text,
        }
        return self.things("organisation", Organisation, *wanted("organisation", asked, self))

    def organisation(self, id: str) -> Organisation | None:
        """One organisation by its id, or an id that leads to it since; none where there is none."""
        return self.things("organisation", Organisation, f"id = {literal(self.current(id))}").first()

    def initiatives(
        self,
        *,
        country: str | None = None,
        theme: str | None = None,
        territory: str | None = None,
        text: str | None = None,
    ) -> Things[Initiative]:
        """The initiatives that meet every filter given, as for `organisations`."""
        asked = {"country": country, "theme": theme, "territory": territory, "text": text}
        return self.things("initiative", Initiative, *wanted("initiative", asked, self))

    def initiative(self, id: str) -> Initiative | None:
        """One initiative by its id, or an id that leads to it since."""
        return self.things("initiative", Initiative, f"id = {literal(self.current(id))}").first()

    def calls(self) -> Things[Call]:
        """Every call."""
        return self.things("call", Call)

    def fundings(self) -> Things[Funding]:
        """Every funding."""
        return self.things("funding", Funding)

    def services(self) -> Things[Service]:
        """Every support service."""
        return self.things("service", Service)

    def all(self, model: str, *, country: str | None = None) -> Things[Thing]:
        """Every thing of a model by its name (`organisation`), of one country or of all."""
        return self.things(model, MODELS[model], *wanted(model, {"country": country}, self))

    def knows(self, ref: str) -> bool:
        """Whether a thing is on the map, or a record is kept."""
        if self.layout.records.exists() and self.records.get(ref):
            return True
        there = " UNION ALL ".join(f"SELECT id FROM {name} WHERE id = $1" for name in MODELS)
        return self.database.execute(there, [self.current(ref)]).fetchone() is not None

    def summary(self) -> list[dict[str, int | str | None]]:
        """What there is, a row a country: sources, things, rows left out, issues."""
        return list(summarised(self))

    def current(self, id: str) -> str:
        """The id that an id leads to now."""
        moved = self._moved
        while id in moved:
            id = moved[id]
        return id

    @cached_property
    def _moved(self) -> Mapping[str, str]:
        return redirects(self.layout.ledger)
