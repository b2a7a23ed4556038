from datetime import date

import pytest

from ccsi_kit.documents import Block, Columns, Differs, Facts, Foreign, Page, Table, Timeline, Words, plain
from ccsi_kit.hub import View
from ccsi_kit.hub.initiative import initiative
from ccsi_kit.hub.offers import call
from ccsi_kit.hub.organisation import DRAWN, organisation
from ccsi_kit.hub.site import Site
from ccsi_kit.hub.values import Values
from ccsi_kit.models import Activity, Call, Initiative, Organisation, Origin, Participant, Text
from tests.hub.made import ON, Made

VIEW: View = Made(times=3)
SITE = Site(VIEW, ("en", "lv"))


def made(ref: str) -> Organisation:
    return next(one for one in SITE.organisations if one.id == ref)


def blocks(page: Page) -> list[Block]:
    """All blocks, those in columns too."""
    flat: list[Block] = []
    for block in page.blocks:
        flat += [*block.main, *block.side] if isinstance(block, Columns) else [block]
    return flat


def said(page: Page) -> Table:
    return next(block for block in blocks(page) if isinstance(block, Table) and block.side_by_side)


def row(table: Table, label: str) -> tuple[object, ...]:
    return next(cells[1:] for cells in table.rows if cells[0] == label)


def test_every_fact_is_marked_and_every_mark_leads_to_an_entry_that_says_so() -> None:
    thing = made("lv:regcode:40000000")
    page = organisation(SITE, thing, "en")
    anchors = {f"#{column.anchor}" for column in said(page).columns if column.anchor}
    facts = next(block for block in blocks(page) if isinstance(block, Facts)).facts
    assert all(fact.marks for fact in facts)
    assert {mark.to for fact in facts for mark in fact.marks} <= anchors
    assert {fact.label: [mark.text for mark in fact.marks] for fact in facts}["Status"] == ["ST"]
    assert [mark.text for mark in facts[0].marks] == ["LV", "ST", "EU"]


def test_entries_stand_side_by_side_the_own_country_first_and_differences_are_marked() -> None:
    table = said(organisation(SITE, made("lv:regcode:40000000"), "en"))
    assert [column.anchor for column in table.columns] == [None, "entry-1", "entry-2", "entry-3"]
    names = row(table, "Name")
    assert isinstance(names[2], Differs)
    assert [plain(name) for name in names] == ["Parauga jauniešu centrs “Ābele”", "", "PARAUGA JAUNIEŠU CENTRS “ABELE”"]  # type: ignore[arg-type]
    assert not any(isinstance(cell, Differs) for cell in row(table, "Address"))


def test_a_part_of_a_list_does_not_differ_but_another_item_does() -> None:
    activities = tuple(Activity(label=Text.model_validate({"en": name})) for name in ("Youth", "Culture"))
    other = Activity(label=Text.model_validate({"en": "Sport"}))
    entries = {
        "lv-registrs#1": Organisation(country="lv", activities=activities),
        "lv-statusi#1": Organisation(country="lv", activities=activities[:1]),
        "eu-kopums#1": Organisation(country="lv", activities=(other,)),
    }
    thing = Organisation(id="lv:regcode:1", country="lv", activities=activities).with_sources({}, entries)
    cells = row(said(organisation(SITE, thing, "en")), "Activities")
    assert [isinstance(cell, Differs) for cell in cells] == [False, False, True]


def test_of_a_single_entry_only_its_place_is_shown() -> None:
    table = said(organisation(SITE, made("es:nif:10000001"), "en"))
    assert [cells[0] for cells in table.rows] == ["Key in the source", "Read on", "Licence"]


def test_a_text_in_another_language_is_marked_as_such() -> None:
    page = organisation(SITE, made("se:orgnr:30000000"), "lv")
    facts = next(block for block in blocks(page) if isinstance(block, Facts)).facts
    purpose = next(fact.value for fact in facts if fact.label == "Mērķis")
    assert isinstance(purpose, Foreign)
    assert purpose.lang == "sv"


def test_the_time_line_draws_a_few_and_its_table_has_all() -> None:
    site = Site(Made(times=40), ("en",))
    busy = max(site.organisations, key=lambda one: len(site.initiatives_of.get(str(one.id), ())))
    chart = next(block for block in blocks(organisation(site, busy, "en")) if isinstance(block, Timeline))
    count = len(site.initiatives_of[str(busy.id)])
    assert count > DRAWN == len(chart.spans)
    assert len(chart.table.rows) == count
    assert chart.title == f"{count} initiatives in time"


def test_money_is_shown_line_by_line_without_columns_that_nobody_fills() -> None:
    shown = {one.id: initiative(SITE, one, "en") for one in SITE.initiatives}
    tables = [
        block
        for page in shown.values()
        for block in blocks(page)
        if isinstance(block, Table) and not block.side_by_side
    ]
    heads = [[plain(column.title) for column in table.columns] for table in tables]
    assert ["Instrument", "Recipient", "Amount", "EU part", "EU share", "Decided"] in heads
    assert ["Instrument", "Recipient", "Amount", "Decided"] in heads


@pytest.mark.parametrize(
    ("closes", "lead"),
    [
        (date(2026, 12, 1), "Open. "),
        (date(2026, 3, 1), "Closed. "),
        (None, "The source does not say whether it is open. "),
    ],
)
def test_a_call_is_open_or_closed_on_the_day_of_the_site(closes: date | None, lead: str) -> None:
    one = Call(id="es:bdns-call:1", opens=date(2026, 2, 1), closes=closes)
    assert plain(call(SITE, one, "en").lead).startswith(lead)


ANOTHER = "lv:regcode:49999999"
"""An organisation without a page."""


class Knowing(Made):
    """Knows the names of organisations without a page too."""

    def organisation_name(self, ref: str) -> str | None:
        return "Parauga pašvaldība" if ref == ANOTHER else super().organisation_name(ref)


def pointing(*, lead: str | None) -> Initiative:
    """An initiative of two entries, which point at entries of organisations: one known, the others not."""
    known = next(iter(made("lv:regcode:40000000").entries))
    entries = {
        f"{source}#op": Initiative(
            country="lv",
            lead=f"{source}#op/lead/1",
            participants=(
                Participant(organisation=known, role="ccsi:role/beneficiary"),
                Participant(organisation=f"{source}#op/beneficiary/2", role="ccsi:role/beneficiary"),
            ),
        )
        for source in ("eu-kopums", "lv-statusi")
    }
    origin = Origin(source="eu-kopums", key="op", snapshot="sha256:" + "0" * 64, retrieved=ON, licence="CC0-1.0")
    part = Participant(organisation="lv:regcode:40000000", role="ccsi:role/beneficiary")
    thing = Initiative(id="lv:project:1", country="lv", lead=lead, participants=(part,))
    return thing.with_sources({"lead": origin, "participants": origin} if lead else {"participants": origin}, entries)


def site_of(thing: Initiative) -> Site:
    view = Knowing()
    view._initiatives = [thing]
    return Site(view, ("en",))


def test_who_says_what_names_an_organisation_without_a_page() -> None:
    thing = pointing(lead=ANOTHER)
    page = initiative(site_of(thing), thing, "en")
    assert [plain(cell) for cell in row(said(page), "Lead")] == ["", "Parauga pašvaldība"]  # type: ignore[arg-type]
    facts = next(block for block in blocks(page) if isinstance(block, Facts)).facts
    assert {fact.label: plain(fact.value) for fact in facts}["Lead"] == "Parauga pašvaldība"


def test_of_an_entry_that_nobody_knows_nothing_is_said() -> None:
    thing = pointing(lead=None)
    page = initiative(site_of(thing), thing, "en")
    table = said(page)
    assert "Lead" not in [cells[0] for cells in table.rows]
    names = row(table, "Who takes part")
    assert [plain(name) for name in names] == ["Parauga jauniešu centrs “Ābele” (beneficiary)"] * 2  # type: ignore[arg-type]
    assert not any(isinstance(name, Differs) for name in names)
    assert "without a name" not in repr(page)


def test_a_role_in_another_language_keeps_that_language() -> None:
    view = Made()
    view.concept = lambda ref: Text.model_validate({"en": "Beneficiary"})  # type: ignore[method-assign]
    site = Site(view, ("lv",))
    value = Values(site, site.reader("lv")).show(site.initiatives[0], "participants")
    assert Foreign("beneficiary", "en") in flat(value)


def flat(words: Words) -> list[Words]:
    return [one for part in words for one in flat(part)] if isinstance(words, tuple) else [words]


def test_a_thing_without_a_name_is_told_by_its_number() -> None:
    thing = made("lv:regcode:40000002").model_copy(update={"name": None})
    assert plain(organisation(SITE, thing, "en").title) == "No title given (40000002)"
