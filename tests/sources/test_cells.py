"""Cells in SQL against the same questions in Python."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsi_kit.errors import UsageError
from ccsi_kit.i18n import fold
from ccsi_kit.sources.cells import BLANKS, day, filled, parts, plain_number, sql_fold, trimmed, uncommon

LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x2DFF, exclude_categories=["Cs", "Cn", "Co"]).filter(
    lambda letter: ord(letter) < 0x530 or ord(letter) >= 0x1D00
)
NAMES = st.one_of(st.text(LETTERS, max_size=20), st.text(st.sampled_from("abÄßåŁ .,-_'19²½ﬁĀžœİıΣς"), max_size=12))


def asked(expression: str, texts: list[str | None]) -> list[object]:
    with duckdb.connect() as database:
        query = (
            f"SELECT {expression} FROM (SELECT unnest($1::VARCHAR[]) AS x, unnest(range({len(texts)})) AS n) ORDER BY n"
        )
        return [row[0] for row in database.execute(query, [texts]).fetchall()]


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=60))
def test_names_fold_alike_in_sql_and_python(texts: list[str]) -> None:
    assert asked(sql_fold("x"), [*texts, None]) == [*map(fold, texts), None]


def test_every_letter_of_our_scripts_folds_alike() -> None:
    """Latin, Greek and Cyrillic, one by one."""
    texts = [f"a{chr(number)}b" for number in (*range(0x20, 0x530), *range(0x1E00, 0x2000), *range(0x2C60, 0x2C80))]
    assert asked(sql_fold("x"), list(texts)) == list(map(fold, texts))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from(f"ab1{BLANKS}"), max_size=8), min_size=1, max_size=40))
def test_cells_are_trimmed_and_their_breaks_are_one_sort(texts: list[str]) -> None:
    wanted = [re.sub("\r\n?", "\n", text).strip(BLANKS) or None for text in texts]
    assert asked(f"nullif({trimmed('x', uncommon('x'))}, '')", list(texts)) == wanted


def test_words_for_blank_are_compared_without_case() -> None:
    texts = ["nan", "NaN", "none", "N/A", "nano", "-", ""]
    assert asked(filled("x", ("nan", "none", "n/a", "-")), list(texts)) == [None, None, None, None, "nano", None, None]


def test_parts_keep_their_places() -> None:
    assert asked(parts("x", "|", ("n/a",)), ["a| b ||N/A", "", None]) == [["a", "b", None, None], [None], None]
    assert asked(parts("x", "list", ()), ["a\x1f\x1fb"]) == [["a", None, "b"]]


FORMATS = {
    "%Y-%m-%d": r"\d{4}-\d{2}-\d{2}",
    "%d.%m.%Y": r"\d{2}\.\d{2}\.\d{4}",
    "%Y%m%d": r"\d{8}",
    "%Y-%m-%dT%H:%M:%S": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}",
}
DATES = st.one_of(
    st.dates().map(lambda day_: day_.strftime("%Y-%m-%d").zfill(10)),
    st.dates().map(lambda day_: f"{day_.day:02d}.{day_.month:02d}.{day_.year:04d}"),
    st.sampled_from(
        [
            "2019-1-1",
            "2019-02-30",
            "19-01-01",
            "2019-01-01 ",
            "2019-01-01T10:00:00",
            "20190101",
            "+2019-01-01",
            "２０１９-01-01",
        ]
    ),
    st.text(st.sampled_from("0123456789-.T: "), max_size=19),
)


def expected_day(text: str, formats: tuple[str, ...]) -> date | None:
    for form in formats:
        if re.fullmatch(FORMATS[form], text, re.ASCII):
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
    return None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(DATES, min_size=1, max_size=40),
    st.lists(st.sampled_from(sorted(FORMATS)), min_size=1, max_size=3, unique=True),
)
def test_dates_are_read_like_in_python_and_only_whole(texts: list[str], formats: list[str]) -> None:
    texts = [text for text in texts if not text.startswith("0000")]
    assert asked(day("x", formats), [*texts, None]) == [*(expected_day(text, tuple(formats)) for text in texts), None]


@pytest.mark.parametrize("form", ["%d %B %Y", "%y-%m-%d", "%Y-%m", "2001"])
def test_formats_that_are_not_of_digits_or_no_whole_day(form: str) -> None:
    with pytest.raises(UsageError):
        day("x", [form])


NUMBERS = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**14), max_value=10**14).map(str),
    st.sampled_from(
        [
            "1 234.5",
            "1\u00a0234",
            "1\u202f234.555",
            "1e5",
            "1_000",
            "+7",
            ".5",
            "5.",
            "--1",
            "1,5",
            "",
            "12345678901234567",
            "0.005",
        ]
    ),
    st.text(st.sampled_from("0123456789.,- +"), max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=40), st.sampled_from(".,"))
def test_numbers_are_read_like_in_python(texts: list[str], sign: str) -> None:
    def expected(text: str) -> Decimal | None:
        bare = re.sub("[ \u00a0\u2009\u202f]", "", text)
        whole = re.fullmatch(rf"[-+]?[0-9]{{1,15}}({re.escape(sign)}[0-9]+)?", bare)
        return Decimal(bare.replace(",", ".")).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else None

    assert asked(f"TRY_CAST({plain_number('x', sign)} AS DECIMAL(18,2))", [*texts, None]) == [
        *map(expected, texts),
        None,
    ]
