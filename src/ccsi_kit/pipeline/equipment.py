"""What the countries bring to reading: sources, numbers, lists, and a hash that changes when any of it does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from ccsi_kit.errors import CcsiError, Refused
from ccsi_kit.identifiers import Scheme
from ccsi_kit.plugins import Plugins
from ccsi_kit.sources import Source, find_sources
from ccsi_kit.vocabularies import Vocabulary, core_vocabularies, read_vocabularies

_TABLES = {"postcode": "postcode.csv", "municipality": "municipality.csv", "crosswalk": "nuts-crosswalk.csv"}


@dataclass(frozen=True)
class Equipment:
    """What is read and with what; a country whose manifests or lists cannot be read brings neither."""

    sources: Mapping[str, Source]
    schemes: Mapping[str, Scheme]
    """By their id, in the order in which they name a thing."""
    vocabularies: Mapping[str, Vocabulary]
    territories: Mapping[str, Mapping[str, Path]]
    """Tables of places by country and kind."""
    versions: Mapping[str, str]
    code: str
    """Changes when any code or data of the core or of a country does."""
    problems: Mapping[str, CcsiError]
    """What is wrong with a country's manifests or lists."""


def equip(plugins: Plugins) -> Equipment:
    """Gathers what the countries that loaded bring."""
    sources: dict[str, Source] = {}
    vocabularies = dict(core_vocabularies())
    problems: dict[str, CcsiError] = {}
    folders = {code: plugin.folder for code, plugin in plugins.countries.items()}
    for code, folder in folders.items():
        try:
            found, lists = find_sources(folder / "sources", code), _own_lists(folder / "vocabularies", code)
        except CcsiError as error:
            problems[code] = error
            continue
        except Exception as error:  # whatever a package holds, the others are read
            problems[code] = Refused("country-unreadable", error=type(error).__name__, said=str(error))
            continue
        sources |= {source.id: source for source in found}
        vocabularies |= lists
    return Equipment(
        sources=dict(sorted(sources.items())),
        schemes=plugins.schemes,
        vocabularies=vocabularies,
        territories={code: _tables(folder / "vocabularies") for code, folder in folders.items()},
        versions={
            "ccsi-kit": metadata.version("ccsi-kit"),
            **{code: plugin.version for code, plugin in plugins.countries.items() if plugin.version},
        },
        code=_hash((Path(__file__).parents[1], *(folder for code, folder in sorted(folders.items()) if code != "eu"))),
        problems=problems,
    )


def _own_lists(folder: Path, country: str) -> dict[str, Vocabulary]:
    """The lists of a country; raises `Refused` for one that is not its own to write."""
    lists = read_vocabularies(folder)
    for id in lists:
        if not id.startswith(f"{country}:"):
            raise Refused("vocabulary-of-another-country", vocabulary=id, country=country)
    return lists


def _tables(folder: Path) -> dict[str, Path]:
    return {kind: folder / name for kind, name in _TABLES.items() if (folder / name).is_file()}


def _hash(folders: tuple[Path, ...]) -> str:
    """Hash of every file of the packages, so that a change of code or data is never missed."""
    digest = sha256()
    for folder in folders:
        for file in _files(folder):
            digest.update(str(file.relative_to(folder)).encode("utf-8", "surrogateescape") + b"\0" + _bytes(file))
    return digest.hexdigest()


def _bytes(file: Path) -> bytes:
    """What a file holds; nothing where it may not be read, which is told where it is needed."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix not in (".pyc", ".mo"))
