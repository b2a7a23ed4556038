"""A code with arguments, to be said in any language; and what a check found."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from ccsi_kit.models.base import Model
from ccsi_kit.models.ref import Ref

Severity = Literal["error", "warning", "info"]


class Message(Model):
    """Something to say: the catalogues have the words of the code, in every language."""

    code: str = Field(description="Which sentence.", examples=["bad-date"])
    arguments: Mapping[str, Any] = Field(
        default={}, description="What fills its gaps.", examples=[{"value": "2019-02-30"}]
    )

    def __init__(self, code: str, **fields: Any) -> None:
        own = {name: fields.pop(name) for name in list(fields) if name in type(self).model_fields}
        known: dict[str, Any] = {**own, "code": code, "arguments": {**own.get("arguments", {}), **fields}}
        super().__init__(**known)


class Issue(Message):
    """What a check found: a message with its severity, the place, and (in the catalogues) how to mend it.

    >>> Issue("bad-date", source="lv-ur-register", line=20117, column="registered", value="2019-02-30").severity
    'warning'
    """

    severity: Severity = Field(
        default="warning", description="error stops, warning is mended, info is told.", examples=["warning"]
    )
    source: str | None = Field(default=None, description="The source that was read.", examples=["lv-ur-register"])
    file: str | None = Field(default=None, description="The file, without its folders.", examples=["register.csv"])
    row: int | None = Field(
        default=None, description="Number of the record, the first after the header is 1.", examples=[20114]
    )
    line: int | None = Field(default=None, description="Physical line on which the record begins.", examples=[20117])
    column: str | None = Field(default=None, description="The column.", examples=["registered"])
    value: str | None = Field(default=None, description="What stood there; never of a person.", examples=["2019-02-30"])
    at: Ref | None = Field(
        default=None,
        description="What the issue is about, where that is not a file.",
        examples=["lv:regcode:40008000009"],
    )

    def __init__(
        self, code: str, **fields: Any
    ) -> None:  # declared again for type checkers, which would make their own
        super().__init__(code, **fields)
