"""From registers to pages: which stage follows which, what a run remembers, and what it need not do again."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.pipeline.equipment import Equipment, equip
    from ccsi_kit.pipeline.record import STAGES, Request, Run, SourceRun, Stage, last_run
    from ccsi_kit.pipeline.stages import Job, asked, no_source, run

__getattr__, __dir__, __all__ = public(__name__)
