"""What can go wrong with a call, sorted by what the caller can do about it.

An error holds a code and arguments and no words: the catalogues of `ccsi_kit.i18n` have the words, in every language.
What is wrong with *data* is not an error but an `Issue`.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, ClassVar


class CcsiError(Exception):
    """Something failed that is neither the caller's words nor the data: try again, or report it. Exit code 1."""

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, /, *, issues: Sequence[Any] = (), **arguments: object) -> None:
        super().__init__(code, arguments)
        self.code = code
        self.arguments = arguments
        self.issues = tuple(issues)

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"{self.code}({inside})"


class UsageError(CcsiError):
    """The call names something that is not there or does not fit: change the call. Exit code 2."""

    exit_code = 2


class Refused(CcsiError):
    """The data cannot be taken as they are: mend the data; what was there before stays. Exit code 3."""

    exit_code = 3


class CheckFailed(CcsiError):
    """A check found errors. Exit code 4."""

    exit_code = 4


class Incompatible(CcsiError):
    """A plug-in does not fit this version of the library: upgrade one of the two. Exit code 5."""

    exit_code = 5


def need(module: str, *, extra: str) -> Any:
    """The module, or a `CcsiError` that names the extra it comes with."""
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name is None or module.split(".")[0] != missing.name.split(".")[0]:
            raise
        raise CcsiError("missing-extra", module=module, extra=extra) from missing
