"""Pages and documents as plain data, and what writes them."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.documents.blocks import (
        Block,
        Choice,
        Choices,
        Columns,
        Fact,
        Facts,
        Figure,
        Figures,
        Heading,
        Item,
        Links,
        List,
        Note,
        Page,
        Paragraph,
    )
    from ccsi_kit.documents.charts import Bar, Bars, Dot, Dots, Span, Timeline
    from ccsi_kit.documents.html import Html
    from ccsi_kit.documents.pieces import Differs, Foreign, Link, Mark, Words, joined, plain
    from ccsi_kit.documents.tables import Column, Table

__getattr__, __dir__, __all__ = public(__name__)
