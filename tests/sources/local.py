"""A register on this machine: says what a test tells it to, and remembers what it was asked."""

import gzip
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

from ccsi_kit.sources import Fetcher, Manifest, Source, fetch
from ccsi_kit.store import Snapshot, Snapshots

ON = date(2026, 11, 24)
NAME = "register.example"
CDN = "cdn.example"


def answer(body: bytes | str = b"", status: int = 200, **headers: str) -> bytes:
    """An answer as it goes over the line."""
    body = body.encode() if isinstance(body, str) else body
    told = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
    return f"HTTP/1.1 {status} x\r\nConnection: close\r\n{lines}\r\n".encode() + body


def zipped(body: bytes, **headers: str) -> bytes:
    return answer(gzip.compress(body), Content_Encoding="gzip", **headers)


@dataclass(frozen=True)
class Asked:
    """What was asked for, and with which headers (in lower case)."""

    path: str
    headers: dict[str, str]


@dataclass
class Register:
    """Answers by path: each in its turn, the last one for ever; several parts are sent one after the other."""

    port: int
    answers: dict[str, list[bytes | list[bytes]]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str = "/register.csv", host: str = NAME) -> str:
        return f"http://{host}:{self.port}{path}"

    def says(self, path: str, *answers: bytes | list[bytes]) -> None:
        self.answers[path] = list(answers)

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    def serve(self, connection: socket.socket) -> None:
        head, *lines = _request(connection).decode("latin-1").split("\r\n")
        if not head:
            return
        path = head.split(" ")[1]
        self.asked.append(Asked(path, {k.lower(): v for k, _, v in (line.partition(": ") for line in lines if line)}))
        left = self.answers.get(path, [answer(status=404)])
        said = left.pop(0) if len(left) > 1 else left[0]
        with suppress(OSError):  # who asked may have hung up
            for part in [said] if isinstance(said, bytes) else said:
                connection.sendall(part)


def _request(connection: socket.socket) -> bytes:
    told = b""
    while b"\r\n\r\n" not in told and (part := connection.recv(65536)):
        told += part
    return told


@contextmanager
def listening() -> Iterator[Register]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        register = Register(server.getsockname()[1])

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection:
                        register.serve(connection)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield register
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@dataclass
class Clock:
    """Time that only passes when somebody waits, or by `step` whenever somebody looks."""

    now: float = 0.0
    step: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        self.now += self.step
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@dataclass
class Centre:
    """Who fetches in a test."""

    folder: Path
    register: Register
    clock: Clock = field(default_factory=Clock)
    looked_up: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.snapshots = Snapshots(self.folder / "snapshots")
        self.fetcher = self.made()

    def made(self, **more: Any) -> Fetcher:
        given = {"user_agent": "ccsi-kit/0 (+test)", "allow_local": True, "resolve": self.resolve, **more}
        return Fetcher(clock=self.clock, sleep=self.clock.sleep, random=lambda: 1.0, **given)

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        self.looked_up.append(host)
        return ("127.0.0.1",)

    def source(self, id: str = "xx-register", form: dict[str, Any] | None = None, **rules: Any) -> Source:
        rules = {"url": self.register.url(), "pause_ms": 0, **rules}
        makes = [{"model": "organisation", "name": {"from": "name"}}]
        about = {"title": {"en": "Register"}, "publisher": "Office", "licence": "CC0-1.0", "language": "en"}
        manifest = {"id": id, **about, "fetch": rules, "format": form or {}, "key": "number", "makes": makes}
        return Source(Manifest.model_validate(manifest), self.folder, "xx")

    def fetch(self, source: Source, *, on: date = ON, **more: Any) -> tuple[Snapshot, ...]:
        return fetch(source, on=on, into=self.snapshots, fetcher=more.pop("fetcher", self.fetcher), **more)

    def text(self, snapshot: Snapshot) -> bytes:
        return self.snapshots.path(snapshot).read_bytes()

    def written(self) -> bytes:
        """Every byte that was written."""
        return b"".join(file.read_bytes() for file in sorted(self.folder.rglob("*")) if file.is_file())
