from dataclasses import replace

from ccsi_kit.documents import Bars, Columns, Figures, Page, Table, plain
from ccsi_kit.hub.overview import country, start
from ccsi_kit.hub.site import Site
from ccsi_kit.hub.sources import source, sources
from tests.hub.made import COUNTRIES, Made

SITE = Site(Made(times=2), ("en", "lv"))


def chart(page: Page) -> Bars:
    columns = next(block for block in page.blocks if isinstance(block, Columns))
    return next(block for block in columns.main if isinstance(block, Bars))


def figures(page: Page) -> dict[str, str]:
    block = next(block for block in page.blocks if isinstance(block, Figures))
    return {figure.label: plain(figure.value) for figure in block.figures}


def test_key_figures_are_the_sums_of_the_countries() -> None:
    whole = figures(start(SITE, None, "en"))
    parts = [figures(country(SITE, code, "en")) for code in COUNTRIES]
    for label, value in whole.items():
        assert int(value) == sum(int(part.get(label, 0)) for part in parts), label


def test_bars_come_with_the_most_frequent_first_and_the_missing_last_and_dashed() -> None:
    bars = chart(start(SITE, None, "en")).bars
    assert [bar.missing for bar in bars] == [False] * (len(bars) - 1) + [True]
    values = [bar.value for bar in bars if not bar.missing]
    assert values == sorted(values, reverse=True)
    assert bars[0].label.lower() in chart(start(SITE, None, "en")).title.lower()


def test_countries_stand_in_the_order_of_the_view_not_of_a_ranking() -> None:
    table = next(block for block in start(SITE, None, "en").blocks if isinstance(block, Table))
    assert [plain(row[0]) for row in table.rows] == ["Spain", "France", "Sweden", "Latvia"]


def test_who_has_a_page_is_said_with_both_numbers() -> None:
    said = " ".join(plain(getattr(block, "text", "")) for block in country(SITE, "lv", "en").blocks)
    assert "10 of 2,080" in said


def test_the_books_of_a_source_balance_on_its_page() -> None:
    for report in SITE.sources.values():
        table = next(block for block in source(SITE, report, "en").blocks if isinstance(block, Table))
        counts = [int(plain(row[1]).replace(",", "")) for row in table.rows]
        assert sum(counts[:-1]) == counts[-1] == report.read


def test_an_issue_is_said_in_words_with_its_place_and_what_to_do() -> None:
    tables = [block for block in source(SITE, SITE.sources["lv-registrs"], "en").blocks if isinstance(block, Table)]
    what, count, place, mend = tables[-1].rows[0]
    assert (what, count, place) == ("No such day.", "41", ("line 17", ", ", "registered"))
    assert mend.startswith("It is left empty. Ask the register to mend it")


def test_a_source_that_could_not_be_read_again_says_so() -> None:
    table = next(block for block in sources(SITE, None, "en").blocks if isinstance(block, Table))
    assert [plain(row[0]) for row in table.rows if "not the newest" in plain(row[3])] == [
        ["Exempelregistret", "Svenska)"][0]
    ]


def test_an_issue_without_words_shows_its_code() -> None:
    report = SITE.sources["lv-registrs"]
    strange = replace(report.issues[0], first=report.issues[0].first.replace(code="never-heard-of"))
    page = source(SITE, replace(report, issues=(strange,)), "lv")
    assert [block for block in page.blocks if isinstance(block, Table)][-1].rows[0][0] == "never-heard-of"
