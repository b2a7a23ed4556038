"""Where there are too many things, some of each country get a page, and the pages say how many of how many."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.documents import Columns, Figures, Note, Table, Timeline, plain
from ccsi_kit.hub import publish
from ccsi_kit.hub.chosen import chosen
from ccsi_kit.hub.kinds import CALL, INITIATIVE, SERVICE
from ccsi_kit.hub.listing import Chain, listing
from ccsi_kit.hub.organisation import organisation
from ccsi_kit.hub.overview import country, start
from ccsi_kit.hub.site import Site
from ccsi_kit.models import Call, Initiative, Period, Service
from tests.hub.made import ON, Made

PAGES = 2
SITE = Site(Made(times=4, pages=PAGES), ("en", "lv"))
EVERY = SITE.view.initiatives()


@given(countries=st.lists(st.sampled_from(["es", "lv", None]), max_size=12), pages=st.integers(0, 4))
def test_each_country_has_at_most_so_many_in_the_order_of_the_view(countries, pages):
    things = [Service(id=f"lv:service:{n}", country=code) for n, code in enumerate(countries)]
    kept = chosen(things, Made(pages=pages))
    assert Counter(one.country for one in kept) == {
        code: min(count, pages) for code, count in Counter(countries).items() if pages
    }
    assert list(kept) == [one for one in things if one in kept]


def test_open_calls_go_first_then_the_latest_then_the_id():
    calls = [
        Call(id="es:bdns-call:1", country="es", opens=date(2027, 1, 1), closes=date(2027, 12, 31)),
        Call(id="es:bdns-call:2", country="es", opens=date(2026, 1, 1), closes=date(2026, 12, 1)),
        Call(id="es:bdns-call:4", country="es"),
        Call(id="es:bdns-call:3", country="es"),
    ]
    order = [{one.id for one in chosen(calls, Made(pages=pages))} for pages in range(1, 4)]
    assert [len(ids) for ids in order] == [1, 2, 3]
    assert order == [{f"es:bdns-call:{n}" for n in ids} for ids in ((2,), (2, 1), (2, 1, 3))]


def test_the_latest_initiatives_go_first_then_those_with_more_entries():
    def one(n: int, period: Period | None, entries: int) -> Initiative:
        thing = Initiative(id=f"lv:project:{n}", country="lv", period=period)
        return thing.with_sources({}, {f"lv-source#{key}": thing for key in range(entries)})

    things = [
        one(1, None, 1),
        one(2, None, 2),
        one(3, Period(start=date(2020, 1, 1), end=date(2021, 1, 1)), 1),
        one(4, Period(start=date(2022, 1, 1)), 1),
    ]
    order = [{one.id for one in chosen(things, Made(pages=pages))} for pages in (1, 2, 3)]
    assert order == [{f"lv:project:{n}" for n in ids} for ids in ((4,), (4, 3), (4, 3, 2))]


def test_every_kind_is_bounded():
    counts = Counter((type(one), one.country) for one in (*SITE.initiatives, *SITE.calls, *SITE.services))
    assert set(counts.values()) == {PAGES}
    assert len(EVERY) > len(SITE.initiatives)


@pytest.mark.parametrize(
    ("chain", "said"),
    [
        (Chain(INITIATIVE), "8 initiatives. Initiatives with a page: 8 of 56; "),
        (Chain(INITIATIVE, "country", "lv"), "2 initiatives of 8. Initiatives with a page: 2 of 14; "),
        (Chain(CALL), "2 calls. Calls with a page: 2 of 3; "),
        (Chain(SERVICE, "country", "fr"), "2 services of 2. Services with a page: 2 of 3; "),
    ],
)
def test_a_list_that_is_cut_says_how_many_of_how_many(chain, said):
    assert plain(listing(SITE, chain, "en").lead).startswith(said)


def test_a_list_that_is_whole_says_nothing_of_it():
    assert "with a page" not in plain(listing(Site(Made(), ("en",)), Chain(INITIATIVE), "en").lead)


def figures(page):
    block = next(block for block in page.blocks if isinstance(block, Figures))
    return {figure.label: plain(figure.value) for figure in block.figures}


def test_key_figures_count_what_there_is_and_charts_say_what_they_count():
    page = start(SITE, None, "en")
    assert figures(page)["Funded initiatives"] == str(len(EVERY))
    assert figures(page)["Support services"] == "3"
    assert figures(page)["Open calls"] == str(sum(one.is_open(on=ON) is True for one in SITE.view.calls()))
    columns = next(block for block in page.blocks if isinstance(block, Columns))
    assert "8 of 56" in plain(columns.main[0].caption)
    table = next(block for block in page.blocks if isinstance(block, Table))
    assert sum(int(row[3]) for row in table.rows) == len(EVERY)
    notes = [plain(block.text) for block in country(SITE, "lv", "en").blocks if isinstance(block, Note)]
    assert "Initiatives with a page: 2 of 14" in notes[-1]


def test_an_organisation_keeps_all_its_initiatives_with_a_link_to_those_with_a_page():
    linked = set()
    for one in SITE.organisations:
        columns = organisation(SITE, one, "en").blocks[0]
        for chart in (block for block in columns.main if isinstance(block, Timeline)):
            mine = [each for each in EVERY if one.id in {part.organisation for part in each.participants}]
            assert len(chart.table.rows) == len(mine)
            linked |= {row[0].to for row in chart.table.rows if hasattr(row[0], "to")}
    assert linked == {SITE.page_of(str(one.id), "en") for one in SITE.initiatives}


def test_files_hold_what_has_a_page_and_say_so(tmp_path: Path):
    publish(SITE.view, tmp_path, languages=("en",))
    told = json.loads((tmp_path / "data/initiatives.json").read_text(encoding="utf-8"))
    assert (told["with_page"], told["known"], len(told["initiatives"])) == (8, 56, 8)
    told = json.loads((tmp_path / "data/initiatives-country-lv.json").read_text(encoding="utf-8"))
    assert (told["with_page"], told["known"], len(told["initiatives"])) == (2, 14, 2)
    with (tmp_path / "data/en/initiatives.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 8
    assert "hold what has a page" in (tmp_path / "en/about.html").read_text(encoding="utf-8")
