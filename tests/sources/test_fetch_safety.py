"""Nobody is asked but the hosts of the manifest, at public addresses, over https; and secrets stay where they are."""

from ipaddress import ip_address

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.errors import CcsiError, Refused
from ccsi_kit.sources import user_agent
from ccsi_kit.sources.hosts import check, public, shown
from ccsi_kit.sources.web import _Door
from tests.sources.local import CDN, NAME, Centre, answer, listening

TABLE = b"number;name\n1;Example\n"
SECRET = "s3cret-t0ken"
HOSTS = frozenset({NAME, CDN})


@pytest.fixture
def centre(tmp_path):
    with listening() as register:
        yield Centre(tmp_path, register)


def refused(centre, source, **more) -> str:
    with pytest.raises(Refused) as error:
        centre.fetch(source, **more)
    return error.value.code


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
        "2001::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:c0a8:101::",
        "2001:db8::1", "100::1", "5f00::1", "3fff::1",
    ],
)  # fmt: skip
def test_no_address_inside_is_public(centre, address):
    assert not public(address)
    fetcher = centre.made(allow_local=False, resolve=lambda host, port: ("93.184.215.14", address))
    source = centre.source(url=f"https://{NAME}/register.csv")
    assert refused(centre, source, fetcher=fetcher) == "address-not-public"
    assert not centre.register.asked and not centre.clock.slept


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2a00:1450:4001::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_addresses_of_the_public_internet_may_be_asked(address):
    assert public(address)


@given(st.ip_addresses(v=6))
def test_no_address_of_version_six_leads_to_one_inside(address):
    if public(str(address)):
        assert address.is_global
        assert address.ipv4_mapped is None or public(str(address.ipv4_mapped))


@given(st.ip_addresses(v=4))
def test_an_address_is_as_public_as_its_twins_in_version_six(address):
    twins = (f"::ffff:{address}", str(ip_address((0x64FF9B << 96) | int(address))))
    assert {public(twin) for twin in twins} == {public(str(address))}


def test_this_machine_is_asked_only_where_a_test_allows_it(centre):
    https = centre.source(url=f"https://{NAME}:{centre.register.port}/register.csv")
    assert refused(centre, https, fetcher=centre.made(allow_local=False)) == "bad-address"
    https = centre.source(url=f"https://{NAME}/register.csv")
    assert refused(centre, https, fetcher=centre.made(allow_local=False)) == "address-not-public"
    http = centre.source(url=f"http://{NAME}/register.csv")
    assert refused(centre, http, fetcher=centre.made(allow_local=False)) == "not-https"
    inside = centre.made(resolve=lambda host, port: ("10.0.0.1",))
    assert refused(centre, centre.source(), fetcher=inside) == "address-not-public"
    assert not centre.register.asked


def test_a_second_answer_of_the_name_server_changes_nothing(centre, monkeypatch):
    """The name is looked up once a connection, and what is connected to is the address that was checked."""
    import socket

    asked, real = [], socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *more, **named: asked.append(host) or real(host, *more, **named)
    )
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])
    centre.register.says("/register.csv", answer(TABLE))
    centre.fetch(centre.source(), fetcher=centre.made(resolve=lambda host, port: next(answers)))
    assert len(centre.register.asked) == 1 and set(asked) <= {"127.0.0.1"}


class Line:
    """A connection of httpcore that only remembers; some addresses do not answer."""

    def __init__(self, told, silent=()):
        self.told, self.silent = told, silent

    def connect_tcp(self, host, port, timeout, **options):
        self.told.append((host, port))
        if host in self.silent:
            raise httpcore.ConnectTimeout
        return self

    def start_tls(self, context, name, timeout):
        self.told.append((name, context.verify_mode.name, context.check_hostname))
        return self


def test_the_host_proves_its_name_at_the_address_that_was_checked(centre):
    fetcher = centre.made(allow_local=False, resolve=lambda host, port: ("93.184.215.14",))
    with fetcher.trip("xx-register", centre.source().manifest.fetch) as trip:
        door, told = _Door(trip), []
        assert trip.client._transport._pool._network_backend.trip is trip
        context = trip.client._transport._pool._ssl_context
        door.backend = Line(told)
        door.connect_tcp(NAME, 443).start_tls(context, NAME)
    assert told == [("93.184.215.14", 443), (NAME, "CERT_REQUIRED", True)]


def test_the_next_address_of_a_host_is_tried_when_one_does_not_answer(centre):
    fetcher = centre.made(resolve=lambda host, port: ("2a00:1450:4001::1", "93.184.215.14", "93.184.215.15"))
    with fetcher.trip("xx-register", centre.source().manifest.fetch) as trip:
        door, told = _Door(trip), []
        door.backend = Line(told, silent=["2a00:1450:4001::1"])
        door.connect_tcp(NAME, 443)
        assert told == [("2a00:1450:4001::1", 443), ("93.184.215.14", 443)]
        door.backend = Line(told, silent=fetcher.resolve(NAME, 443))
        with pytest.raises(httpcore.ConnectTimeout):
            door.connect_tcp(NAME, 443)


def test_a_name_that_nobody_knows_is_a_failed_connection(centre):
    def unknown(host, port):
        raise OSError("no such name")

    with pytest.raises(CcsiError) as failed:
        centre.fetch(centre.source(), fetcher=centre.made(resolve=unknown))
    assert failed.value.code == "fetch-failed" and len(centre.clock.slept) == 4


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_listed_hosts_only(centre, status):
    there = centre.register.url("/there.csv", CDN)
    centre.register.says("/register.csv", answer(status=status, Location=there))
    centre.register.says("/there.csv", answer(TABLE))
    assert refused(centre, centre.source()) == "host-not-listed"
    assert centre.register.paths == ["/register.csv"] and CDN not in centre.looked_up
    assert centre.text(centre.fetch(centre.source(hosts=[CDN]))[0]) == TABLE


def test_every_hop_is_checked(centre):
    centre.register.says("/register.csv", answer(status=302, Location=centre.register.url("/second", CDN)))
    centre.register.says("/second", answer(status=302, Location="//other.example/third"))
    assert refused(centre, centre.source(hosts=[CDN])) == "host-not-listed"
    centre.register.says("/second", answer(status=302, Location="/third"))
    centre.register.says("/third", answer(TABLE))
    centre.fetch(centre.source(hosts=[CDN]))
    assert centre.register.asked[-1].headers["host"].startswith(CDN)


def test_a_chain_without_end_is_left(centre):
    centre.register.says("/register.csv", answer(status=302, Location="/register.csv"))
    assert refused(centre, centre.source()) == "moved-too-often"
    assert len(centre.register.asked) == 6


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (f"http://{NAME}/a", "not-https"),
        (f"ftp://{NAME}/a", "not-https"),
        ("file:///etc/passwd", "not-https"),
        (f"https://user:word@{NAME}/a", "bad-address"),
        (f"https://{NAME}:8443/a", "bad-address"),
        (f"https://{NAME}:99999/a", "bad-address"),
        ("https://[::1/a", "bad-address"),
        (f"https://{NAME}.other.example/a", "host-not-listed"),
        (f"https://other.example/{NAME}", "host-not-listed"),
        (f"https://other.example#@{NAME}/a", "host-not-listed"),
        (f"https://{NAME}./a", "host-not-listed"),
        ("https:///a", "host-not-listed"),
    ],
)
def test_addresses_that_may_not_be_asked(url, code):
    with pytest.raises(Refused) as error:
        check(url, HOSTS, allow_local=False)
    assert error.value.code == code


@pytest.mark.parametrize(
    "location", ["http://[::1", "https://x:y@register.example/", "http://\udce9", "http://a b/", ""]
)
def test_redirects_to_nonsense_are_refused(centre, location):
    said = answer(status=302, Location="X" if location else "").replace(
        b"X", location.encode("utf-8", "surrogateescape")
    )
    centre.register.says("/register.csv", said)
    with pytest.raises(CcsiError) as failed:
        centre.fetch(centre.source())
    assert failed.value.code in ("bad-address", "host-not-listed", "fetch-failed", "fetch-status", "moved-too-often")
    assert len(centre.looked_up) == len(centre.register.asked)


def test_a_token_goes_to_the_register_alone_and_is_written_nowhere(centre, caplog):
    caplog.set_level("DEBUG")
    centre.register.says("/register.csv", answer(status=302, Location=centre.register.url("/there.csv", CDN)))
    centre.register.says("/there.csv", answer(TABLE), answer(status=500))
    source = centre.source(token_env="CCSI_TEST_TOKEN", hosts=[CDN])
    fetcher = centre.made(tokens={"CCSI_TEST_TOKEN": SECRET}, resolve=lambda host, port: ("127.0.0.1",))
    centre.fetch(source, fetcher=fetcher)
    register, cdn = centre.register.asked
    assert register.headers["authorization"] == f"Bearer {SECRET}" and "authorization" not in cdn.headers
    with pytest.raises(CcsiError) as failed:
        centre.fetch(source, fetcher=fetcher)
    assert SECRET.encode() not in centre.written() and SECRET not in caplog.text and caplog.text
    assert SECRET not in f"{failed.value!s}{failed.value!r}{fetcher!r}{source!r}"


@pytest.mark.parametrize("tokens", [{}, {"CCSI_TEST_TOKEN": ""}, {"CCSI_OTHER": SECRET}])
def test_without_its_token_a_source_is_not_asked(centre, tokens):
    with pytest.raises(CcsiError) as failed:
        centre.fetch(centre.source(token_env="CCSI_TEST_TOKEN"), fetcher=centre.made(tokens=tokens))
    assert failed.value.code == "token-missing" and failed.value.arguments["variable"] == "CCSI_TEST_TOKEN"
    assert not centre.register.asked


@pytest.mark.parametrize("name", ["AWS_SECRET_ACCESS_KEY", "ccsi_token", "CCSI_", "CCSI_A\nB"])
def test_no_manifest_can_ask_for_another_secret(centre, name):
    with pytest.raises(ValueError, match="token_env"):
        centre.source(token_env=name)


def test_messages_show_addresses_without_parameters_and_names():
    assert shown(f"https://user:word@{NAME}/a/b.csv?key=secret#part") == f"https://{NAME}/a/b.csv"
    assert shown(f"https://{NAME}?key=user@secret") == f"https://{NAME}"


@given(st.text())
def test_who_asks_fits_into_a_header(about):
    told = user_agent("0.1.0", about)
    assert told.isascii() and told.isprintable() and told.count("(") <= 1
