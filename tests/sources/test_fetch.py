"""Files come whole or not at all, are asked for gently, and only when they changed."""

import gzip
import sys
from datetime import date

import pytest

from ccsi_kit.errors import CcsiError, Refused
from ccsi_kit.sources.bodies import unpacked
from ccsi_kit.sources.politeness import before_next
from ccsi_kit.sources.web import _Timed
from tests.sources.local import CDN, NAME, ON, Centre, answer, listening, zipped

TABLE = b"number;name\n1;Example\n"
LATER = date(2026, 12, 1)


@pytest.fixture
def centre(tmp_path):
    with listening() as register:
        yield Centre(tmp_path, register)


def test_the_bytes_are_kept_as_they_came(centre):
    body = bytes(range(256)) * 9000
    centre.register.says("/register.csv", answer(body))
    (kept,) = centre.fetch(centre.source())
    assert centre.text(kept) == body
    assert (kept.name, kept.kind, kept.retrieved, kept.source) == ("register.csv", "fetched", ON, "xx-register")
    assert centre.snapshots.newest("xx-register") == (kept,)


def test_who_asks_says_who_they_are_and_only_asks_for_packings_that_are_known(centre):
    centre.register.says("/register.csv", answer(TABLE))
    centre.fetch(centre.source(accept="text/csv"))
    told = centre.register.asked[0].headers
    assert told["user-agent"] == "ccsi-kit/0 (+test)" and told["accept"] == "text/csv"
    assert told["accept-encoding"] == "identity, gzip" and told["host"].startswith(NAME)
    assert not {"authorization", "cookie", "if-none-match"} & set(told)


def test_the_environment_changes_nothing(centre, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {NAME} login somebody password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.lower(), "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nothing.pem"))
    centre.register.says("/register.csv", answer(TABLE))
    centre.fetch(centre.source())
    assert "authorization" not in centre.register.asked[0].headers


@pytest.mark.parametrize("parts", [1, 3])
def test_gzip_is_unpacked_with_all_its_members(centre, parts):
    packed = b"".join(gzip.compress(TABLE) for _ in range(parts))
    centre.register.says("/register.csv", answer(packed, Content_Encoding="gzip"))
    assert centre.text(centre.fetch(centre.source())[0]) == TABLE * parts


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer(gzip.compress(TABLE)[:-1], Content_Encoding="gzip"), "answer-broken"),
        (answer(gzip.compress(TABLE)[:-9], Content_Encoding="gzip"), "answer-broken"),
        (answer(b"", Content_Encoding="gzip"), "answer-broken"),
        (answer(gzip.compress(TABLE) + b"rest", Content_Encoding="gzip"), "answer-broken"),
        (answer(gzip.compress(TABLE)[:-8] + b"\0" * 8, Content_Encoding="gzip"), "answer-broken"),
        (answer(TABLE, Content_Encoding="br"), "answer-encoding"),
        (answer(b"x" * 1_000_001), "answer-too-large"),
        (zipped(b"x" * 50_000_000), "answer-too-large"),
    ],
    ids=["no length", "no end", "nothing", "rest", "wrong sum", "unasked", "large", "bomb"],
)
def test_what_must_not_be_taken_is_refused_once_and_the_last_good_set_stays(centre, said, code):
    centre.register.says("/register.csv", answer(TABLE), said)
    source = centre.source(megabytes=1)
    kept = centre.fetch(source)
    with pytest.raises(Refused) as refused:
        centre.fetch(source)
    assert refused.value.code == code and len(centre.register.asked) == 2
    assert centre.snapshots.newest(source.id) == kept and centre.text(kept[0]) == TABLE


CUT = [answer(TABLE)[:-3]]
CHUNKED = [b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nnumbe\r\n"]


@pytest.mark.parametrize("cut", [CUT, CHUNKED], ids=["short", "no last chunk"])
def test_bytes_that_break_off_are_asked_for_again_and_never_kept(centre, cut):
    centre.register.says("/register.csv", cut, answer(TABLE))
    assert centre.text(centre.fetch(centre.source())[0]) == TABLE
    kept = centre.snapshots.newest("xx-register")
    centre.register.says("/register.csv", cut)
    with pytest.raises(CcsiError) as failed:
        centre.fetch(centre.source())
    assert failed.value.code == "fetch-failed" and centre.snapshots.newest("xx-register") == kept
    assert len(centre.register.asked) == 2 + 5


def slow(*parts: bytes) -> list[bytes]:
    return [part for whole in parts for part in (whole[at : at + 1] for at in range(len(whole)))]


HEAD, _, BODY = answer(TABLE * 30).partition(b"\r\n\r\n")


@pytest.mark.parametrize("where", ["body", "head"])
def test_one_deadline_holds_for_a_whole_file_however_slowly_it_drips(centre, where):
    dripped = [HEAD + b"\r\n\r\n", *slow(BODY)] if where == "body" else [*slow(HEAD), b"\r\n\r\n" + BODY]
    centre.register.says("/register.csv", dripped)
    centre.clock.step = 20
    with pytest.raises(CcsiError) as late:
        centre.fetch(centre.source(minutes=1))
    assert late.value.code == "fetch-late" and late.value.arguments["minutes"] == 1
    assert centre.snapshots.newest("xx-register") == ()


def test_no_step_on_the_line_takes_longer_than_is_left(centre):
    waited = []

    class Line:
        def read(self, most, timeout):
            waited.append(timeout)
            return b""

        def write(self, data, timeout):
            waited.append(timeout)

    with centre.fetcher.trip("xx-register", centre.source(minutes=4).manifest.fetch) as trip:
        line = _Timed(Line(), trip)
        line.read(1, timeout=999.0)
        centre.clock.now = 200
        line.read(1)
        line.write(b"x", timeout=None)
        centre.clock.now = 240
        for step in (lambda: line.read(1), lambda: line.write(b"x")):
            with pytest.raises(CcsiError) as late:
                step()
            assert late.value.code == "fetch-late"
    assert waited == [180, 40, 40]


def test_a_bomb_never_stands_in_memory_at_once():
    packed = gzip.compress(b"x" * 20_000_000)
    blocks = list(unpacked([packed[:1000], packed[1000:]], "gzip", address="https://register.example/"))
    assert max(map(len, blocks)) <= 1 << 20 and sum(map(len, blocks)) == 20_000_000


def test_what_may_pass_is_tried_again_later_and_later(centre):
    centre.register.says("/register.csv", answer(status=503), answer(status=500), answer(status=429), answer(TABLE))
    centre.fetch(centre.source())
    assert centre.clock.slept == [2, 4, 8]


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry_After": "7"}, 7),
        ({"Retry_After": "86400"}, 300),
        ({"Retry_After": "Tue, 24 Nov 2026 09:00:30 GMT", "Date": "Tue, 24 Nov 2026 09:00:00 GMT"}, 30),
        ({"Retry_After": "Tue, 24 Nov 2026 08:00:00 GMT", "Date": "Tue, 24 Nov 2026 09:00:00 GMT"}, 0),
        ({"Retry_After": "Tue, 24 Nov 2026 09:00:30 GMT"}, 2),
        ({"Retry_After": "soon"}, 2),
        ({"Retry_After": "-5"}, 2),
    ],
)
def test_the_host_says_how_long_to_wait(centre, headers, wait):
    centre.register.says("/register.csv", answer(status=429, **headers), answer(TABLE))
    centre.fetch(centre.source())
    assert centre.clock.slept == [wait]


def test_half_of_a_wait_is_left_to_chance_and_no_wait_is_longer_than_a_minute():
    for attempt in range(1, 20):
        shortest, longest = (before_next(attempt, None, lambda chance=chance: chance) for chance in (0.0, 1.0))
        assert longest == min(2**attempt, 60) and shortest == longest / 2


@pytest.mark.parametrize("status", [204, 206, 400, 401, 403, 404, 410])
def test_any_other_answer_is_final(centre, status):
    centre.register.says("/register.csv", answer(status=status))
    with pytest.raises(CcsiError) as failed:
        centre.fetch(centre.source())
    assert failed.value.arguments["status"] == status and len(centre.register.asked) == 1 and not centre.clock.slept


def test_a_host_that_cannot_be_reached_is_tried_five_times(centre):
    centre.register.says("/register.csv", [])
    with pytest.raises(CcsiError) as failed:
        centre.fetch(centre.source())
    assert failed.value.code == "fetch-failed" and centre.clock.slept == [2, 4, 8, 16]


def test_nobody_waits_past_the_deadline(centre):
    centre.register.says("/register.csv", answer(status=503, Retry_After="61"))
    with pytest.raises(CcsiError) as failed:
        centre.fetch(centre.source(minutes=1))
    assert failed.value.arguments["status"] == 503 and not centre.clock.slept


MARKS = {"ETag": '"7"', "Last_Modified": "Tue, 24 Nov 2026 09:00:00 GMT"}


def test_what_did_not_change_is_not_sent_again_and_keeps_the_day_of_its_bytes(centre):
    centre.register.says("/register.csv", answer(TABLE, **MARKS), answer(status=304))
    source = centre.source()
    kept = centre.fetch(source)
    assert centre.fetch(source, on=LATER) == kept and kept[0].retrieved == ON
    told = centre.register.asked[1].headers
    assert told["if-none-match"] == '"7"' and told["if-modified-since"] == MARKS["Last_Modified"]


def test_a_file_that_was_given_in_between_gives_way_to_what_the_register_still_says(centre, tmp_path):
    centre.register.says("/register.csv", answer(TABLE, **MARKS), answer(status=304))
    kept = centre.fetch(centre.source())
    given = tmp_path / "given.csv"
    given.write_text("number;name\n2;Other\n")
    centre.snapshots.add("xx-register", [given], retrieved=ON, kind="file")
    assert centre.fetch(centre.source()) == kept == centre.snapshots.newest("xx-register")


@pytest.mark.parametrize("fate", ["gone", "cut"])
def test_nothing_is_asked_on_condition_when_the_bytes_are_not_here(centre, fate):
    centre.register.says("/register.csv", answer(TABLE, **MARKS))
    kept = centre.snapshots.path(centre.fetch(centre.source())[0])
    kept.unlink() if fate == "gone" else kept.write_bytes(TABLE[:-1])
    centre.fetch(centre.source(), on=LATER)
    assert "if-none-match" not in centre.register.asked[1].headers and kept.read_bytes() == TABLE
    assert centre.snapshots.newest("xx-register")[0].retrieved == ON


def test_another_address_is_another_file(centre):
    for path in ("/register.csv", "/new/register.csv"):
        centre.register.says(path, answer(TABLE, **MARKS))
        centre.fetch(centre.source(url=centre.register.url(path)))
    assert "if-none-match" not in centre.register.asked[1].headers


def test_a_304_that_nobody_asked_for_is_a_failure(centre):
    centre.register.says("/register.csv", answer(status=304))
    with pytest.raises(CcsiError) as failed:
        centre.fetch(centre.source())
    assert failed.value.code == "fetch-status"


def test_pauses_between_requests_hold_for_a_host_over_all_sources(centre):
    for path in ("/a.csv", "/b.csv"):
        centre.register.says(path, answer(TABLE))
    calls, grants = (
        centre.source(f"xx-{name}", url=centre.register.url(f"/{name}.csv"), pause_ms=pause)
        for name, pause in (("a", 105), ("b", 40))
    )
    centre.fetch(calls)
    centre.fetch(grants)  # the host's own wish counts, not the weaker one of the next source
    elsewhere = centre.source("xx-c", url=centre.register.url("/a.csv", CDN), pause_ms=105)
    centre.fetch(elsewhere)
    assert centre.clock.slept == [0.105]
    centre.clock.now += 1
    centre.fetch(calls)
    assert centre.clock.slept == [0.105]


def test_a_source_without_address_says_that_it_needs_a_file(centre):
    source = centre.source()
    bare = type(source)(source.manifest.replace(fetch=None), source.folder, "xx")
    with pytest.raises(CcsiError) as failed:
        centre.fetch(bare)
    assert failed.value.code == "no-address" and failed.value.arguments == {"source": "xx-register"}


def test_a_missing_library_names_the_extra(centre, monkeypatch):
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(CcsiError) as failed:
        centre.fetch(centre.source())
    assert failed.value.code == "missing-extra" and failed.value.arguments["extra"] == "workspace"
