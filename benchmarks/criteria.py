"""Scoring by the matrix against a loop over assessments, in the same run: same numbers, ratio per assessment."""

import math
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import numpy as np

from ccsi_kit.criteria import CriteriaSet, Matrix, score

ASSESSMENTS, ITEMS, LOOPED, RUNS = 100_000, 40, 5_000, 5
MOST = 4
LEVELS = [{"value": value, "label": {"en": str(value)}} for value in range(MOST + 1)]


def made_set() -> CriteriaSet:
    """Eight dimensions of five criteria: means of means, with weights, some the other way round."""

    def criterion(n: int) -> dict:
        better = "lower" if n % 7 == 0 else "higher"
        return {"id": f"c{n}", "label": {"en": "c"}, "scale": "five", "weight": 1 + n % 3, "better": better}

    dimensions = [
        {"id": f"d{n}", "label": {"en": "d"}, "aggregate": "mean", "criteria": [criterion(5 * n + k) for k in range(5)]}
        for n in range(ITEMS // 5)
    ]
    return CriteriaSet.model_validate({
        "id": "ccsi:criteria:bench", "version": 1, "date": "2026-11-25", "title": {"en": "b"}, "about": {"en": "b"},
        "licence": {"en": "b"}, "aggregate": "mean", "scales": {"five": {"kind": "ordinal", "levels": LEVELS}},
        "dimensions": dimensions,
    })  # fmt: skip


def made_answers() -> tuple[list[str], dict, dict]:
    """Subjects with one to five assessors each, and answers of which a tenth lack and a twentieth do not apply."""
    random = np.random.default_rng(7)
    subjects = np.repeat(np.arange(ASSESSMENTS), random.integers(1, 6, ASSESSMENTS))[:ASSESSMENTS]
    drawn = {f"c{n}": random.integers(0, MOST + 1, ASSESSMENTS).astype(float) for n in range(ITEMS)}
    na = {item: random.random(ASSESSMENTS) < 0.05 for item in drawn}
    for item, column in drawn.items():
        column[(random.random(ASSESSMENTS) < 0.1) | na[item]] = np.nan
    return [f"lv:x:{n:06d}" for n in subjects], drawn, na


def quantile(ordered: list[float], share: float) -> float:
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def spread(ordered: list[float]) -> float:
    if len(ordered) < 2:
        return math.nan
    if len(ordered) == 2:
        return ordered[1] - ordered[0]
    return quantile(ordered, 0.75) - quantile(ordered, 0.25)


def by_hand(set_: CriteriaSet, answers: dict[str, tuple[float, bool]]) -> dict[str, tuple[float, float]]:
    """Value and coverage of every node in one assessment."""
    found: dict[str, tuple[float, float]] = {}
    for dimension in set_.dimensions:
        for item in dimension.criteria:
            value, na = answers[item.id]
            turned = MOST - value if item.better == "lower" else value
            found[item.id] = turned, math.nan if na else float(not math.isnan(value))
        found[dimension.id] = mean([(part.weight, *found[part.id]) for part in dimension.criteria])
    found["total"] = mean([(part.weight, *found[part.id]) for part in set_.dimensions])
    return found


def mean(parts: list[tuple[float, float, float]]) -> tuple[float, float]:
    summed = counted = covered = whole = 0.0
    for weight, value, coverage in parts:
        if not math.isnan(value):
            summed, counted = summed + weight * value, counted + weight
        if not math.isnan(coverage):
            covered, whole = covered + weight * coverage, whole + weight
    return (summed / counted if counted else math.nan), (covered / whole if whole else math.nan)


def looped(set_: CriteriaSet, assessments: list[tuple[str, dict]]) -> dict[str, dict[str, tuple]]:
    """Value, number, spread and coverage of every node of every subject, one after the other."""
    by_subject: dict[str, list[dict]] = {}
    for subject, answers in assessments:
        by_subject.setdefault(subject, []).append(by_hand(set_, answers))
    scores: dict[str, dict[str, tuple]] = {}
    for subject, several in by_subject.items():
        scores[subject] = {}
        for node in several[0]:
            values = sorted(one[node][0] for one in several if not math.isnan(one[node][0]))
            shares = [one[node][1] for one in several if not math.isnan(one[node][1])]
            scores[subject][node] = (
                sum(values) / len(values) if values else math.nan, len(values), spread(values),
                sum(shares) / len(shares) if shares else math.nan,
            )  # fmt: skip
    return scores


def seconds(*works: Callable[[], Any]) -> Iterator[tuple[float, Any]]:
    """The median time of each, and what it gave; run in turn, so that a busy moment hits all alike."""
    taken: list[list[float]] = [[] for _ in works]
    done: list[Any] = [None for _ in works]
    for _ in range(RUNS):
        for n, work in enumerate(works):
            began = time.perf_counter()
            done[n] = work()
            taken[n].append(time.perf_counter() - began)
    return zip(map(median, taken), done, strict=True)


def criteria() -> None:
    """How long scores take, against the same by hand; ends the run where one number differs."""
    set_ = made_set()
    subjects, values, na = made_answers()
    last = LOOPED
    while subjects[last] == subjects[last - 1]:  # a subject with all its assessments
        last += 1
    plain = [(subjects[n], {item: (float(values[item][n]), bool(na[item][n])) for item in values}) for n in range(last)]

    def by_matrix():
        scores = score(set_, Matrix.of_columns(set_, subjects, values, na))
        assert len(scores.table.value)
        return scores

    (fast, scores), (slow, wanted) = seconds(by_matrix, lambda: looped(set_, plain))
    for subject, nodes in wanted.items():
        for node, one in nodes.items():
            row, place = scores.rows[node], scores.places[subject]
            table = scores.table
            got = tuple(column[row, place] for column in (table.value, table.n, table.spread, table.coverage))
            if not np.allclose(got, one, rtol=0, atol=1e-9, equal_nan=True):
                raise SystemExit(f"{subject} {node}: {got} and by hand {one}")
    ratio = (slow / last) / (fast / ASSESSMENTS)
    print(f"\n{ASSESSMENTS:,} made assessments of {ITEMS} criteria scored in {fast:.2f} s;")
    print(f"a loop over {last:,} of them: {slow:.2f} s, the same numbers; per assessment {ratio:.1f} times as long")


if __name__ == "__main__":
    criteria()
