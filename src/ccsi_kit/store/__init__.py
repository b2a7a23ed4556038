"""Where things lie: durable files, snapshots, tables, and what a page or a command may ask of them."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.store.disk import (
        append,
        at_each_step,
        digest,
        locked,
        replacing,
        replacing_folder,
        replacing_text,
        restored,
        step,
        sync,
    )
    from ccsi_kit.store.layout import SETTINGS, Layout
    from ccsi_kit.store.snapshots import Snapshot, Snapshots, set_ref
    from ccsi_kit.store.tables import Database, column_type, columns, connect, identifier, literal, records
    from ccsi_kit.store.things import Things

__getattr__, __dir__, __all__ = public(__name__)
