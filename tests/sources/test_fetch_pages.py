"""Answers in pages, selections in parts, sources in several files."""

import csv
import json
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.errors import CcsiError, Refused
from ccsi_kit.sources import Estimate, Manifest, estimate, fetched_before
from ccsi_kit.sources.days import day, gap
from ccsi_kit.sources.series import wanted
from ccsi_kit.tabular import flatten
from tests.sources.local import NAME, ON, Centre, answer, listening

JSON = {"kind": "json", "rows": "results"}
PAGES = {"parameter": "page", "total": "total_pages", "most": 5}


@pytest.fixture
def centre(tmp_path):
    with listening() as register:
        yield Centre(tmp_path, register)


def page(*names: str, total: int = 1, **more: object) -> bytes:
    """A page as people like to read it: over several lines, with a byte order mark."""
    rows = [{"number": name, "name": name} for name in names]
    said = {"results": rows, "total_pages": total, **more}
    return answer(b"\xef\xbb\xbf" + json.dumps(said, indent=1).replace("\n", "\r\n").encode())


def paged(centre, path="/search", **rules):
    return centre.source(form=JSON, url=centre.register.url(path), **{"pages": PAGES, **rules})


def read(centre, snapshot, tmp_path) -> list[str]:
    flatten(centre.snapshots.path(snapshot), rows="results", into=tmp_path / "clean.csv")
    with (tmp_path / "clean.csv").open(newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def test_every_page_is_a_line_of_one_file_that_the_reader_reads(centre, tmp_path):
    for number, names in enumerate((["a", "b"], ["c"], ["d"]), start=1):
        centre.register.says(f"/search?state=A&page={number}", page(*names, total=3))
    (kept,) = centre.fetch(paged(centre, parameters={"state": "A"}))
    assert (kept.name, kept.kind) == ("xx-register.jsonl", "fetched")
    lines = centre.text(kept).splitlines()
    assert [len(json.loads(line)["results"]) for line in lines] == [2, 1, 1]
    assert read(centre, kept, tmp_path) == ["a", "b", "c", "d"]


def test_numbers_keep_their_text(centre):
    centre.register.says("/search?page=1", answer('{"results": [{"sum": 1.10, "n": 1e400}],\n "total_pages": 1}'))
    (kept,) = centre.fetch(paged(centre))
    assert centre.text(kept) == b'{"results": [{"sum": 1.10, "n": 1e400}],  "total_pages": 1}\n'


def test_pages_may_be_counted_from_zero_and_the_total_may_grow_on_the_way(centre):
    for number, total in enumerate((2, 3, 3)):
        centre.register.says(f"/search?page={number}", page(str(number), total=total))
    (kept,) = centre.fetch(paged(centre, pages={**PAGES, "first": 0}))
    assert len(centre.text(kept).splitlines()) == len(centre.register.asked) == 3


def test_a_selection_without_results_is_one_empty_page(centre):
    centre.register.says("/search?page=1", page(total=0))
    assert len(centre.text(centre.fetch(paged(centre))[0]).splitlines()) == 1


def test_the_next_address_is_followed_but_only_to_listed_hosts(centre):
    rules = {"next": "links.next", "most": 5}
    centre.register.says("/search", page("a", links={"next": "/search?cursor=x%2Fy"}))
    centre.register.says("/search?cursor=x%2Fy", page("b", links={"next": None}))
    assert len(centre.text(centre.fetch(paged(centre, pages=rules))[0]).splitlines()) == 2
    centre.register.says("/search?cursor=x%2Fy", page("b", links={"next": "https://other.example/search"}))
    with pytest.raises(Refused) as refused:
        centre.fetch(paged(centre, pages=rules))
    assert refused.value.code == "host-not-listed"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (page("a", total=6), "too-many-pages"),
        (answer('{"codigo": "ERR", "error": "x"}'), "page-without"),
        (answer('{"results": null, "total_pages": 1}'), "page-without"),
        (answer('{"results": []}'), "page-without"),
        (answer('{"results": [], "total_pages": "many"}'), "page-without"),
        (answer("<!DOCTYPE html><html></html>"), "page-broken"),
        (answer('{"results": [], "total'), "page-broken"),
        (answer(b'{"results": [], "total_pages": 1, "x": "\xff"}'), "page-broken"),
        (answer(b"[" * 200_000), "page-broken"),
        (answer(json.dumps({"results": ["x" * 600_000], "total_pages": 2})), "answer-too-large"),
    ],
    ids=["many", "error", "null", "no total", "words", "html", "cut", "bytes", "deep", "large"],
)
def test_pages_that_must_not_be_taken_leave_the_last_good_set(centre, said, code):
    centre.register.says("/search?page=1", page("a"), said)
    kept = centre.fetch(paged(centre))
    for number in range(2, 7):
        centre.register.says(f"/search?page={number}", said)
    with pytest.raises(Refused) as refused:
        centre.fetch(paged(centre, megabytes=1))
    assert refused.value.code == code and centre.snapshots.newest("xx-register") == kept


def test_one_page_that_fails_is_asked_again_alone(centre):
    centre.register.says("/search?page=1", page("a", total=2))
    centre.register.says("/search?page=2", answer(status=503), page("b", total=2))
    (kept,) = centre.fetch(paged(centre))
    assert centre.register.paths == ["/search?page=1", "/search?page=2", "/search?page=2"]
    assert len(centre.text(kept).splitlines()) == 2


def test_parts_of_a_selection_are_a_series_each(centre, tmp_path):
    split = {"departement": ["48", "2A"], "section": ["A", "Q"]}
    for place in split["departement"]:
        for section in split["section"]:
            for number in (1, 2):
                said = page(f"{place}{section}{number}", total=2)
                centre.register.says(f"/search?departement={place}&section={section}&page={number}", said)
    (kept,) = centre.fetch(paged(centre, split=split))
    assert read(centre, kept, tmp_path) == [f"{p}{s}{n}" for p in ("48", "2A") for s in "AQ" for n in "12"]


def test_another_source_of_the_run_may_list_the_values(centre):
    centre.register.says("/calls?page=1", page("7", "8", total=2))
    centre.register.says("/calls?page=2", page("8", "ñ 9", total=2))
    for number in ("7", "8", "%C3%B1+9"):
        centre.register.says(f"/grants?call={number}&page=1", page(number))
    split = {"call": {"source": "xx-calls", "path": "results.number"}}
    grants = centre.source("xx-grants", JSON, url=centre.register.url("/grants"), pages=PAGES, split=split)
    with pytest.raises(CcsiError) as failed:
        centre.fetch(grants)
    assert failed.value.code == "listing-missing" and not centre.register.asked
    centre.fetch(centre.source("xx-calls", JSON, url=centre.register.url("/calls"), pages=PAGES))
    (kept,) = centre.fetch(grants)
    assert len(centre.text(kept).splitlines()) == 3


def kohesio(centre, **rules):
    urls = [
        f"{centre.register.url('/object')}?id=data/{period}/{{country}}-latest.csv" for period in ("14-20", "21-27")
    ]
    return centre.source(url=urls, files={"country": ["LV", "EL"]}, **rules)


PATHS = [f"/object?id=data/{period}/{country}-latest.csv" for period in ("14-20", "21-27") for country in ("LV", "EL")]


def test_several_addresses_are_several_files_of_one_set(centre):
    for path in PATHS:
        centre.register.says(path, answer(path))
    kept = centre.fetch(kohesio(centre))
    assert [centre.text(one).decode() for one in kept] == PATHS == centre.register.paths
    assert [one.name for one in kept] == ["LV-latest.csv", "EL-latest.csv", "2-LV-latest.csv", "2-EL-latest.csv"]


def test_a_run_for_some_countries_fetches_their_files_alone(centre):
    for path in PATHS:
        centre.register.says(path, answer(path))
    greek = centre.fetch(kohesio(centre), scope=frozenset({"gr"}))
    assert [one.name for one in greek] == ["EL-latest.csv", "2-EL-latest.csv"] and len(centre.register.asked) == 2
    assert centre.fetch(kohesio(centre), scope=frozenset({"zz"})) == centre.snapshots.newest("xx-register") == greek


def test_a_fetch_that_stops_halfway_leaves_the_whole_last_set_and_goes_on_where_it_stopped(centre):
    for path in PATHS:
        centre.register.says(path, answer(f"old {path}"))
    old = centre.fetch(kohesio(centre))
    for path in PATHS[:2]:
        centre.register.says(path, answer(f"new {path}", ETag='"2"'), answer(status=304))
    centre.register.says(PATHS[2], answer(status=404))
    with pytest.raises(CcsiError):
        centre.fetch(kohesio(centre))
    assert centre.snapshots.newest("xx-register") == old
    for path in PATHS[2:]:
        centre.register.says(path, answer(f"new {path}"))
    new = centre.fetch(kohesio(centre), on=ON + timedelta(days=1))
    assert [centre.text(one).decode() for one in new] == [f"new {path}" for path in PATHS]
    assert [(one.retrieved - ON).days for one in new] == [0, 0, 1, 1]


def test_days_are_counted_from_the_day_of_the_run(centre):
    centre.register.says("/projekt/2025-11-24?until=24%2F11%2F2026", answer(b"[]"))
    source = centre.source(
        form={"kind": "json"}, url=centre.register.url("/projekt/{on-365d}"), parameters={"until": "{on:%d/%m/%Y}"}
    )
    assert centre.fetch(source)[0].name == "xx-register.json"  # the same every day, so that drift is seen


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("on", "2026-03-31"), ("on-1d", "2026-03-30"), ("on+2w", "2026-04-14"), ("on-1m", "2026-02-28"),
        ("on-13m", "2025-02-28"), ("on-25m", "2024-02-29"), ("on+1y", "2027-03-31"), ("on-1m:%d/%m/%Y", "28/02/2026"),
        ("on:%Y%m%d", "20260331"), ("of", None), ("on-1", None), ("on-1x", None), ("on-1000d", None), ("on:%B", None),
        ("on:", None), ("on %Y", None), ("", None),
    ],
)  # fmt: skip
def test_how_a_day_is_written(written, said):
    assert gap(written, {"on": date(2026, 3, 31)}, {}) == said


def made(rules: dict[str, object], form: dict[str, object] | None = None) -> Manifest:
    about = {"id": "xx-a", "title": {"en": "A"}, "publisher": "B", "licence": "CC0-1.0", "language": "en", "key": "n"}
    makes = [{"model": "organisation", "name": {"from": "name"}}]
    return Manifest.model_validate({**about, "fetch": rules, "format": form or JSON, "makes": makes})


SPAN = {"from": "{since}", "to": "{until:%Y-%m-%d}"}


@given(on=st.dates(date(1990, 1, 1), date(2090, 1, 1)), months=st.integers(0, 30), days=st.integers(1, 400))
def test_windows_cover_every_day_of_their_span_once(on, months, days):
    rules = {"url": f"https://{NAME}/a", "parameters": SPAN, "pages": PAGES}
    manifest = made({**rules, "windows": {"first": f"on-{months}m", "days": days}})
    (file,) = wanted(manifest, on=on)
    spans = [{k: date.fromisoformat(v) for k, v in parse_qsl(urlsplit(url).query)} for url in file.series]
    covered = [span["from"] + timedelta(days=n) for span in spans for n in range((span["to"] - span["from"]).days + 1)]
    first = day(f"on-{months}m", {"on": on})
    assert covered == [first + timedelta(days=n) for n in range((on - first).days + 1)]
    assert all((span["to"] - span["from"]).days < days for span in spans)


@given(st.dictionaries(st.text(min_size=1), st.lists(st.text(), min_size=1, max_size=3), max_size=3))
def test_parameters_arrive_as_they_are_written(parameters):
    if any("{" in value for values in parameters.values() for value in values):
        return
    (file,) = wanted(made({"url": f"https://{NAME}/a?b=c", "parameters": parameters}), on=ON)
    query = parse_qsl(urlsplit(file.series[0]).query, keep_blank_values=True, strict_parsing=True)
    assert query == [("b", "c"), *((name, value) for name, values in parameters.items() for value in values)]


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5, unique=True), st.text("abc./%?=&", max_size=12))
def test_names_of_files_are_safe_and_never_repeat(words, path):
    rules = {"url": [f"https://{NAME}/{path}{{x}}", f"https://{NAME}/{path}{{x}}.csv"], "files": {"x": words}}
    names = [file.name for file in wanted(made(rules), on=ON)]
    assert len(set(names)) == len(names) == 2 * len(words)
    assert all(name not in (".", "..") and not set(name) & set("/\\\0") and len(name) < 200 for name in names)


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"url": "https://{x}.example/a", "files": {"x": ["a"]}}, "fetch-no-host"),
        ({"url": "register.csv"}, "fetch-no-host"),
        ({"url": "https://a.example/{country}"}, "gap-unknown"),
        ({"url": "https://a.example/{since}"}, "gap-unknown"),
        ({"url": "https://a.example/", "parameters": {"d": "{on-1q}"}}, "gap-unknown"),
        ({"url": "https://a.example/", "split": {"a": ["1"]}}, "split-without-pages"),
        ({"url": "https://a.example/", "windows": {"first": "on-1m", "days": 7}}, "split-without-pages"),
        ({"url": "https://a.example/", "pages": {"most": 1}}, "pages-total-or-next"),
        ({"url": "https://a.example/", "pages": {"total": "n", "most": 1}}, "pages-total-or-next"),
        ({"url": "https://a.example/", "pages": {**PAGES, "next": "n"}}, "pages-total-or-next"),
        ({"url": "https://a.example/", "pagess": {}}, "Extra inputs"),
        ({"url": "https://a.example/", "windows": {"first": "yesterday", "days": 7}}, "pattern"),
    ],
)
def test_a_manifest_that_cannot_be_asked_is_refused_when_it_is_read(rules, code):
    with pytest.raises(ValueError, match=code):
        made(rules)


def test_only_json_comes_in_pages():
    with pytest.raises(ValueError, match="pages-need-json"):
        made({"url": f"https://{NAME}/a", "pages": PAGES}, {"kind": "csv"})


def test_an_estimate_is_what_it_took_before_else_what_is_stated_else_what_there_is_at_least(centre):
    for number in (1, 2):
        centre.register.says(f"/search?part=a&page={number}", page(str(number), total=2))
    rules = {"split": {"part": ["a"]}, "pause_ms": 500}
    source = paged(centre, **rules)
    assert estimate(source, on=ON, previous={}) == Estimate(1, 0.5, exact=False)
    assert estimate(paged(centre, requests=120, **rules), on=ON, previous={}) == Estimate(120, 60.0)
    centre.fetch(source)
    taken = estimate(source, on=ON, previous=fetched_before(centre.snapshots, source.id))
    assert taken == Estimate(2, 0.5) and centre.clock.slept == [0.5]
    assert estimate(kohesio(centre), on=ON, previous={}) == Estimate(4, None)
    assert estimate(kohesio(centre), on=ON, previous={}, scope=frozenset({"lv"})) == Estimate(2, None)
    split = {"call": {"source": "xx-calls", "path": "results.number"}}
    assert estimate(paged(centre, split=split), on=ON, previous={}) == Estimate(None, None, exact=False)
