"""What every model has in common."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
"""A short name in lower case: a country (`lv`), a source (`lv-ur-register`)."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A BCP 47 tag in its usual spelling; `und` where the language is not known."""


class Model(BaseModel):
    """A frozen value that refuses unknown fields and explains each of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed, validated again."""
        return type(self).model_validate({**dict(self), **changes})
