"""Tables from outside, read safely: bytes counted, damaged CSV and nested JSON made into a clean copy; and written."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.tabular.copy import PLACE, Copied, clean_copy
    from ccsi_kit.tabular.jsonrows import SEPARATORS, flatten
    from ccsi_kit.tabular.shape import Dialect, Shape, header, measure
    from ccsi_kit.tabular.spreadsheet import Sheet, read_book, read_sheet
    from ccsi_kit.tabular.tolerant import Found, Row, TolerantReader
    from ccsi_kit.tabular.writing import (
        cell,
        flat,
        flat_columns,
        without_time,
        write_csv,
        write_json,
        write_jsonl,
        write_xlsx,
    )

__getattr__, __dir__, __all__ = public(__name__)
