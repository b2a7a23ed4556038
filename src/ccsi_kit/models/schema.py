"""JSON Schema of the models."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema


def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """JSON Schema 2020-12 of a model, as it is written out."""
    schema = model.model_json_schema(mode="serialization")
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}
