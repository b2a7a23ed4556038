"""Numbers of the Union's registers."""

from functools import partial

from ccsi_kit.identifiers import SPACES, Scheme

_item = partial(
    Scheme,
    shape="Q[1-9][0-9]{0,11}",
    core="(?i:https?://(?:www[.])?linkedopendata[.]eu/(?:entity|wiki)/(?:Item:)?)?(Q[0-9]+)",
    decoration=SPACES,
    upper=False,
    placeholders=False,
)

OPERATION = _item(id="eu:kohesio-operation", example="Q99000001")
"""Item of an operation in the EU Knowledge Graph, which Kohesio shows; written as its address or as `Q...`."""

BENEFICIARY = _item(id="eu:kohesio-beneficiary", example="Q99000002")
"""Item of a beneficiary in the same graph."""

SCHEMES = (OPERATION, BENEFICIARY)
