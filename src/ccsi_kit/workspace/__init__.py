"""A workspace: the folder that holds it all, and what may be asked of it."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.workspace.opened import Workspace
    from ccsi_kit.workspace.settings import Settings

__getattr__, __dir__, __all__ = public(__name__)
