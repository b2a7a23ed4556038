"""Finds a form by its name."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ccsi_kit.errors import UsageError

if TYPE_CHECKING:
    from ccsi_kit.forms.form import Form


def form_of(forms: "Mapping[str, Form]", name: str) -> "Form":
    """The form of a kind or a set, also by the last part of its id, the first that has it; raises `UsageError`."""
    short = {id_.rpartition(":")[2]: form for id_, form in reversed(list(forms.items()))}
    found = forms.get(name) or short.get(name)
    if found is None:
        sets = [id_ for id_, form in forms.items() if form.asks.record.kind == name]
        if sets:
            raise UsageError("form-of-set", form=name, known=sorted({id_.rpartition(":")[2] for id_ in sets}))
        nearest = next(iter(get_close_matches(name, [*forms, *short], n=1, cutoff=0.3)), "")
        raise UsageError("no-form", form=name, nearest=nearest, known=sorted(forms))
    return found
