"""Records from files and to files, and as the command line prints them."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from pydantic import create_model

from ccsi_kit.command import App, tell_issues
from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.forms import Form, form_of, said
from ccsi_kit.forms import read_form as read_filled
from ccsi_kit.i18n import day, labelled, words
from ccsi_kit.models import Issue, Model, Record, loaded
from ccsi_kit.records.importing import Imported, Row, discreet, personal_in, persons_in, refusals, strange_things
from ccsi_kit.records.versions import Version
from ccsi_kit.store import replacing

_WRITTEN = (".xlsx", ".csv", ".zip", ".jsonl")
"""Ends of names of files that records are written to."""


def read_rows(app: App, file: Path, country: str | None, by: str) -> tuple[list[Row], list[Issue]]:
    """The rows of a file that may be taken, and everything that is wrong or worth telling."""
    if file.suffix.lower() in (".yaml", ".yml", ".json"):
        rows, issues = _from_yaml(app, file), list[Issue]()
    else:
        rows, issues = _from_form(app, file, list(app.forms.values()), country, by)
    schemes = tuple(app.plugins.schemes.values())
    wrong = list(refusals(app.view.records, rows, app.plugins, by=by, schemes=schemes))
    issues += [issue for _, issue in wrong]
    issues += _warnings(app, rows)
    taken = [row for row in rows if all(row is not one for one, issue in wrong if issue.severity == "error")]
    return taken, [discreet(issue, schemes) for issue in issues]


def _warnings(app: App, rows: Sequence[Row]) -> Iterator[Issue]:
    """What is taken as it is and worth a second look."""
    yield from persons_in(rows, app.plugins.schemes.values())
    yield from strange_things(rows, app.view.knows)


def _from_form(
    app: App, file: Path, forms: Sequence[Form], country: str | None, by: str
) -> tuple[list[Row], list[Issue]]:
    records, sees = app.view.records, app.view.records.sight(by)

    def current(id: str) -> Record | None:
        """The record as the writer of the file saw it."""
        known = records.get(id)
        return known.record if known and sees(known) else None

    filled = read_filled(file, forms, current=current, country=country, lang=app.lang)
    return [_row(one) for one in filled.rows], list(filled.issues)


def _row(filled: Any) -> Row:
    """A row as the import takes it; an id with a version says what its writer saw: `lv:need:...@2`."""
    id, _, version = (filled.id or "").partition("@")
    spot = filled.place
    place = {"file": spot.file, "source": spot.sheet or None, "row": spot.row, "line": spot.line}
    record = filled.record.model_copy(update={"id": id or None})
    return Row(record, int(version) if version else None, filled.key, place)


def _from_yaml(app: App, file: Path) -> list[Row]:
    """The records of a YAML file: a list under each kind."""
    types = app.view.records.types
    fields: dict[str, Any] = {kind: (tuple[type_, ...], ()) for kind, type_ in types.items()}  # type: ignore[valid-type]
    kinds = create_model("Kinds", __base__=Model, **fields)
    found = loaded(file, kinds, context={"find": app.plugins.find_rule})
    rows = [record for kind in types for record in getattr(found, kind)]
    return [Row(record, place={"file": file.name}) for record in rows]


def refuse_nobody(app: App, by: str) -> None:
    """Raises `Refused` where nobody has that id: told before anything is read."""
    if app.view.records.people.get(by) is None:
        raise Refused("no-person", id=by)


def made_row(app: App, kind: str, answers: Sequence[str], by: str) -> tuple[Row | None, list[Issue]]:
    """One record from `name=value` pairs, read as a row of CSV is."""
    pairs = [answer.partition("=") for answer in answers]
    if wrong := next((name for name, parted, _ in pairs if not parted), None):
        raise UsageError("answer-without-name", answer=wrong)
    with TemporaryDirectory(prefix="ccsi-") as folder:
        file = Path(folder, f"{kind}.csv")
        with file.open("w", encoding="utf-8", newline="") as into:
            csv.writer(into).writerows([[name for name, _, _ in pairs], [value for _, _, value in pairs]])
        rows, issues = _from_form(app, file, [form_of(app.forms, kind)], None, by)
    schemes = tuple(app.plugins.schemes.values())
    issues += [issue for _, issue in refusals(app.view.records, rows, app.plugins, by=by, schemes=schemes)]
    issues += _warnings(app, rows)
    wrong_one = any(issue.severity == "error" for issue in issues)
    return (None if wrong_one or not rows else rows[0]), [discreet(issue, schemes) for issue in issues]


def tell_import(done: Imported, ready: int, *, wrong: bool, partial: bool, dry_run: bool, lang: str) -> None:
    """Prints on stderr what came of an import, and how it is taken back."""
    if dry_run or (wrong and not partial):
        click.echo(words("record.not-imported", lang, n=ready), err=True)
        return
    said_ = words("record.imported", lang, new=done.new, changed=done.changed, same=done.same)
    click.echo(said_, err=True)
    if done.id:
        click.echo(done.id)
        click.echo(words("record.undo-with", lang, command=f"ccsi record undo {done.id}"), err=True)


def listed(app: App, kind: str, person: str | None, *, withdrawn: bool = False, public: bool = False) -> list[Version]:
    """The records of a kind that a person may see, or all."""
    records = app.view.records
    every = (
        records.all(kind, withdrawn=withdrawn) if person is None else records.visible(kind, person, withdrawn=withdrawn)
    )
    return [one for one in every if not public or one.visibility == "public"]


def found(app: App, id: str, as_of: datetime | None, person: str | None) -> Version:
    """A record; raises `UsageError` where there is none, or none that this person may see."""
    records = app.view.records.as_of(as_of.replace(tzinfo=UTC)) if as_of else app.view.records
    version: Version | None = records.get(id)
    if version is None or (person and not records.may_see(version, person)):
        raise UsageError("no-record", id=id)
    return version


def export(app: App, kind: str, output: Path, *, internal: bool, person: str | None) -> int:
    """Writes the records of a kind to a form, each id with its version; says how many."""
    form, kind_of = form_of(app.forms, kind), output.suffix.lower()
    if kind_of not in _WRITTEN:
        raise UsageError("no-format", file=output.name, known=", ".join(_WRITTEN))
    versions = listed(app, form.asks.record.kind, person, public=not internal)
    asked = [one for one in versions if form.asks.fits(one.record)]
    records = [one.record.model_copy(update={"id": f"{one.id}@{one.version}"}) for one in asked]
    with replacing(output, aside=output.resolve().parent) as new:
        if kind_of == ".xlsx":
            form.xlsx(new, lang=app.lang, records=records)
        elif kind_of == ".jsonl":
            form.jsonl(new, records=records)
        else:
            form.csv(new, records=records)
    return len(records)


def told(version: Version) -> dict[str, Any]:
    """A version as plain data."""
    return {
        "id": version.id, "kind": version.record.kind, "version": version.version, "seq": version.seq,
        "at": version.at.isoformat(), "by": version.by, "why": version.why, "visibility": version.visibility,
        "import_id": version.import_id, "content": version.record.content(),
    }  # fmt: skip


def tell_record(app: App, version: Version) -> None:
    """Prints a record for people: what its form asks, and what it says."""
    lang = app.lang
    click.echo(f"{version.id}@{version.version}  {version.record.state}  {version.visibility}")
    click.echo(
        words("record.last-change", lang, day=day(version.at.date(), lang), by=version.by, why=version.why or "-")
    )
    form = app.forms.get(version.record.kind)
    content = version.record.content()
    labels = {question.name: said(question.label, lang) for question in form.questions} if form else {}
    for name, value in content.items():
        if value not in (None, [], {}) and name != "state":
            click.echo(labelled(labels.get(name, name), _shown(value), lang))


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_shown(part)}" for name, part in value.items() if part is not None)
    return " | ".join(map(_shown, value)) if isinstance(value, list) else str(value)


def warn_of(app: App, why: str | None) -> None:
    """Tells on stderr where a reason names what is of a person; it is kept like every other word of a history."""
    for what in personal_in(why or "", tuple(app.plugins.schemes.values())):
        tell_issues([Issue("text-has-person", column="why", what=what)], app.lang, err=True)


def changes(versions: Sequence[Version]) -> Iterator[tuple[Version, Sequence[str]]]:
    """Each version with the names of the fields that differ from the one before."""
    before: Mapping[str, Any] = {}
    for version in versions:
        now = version.record.content()
        names = [name for name, value in now.items() if name != "state" and before.get(name) != value] if before else []
        yield version, names
        before = now
