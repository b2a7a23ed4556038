"""Same scheme and number, same thing; an id once given is kept."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ccsi_kit.linking import redirects
from ccsi_kit.models import Identifier
from tests.linking.conftest import Made, regcode

NUMBERS = st.sets(st.tuples(st.sampled_from(["lv:regcode", "lv:vat"]), st.sampled_from("12345")), max_size=3)
ENTRIES = st.dictionaries(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from("pqrst")), NUMBERS, min_size=1, max_size=9
)


def written(folder: Path, entries) -> Made:
    made = Made(folder)
    by_source = defaultdict(dict)
    for (source, key), numbers in entries.items():
        by_source[source][key] = {
            "country": "lv",
            "identifiers": [Identifier(scheme=s, number=n) for s, n in sorted(numbers)],
        }
    for source, rows in by_source.items():
        made.write("organisation", source, rows)
    return made


def together(entries) -> set[frozenset[str]]:
    """Which entries belong together, found the plain way: merge groups until nothing changes."""
    groups = [({f"{source}#{key}"}, set(numbers)) for (source, key), numbers in entries.items()]
    merged = True
    while merged:
        merged = False
        for place, (refs, numbers) in enumerate(groups):
            other = next((i for i, (_, theirs) in enumerate(groups) if i > place and numbers & theirs), None)
            if other is not None:
                more, theirs = groups.pop(other)
                groups[place] = (refs | more, numbers | theirs)
                merged = True
                break
    return {frozenset(refs) for refs, _ in groups}


@settings(max_examples=60, deadline=None)
@given(entries=ENTRIES)
def test_entries_that_share_a_number_directly_or_through_others_are_one_thing(entries):
    with TemporaryDirectory() as folder:
        ids = written(Path(folder), entries).link()
    groups = defaultdict(set)
    for ref, id_ in ids.items():
        groups[id_].add(ref)
    assert {frozenset(refs) for refs in groups.values()} == together(entries)


@settings(max_examples=30, deadline=None)
@given(entries=ENTRIES, data=st.data())
def test_neither_order_nor_a_second_run_changes_an_id(entries, data):
    shuffled = dict(data.draw(st.permutations(list(entries.items()))))
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        first, other = written(Path(one), entries), written(Path(two), shuffled)
        ids = first.link()
        assert other.link() == ids
        assert first.ledger.path.read_bytes() == other.ledger.path.read_bytes()
        before = first.ledger.path.read_bytes()
        assert first.link() == ids and first.ledger.path.read_bytes() == before


@settings(max_examples=40, deadline=None)
@given(before=ENTRIES, after=ENTRIES)
def test_an_id_is_kept_or_redirected_and_never_given_to_another_thing(before, after):
    with TemporaryDirectory() as folder:
        made = written(Path(folder), before)
        old = made.link()
        for table in made.tables("organisation"):
            table.unlink()
        again = written(Path(folder), after)
        new = again.link()
        moved = redirects(made.ledger.path)
    held = defaultdict(set)
    for (source, key), numbers in after.items():
        held[new[f"{source}#{key}"]] |= {f"{s}:{n}" for s, n in numbers} | {f"{source}#{key}"}
    for ref, id_ in old.items():
        seen, now = set(), id_
        while now in moved:
            assert now not in seen
            seen.add(now)
            now = moved[now]
        if now in held and ":x:" not in now:
            assert now in held[now]
        assert ref in old
    assert all(id_ not in moved for id_ in new.values())


def test_the_first_scheme_in_the_declared_order_names_the_thing(made):
    made.write(
        "organisation", "a", {"1": {"country": "lv", "identifiers": regcode("V1", scheme="lv:vat") + regcode("40")}}
    )
    assert made.link() == {"a#1": "lv:regcode:40"}


def test_a_number_that_needs_it_is_percent_encoded(made):
    made.write("organisation", "a", {"x/y z": {"country": "lv", "identifiers": regcode("4/0 ā")}})
    assert made.link() == {"a#x/y%20z": "lv:regcode:4%2F0%20%C4%81"}


def test_the_oldest_id_wins_a_merge_and_the_other_leads_to_it(made):
    made.write("organisation", "b", {"1": {"country": "lv", "identifiers": regcode("2")}})
    assert made.link() == {"b#1": "lv:regcode:2"}
    made.write("organisation", "a", {"1": {"country": "lv", "identifiers": regcode("1")}})
    made.link(on=date(2026, 2, 1))
    made.write("organisation", "c", {"1": {"country": "lv", "identifiers": regcode("1", "2")}})
    assert set(made.link(on=date(2026, 3, 1)).values()) == {"lv:regcode:2"}
    assert redirects(made.ledger.path) == {"lv:regcode:1": "lv:regcode:2"}


def test_an_id_that_was_redirected_is_not_used_again_when_things_part(made):
    made.write("organisation", "a", {"1": {"country": "lv", "identifiers": regcode("1")}})
    made.link()
    made.write("organisation", "b", {"1": {"country": "lv", "identifiers": regcode("2")}})
    made.link()
    made.write("organisation", "c", {"1": {"country": "lv", "identifiers": regcode("1", "2")}})
    made.link()
    (made.root / "organisation" / "c.parquet").unlink()
    ids = made.link()
    assert ids["a#1"] == "lv:regcode:1"
    assert ids["b#1"].startswith("lv:x:") and len(ids["b#1"]) == len("lv:x:") + 13


def test_a_thing_without_a_number_keeps_the_id_of_its_entry(made):
    made.write("organisation", "a", {"name": {"country": "se", "name": "Exempel"}})
    first = made.link()["a#name"]
    assert first.startswith("se:x:")
    made.write("organisation", "b", {"1": {"country": "se", "name": "Exempel"}})
    assert made.link()["a#name"] == first != made.link()["b#1"]


def test_a_ledger_whose_last_line_was_not_finished_still_reads(made):
    made.write("organisation", "a", {"1": {"country": "lv", "identifiers": regcode("1")}})
    ids = made.link()
    with made.ledger.path.open("ab") as file:
        file.write(b'{"model":"organisation","id":"lv:reg')
    assert made.link() == ids
    made.write("organisation", "b", {"1": {"country": "lv", "identifiers": regcode("2")}})
    assert made.link()["b#1"] == "lv:regcode:2"
    assert all(line.startswith("{") and line.endswith("}") for line in made.ledger.path.read_text().splitlines())


def test_an_id_of_an_entry_that_was_merged_is_not_given_again_when_they_part(made):
    made.write("organisation", "a", {"1": {"country": "lv", "name": "Paraugs"}})
    alone = made.link()["a#1"]
    made.write("organisation", "b", {"1": {"country": "lv", "identifiers": regcode("1")}})
    made.write("organisation", "a", {"1": {"country": "lv", "name": "Paraugs", "identifiers": regcode("1")}})
    made.link()
    made.write("organisation", "a", {"1": {"country": "lv", "name": "Paraugs"}})
    parted = made.link()
    moved = redirects(made.ledger.path)
    assert len(set(parted.values())) == 2 and not set(parted.values()) & set(moved)
    lines = made.ledger.path.read_bytes()
    assert made.link() == parted and made.ledger.path.read_bytes() == lines
    assert alone in moved or alone in parted.values()
