"""How gently a host is asked: pauses between requests, and longer ones before the same is asked again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Final

ATTEMPTS: Final = 5
"""How often the same is asked before the fetch has failed."""
_LONGEST: Final = 60.0
_LONGEST_ASKED: Final = 300.0
"""Most seconds that a host may make us wait before the next try."""


@dataclass
class Turns:
    """When each host was last asked, and how long a pause it wants: for all sources of a run."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]
    last: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, host: str, pause: float) -> None:
        """Waits until the host may be asked again, and says that it is asked now."""
        started, wanted = self.last.get(host, (None, 0.0))
        pause = max(pause, wanted)
        if started is not None and (wait := started + pause - self.clock()) > 0:
            self.sleep(wait)
        self.last[host] = self.clock(), pause


def before_next(attempt: int, asked: float | None, random: Callable[[], float]) -> float:
    """Seconds to wait after a try that failed: as long as the host asked for, else twice as long each time.

    `random` gives a number from 0 to 1: half of the wait is left to it, so that many askers part.

    >>> [before_next(attempt, None, lambda: 1.0) for attempt in (1, 2, 3)]
    [2.0, 4.0, 8.0]
    """
    if asked is not None:
        return min(asked, _LONGEST_ASKED)
    return min(2.0**attempt, _LONGEST) * (0.5 + random() / 2)


def asked_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that an answer asks to wait: a number, or a day that is counted from the answer's own.

    >>> asked_wait({"retry-after": "120"})
    120.0
    >>> asked_wait({"retry-after": "Tue, 24 Nov 2026 09:00:30 GMT", "date": "Tue, 24 Nov 2026 09:00:00 GMT"})
    30.0
    """
    written = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", written):
        return float(written)
    try:
        wait = parsedate_to_datetime(written) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):  # a day without a zone has no distance from one with a zone
        return None
    return max(wait.total_seconds(), 0.0)


def user_agent(version: str, about: str | None) -> str:
    """Who is asking, and where to find them.

    >>> user_agent("0.1.0", "mailto:centre@ccsi.example")
    'ccsi-kit/0.1.0 (+mailto:centre@ccsi.example)'
    """
    written = re.sub(r"[^!-'*-~]", "", about or "")  # a header holds no line breaks, a comment no brackets
    return f"ccsi-kit/{version} (+{written})" if written else f"ccsi-kit/{version}"
