"""Mapping an ecosystem: what people find out and write down about initiatives."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.mapping.records import Fiche

__getattr__, __dir__, __all__ = public(__name__)
