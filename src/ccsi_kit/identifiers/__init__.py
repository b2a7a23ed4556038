"""Numbers and who issues them: shape, check digit, may it be a person's. One declaration gives Python and SQL."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.identifiers.checks import sql_luhn, sql_weighted, stdnum_scheme
    from ccsi_kit.identifiers.people import PERSON, WRONG, personal, sql_personal, without_persons
    from ccsi_kit.identifiers.schemes import DECORATION, SPACES, Check, Scheme

__getattr__, __dir__, __all__ = public(__name__)
