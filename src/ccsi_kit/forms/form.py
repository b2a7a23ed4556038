"""A form: what a record type, a criteria set or a ballot asks, written in every shape that people fill in."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ccsi_kit.forms.asking import Asks, Label, Question
from ccsi_kit.i18n import LANGUAGES
from ccsi_kit.models import Record
from ccsi_kit.vocabularies import Vocabulary

if TYPE_CHECKING:
    from ccsi_kit.forms.places import Place


class Form:
    """What is asked, and how it is written: as a workbook, a survey, a page to print, CSV or JSON Lines."""

    def __init__(self, asks: Asks) -> None:
        self.asks = asks

    @classmethod
    def of(cls, asked: type[Record] | Asks, *, vocabularies: Mapping[str, Vocabulary] | None = None) -> "Form":
        """The form of a record type, or of anything else that says what it asks.

        `vocabularies`: the code lists by their id that a record type may choose from; else those of the core. Raises
        `UsageError` where a field has no words or cannot be asked.
        """
        if isinstance(asked, type):
            from ccsi_kit.forms.deriving import RecordAsks

            return cls(RecordAsks(asked, vocabularies))
        return cls(asked)

    @property
    def id(self) -> str:
        """Kind of the records, or id of the set."""
        return self.asks.id

    @property
    def title(self) -> Label:
        """What it is called."""
        return self.asks.title

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked, in order."""
        return self.asks.questions

    @cached_property
    def places(self) -> "tuple[Place, ...]":
        """The tables that it takes: one for the records, and one for each list of parts."""
        from ccsi_kit.forms.places import places

        return tuple(places(self))

    def xlsx(
        self, into: Path, *, lang: str, records: Sequence[Record] = (), languages: Sequence[str] = LANGUAGES
    ) -> None:
        """Writes a workbook to fill in, with the records that there are.

        `languages`: those that texts can be written in, besides those that the records have. Equal input gives equal
        bytes.
        """
        from ccsi_kit.forms.workbooks import write_workbook

        write_workbook(self, into, lang=lang, records=records, languages=languages)

    def csv(self, into: Path, *, records: Sequence[Record] = (), languages: Sequence[str] = LANGUAGES) -> None:
        """Writes CSV with values as they are stored; into a file that ends in .zip, a file for each list of parts too.

        Raises `UsageError` for a form with lists of parts and a file that does not end so.
        """
        from ccsi_kit.forms.lines import write_csv_form

        write_csv_form(self, into, records=records, languages=languages)

    def jsonl(self, into: Path, *, records: Sequence[Record] = ()) -> None:
        """Writes JSON Lines: the content of a record a line, with its id and kind."""
        from ccsi_kit.forms.lines import write_json_lines

        write_json_lines(into, records)

    def xlsform(
        self, into: Path, *, languages: Sequence[str] = LANGUAGES, form_id: str = "", version: str = "1"
    ) -> None:
        """Writes an XLSForm for ODK and KoboToolbox; the first language is the one that it opens in."""
        from ccsi_kit.forms.surveys import write_survey

        write_survey(self, into, languages=languages, form_id=form_id, version=version)

    def html(self, lang: str) -> str:
        """A page to print and fill in by hand, with room to write and every choice."""
        from ccsi_kit.forms.printed import printed

        return printed(self, lang)
