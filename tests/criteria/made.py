"""Sets and assessments that tests make, and hypothesis strategies for them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ccsi_kit.criteria import NA, NONE, Answer, Assessment, CriteriaSet
from ccsi_kit.models import loaded

TREE = """\
id: ccsi:criteria:tree
version: 2
date: 2026-11-25
title: {en: A tree, lv: Koks}
about: {en: For tests.}
licence: {en: EUPL-1.2}
aggregate: mean
bands:
  - {from: 0, label: {en: low}}
  - {from: 1, label: {en: high}}
scales:
  three:
    kind: ordinal
    levels:
      - {value: 0, label: {en: nothing}}
      - {value: 1, label: {en: some}}
      - {value: 2, label: {en: all}}
  kinds:
    kind: tags
    several: true
    tags:
      - {id: out, label: {en: out}}
      - {id: up, label: {en: up}}
  share: {kind: number, least: 0, most: 100}
criteria:
  - {id: alone, label: {en: Alone}, scale: three, gate: 1}
  - {id: burden, label: {en: Burden}, scale: three, better: lower, weight: 2}
dimensions:
  - id: parts
    label: {en: Parts}
    aggregate: mean
    weight: 3
    criteria:
      - {id: first, label: {en: First}, scale: three}
      - {id: second, label: {en: Second}, scale: three}
      - {id: why, label: {en: Why}, scale: text, weight: 0}
      - {id: ways, label: {en: Ways}, scale: kinds, weight: 0}
  - id: beside
    label: {en: Beside}
    criteria:
      - {id: wide, label: {en: Wide}, scale: share}
      - {id: sure, label: {en: Sure}, scale: yes-no, gate: "yes"}
"""


def set_of(folder: Path, text: str = TREE, **context: Any) -> CriteriaSet:
    """A set from its YAML."""
    file = folder / "set.yaml"
    file.write_text(text, encoding="utf-8")
    return loaded(file, CriteriaSet, **context)


def flat(aggregate: str = "sum", items: int = 3, **more: Any) -> CriteriaSet:
    """A set of equal criteria on 0, 1, 2."""
    levels = [{"value": value, "label": {"en": str(value)}} for value in range(3)]
    return CriteriaSet.model_validate(
        {
            "id": "ccsi:criteria:flat", "version": 1, "date": "2026-11-25", "title": {"en": "Flat"},
            "about": {"en": "For tests."}, "licence": {"en": "EUPL-1.2"}, "aggregate": aggregate,
            "scales": {"three": {"kind": "ordinal", "levels": levels}},
            "criteria": [{"id": f"c{n}", "label": {"en": f"C{n}"}, "scale": "three"} for n in range(items)],
            **more,
        }
    )  # fmt: skip


def assessed(
    set_: CriteriaSet, subject: str = "s", who: str = "a", answers: Mapping[str, Any] | None = None, **more: Any
) -> Assessment:
    """A submitted assessment by a person about a subject."""
    own = {
        "id": f"lv:assessment:{subject}-{who}", "country": "lv", "state": "submitted", "subject": f"lv:x:{subject}",
        "set": set_.id, "version": set_.version, "assessor": f"lv:person:{who}", "on": date(2026, 11, 25),
        "answers": tuple(Answer(item=item, value=value) for item, value in (answers or {}).items()),
    }  # fmt: skip
    return Assessment(**{**own, **more})


NUMBERS = {"three": st.sampled_from([0.0, 1.0, 2.0]), "share": st.floats(0, 100, allow_nan=False)}
WORDS = {
    "yes-no": st.sampled_from(["yes", "no", "unclear"]),
    "text": st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=20).filter(
        lambda text: text not in (NONE, NA)
    ),
    "kinds": st.sets(st.sampled_from(["out", "up"]), min_size=1).map(lambda tags: tuple(sorted(tags))),
}
SILENT = st.sampled_from([NONE, NA])


@st.composite
def answer_sets(draw: st.DrawFn, set_: CriteriaSet, *, notes: bool = False) -> tuple[Answer, ...]:
    """Answers to some criteria of a set, each on its scale, none, or not applicable."""
    found = []
    for item in set_.items.values():
        if draw(st.booleans()):
            value = draw(SILENT | {**NUMBERS, **WORDS}[item.scale])
            note = draw(st.none() | WORDS["text"]) if notes else None
            evidence = draw(st.lists(st.sampled_from(["lv:regcode:1", "https://a.lv/b"]), max_size=2)) if notes else ()
            found.append(Answer(item=item.id, value=value, note=note, evidence=tuple(evidence)))
    return tuple(found)


@st.composite
def campaigns(draw: st.DrawFn, set_: CriteriaSet) -> list[Assessment]:
    """A few subjects, each assessed by some of a few people."""
    pairs = draw(st.sets(st.tuples(st.sampled_from("stu"), st.sampled_from("abcd")), min_size=1, max_size=8))
    return [assessed(set_, subject, who).replace(answers=draw(answer_sets(set_))) for subject, who in sorted(pairs)]
