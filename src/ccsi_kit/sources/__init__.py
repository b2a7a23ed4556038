"""Registers: what they publish, how their rows are read, and what became of each."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.sources.books import Books, Cells, Things
    from ccsi_kit.sources.catalogue import Source, find_sources
    from ccsi_kit.sources.cells import sql_fold
    from ccsi_kit.sources.checking import Group, Report, check, issue_groups, looks_like
    from ccsi_kit.sources.converting import convert
    from ccsi_kit.sources.fetching import Estimate, Fetched, estimate, fetch, fetched_before
    from ccsi_kit.sources.manifest import MODELS, Manifest
    from ccsi_kit.sources.politeness import user_agent
    from ccsi_kit.sources.stated import STATED, convert_stated, stated_source, write_stated
    from ccsi_kit.sources.web import Fetcher

__getattr__, __dir__, __all__ = public(__name__)
