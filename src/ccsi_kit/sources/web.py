"""The only door to the network: who is asked, how long, how much and how often is checked here."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from ccsi_kit.errors import CcsiError, Refused, need
from ccsi_kit.sources.asking import Fetch
from ccsi_kit.sources.bodies import capped, unpacked
from ccsi_kit.sources.hosts import check, checked, resolved, shown
from ccsi_kit.sources.politeness import ATTEMPTS, Turns, asked_wait, before_next

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
Resolve: TypeAlias = Callable[[str, int], tuple[str, ...]]
Known: TypeAlias = tuple[Mapping[str, str], T]
"""Headers that ask for an answer only if it changed, and what it is if it did not."""

_HOPS: Final = 5
_SILENCE: Final = 180.0
"""Most seconds without a byte: some registers think that long before they answer."""
_MOVED: Final = (301, 302, 303, 307, 308)
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Answer:
    """What a host sent: its bytes as they come, and by what the same can be recognised next time."""

    blocks: Iterator[bytes]
    etag: str | None
    modified: str | None


class _Again(Exception):
    """A try that failed in a way that may pass, and how long the host asked to wait."""

    def __init__(self, error: CcsiError, wait: float | None = None) -> None:
        super().__init__(error.code)
        self.error = error
        self.wait = wait


@dataclass(frozen=True, kw_only=True)
class Fetcher:
    """Who asks the registers, and by which clock; it keeps count of how often each host was asked.

    `allow_local` is for tests: it lets this machine answer, over http too. `tokens` are secrets by the name of the
    environment variable that they came from; they are never written anywhere.
    """

    user_agent: str
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random
    resolve: Resolve = resolved
    allow_local: bool = False
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    turns: Turns = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "turns", Turns(self.clock, self.sleep))

    @contextmanager
    def trip(self, source: str, fetch: Fetch) -> Iterator["Trip"]:
        """What it takes to get one file; raises `CcsiError` where a token is missing."""
        if fetch.token_env is not None and not self.tokens.get(fetch.token_env):
            raise CcsiError("token-missing", source=source, variable=fetch.token_env)
        trip = Trip(self, fetch)
        try:
            yield trip
        finally:
            trip.client.close()


class Trip:
    """One file on its way: one deadline and one cap for all its requests."""

    def __init__(self, fetcher: Fetcher, fetch: Fetch) -> None:
        self.fetcher = fetcher
        self.fetch = fetch
        self.requests = 0
        self.room = fetch.megabytes * _MEGABYTE
        self.started = fetcher.clock()
        self.client = _client(self)

    @property
    def seconds(self) -> float:
        """How long it has taken."""
        return self.fetcher.clock() - self.started

    def left(self) -> float:
        """Seconds that the next step may take; raises `CcsiError` when the deadline is past."""
        left = self.fetch.minutes * 60 - self.seconds
        if left <= 0:
            raise CcsiError("fetch-late", address=shown(self.fetch.url[0]), minutes=self.fetch.minutes)
        return min(left, _SILENCE)

    def get(self, url: str, take: Callable[[Answer], T], *, known: Known[T] | None = None) -> T:
        """What `take` makes of the answer; of what is `known` that nothing changed since.

        `take` is called again when the bytes break off. Connections that fail, 429 and 5xx are tried again, later and
        later; raises `CcsiError` for any other failure and `Refused` for what must not be taken.
        """
        attempt = 1
        while True:
            try:
                return self._followed(url, take, known)
            except _Again as again:
                wait = before_next(attempt, again.wait, self.fetcher.random)
                if attempt == ATTEMPTS or wait > self.fetch.minutes * 60 - self.seconds:
                    raise again.error from again
                self.fetcher.sleep(wait)
                attempt += 1

    def _followed(self, url: str, take: Callable[[Answer], T], known: Known[T] | None) -> T:
        """What comes of one try, wherever the host sends us, as long as we may go there."""
        httpx = need("httpx", extra="workspace")
        first = url
        for _ in range(_HOPS + 1):
            try:
                request = self._request(url, known[0] if known else {})
            except (httpx.InvalidURL, UnicodeError) as error:
                raise Refused("bad-address", address=shown(url)) from error
            try:
                with _sent(self.client, request) as response:
                    if response.status_code not in _MOVED or "location" not in response.headers:
                        return self._taken(response, take, known)
                    url = _onwards(response)
            except httpx.TransportError as error:
                said = str(error) or type(error).__name__
                raise _Again(CcsiError("fetch-failed", address=shown(url), said=said)) from error
        raise Refused("moved-too-often", address=shown(first))

    def _request(self, url: str, headers: Mapping[str, str]) -> "httpx.Request":
        request = self.client.build_request("GET", url, headers={**headers, "Accept": self.fetch.accept})
        host = check(str(request.url), self.fetch.every_host, allow_local=self.fetcher.allow_local)
        if self.fetch.token_env is not None and host in self.fetch.own_hosts:
            request.headers["Authorization"] = f"Bearer {self.fetcher.tokens[self.fetch.token_env]}"
        self.left()
        self.fetcher.turns.take(host, self.fetch.pause_ms / 1000)
        self.requests += 1
        return request

    def _taken(self, response: "httpx.Response", take: Callable[[Answer], T], known: Known[T] | None) -> T:
        status, headers, address = response.status_code, response.headers, shown(str(response.url))
        if status == 304 and known:
            return known[1]
        if status != 200:
            failed = CcsiError("fetch-status", address=address, status=status)
            raise _Again(failed, asked_wait(headers)) if status == 429 or status >= 500 else failed
        plain = unpacked(response.iter_raw(), headers.get("content-encoding", "").strip().lower(), address=address)
        blocks = capped(self._timely(plain), self.room, address=address, megabytes=self.fetch.megabytes)
        return take(Answer(blocks, headers.get("etag"), headers.get("last-modified")))

    def _timely(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            self.left()
            yield block


@contextmanager
def _sent(client: "httpx.Client", request: "httpx.Request") -> Iterator["httpx.Response"]:
    response = client.send(request, stream=True)
    try:
        yield response
    finally:
        response.close()


def _onwards(response: "httpx.Response") -> str:
    """Where the host sends us."""
    return str(response.url.join(response.headers["location"]))


def _client(trip: Trip) -> "httpx.Client":
    """A client that goes through the door, and nowhere else: no proxy, no password file, no environment."""
    httpx, httpcore = need("httpx", extra="workspace"), need("httpcore", extra="workspace")
    trusted = httpx.create_ssl_context(trust_env=False)
    transport = httpx.HTTPTransport(verify=trusted, trust_env=False)
    # httpx has no public way to say how a connection is made; httpcore below it has.
    if not isinstance(transport._pool, httpcore.ConnectionPool):
        raise CcsiError("missing-extra", module="httpx<0.29", extra="workspace")
    transport._pool = httpcore.ConnectionPool(ssl_context=trusted, network_backend=_Door(trip))
    headers = {"User-Agent": trip.fetcher.user_agent, "Accept-Encoding": "identity, gzip"}
    return httpx.Client(transport=transport, headers=headers, trust_env=False, follow_redirects=False)  # type: ignore[no-any-return]


class _Door:
    """Makes the connections of httpcore: to an address that was checked, so that no second answer can differ."""

    def __init__(self, trip: Trip) -> None:
        self.trip = trip
        self.backend = need("httpcore", extra="workspace").SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> "_Timed":
        """A connection to one of the host's addresses, the first that answers."""
        httpcore, fetcher = need("httpcore", extra="workspace"), self.trip.fetcher
        try:
            addresses = checked(host, fetcher.resolve(host, port), allow_local=fetcher.allow_local)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        refused: Exception = httpcore.ConnectError(host)
        for address in addresses:
            try:
                return _Timed(self.backend.connect_tcp(address, port, self.trip.left(), **options), self.trip)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused


class _Timed:
    """A connection of httpcore on which no step takes longer than the file still has."""

    def __init__(self, stream: Any, trip: Trip) -> None:
        self.stream = stream
        self.trip = trip

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Bytes that came."""
        return bytes(self.stream.read(max_bytes, self.trip.left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends bytes."""
        self.stream.write(buffer, self.trip.left())

    def close(self) -> None:
        """Ends it."""
        self.stream.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> "_Timed":
        """The same connection, private and with a host that proved its name."""
        return _Timed(self.stream.start_tls(ssl_context, server_hostname, self.trip.left()), self.trip)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore wants to know of it."""
        return self.stream.get_extra_info(info)
