"""Forms: what is asked, derived from a record type, a criteria set or a ballot; out, and back in without loss."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.forms.asking import Asks, Choice, Label, Question, said
    from ccsi_kit.forms.deriving import RecordAsks
    from ccsi_kit.forms.filling import Filled, Row, read_form
    from ccsi_kit.forms.finding import form_of
    from ccsi_kit.forms.form import Form
    from ccsi_kit.forms.rows import Spot

__getattr__, __dir__, __all__ = public(__name__)
