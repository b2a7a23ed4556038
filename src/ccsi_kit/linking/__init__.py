"""Which entries speak of the same thing, the id that thing keeps, and its merged view."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.linking.clusters import link
    from ccsi_kit.linking.ledger import Ledger, redirects
    from ccsi_kit.linking.merging import POINTERS, entries_sql, merge_things, no_things, point

__getattr__, __dir__, __all__ = public(__name__)
