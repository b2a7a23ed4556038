"""What the tests of the Spanish sources share: answers of the BDNS as they stand in the samples, files made of them."""

import json
from pathlib import Path

from tests.sources.country import source

CALLS, GRANTS = "es-bdns-calls", "es-bdns-grants"


def raw(id: str) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in source(id).samples)


def answers(id: str):
    return [json.loads(line) for line in raw(id).splitlines()]


def items(id: str):
    return [item for answer in answers(id) for item in answer.get("content", [answer])]


def written(folder: Path, *documents, name: str = "answer.json") -> Path:
    (folder / name).write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in documents), encoding="utf-8")
    return folder / name
