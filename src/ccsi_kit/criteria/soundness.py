"""Whether a set of criteria holds together."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from pydantic_core import PydanticCustomError

from ccsi_kit.criteria.scales import NO, YES, Scale, wrong
from ccsi_kit.criteria.sets import TOTAL, CriteriaSet, Criterion, Dimension, Group, Node, Path, scales, walk

RESERVED: Final = frozenset({TOTAL, "country", "subject", "assessor", "on", "context", "conflict", "conflict-note"})
"""Names that a form uses itself."""
Found = Iterator[tuple[Path, PydanticCustomError]]


def complaints(set_: CriteriaSet) -> Found:
    """What is wrong with a set as a whole, each with its path in the file."""
    known, nodes = scales(set_), list(walk(set_))
    yield from _ids(set_, nodes)
    if set_.extends and not set_.core:
        yield ("extends",), wrong("no-set-to-extend", set=set_.extends)
        return
    lost = [(path, node.scale) for path, node in nodes if isinstance(node, Criterion) and node.scale not in known]
    for path, name in lost:
        nearest = next(iter(get_close_matches(name, known, n=1, cutoff=0.5)), "")
        yield (*path, "scale"), wrong("no-scale", scale=name, nearest=nearest)
    if lost:
        return
    for path, node in nodes:
        yield from _gate(path, node, known) if isinstance(node, Criterion) else _group(set_, path, node)
    yield from _group(set_, (), set_)
    if not any(isinstance(node, Criterion) for _, node in nodes):
        yield (), wrong("set-empty")


def _ids(set_: CriteriaSet, nodes: Iterable[tuple[Path, Node]]) -> Found:
    seen: set[str] = set()
    for path, node in nodes:
        if node.id in seen:
            yield (*path, "id"), wrong("node-doubled", id=node.id)
        if node.id in RESERVED:
            yield (*path, "id"), wrong("node-reserved", id=node.id)
        if set_.extends and "core" not in path and not node.id.startswith(f"{set_.country}-"):
            yield (*path, "id"), wrong("node-prefix", id=node.id, prefix=f"{set_.country}-")
        seen.add(node.id)


def _gate(path: Path, node: Criterion, known: Mapping[str, Scale]) -> Found:
    scale = known[node.scale]
    if node.gate is None:
        return
    fits = node.gate in (YES, NO) if scale.kind == "yes-no" else scale.scored and scale.read(node.gate) is not None
    if not fits:
        yield (*path, "gate"), wrong("gate-level", gate=node.gate, scale=node.scale)


def _group(set_: CriteriaSet, path: Path, group: Group) -> Found:
    parts = scored(set_, group)
    if group.aggregate == "none":
        if group.bands:
            yield (*path, "bands"), wrong("bands-without-value")
        return
    if not parts or not sum(part.weight for part in parts):
        yield (*path, "aggregate"), wrong("nothing-to-add", aggregate=group.aggregate)
        return
    if (group.aggregate == "count") != (group.at_least is not None):
        yield (*path, "aggregate"), wrong("count-threshold")
        return
    if group.aggregate in ("mean", "min", "count") and len({bounds(set_, part) for part in parts}) > 1:
        yield (*path, "aggregate"), wrong("scales-differ", aggregate=group.aggregate)
    yield from _bands(set_, path, group)


def _bands(set_: CriteriaSet, path: Path, group: Group) -> Found:
    starts = [band.from_ for band in group.bands]
    if starts != sorted(set(starts)):
        yield (*path, "bands"), wrong("bands-order")
    least, most = bounds(set_, group)
    for number, start in enumerate(starts):
        if not least <= start <= most:
            yield (*path, "bands", number, "from"), wrong("band-range", start=start, least=least, most=most)


def scored(set_: CriteriaSet, group: Group) -> tuple[Node, ...]:
    """The parts of a group that have a value."""
    known = scales(set_)
    return tuple(
        part
        for part in group.parts
        if (part.aggregate != "none" if isinstance(part, Dimension) else known[part.scale].scored)
    )


def bounds(set_: CriteriaSet, node: Node | Group) -> tuple[float, float]:
    """The least and the greatest value that a node can have, if everything in it is answered and applies."""
    if isinstance(node, Criterion):
        return (0.0, 1.0) if set_.normalise else scales(set_)[node.scale].bounds
    parts = scored(set_, node)
    if not parts:
        return 0.0, 0.0
    if node.aggregate == "count":
        return 0.0, float(len(parts))
    ends = [bounds(set_, part) for part in parts]
    if node.aggregate == "sum":
        weighed = [(part.weight * low, part.weight * high) for part, (low, high) in zip(parts, ends, strict=True)]
        return sum(low for low, _ in weighed), sum(high for _, high in weighed)
    return min(low for low, _ in ends), min(high for _, high in ends)
