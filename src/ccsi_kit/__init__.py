"""ccsi-kit: the work of a national Competence Centre for Social Innovation, as data and functions."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.errors import CcsiError
    from ccsi_kit.models import (
        Call,
        Funding,
        Initiative,
        Issue,
        Message,
        Organisation,
        Origin,
        Ref,
        Result,
        Service,
        Territory,
        Text,
        json_schema,
    )
    from ccsi_kit.plugins import country
    from ccsi_kit.vocabularies import vocabulary
    from ccsi_kit.workspace import Workspace

__getattr__, __dir__, __all__ = public(__name__)
