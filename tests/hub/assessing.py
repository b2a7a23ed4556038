"""Made assessments of two made things: three assessors, one who differs, one who says nothing, one reconciled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ccsi_kit.criteria import Answer, Assessment, criteria_set, reconcile

ANSWERS = {
    "objectives": (2, 1, 2),
    "actors": (1, 1, "answer/none"),
    "outcomes": (0, 2, 1),
    "novelty": ("answer/na", 2, 2),
}
"""Of each criterion of `esid-4` what three assessors answer."""


def assessments(subject: str, other: str) -> Iterator[Assessment]:
    own = [_assessment(subject, "esid-4", n, {item: said[n] for item, said in ANSWERS.items()}) for n in range(3)]
    yield from own
    pair = [_assessment(other, "esid-4", n, {item: said[n] for item, said in ANSWERS.items()}) for n in range(2)]
    yield from pair
    chosen = {item: Answer(item=item, value=1.0) for item in ANSWERS}
    agreed = reconcile(criteria_set("esid-4"), pair, chosen, by="lv:person:00", on=date(2026, 11, 20))
    yield agreed.replace(id="lv:assessment:agreed")
    gates = dict.fromkeys(criteria_set("pins-gate").items, "yes")
    yield _assessment(subject, "pins-gate", 0, {**gates, next(iter(gates)): "unclear"})


def _assessment(subject: str, name: str, n: int, answers: dict[str, object]) -> Assessment:
    set_ = criteria_set(name)
    return Assessment.model_validate(
        {
            "id": f"lv:assessment:{name}-{n}-{subject[-2:]}", "state": "submitted", "subject": subject, "set": set_.id,
            "version": set_.version, "assessor": f"lv:person:0{n}", "on": date(2026, 11, 10 + n),
            "answers": [
                {"item": item, "value": value, "note": "Muestra =1+1 <b>" if n == 1 else None,
                 "evidence": ["https://ccsi.example/proof", subject] if n == 1 else []}
                for item, value in answers.items()
            ],
        }
    )  # fmt: skip
