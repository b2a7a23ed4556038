"""The stages of a run: fetch, convert, link, evaluate, publish."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from ccsi_kit.errors import CcsiError, UsageError
from ccsi_kit.linking import Ledger, link
from ccsi_kit.models import Message, Thing
from ccsi_kit.pipeline.equipment import Equipment
from ccsi_kit.pipeline.record import Request, Run, SourceRun, Stage, last_run
from ccsi_kit.sources import (
    MODELS,
    STATED,
    Books,
    Fetcher,
    Source,
    convert,
    convert_stated,
    fetch,
    write_stated,
)
from ccsi_kit.store import (
    Layout,
    Snapshot,
    connect,
    digest,
    literal,
    replacing,
    replacing_folder,
    replacing_text,
    restored,
    set_ref,
    step,
)

_KEPT = ("things", "linked", "links", "evaluated", "outcomes", "unevaluated")
"""What a record takes over from the one before where its stage does not run."""
STAMP = ".inputs"
"""In the folder of pages: the hash of everything that they depend on."""
Told = Callable[[str, str, int, int], None]
"""Told the stage, what is done now, how far it is and how much there is."""


@dataclass
class Job:
    """One run in one workspace: what it may use, and what has come of it so far."""

    layout: Layout
    equipment: Equipment
    request: Request
    clock: Callable[[], datetime]
    tell: Told
    fetcher: Fetcher | None = None
    records: int = 0
    """Number of the last change of a record that the run sees."""
    stated: Mapping[str, Thing] = field(default_factory=dict)
    """What published records say of real things, by their keys."""
    sources: dict[str, SourceRun] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    unfetched: set[str] = field(default_factory=set)

    @contextmanager
    def stage(self, name: Stage) -> Iterator[None]:
        """Times a stage that was asked for."""
        step(f"stage {name}")
        began = self.clock()
        yield
        self.seconds[name] = round((self.clock() - began).total_seconds(), 3)

    def each(self, stage: str, sources: Sequence[Source]) -> Iterator[Source]:
        """The sources one by one; how far it is, is told."""
        for place, source in enumerate(sources):
            self.tell(stage, source.id, place, len(sources))
            yield source

    def scope(self, source: str) -> frozenset[str] | None:
        """The countries whose rows of a source are wanted: the run's and those it has rows of; none means all."""
        before = self.sources.get(source)
        if not self.request.countries or (before and before.tables and before.scope is None):
            return None
        return frozenset(self.request.countries) | frozenset(before.scope or () if before else ())


def asked(request: Request, sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """The sources that a request means: those whose files it names, else those of its countries and of the Union."""
    if unknown := next((name for name in request.files if name not in sources), None):
        raise no_source(unknown, sources)
    if request.files:
        return tuple(source for source in sources.values() if source.id in request.files)
    wanted = {*request.countries, "eu"}
    read = (source for source in sources.values() if source.id != STATED)
    return tuple(source for source in read if not request.countries or source.country in wanted)


def no_source(name: str, sources: Mapping[str, Source]) -> UsageError:
    """The error that no source has that name, with the nearest that there is."""
    nearest = next(iter(get_close_matches(name, list(sources), n=1, cutoff=0)), "")
    return UsageError("no-source", name=name, nearest=nearest, known=", ".join(sources))


Evaluate = Callable[[Run, Path], Sequence[Message]]


def run(job: Job, evaluate: Evaluate, publish: Callable[[Run, Path], None]) -> Run:
    """Does the stages that were asked for and writes the record; what nothing changed for is left as it is.

    A source that cannot be read keeps its last good tables and is stale. `evaluate` fills an empty folder with a table
    of outcomes for each country and says what it could not ask or use, `publish` fills one with pages.
    """
    restored(job.layout.hub)
    started, before = job.clock(), last_run(job.layout)
    stages, sources = job.request.stages, asked(job.request, job.equipment.sources)
    job.sources = dict(before.sources) if before else {}
    if "fetch" in stages:
        with job.stage("fetch"):
            for source in job.each("fetch", sources):
                _fetched(source, job)
    if "convert" in stages:
        with job.stage("convert"):
            for source in job.each("convert", [one for one in sources if one.id not in job.unfetched]):
                job.sources[source.id] = _converted(source, job.layout.snapshots.newest(source.id), job)
            _convert_stated(job)
            _write_origins(job)
    kept = {name: getattr(before, name) for name in _KEPT} if before else {}
    record = Run(
        started=started, versions=job.equipment.versions, request=job.request, records=job.records,
        sources=job.sources, **kept,
    )  # fmt: skip
    if "link" in stages:
        with job.stage("link"):
            record = _linked(record, job)
    if "evaluate" in stages:
        with job.stage("evaluate"):
            record = _evaluated(record, job, evaluate)
    if "publish" in stages:
        with job.stage("publish"):
            record = _published(record, job, publish)
    record = record.replace(seconds=job.seconds)
    name = f"{started:%Y-%m-%dT%H-%M-%S-%f}.json"
    replacing_text(job.layout.runs / name, record.model_dump_json(indent=1), aside=job.layout.aside)
    return record


def _fetched(source: Source, job: Job) -> None:
    """Gets the files to read; a source that cannot be fetched keeps its last good tables and is stale."""
    try:
        if not _snapshots(source, job) and not job.request.offline and source.manifest.fetch is not None:
            job.unfetched.add(source.id)  # it has no file about the countries of this run
    except UsageError:
        raise
    except CcsiError as failed:
        problem = Message(failed.code, **failed.arguments)
        job.sources[source.id] = _stale(job.sources.get(source.id), problem, failed.issues, job)
        job.unfetched.add(source.id)


def _snapshots(source: Source, job: Job) -> tuple[Snapshot, ...]:
    """The files to read: those that were named, the samples, what the source says now, or what the workspace has."""
    kept, request = job.layout.snapshots, job.request
    if files := request.files.get(source.id):
        if missing := next((file for file in files if not file.is_file()), None):
            raise UsageError("no-file", file=str(missing))
        return kept.add(source.id, files, retrieved=request.on, kind="file")
    if request.sample:
        return kept.add(source.id, source.samples, retrieved=request.on, kind="sample")
    newest = kept.newest(source.id)
    if request.offline or job.fetcher is None or (newest and source.manifest.fetch is None):
        return newest
    return fetch(source, on=request.on, into=kept, fetcher=job.fetcher, scope=job.scope(source.id))


def _converted(source: Source, snapshots: tuple[Snapshot, ...], job: Job) -> SourceRun:
    """What becomes of a source: as before, read anew, or stale with its last good tables."""
    before, tried = job.sources.get(source.id), job.request.on
    if not snapshots:
        return _stale(before, Message("no-snapshot", source=source.id), (), job)
    scope = job.scope(source.id)
    told = (f"{snapshot.sha256}{snapshot.kind}{snapshot.name}" for snapshot in snapshots)
    inputs = _hash(*told, job.equipment.code, "all" if scope is None else ",".join(sorted(scope)))
    if before and before.inputs == inputs and _as_recorded(source.id, before, job.layout):
        job.layout.snapshots.taken(source.id)
        return before.replace(state="unchanged", problem=None, issues=(), tried=tried)
    into = Path(mkdtemp(dir=job.layout.aside))
    try:
        books = _read(source, snapshots, before, into, job)
    except CcsiError as failed:
        job.layout.snapshots.refused(source.id)
        return _stale(before, Message(failed.code, **failed.arguments), failed.issues, job)
    except Exception as failed:  # whatever one source does, the others go on
        if isinstance(failed, OSError) and failed.errno == ENOSPC:
            raise CcsiError("disk-full", folder=str(job.layout.root)) from failed
        job.layout.snapshots.refused(source.id)
        return _stale(before, Message("unexpected", error=type(failed).__name__, said=str(failed)), (), job)
    read = SourceRun(
        state="fresh", snapshots=snapshots, books=books, tried=tried, inputs=inputs,
        scope=scope and tuple(sorted(scope)), tables=_swapped(source.id, into, job.layout),
        licence=source.manifest.licence, rank=source.manifest.rank,
    )  # fmt: skip
    job.layout.snapshots.taken(source.id)
    return read


def _read(
    source: Source, snapshots: Sequence[Snapshot], before: SourceRun | None, into: Path, job: Job
) -> tuple[Books, ...]:
    """The books of every file of a source, whose tables are in `into` then."""
    equipment, scope = job.equipment, job.scope(source.id)
    same_scope = before is not None and before.scope == (scope and tuple(sorted(scope)))
    files = []
    for number, snapshot in enumerate(snapshots):
        file = into / f"file-{number}" / snapshot.name
        file.parent.mkdir()
        file.hardlink_to(job.layout.snapshots.path(snapshot))  # under the name that people know it by
        files.append(file)
    if source.id == STATED:
        return tuple(convert_stated(file, name=file.name, into=into, scope=scope) for file in files)
    return convert(
        source, files, into=into, schemes=equipment.schemes, vocabularies=equipment.vocabularies,
        territories=equipment.territories, scope=scope, previous=before.books if before and same_scope else (),
        fetched=all(snapshot.kind == "fetched" for snapshot in snapshots),
    )  # fmt: skip


def _stale(before: SourceRun | None, problem: Message, issues: Sequence[object], job: Job) -> SourceRun:
    stale = {"state": "stale", "problem": problem, "issues": tuple(issues), "tried": job.request.on}
    return before.replace(**stale) if before else SourceRun.model_validate(stale)


def _as_recorded(source: str, before: SourceRun, layout: Layout) -> bool:
    files = {model: layout.table(model, source) for model in before.tables}
    return bool(files) and all(file.exists() and digest(file) == before.tables[model] for model, file in files.items())


def _swapped(source: str, fresh: Path, layout: Layout) -> dict[str, str]:
    """Puts new tables in the place of the old ones, one after the other, each whole; says the hash of each."""
    hashes = {}
    for file in sorted(fresh.glob("*.parquet")):
        with replacing(layout.table(file.stem, source), aside=layout.aside) as new:
            file.replace(new)
        hashes[file.stem] = digest(layout.table(file.stem, source))
    for old in layout.tables.glob(f"*/{source}.parquet"):
        if old.parent.name not in hashes:
            old.unlink()
    return hashes


def _convert_stated(job: Job) -> None:
    """Makes entries of what people publish; where they take all of it back, the entries go."""
    source = job.equipment.sources.get(STATED)
    if source is None or not job.stated:
        if job.sources.pop(STATED, None):
            _swapped(STATED, Path(mkdtemp(dir=job.layout.aside)), job.layout)
        job.layout.snapshots.only(STATED, ())
        return
    file = Path(mkdtemp(dir=job.layout.aside)) / "records.jsonl"
    write_stated(job.stated, file)
    job.layout.snapshots.add(STATED, [file], retrieved=job.request.on, kind="records")
    newest = job.layout.snapshots.newest(STATED)
    job.sources[STATED] = _converted(source, newest, job)
    job.layout.snapshots.only(STATED, newest)  # what people took back is nowhere kept


def _write_origins(job: Job) -> None:
    """Writes down once per source what its entries do not repeat: snapshot, day, licence, rank."""
    rows = [
        f"({literal(name)}, {literal(set_ref(one.snapshots))}, DATE {literal(one.retrieved)}, "
        f"{literal(one.licence)}, {one.rank})"
        for name, one in sorted(job.sources.items())
        if one.snapshots
    ]
    if not rows:
        return
    database = connect([], job.layout.aside)
    values = f"(VALUES {', '.join(rows)}) AS v(source, snapshot, retrieved, licence, rank)"
    with replacing(job.layout.origins, aside=job.layout.aside) as new:
        database.execute(f"COPY (SELECT * FROM {values}) TO {literal(new)} (FORMAT parquet)")
    database.close()


def _linked(record: Run, job: Job) -> Run:
    """Links the entries of each model; the ledger is on the disk before the links that use it."""
    layout, schemes = job.layout, list(job.equipment.schemes)
    tables = {model: layout.entries(model) for model in MODELS}
    inputs = _hash(job.equipment.code, *(f"{file.name}{digest(file)}" for files in tables.values() for file in files))
    kept = {model: digest(layout.links(model)) for model in MODELS if layout.links(model).exists()}
    if record.linked == inputs and record.links == kept:
        return record
    things: dict[str, int] = {}
    with closing(connect([layout.tables, layout.ledger], layout.aside)) as database:
        for model, files in tables.items():
            job.tell("link", model, len(things), len(MODELS))
            if not files:
                layout.links(model).unlink(missing_ok=True)
                continue
            with replacing(layout.links(model), aside=layout.aside) as new:
                ledger = Ledger(layout.ledger)
                things[model] = link(database, model, files, ledger, schemes=schemes, on=job.request.on, into=new)
    links = {model: digest(layout.links(model)) for model in things}
    return record.replace(linked=inputs, links=links, things=things)


def _evaluated(record: Run, job: Job, evaluate: Evaluate) -> Run:
    """Writes the outcomes of each country; those of a country that has none any more are taken away."""
    layout = job.layout
    inputs = _hash(*_basis(record, job))
    there = sorted(layout.outcomes("xx").parent.glob("*.parquet"))
    if record.evaluated == inputs and record.outcomes == {file.stem: digest(file) for file in there}:
        return record
    into = Path(mkdtemp(dir=layout.aside))
    problems = evaluate(record, into)
    hashes = {}
    for file in sorted(into.glob("*.parquet")):
        with replacing(layout.outcomes(file.stem), aside=layout.aside) as new:
            file.replace(new)
        hashes[file.stem] = digest(layout.outcomes(file.stem))
    for old in there:
        if old.stem not in hashes:
            old.unlink()
    return record.replace(evaluated=inputs, outcomes=hashes, unevaluated=tuple(problems))


def _basis(record: Run, job: Job) -> Iterator[str]:
    """What all that is made of the linked things depends on."""
    yield from (f"{model}{hash_}" for model, hash_ in record.links.items())
    yield from (record.linked, str(job.request.on), str(job.records))
    yield job.layout.settings.read_text(encoding="utf-8") if job.layout.settings.exists() else ""


def _published(record: Run, job: Job, publish: Callable[[Run, Path], None]) -> Run:
    """Writes the pages, which carry the hash of everything that they depend on."""
    layout = job.layout
    told = [f"{name}{one.model_dump_json(exclude={'state', 'tried'})}" for name, one in sorted(record.sources.items())]
    outcomes = [f"{country}{hash_}" for country, hash_ in sorted(record.outcomes.items())]
    inputs = _hash(*_basis(record, job), *outcomes, *told)
    stamp = layout.hub / STAMP
    if stamp.exists() and stamp.read_text(encoding="utf-8") == inputs:
        return record
    with replacing_folder(layout.hub, aside=layout.aside) as new:
        step("pages")
        publish(record, new)
        (new / STAMP).write_text(inputs, encoding="utf-8")
        step("pages-written")
    return record


def _hash(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
