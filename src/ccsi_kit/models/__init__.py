"""The shared models: what every room and every country speaks in."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.models.base import Language, Model, Slug
    from ccsi_kit.models.call import Call
    from ccsi_kit.models.complaints import complaint
    from ccsi_kit.models.funding import Funding
    from ccsi_kit.models.initiative import Initiative
    from ccsi_kit.models.load import loaded, read
    from ccsi_kit.models.message import Issue, Message, Severity
    from ccsi_kit.models.organisation import Organisation
    from ccsi_kit.models.origin import Origin, entry_key
    from ccsi_kit.models.parts import (
        Activity,
        Address,
        Identifier,
        LegalForm,
        Money,
        Participant,
        Period,
        SchemeId,
        Status,
    )
    from ccsi_kit.models.record import MOST_TEXT, WITHDRAWN, Record, Steps
    from ccsi_kit.models.ref import Ref, RefParts, encode, parse_ref
    from ccsi_kit.models.result import Result
    from ccsi_kit.models.schema import json_schema
    from ccsi_kit.models.service import Service
    from ccsi_kit.models.territory import Territory
    from ccsi_kit.models.text import Text, Wording
    from ccsi_kit.models.thing import Entries, Thing

__getattr__, __dir__, __all__ = public(__name__)
