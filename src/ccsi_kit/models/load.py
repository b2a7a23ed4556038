"""Reads YAML that people write, and says on which line what is wrong.

Plain YAML loading turns the country `NO` into False, the key `on` into True and 0012 into 10, and keeps the last of two
equal keys in silence. Here every scalar is text, and the models type it; `none` is written for nothing. JSON is read
the same way, but for `null`, which is nothing there.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ccsi_kit.errors import Refused
from ccsi_kit.models.complaints import complaint
from ccsi_kit.models.message import Issue

M = TypeVar("M", bound=BaseModel)
Lines = dict[tuple[Any, ...], int]


def read(path: Path, *, called: str = "") -> tuple[Any, Lines, list[Issue]]:
    """Plain data of a YAML file, the line of every part of it by its path, and what is wrong with its writing.

    `called`: what messages call the file; else its name.
    """
    called = called or path.name
    lines: Lines = {}
    issues: list[Issue] = []
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except OSError:
        return None, lines, [Issue("file-unreadable", severity="error", file=called)]
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        found = getattr(error, "problem", None) or str(error)
        return (
            None,
            lines,
            [Issue("yaml-broken", severity="error", file=called, line=mark and mark.line + 1, problem=found)],
        )
    data = _plain(node, (), lines, issues, called) if node is not None else None
    return data, lines, issues


def loaded(path: Path, model: type[M], *, context: Any = None, called: str = "") -> M:
    """The model that a YAML file holds; raises `Refused` with every complaint, its file and line.

    Unknown and doubled keys, empty values and values of the wrong kind are all told at once. `context`: what the
    model's validators look things up in. `called`: what messages call the file; else its name.
    """
    called = called or path.name
    data, lines, issues = read(path, called=called)
    try:
        if not issues:
            return model.model_validate(data, context=context)
    except ValidationError as error:
        issues = [_complaint(problem, lines, called, model) for problem in _causes(error.errors(include_url=False))]
    raise Refused("bad-file", file=called, n=len(issues), issues=issues)


def _causes(problems: Sequence[Any]) -> list[Any]:
    """The complaints without those that only follow from others: a list is too short when its parts are wrong."""
    within = {problem["loc"][:depth] for problem in problems for depth in range(len(problem["loc"]))}
    return [problem for problem in problems if problem["type"] != "too_short" or problem["loc"] not in within]


def _plain(node: yaml.Node, path: tuple[Any, ...], lines: Lines, issues: list[Issue], file: str) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, path, lines, issues, file))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(part, (*path, number), lines, issues, file) for number, part in enumerate(node.value)]
    plain, nothing = not getattr(node, "style", None), "null" if file.endswith(".json") else "none"
    if plain and node.value in {"", "null", "~"} - {nothing}:
        issues.append(Issue("yaml-null", severity="error", file=file, line=lines[path], key=_dotted(path)))
    return None if plain and node.value == nothing else node.value


def _pairs(
    node: yaml.MappingNode, path: tuple[Any, ...], lines: Lines, issues: list[Issue], file: str
) -> Iterator[tuple[str, Any]]:
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in seen:
            issues.append(Issue("yaml-doubled-key", severity="error", file=file, line=line, key=key, first=seen[key]))
        seen.setdefault(key, line)
        value = _plain(value_node, (*path, key), lines, issues, file)
        lines[(*path, key)] = line
        yield key, value


def _complaint(problem: Any, lines: Lines, file: str, model: type[BaseModel]) -> Issue:
    path = _known(problem["loc"], lines)
    missing = problem["loc"][-1:] if problem["type"] == "missing" else ()
    return complaint(problem, model, key=_dotted((*path, *missing)), file=file, line=lines.get(path, 1))


def _known(location: tuple[Any, ...], lines: Lines) -> tuple[Any, ...]:
    """The path in the file that a pydantic location means: names of types and of union members are no part of it."""
    path: tuple[Any, ...] = ()
    for part in location:
        if (*path, part) in lines:
            path = (*path, part)
    return path


def _dotted(path: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in path)
