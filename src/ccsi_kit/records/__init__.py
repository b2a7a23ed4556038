"""Records: every version of what people make, with who, when and why; people themselves apart."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.records.backups import back_up, restore
    from ccsi_kit.records.importing import (
        Imported,
        Row,
        Undone,
        import_rows,
        named_persons,
        persons_in,
        refusals,
        strange_things,
        undo,
    )
    from ccsi_kit.records.people import Consent, Erased, People, Person
    from ccsi_kit.records.versions import Put, Records, Version, Visibility

__getattr__, __dir__, __all__ = public(__name__)
