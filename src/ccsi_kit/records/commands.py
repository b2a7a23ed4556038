"""`ccsi record` and `ccsi person`: what people make, from files and back to files; and who they are."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ccsi_kit.command import App, as_json, emit, table, tell_issues, with_app, workspace_option
from ccsi_kit.errors import Refused, UsageError
from ccsi_kit.i18n import words

if TYPE_CHECKING:
    from ccsi_kit.records.versions import Visibility

by_option = click.option("--by", required=True, metavar="PERSON_ID", help="Who does it (see ccsi person list).")
_WHY = "Why, for the history."


@click.group()
def record() -> None:
    """Keep what people make: every version, by whom, when and why."""


@click.group()
def person() -> None:
    """Keep who writes records, apart from what they write."""


COMMANDS: tuple[click.Command, ...] = (record, person)


@record.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@by_option
@click.option("--why", help=_WHY)
@click.option("--country", help="Country of rows that name none.")
@click.option("--public", is_flag=True, help="Whether pages and exports may show them.")
@click.option("--partial", is_flag=True, help="Take the rows that are right and leave the others.")
@click.option("--dry-run", is_flag=True, help="Say what is wrong and write nothing.")
@workspace_option
@as_json
@with_app
def record_import(
    app: App, file: Path, by: str, why: str | None, country: str | None, public: bool, partial: bool, dry_run: bool,
    as_json: bool,
) -> int:  # fmt: skip
    """Take records from a filled form (XLSX, CSV, a zip of CSV, JSON Lines) or from YAML.

    Says cell by cell what is wrong, and writes nothing until all is right. Rows with an id change that record; a blank
    cell leaves what it says. The same file again writes nothing. Exit code 3 where a row was not taken.
    """
    from ccsi_kit.records.filing import read_rows, refuse_nobody, tell_import, warn_of
    from ccsi_kit.records.importing import Imported, import_rows

    warn_of(app, why)
    refuse_nobody(app, by)
    rows, issues = read_rows(app, file, country and country.lower(), by)
    wrong = any(issue.severity == "error" for issue in issues)
    if not as_json:
        tell_issues(issues, app.lang, err=True)
    taken = rows if partial or not wrong else []
    done = Imported(None, 0, 0, 0)
    if taken and not dry_run:
        done = import_rows(app.view.records, taken, by=by, why=why, visibility="public" if public else None)
    if as_json:
        emit({**done.__dict__, "ready": len(rows), "issues": issues})
    else:
        tell_import(done, len(rows), wrong=wrong, partial=partial, dry_run=dry_run, lang=app.lang)
    return 3 if wrong else 0


@record.command("new")
@click.argument("kind")
@click.argument("answers", nargs=-1, metavar="NAME=VALUE...")
@by_option
@click.option("--why", help=_WHY)
@click.option("--public", is_flag=True, help="Whether pages and exports may show it.")
@workspace_option
@with_app
def record_new(app: App, kind: str, answers: tuple[str, ...], by: str, why: str | None, public: bool) -> int:
    """Make one record: NAME is the name of a question (country, title@lv), as in the CSV of its form."""
    from ccsi_kit.records.filing import made_row, refuse_nobody, warn_of
    from ccsi_kit.records.versions import Put

    warn_of(app, why)
    refuse_nobody(app, by)
    row, issues = made_row(app, kind, answers, by)
    tell_issues(issues, app.lang, err=True)
    if row is None:
        return 3
    put = Put(row.record, 0, why, None, "public" if public else "internal")
    click.echo(app.view.records.put_all([put], by=by)[0].id)
    return 0


@record.command("export")
@click.argument("kind", metavar="KIND|SET")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help=".xlsx, .csv or .jsonl")
@click.option("--internal", is_flag=True, help="Internal records too, to be changed and imported again.")
@click.option("--as", "person_id", metavar="PERSON_ID", help="Leave out what this person may not see.")
@workspace_option
@with_app
def record_export(app: App, kind: str, output: Path, internal: bool, person_id: str | None) -> None:
    """Write the records of a kind to a form that can be changed and imported again: public ones, unless told else.

    Assessments are written set by set: name the set of criteria.
    """
    from ccsi_kit.records.filing import export

    n = export(app, kind, output, internal=internal, person=person_id)
    click.echo(words("record.exported", app.lang, n=n, file=output), err=True)


@record.command("list")
@click.argument("kind")
@click.option("--withdrawn", is_flag=True, help="Those that were withdrawn too.")
@click.option("--as", "person_id", metavar="PERSON_ID", help="Leave out what this person may not see.")
@workspace_option
@as_json
@with_app
def record_list(app: App, kind: str, withdrawn: bool, person_id: str | None, as_json: bool) -> None:
    """List the records of a kind: id, state, version, day of the last change."""
    from ccsi_kit.records.filing import listed, told

    versions = listed(app, kind, person_id, withdrawn=withdrawn)
    if as_json:
        emit([told(one) for one in versions])
    elif versions:
        table([(one.id, one.record.state, str(one.version), f"{one.at:%Y-%m-%d}", one.visibility) for one in versions])


@record.command("show")
@click.argument("record_id", metavar="ID")
@click.option("--as-of", type=click.DateTime(), help="As it was at that time (UTC).")
@click.option("--as", "person_id", metavar="PERSON_ID", help="Refuse what this person may not see.")
@workspace_option
@as_json
@with_app
def record_show(app: App, record_id: str, as_of: datetime | None, person_id: str | None, as_json: bool) -> None:
    """Show a record as it is, or one of its versions: ID@2."""
    from ccsi_kit.records.filing import found, tell_record, told

    version = found(app, record_id, as_of, person_id)
    if as_json:
        emit(told(version))
    else:
        tell_record(app, version)


@record.command("history")
@click.argument("record_id", metavar="ID")
@click.option("--as", "person_id", metavar="PERSON_ID", help="Refuse what this person may not see.")
@workspace_option
@as_json
@with_app
def record_history(app: App, record_id: str, person_id: str | None, as_json: bool) -> None:
    """Show every version of a record: when, by whom, why, and what changed."""
    from ccsi_kit.records.filing import changes, found, told

    found(app, record_id, None, person_id)
    every = app.view.records.history(record_id.partition("@")[0])
    versions = [one for one in every if person_id is None or app.view.records.may_see(one, person_id)]
    if as_json:
        emit([told(one) for one in versions])
        return
    table([
        (f"@{one.version}", f"{one.at:%Y-%m-%d %H:%M}", one.by, one.record.state, ", ".join(names), one.why or "")
        for one, names in changes(versions)
    ])  # fmt: skip


@record.command("advance")
@click.argument("record_id", metavar="ID")
@click.argument("state")
@by_option
@click.option("--why", required=True, help=_WHY)
@workspace_option
@with_app
def record_advance(app: App, record_id: str, state: str, by: str, why: str) -> None:
    """Take a record to the next STATE; `withdrawn` takes it back."""
    from ccsi_kit.records.filing import warn_of

    warn_of(app, why)
    version = app.view.records.advance(record_id, state, by=by, why=why)
    click.echo(f"{version.id}@{version.version}")


@record.command("publish")
@click.argument("record_id", metavar="ID")
@click.option("--internal", is_flag=True, help="Take it off the pages instead.")
@by_option
@click.option("--why", help=_WHY)
@workspace_option
@with_app
def record_publish(app: App, record_id: str, internal: bool, by: str, why: str | None) -> None:
    """Let pages and exports show a record, from the next run on."""
    from ccsi_kit.models import WITHDRAWN
    from ccsi_kit.records.filing import found, warn_of

    warn_of(app, why)
    now = found(app, record_id.partition("@")[0], None, None)
    if now.record.state == WITHDRAWN and not internal:
        raise Refused("record-fixed", id=now.id, state=WITHDRAWN)
    visibility: Visibility = "internal" if internal else "public"
    put = app.view.records.put(now.record, after=now.version, by=by, why=why, visibility=visibility)
    click.echo(f"{put.id}@{put.version}")


@record.command("undo")
@click.argument("import_id")
@by_option
@click.option("--why", required=True, help=_WHY)
@workspace_option
@as_json
@with_app
def record_undo(app: App, import_id: str, by: str, why: str, as_json: bool) -> None:
    """Take an import back: its new records are withdrawn, changed ones say again what they said."""
    from ccsi_kit.records.importing import undo

    done = undo(app.view.records, import_id, by=by, why=why)
    if not any((done.withdrawn, done.restored, done.left)):
        raise UsageError("no-import", id=import_id)
    if as_json:
        emit(done.__dict__)
        return
    withdrawn, restored, left = map(len, (done.withdrawn, done.restored, done.left))
    click.echo(words("record.undone", app.lang, withdrawn=withdrawn, restored=restored, left=left), err=True)
    for id in done.left:
        click.echo(id)


@record.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@workspace_option
@with_app
def record_backup(app: App, file: Path) -> None:
    """Write all records, and who wrote them, to a FILE that is whole; others may go on writing.

    Do not copy records.db with cp or a file manager instead: while somebody writes, the copy may hold half of a change.
    """
    from ccsi_kit.records.backups import back_up

    records = app.view.records
    back_up(records.engine, file, now=records.now)
    click.echo(words("record.backed-up", app.lang, file=file), err=True)


@record.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@workspace_option
@with_app
def record_restore(app: App, file: Path) -> None:
    """Put a backup in the place of the records; what is there now is backed up beside it first."""
    from ccsi_kit.records.backups import restore

    before = restore(file, app.view.layout.records, now=app.view.now)
    click.echo(words("record.restored", app.lang, file=file), err=True)
    if before:
        click.echo(words("record.restored-kept", app.lang, file=before), err=True)


def _option(name: str, help_: str) -> Callable[..., Any]:
    return click.option(f"--{name}", help=help_)


@person.command("add")
@click.option("--country", required=True, help="Whose centre they work with.")
@click.option("--name", required=True, help="What they are called.")
@_option("email", "How to reach them.")
@_option("phone", "How to reach them.")
@_option("consent", "For what their data may be used.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of the consent.")
@workspace_option
@with_app
def person_add(
    app: App, country: str, name: str, email: str | None, phone: str | None, consent: str | None, until: datetime | None
) -> None:
    """Note a person; prints the id that stands in records instead of the name."""
    from ccsi_kit.records.people import Consent

    agreed = Consent(scope=consent, until=until.date() if until else None) if consent else None
    click.echo(app.view.records.people.add(country.lower(), name=name, email=email, phone=phone, consent=agreed))


@person.command("list")
@workspace_option
@as_json
@with_app
def person_list(app: App, as_json: bool) -> None:
    """List everybody: id, name, consent. For the eyes of the centre only."""
    people = app.view.records.people.all()
    if as_json:
        emit(people)
    elif people:
        table([(one.id, one.name, *_consent(one.consent)) for one in people])


def _consent(consent: Any) -> Sequence[str]:
    return ("", "") if consent is None else (consent.scope, str(consent.until or ""))


@person.command("erase")
@click.argument("person_id")
@workspace_option
@as_json
@with_app
def person_erase(app: App, person_id: str, as_json: bool) -> None:
    """Erase a person, to the last byte; their records stay, by nobody.

    Older backups are listed: they are not erased.
    """
    done = app.view.records.people.erase(person_id)
    if as_json:
        emit({"backups": [{"file": file, "at": at} for file, at in done.backups]})
        return
    click.echo(words("person.erased", app.lang), err=True)
    for file, at in done.backups:
        click.echo(words("person.in-backup", app.lang, file=file, day=at.date()))
