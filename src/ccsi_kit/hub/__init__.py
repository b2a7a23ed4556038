"""The site: a page for every thing on the map, in every language, as files that need no server."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.hub.static import Published, publish
    from ccsi_kit.hub.view import Centre, Found, SourceReport, View

__getattr__, __dir__, __all__ = public(__name__)
