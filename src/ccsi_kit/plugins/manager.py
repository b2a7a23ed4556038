"""Finds plug-ins, loads each on its own, and says what is wrong with those that do not load."""

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property, partial
from importlib import import_module, metadata
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

import pluggy

from ccsi_kit.errors import Incompatible, UsageError
from ccsi_kit.i18n import add_catalogues, unreadable_catalogues
from ccsi_kit.models import Message
from ccsi_kit.plugins import hookspecs
from ccsi_kit.plugins.declared import API, Country

if TYPE_CHECKING:
    import click

    from ccsi_kit.criteria import CriteriaSet
    from ccsi_kit.identifiers import Scheme
    from ccsi_kit.models import Record
    from ccsi_kit.rules import Rule
    from ccsi_kit.vocabularies import Vocabulary

GROUP = "ccsi_kit"
BUILT_IN = ("eu",)
"""Countries inside the core."""
ROOMS = ("sources", "rules", "records", "forms", "criteria", "mapping", "hub")
"""Rooms of the core that bring something by hook."""
RESERVED = {"ccsi", "sha256"}
"""Prefixes of Refs that are nobody's country."""

T = TypeVar("T")


@dataclass(frozen=True)
class Loaded:
    """A plug-in: its module, or the reason why it is left out."""

    name: str
    module: ModuleType | None = None
    version: str = ""
    package: str = ""
    problem: Message | None = None
    country: Country | None = None
    identifiers: "Mapping[str, Scheme]" = field(default_factory=dict)
    """Its schemes by the last part of their ids (`nif`), the one that names a thing best first."""

    @property
    def folder(self) -> Path:
        """Where the package keeps its data."""
        return Path(str(self._sound.__file__)).parent

    @property
    def _sound(self) -> ModuleType:
        if self.module is None or self.problem is not None:
            raise Incompatible("plugin-left-out", plugin=self.name, problem=self.problem)
        return self.module

    @cached_property
    def vocabularies(self) -> "dict[str, Vocabulary]":
        """Its code lists by the last part of their ids (`legal-form`); raises `Refused` where one cannot be read."""
        from ccsi_kit.vocabularies import read_vocabularies

        return {id.partition(":")[2]: list_ for id, list_ in read_vocabularies(self.folder / "vocabularies").items()}

    @cached_property
    def criteria(self) -> "dict[str, CriteriaSet]":
        """Its own sets of criteria by their ids; raises `Refused` where one cannot be read."""
        from ccsi_kit.criteria import read_sets

        return dict(read_sets(self.folder / "criteria"))

    @cached_property
    def rules(self) -> "dict[str, Rule]":
        """Its rules by the last part of their ids; raises `Incompatible` where one is not the country's own."""
        from ccsi_kit.rules import Rule

        found = _tuple(self._sound, "ccsi_rules", Rule)
        for rule in found:
            if self.country is None or rule.country != self.country.code:
                raise Incompatible("plugin-foreign-rule", rule=rule.id, country=self.name)
        return {rule.name: rule for rule in found}

    @cached_property
    def commands(self) -> "tuple[click.Command, ...]":
        """The commands it brings."""
        import click

        return _tuple(self._sound, "ccsi_commands", click.Command)

    @cached_property
    def record_types(self) -> "tuple[type[Record], ...]":
        """The types of records it brings."""
        from ccsi_kit.models import Record

        found: tuple[type[Record], ...] = _answer(self._sound, "ccsi_records", _types(Record), Record)
        return found


class Plugins:
    """The countries that load, by code, and the plug-ins that were left out."""

    def __init__(self, countries: dict[str, Loaded], left_out: tuple[Loaded, ...]) -> None:
        self.countries = countries
        self.left_out = left_out

    def country(self, code: str) -> Loaded:
        """A country that loaded; raises `Incompatible` with the reason, or `UsageError` when nobody has that code."""
        if code in self.countries:
            return self.countries[code]
        for plugin in self.left_out:
            if plugin.name == code:
                raise Incompatible("plugin-left-out", plugin=code, problem=plugin.problem)
        nearest = next(iter(get_close_matches(code, list(self.countries), n=1, cutoff=0.5)), "")
        raise UsageError("no-country", country=code, nearest=nearest, known=", ".join(self.countries))

    def rules(self, country: str | None = None) -> "tuple[Rule, ...]":
        """The rules of a country, or of all, the Union's last.

        Of a country that is not named none, where its package cannot say them: whatever one does, the others are asked.
        """
        if country is not None:
            return tuple(self.country(country).rules.values())
        found: list[Rule] = []
        for code in sorted(self.countries, key=lambda code: (code in BUILT_IN, code)):
            try:
                found += self.countries[code].rules.values()
            except Exception:
                continue  # `ccsi status` says why
        return tuple(found)

    def rule(self, name: str) -> "Rule":
        """A rule by its id or its code; raises `UsageError` with the nearest where there is none."""
        if found := self.find_rule(name):
            return found
        known = [word for rule in self.rules() for word in (rule.id, rule.code)]
        nearest = next(iter(get_close_matches(name, known, n=1, cutoff=0.4)), "")
        raise UsageError("no-rule", rule=name, nearest=nearest)

    def find_rule(self, name: str) -> "Rule | None":
        """A rule by its id or its code, if there is one."""
        return self._named_rules.get(name.casefold())

    @cached_property
    def _named_rules(self) -> "dict[str, Rule]":
        return {word.casefold(): rule for rule in self.rules() for word in (rule.id, rule.code)}

    @cached_property
    def criteria(self) -> "dict[str, CriteriaSet]":
        """The sets of criteria of the core and of every country that can say them, by their ids."""
        from ccsi_kit.criteria import criteria_sets

        found = dict(criteria_sets())
        for code in sorted(self.countries):
            try:
                found |= self.countries[code].criteria
            except Exception:
                continue  # `ccsi status` says why
        return found

    def find_set(self, name: str) -> "CriteriaSet | None":
        """A set of criteria by its id, or one of the core by the last part of it, if there is one."""
        return self.criteria.get(name) or self.criteria.get(f"ccsi:criteria:{name}")

    def criteria_set(self, name: str) -> "CriteriaSet":
        """A set of criteria by its id or the last part of it; raises `UsageError` with the nearest."""
        from ccsi_kit.criteria import criteria_set

        return criteria_set(name, self.criteria.values())

    @property
    def schemes(self) -> "dict[str, Scheme]":
        """Every scheme of every country by its id, national ones first, in their declared order."""
        ordered = sorted(self.countries.values(), key=lambda plugin: (plugin.name in BUILT_IN, plugin.name))
        return {scheme.id: scheme for plugin in ordered for scheme in plugin.identifiers.values()}


def discover(*, entry_points: Iterable[EntryPoint] | None = None, only: str | None = None) -> Plugins:
    """Loads the built-in and the installed countries, each on its own; what fails is left out and says why.

    A package that raises, exits, answers rubbish, wants another API, takes what is another's or has words that cannot
    be read disturbs no other.
    """
    points = metadata.entry_points(group=GROUP) if entry_points is None else entry_points
    wanted = sorted(
        (point for point in points if only in (None, point.name)), key=lambda point: (point.name, point.value)
    )
    built_in = [_loaded(name, partial(import_module, f"ccsi_kit.{name}.plugin")) for name in BUILT_IN]
    countries: dict[str, Loaded] = {}
    left_out: list[Loaded] = []
    for plugin in (*built_in, *map(_installed, wanted)):
        taken = countries.get(plugin.country.code) if plugin.country else None
        if plugin.country is None or taken:
            left_out.append(plugin if taken is None else replace(plugin, problem=_doubled(plugin, taken)))
        else:
            countries[plugin.country.code] = plugin
            add_catalogues(plugin.folder / "locale")
    return Plugins(countries, tuple(left_out))


def rooms() -> tuple[Loaded, ...]:
    """The core's own rooms that bring something by hook."""
    return tuple(Loaded(name, import_module(f"ccsi_kit.{name}.plugin")) for name in ROOMS)


def record_types(plugins: Plugins | None = None) -> "dict[str, type[Record]]":
    """Every type of record by its kind: the rooms' and those of the countries given."""
    countries = plugins.countries.values() if plugins else ()
    return {kind.kind: kind for plugin in (*countries, *rooms()) for kind in plugin.record_types}


def country(code: str) -> Loaded:
    """One country; no other is loaded. Raises `UsageError` or `Incompatible`.

    >>> country("eu").country.currency
    'EUR'
    """
    return discover(only=code).country(code)


def _installed(point: EntryPoint) -> Loaded:
    package = point.dist.name if point.dist else point.value
    version = point.dist.version if point.dist else ""
    return replace(_loaded(point.name, point.load), package=package, version=version)


def _loaded(name: str, load: Callable[[], ModuleType]) -> Loaded:
    """The plug-in, whatever its import and its hooks do; only an interrupt by the user passes."""
    from ccsi_kit.identifiers import Scheme

    try:
        module = _module(load())
        declared = _call(module, "ccsi_country")
        if not isinstance(declared, Country):
            return Loaded(name, module, problem=_rubbish("ccsi_country", Country, declared))
        if declared.api != API:
            return Loaded(name, module, problem=Message("plugin-api", theirs=declared.api, ours=API))
        schemes = _tuple(module, "ccsi_identifiers", Scheme)
        loaded = Loaded(name, module, country=declared, identifiers=_by_name(schemes))
        _refuse_unfit(loaded, declared.code)
        return loaded
    except KeyboardInterrupt:
        raise
    except Incompatible as unfit:
        return Loaded(name, problem=Message(unfit.code, **unfit.arguments))
    except BaseException as error:  # a package may even call sys.exit
        return Loaded(name, problem=_raised(error))


def _module(found: object) -> ModuleType:
    """What an entry point names, if it is a module with a file; raises `Incompatible`."""
    if not isinstance(found, ModuleType) or not found.__file__:
        raise Incompatible("plugin-no-module", got=repr(found)[:80])
    return found


def _refuse_unfit(plugin: Loaded, code: str) -> None:
    """Raises `Incompatible` for a code or number that is not the country's own, and for words that nobody can read."""
    if code in RESERVED:
        raise Incompatible("plugin-reserved-code", country=code)
    for scheme in plugin.identifiers.values():
        if not scheme.id.startswith(f"{code}:"):
            raise Incompatible("plugin-foreign-scheme", scheme=scheme.id, country=code)
    for file in unreadable_catalogues(plugin.folder / "locale"):
        raise Incompatible("plugin-bad-catalogue", file=file.relative_to(plugin.folder).as_posix())


def _by_name(schemes: "tuple[Scheme, ...]") -> "dict[str, Scheme]":
    return {scheme.id.partition(":")[2]: scheme for scheme in schemes}


def _rubbish(hook: str, wanted: type[object], got: object) -> Message:
    return Message("plugin-rubbish", hook=hook, wanted=wanted.__name__, got=repr(got)[:80])


def _tuple(module: ModuleType, hook: str, kind: type[T]) -> tuple[T, ...]:
    """What a hook answers, if it is a tuple of what it must be; raises `Incompatible`."""
    found: tuple[T, ...] = _answer(module, hook, lambda part: isinstance(part, kind), kind)
    return found


def _types(kind: type[object]) -> Callable[[object], bool]:
    return lambda part: isinstance(part, type) and issubclass(part, kind)


def _answer(module: ModuleType, hook: str, fits: Callable[[object], bool], kind: type[object]) -> tuple[Any, ...]:
    answer = _call(module, hook)
    if answer is None:
        return ()
    if not isinstance(answer, tuple) or not all(map(fits, answer)):
        rubbish = _rubbish(hook, kind, answer)
        raise Incompatible(rubbish.code, **rubbish.arguments)
    return answer


def _raised(error: BaseException) -> Message:
    """What was raised, and the innermost line of the plug-in (not of the import system) that raised it."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _theirs(frame.filename)]
    where = f"{Path(frames[-1].filename).parent.name}/{Path(frames[-1].filename).name}" if frames else ""
    return Message(
        "plugin-raised",
        error=type(error).__name__,
        said=str(error),
        file=where,
        line=(frames[-1].lineno or 0) if frames else 0,
    )


def _theirs(file: str) -> bool:
    return not file.startswith("<") and Path(file).parent != Path(__file__).parent and "pluggy" not in Path(file).parts


def _doubled(plugin: Loaded, taken: Loaded) -> Message:
    return Message("plugin-doubled", country=taken.name, other=taken.package or "ccsi-kit", package=plugin.package)


def _call(module: ModuleType, hook: str) -> Any:
    """What one plug-in answers to one hook; none where it does not implement it.

    Each call has a manager of its own: in a shared one a plug-in that raises would abort the call for all.
    """
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    manager.register(module)
    answers = getattr(manager.hook, hook)()
    return answers[0] if answers else None
