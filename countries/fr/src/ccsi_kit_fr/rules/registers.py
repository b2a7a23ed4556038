"""What French registers say that rules ask: the legal form, and statuses in force."""

from typing import Final

from ccsi_kit.models import Organisation
from ccsi_kit.rules import Filled

AS_OF_RIGHT: Final = ("ei", "etti", "ai", "aci", "ea")
"""Statuses that registers show and that the law lists among bodies approved as of right."""
ADAPTED: Final = ("ea", "eatt")
"""Statuses of adapted enterprises."""
INSERTION: Final = ("ei", "etti", "ai", "aci", "eiti")
"""Statuses of structures for insertion."""


def form(organisation: Organisation, name: str) -> dict[str, Filled]:
    """The code of its legal form, under the name of a fact."""
    national = organisation.legal_form.national if organisation.legal_form else None
    return {name: Filled(national, "legal_form")} if national else {}


def granted(organisation: Organisation) -> frozenset[str]:
    """The statuses that are not ended, by the last part of their codes."""
    active = (status.kind for status in organisation.statuses if status.state != "ended")
    return frozenset(kind.removeprefix("fr:status/") for kind in active)


def one_of(organisation: Organisation, kinds: tuple[str, ...]) -> str | None:
    """The status among some that it has, where it has exactly one of them."""
    found = [kind for kind in kinds if kind in granted(organisation)]
    return found[0] if len(found) == 1 else None
