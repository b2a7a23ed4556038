"""Countries and rooms that plug in: what they declare, and how they are found and kept apart."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.plugins.declared import API, Country
    from ccsi_kit.plugins.manager import Loaded, Plugins, country, discover, record_types, rooms

__getattr__, __dir__, __all__ = public(__name__)
