"""Writes the pages of the reference that are made from the code: `conf.py` calls `write` before anything is read."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from types import ModuleType

import click
from babel.messages.pofile import read_po
from marked import code, described, escaped, fields, first_sentence, intro, parts_of, rendered, table
from pydantic import BaseModel

import ccsi_kit
from ccsi_kit import models as shared
from ccsi_kit.cli.main import ccsi
from ccsi_kit.i18n import country_name, has_words, words
from ccsi_kit.pipeline import equip
from ccsi_kit.plugins import API, Country, Plugins, discover, hookspecs, record_types
from ccsi_kit.rules import Rule
from ccsi_kit.rules.outcomes import question
from ccsi_kit.rules.pages import rule_page
from ccsi_kit.sources import Manifest
from ccsi_kit.sources.formulas import read_formulas
from ccsi_kit.sources.values import Value
from ccsi_kit.store import connect
from ccsi_kit.workspace import Settings

PACKAGE = Path(str(ccsi_kit.__file__)).parent
ABSTRACT = ("Model", "Thing", "Record")
"""Models that only others are made of; they have no schema."""
PAGES: dict[str, Callable[[Plugins], Iterator[str]]] = {}
"""What writes each page, by the page's name."""


def write(folder: Path) -> None:
    """Writes all pages into a folder; a file that would not change is left alone, one of no page is taken away."""
    plugins = discover()
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.md"):
        if file.stem not in PAGES:
            file.unlink()
    for name, page in PAGES.items():
        _write(folder / f"{name}.md", page(plugins))
    (folder / "rules").mkdir(exist_ok=True)
    laws = plugins.rules()
    for file in (folder / "rules").glob("*.md"):
        if file.stem not in {rule.code for rule in laws}:
            file.unlink()
    for rule in laws:
        _write(folder / "rules" / f"{rule.code}.md", rendered(rule_page(rule, "en")))


def _write(file: Path, lines: Iterable[str]) -> None:
    text = "\n".join(lines) + "\n"
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")


def page(write_page: Callable[[Plugins], Iterator[str]]) -> Callable[[Plugins], Iterator[str]]:
    """Marks a function that writes a page of its own name."""
    PAGES[write_page.__name__] = write_page
    return write_page


@page
def models(plugins: Plugins) -> Iterator[str]:
    """The shared models."""
    found = [one for one in public(shared).values() if isinstance(one, type) and issubclass(one, BaseModel)]
    shown = [one for one in found if one.__name__ not in ABSTRACT]
    yield from intro(
        "Models",
        "What every room and every country speaks in: `from ccsi_kit.models import Organisation`. Models are "
        "frozen and refuse unknown fields. A field that is not required is none or empty where nobody says "
        "anything: real registers have gaps. A Ref is one string that points at a thing "
        "(`lv:regcode:40008000009`), a concept (`ccsi:area/scaling`) or an entry (`lv-ur-register#40008000009`).",
    )
    for model in shown:
        yield from described(model, shown)
        yield from ("", f"[JSON Schema](../schemas/{model.__name__.lower()}.json)")


@page
def records(plugins: Plugins) -> Iterator[str]:
    """The types of records, with their steps."""
    types = record_types(plugins)
    yield from intro(
        "Record types",
        "What people write. Every version of a record is kept, with who, when and why. `id` comes from the store; "
        "`state` changes by the steps of the type only, and every state leads to `withdrawn`.",
    )
    for kind, type_ in sorted(types.items()):
        yield from described(type_, list(types.values()))
        steps = type_.steps
        ways = [(state, ", ".join(steps.after(state)), ", ".join(steps.needs(state))) for state in steps.names]
        yield from ("", f"Kind `{kind}`, schema {type_.schema_number}.", "")
        yield from table(("State", "Leads to", "Entered with"), ways)
        yield from ("", f"[JSON Schema](../schemas/{kind}.json)")


@page
def hooks(plugins: Plugins) -> Iterator[str]:
    """What a package may bring."""
    about = (inspect.getdoc(hookspecs) or "").partition("\n")[2]
    yield from intro("Hooks", f"{escaped(about)} The number of this contract is {API}.")
    for name, hook in vars(hookspecs).items():
        if hasattr(hook, "ccsi_kit_spec"):
            when, _, returns = (inspect.getdoc(hook) or "").partition("Returns ")
            yield from (
                "",
                f"## {name}",
                "",
                "```python",
                f"def {name}{inspect.signature(hook)}".replace("'", ""),
                "```",
                "",
            )
            yield from ("When it is called", f": {escaped(when)}", "")
            yield from ("What one implementer returns", f": {escaped(returns[:1].upper() + returns[1:])}")
    yield from described(Country, (Country,))


@page
def commands(plugins: Plugins) -> Iterator[str]:
    """Every command of `ccsi`."""
    yield from intro(
        "Commands",
        "Data go to standard output, the rest to standard error. Exit codes: 0 ok, 1 failure, 2 usage, 3 data "
        "refused or stale, 4 check failed, 5 plug-in does not fit, 130 interrupted.",
    )
    yield from _command(click.Context(ccsi, info_name="ccsi"))


def _command(context: click.Context, level: str = "##") -> Iterator[str]:
    command = context.command
    yield from ("", f"{level} {context.command_path}", "")
    yield from (code(" ".join((context.command_path, *command.collect_usage_pieces(context)))), "")
    yield from (f"{escaped(paragraph)}\n" for paragraph in inspect.cleandoc(command.help or "").split("\n\n"))
    records = [parameter.get_help_record(context) for parameter in command.get_params(context)]
    rows = [(code(row[0]), escaped(row[1])) for row in records if row and row[1] and "--help" not in row[0]]
    yield from table(("Option", "What it does"), rows)
    inner = "##" if context.parent is None else "###"
    for name in command.list_commands(context) if isinstance(command, click.Group) else ():
        yield from _command(click.Context(_inner(context, name), info_name=name, parent=context), inner)


def _inner(context: click.Context, name: str) -> click.Command:
    assert isinstance(context.command, click.Group)
    found = context.command.get_command(context, name)
    assert found is not None, name
    return found


def catalogues(plugins: Plugins) -> Iterator[tuple[str, Path]]:
    """Every English catalogue, and whose it is."""
    folders = [("ccsi", PACKAGE), *((plugin.name, plugin.folder) for plugin in plugins.countries.values())]
    for owner, folder in folders:
        for file in sorted(folder.glob("locale/en/LC_MESSAGES/*.po")):
            yield f"{owner}: {file.stem}", file


def said(file: Path) -> dict[str, str]:
    """What each code of a catalogue says in English; of several forms the last."""
    with file.open("rb") as stream:
        entries = [entry for entry in read_po(stream, locale="en") if entry.id]
    names = [entry.id if isinstance(entry.id, str) else entry.id[0] for entry in entries]
    texts = [entry.string if isinstance(entry.string, str) else entry.string[-1] for entry in entries]
    return dict(zip(names, texts, strict=True))


@page
def messages(plugins: Plugins) -> Iterator[str]:
    """Every code with its words."""
    yield from intro(
        "Messages",
        "A message is a code with arguments, which fill the gaps in braces. Here is what each code says in "
        "English, and what to do about it. Every code has words in all five languages.",
    )
    for title, file in catalogues(plugins):
        entries = said(file)
        mends = any(name.endswith(".mend") for name in entries)
        rows = [
            (code(name), escaped(text), escaped(entries.get(f"{name}.mend", "")))
            for name, text in sorted(entries.items())
            if not name.endswith(".mend")
        ]
        wide = 3 if mends else 2
        yield from ("", f"## {title}")
        yield from table(("Code", "What it says", "What to do")[:wide], [row[:wide] for row in rows])


@page
def manifest(plugins: Plugins) -> Iterator[str]:
    """The keys of a manifest."""
    yield from intro(
        "Keys of a manifest",
        "What may stand in the `manifest.yaml` of a source. Every scalar is read as text and typed by its key; "
        "`none` is written for nothing. Under `makes`, a key that is not in the table of Make is a field of the "
        "model: it holds a Value, the fields of a part, or a list of these.",
    )
    known = list(dict.fromkeys((Manifest, *parts_of(Manifest), Value, *parts_of(Value))))
    for model in known:
        yield from described(model, known)


@page
def settings(plugins: Plugins) -> Iterator[str]:
    """The keys of `ccsi.toml`."""
    yield from intro("Settings of a workspace", "What may stand in `ccsi.toml`. Every setting may be left out.")
    yield from fields(Settings, ())


@page
def sources(plugins: Plugins) -> Iterator[str]:
    """Every source of the installed countries."""
    yield from intro(
        "Sources",
        "The registers and lists that the packages read. Every column of a file is used, or skipped by name with "
        "a reason. `ccsi source show ID` says the same of one source.",
    )
    found = equip(plugins).sources.values()
    for plugin in plugins.countries.values():
        own = [source.manifest for source in found if source.country == plugin.name]
        yield from ("", f"## {country_name(plugin.name, 'en') or plugin.name}") if own else ()
        for told in own:
            yield from ("", f"### {told.id}")
            yield from table((told.title.say("en").text, " "), [row for row in facts(told).items() if row[1]])


def facts(told: Manifest) -> dict[str, str]:
    """What a reader wants to know of a source."""
    out = dict.fromkeys((*(drop.because for drop in told.drop), *([told.keep.reason] if told.keep else [])))
    return {
        "Publisher": escaped(told.publisher),
        "Licence": escaped(told.licence),
        "Page": f"<{told.website}>" if told.website else "",
        "Format": told.format.kind.upper(),
        "Key": "what the row says" if told.key == "content" else ", ".join(map(code, told.key)),
        "A row makes": ", ".join(dict.fromkeys(code(make.model) for make in told.makes)),
        "Columns used": ", ".join(map(code, used_columns(told))),
        **{f"Skipped: {escaped(_reason(why))}": ", ".join(map(code, names)) for why, names in told.skip.items()},
        "Rows left out": escaped(", ".join(map(_reason, out))),
    }


def used_columns(told: Manifest) -> tuple[str, ...]:
    """The columns that a source uses, those of its expressions too."""
    with TemporaryDirectory() as scratch:
        formulas = read_formulas(connect([], Path(scratch)), told.expressions).values()
    return tuple(dict.fromkeys((*told.columns, *(name for formula in formulas for name in formula.columns))))


def _reason(name: str) -> str:
    known = f"reason.{name}"
    return words(known, "en") if has_words(known, "en") else name.replace("-", " ")


@page
def vocabularies(plugins: Plugins) -> Iterator[str]:
    """Every code list."""
    yield from intro(
        "Vocabularies", "Code lists as data. A concept is written `<list>/<code>`, as in `ccsi:legal-form/f51`."
    )
    lists = equip(plugins).vocabularies.values()
    rows = [
        (
            code(one.id),
            escaped(one.title.say("en").text),
            escaped(one.publisher),
            escaped(one.licence),
            str(one.date),
            str(len(one.concepts)),
        )
        for one in sorted(lists, key=lambda one: (not one.id.startswith("ccsi:"), one.id))
    ]
    yield from table(("List", "Title", "Publisher", "Licence", "As of", "Concepts"), rows)


@page
def schemes(plugins: Plugins) -> Iterator[str]:
    """Every scheme of numbers."""
    yield from intro(
        "Schemes",
        "Numbers that are known, and who issues them. A thing is named by the first of its numbers in its "
        "country's order. The examples are invented.",
    )
    rows = [
        (
            code(scheme.id),
            escaped(words(f"scheme.{scheme.id}", "en")),
            code(scheme.example),
            "yes" if scheme.check else "no",
            "yes" if scheme.person else "no",
        )
        for scheme in plugins.schemes.values()
    ]
    yield from table(("Scheme", "Title", "Example", "Check digit", "May be a person's"), rows)


@page
def rules(plugins: Plugins) -> Iterator[str]:
    """The rules of each country, counted, and where the page of each is."""
    yield from intro(
        "Rules",
        "What is asked of a case, where it stands, and the values over time. Not legal advice. The site has these "
        "pages in five languages; `ccsi rule show` says the same.",
    )
    rows = [_counts(plugin.name, plugin.rules.values()) for plugin in plugins.countries.values() if plugin.rules]
    heads = (
        "",
        "Rules",
        "Clauses",
        "Parameters",
        "Cases",
        "Given",
        "Our own",
        *(words(f"basis.{one}", "en") for one in BASES),
    )
    yield from table(heads, rows)
    for plugin in plugins.countries.values():
        if plugin.rules:
            yield from (
                "",
                f"## {country_name(plugin.name, 'en') or 'European Union'}",
                "",
                "```{toctree}",
                ":maxdepth: 1",
            )
            yield from (f"{rule.code}: {question(rule, 'en')} <rules/{rule.code}>" for rule in plugin.rules.values())
            yield "```"


BASES = ("law", "secondary", "computed", "to-check")


def _counts(country: str, found: Iterable[Rule]) -> tuple[str, ...]:
    """How much a country has: rules, clauses, parameters, cases by what they rest on."""
    all_ = list(found)
    cases = [case for rule in all_ for case in rule.cases]
    parameters = {(rule.home, name) for rule in all_ for name in rule.reads}
    own = sum(case.own for case in cases)
    numbers = [len(all_), sum(len(rule.parts) for rule in all_), len(parameters), len(cases), len(cases) - own, own]
    numbers += [sum(case.basis == basis for case in cases) for basis in BASES]
    return (country_name(country, "en") or "European Union", *map(str, numbers))


@page
def names(plugins: Plugins) -> Iterator[str]:
    """The public names of every room."""
    yield from intro(
        "Public names",
        "What each room offers: `from ccsi_kit.<room> import <name>`. What is deeper is private and may change.",
    )
    for room in ("errors", *sorted(found.name for found in iter_modules([str(PACKAGE)]) if found.ispkg)):
        package = import_module(f"ccsi_kit.{room}")
        rows = [(code(name), first_sentence(value)) for name, value in public(package).items()]
        if rows:
            yield from ("", f"## ccsi_kit.{room}", "", first_sentence(package), *table(("Name", "What it is"), rows))


def public(package: ModuleType) -> dict[str, object]:
    """The public classes and functions of a room, or of a module."""
    listed = getattr(package, "__all__", None)
    values = {name: getattr(package, name) for name in listed} if listed is not None else vars(package)
    return {
        name: value
        for name, value in values.items()
        if (inspect.isclass(value) or inspect.isroutine(value))
        and (listed is not None or (value.__module__ == package.__name__ and not name.startswith("_")))
    }
