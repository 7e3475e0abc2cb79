"""How often one host is asked, whichever sources ask it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from threading import Lock

USUAL = 1.0  # seconds between two requests to one host; few public interfaces ask for more


class Politeness:
    """Hands out turns: a caller waits until the host's last turn is `seconds` past. Shared by all threads."""

    def __init__(
        self, seconds: float = USUAL, *, clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self._seconds, self._clock, self._sleep = seconds, clock, sleep
        self._free: dict[str, float] = {}
        self._lock = Lock()

    def turn(self, host: str, seconds: float | None = None) -> float:
        """Wait for the host's turn; returns how long that took. `seconds` where its interface asks for another pace.

        A host is one whatever the port, the case and the account before it.
        """
        host = _named(host)
        pace = self._seconds if seconds is None else seconds
        with self._lock:
            now = self._clock()
            at = max(now, self._free.get(host, now))
            self._free[host] = at + pace
            if len(self._free) > 10_000:
                self._free = {name: free for name, free in self._free.items() if free > now}
        if at > now:
            self._sleep(at - now)
        return at - now

    def rest(self, host: str, seconds: float) -> None:
        """Let nobody's turn come sooner: the host asked for a pause in an otherwise good answer."""
        with self._lock:
            until = self._clock() + seconds
            name = _named(host)
            self._free[name] = max(self._free.get(name, until), until)


def _named(host: str) -> str:
    return re.sub(r":\d*$", "", host.rpartition("@")[2].lower())
