"""New posts as a server sends them: several streams read at once, and what their events mean.

https://docs.joinmastodon.org/methods/streaming/ . One connection holds one stream, so each has a thread; a server sends a line
every fifteen seconds at least, at which a thread notices that nobody asks any more.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import takewhile
from queue import Empty, Full, Queue
from threading import Event, Thread
from urllib.parse import urlsplit

from outlisten.sources.fetching import Fetcher
from outlisten.sources.problems import NotThere, SourceProblem, Unreachable

WAITING = 500  # events read ahead of whoever takes them in
PATIENCE = 30.0  # seconds until all streams must be open
TOGETHER = 1.0  # seconds in which what comes is given together: each time costs a write
SILENCE = 15.0  # seconds after which the caller is told that there is nothing, so that it can look after other things


@dataclass(frozen=True, slots=True)
class Told:
    """An event of one stream (its key): `name` is Mastodon's word for it, `said` what goes with it."""

    key: str
    name: str
    said: str


class NoStreams(Exception):
    """The server has no streams, or not for what was chosen."""


class Opened(Told):
    """A stream is open: what is written from now on will come."""


class Ended(Told):
    """A stream has ended."""


def events(key: str, lines: Iterable[str]) -> Iterator[Told]:
    """The events in the lines of a stream (WHATWG HTML, 9.2.6)."""
    name, said = "", []
    for line in lines:
        field, _, value = line.partition(":")
        if field == "event":
            name = value.strip()
        elif field == "data":
            said.append(value.removeprefix(" "))
        elif not line and name:
            yield Told(key, name, "\n".join(said))
            name, said = "", []


class Streams:
    """Several streams of one server as one sequence of events."""

    def __init__(self, fetcher: Fetcher, headers: Mapping[str, str]) -> None:
        self._fetcher = fetcher
        self._headers = {**headers, "Accept": "text/event-stream"}
        self._came: Queue[Told | SourceProblem] = Queue(WAITING)
        self._early: list[Told] = []
        self._ending = Event()

    @contextmanager
    def opened(self, addresses: Mapping[str, str]) -> Iterator[Streams]:
        """All of them open. Raises NoStreams, or the SourceProblem of the first that is refused."""
        if not addresses:
            raise NoStreams
        for key, address in addresses.items():
            Thread(target=self._read, args=(key, address), name=f"stream-{key}", daemon=True).start()
        try:
            for _ in addresses:
                self._await_one(urlsplit(next(iter(addresses.values()))).netloc)
            yield self
        finally:
            self._ending.set()

    def next(self, most: int = 100) -> list[Told]:
        """What comes within about a second, once something has come; nothing after a while of silence. Raises SourceProblem."""
        found, self._early = self._early, []
        if not found and (first := self._next(SILENCE)):
            found = [first]
        until = time.monotonic() + TOGETHER
        while found and not isinstance(found[-1], Ended) and len(found) < most:
            if not (one := self._next(max(until - time.monotonic(), 0.0))):
                break
            found.append(one)
        return found

    def _await_one(self, host: str) -> None:
        """Wait until one more is open; what others bring meanwhile is kept."""
        try:
            while (one := self._next(PATIENCE)) and not isinstance(one, Opened | Ended):
                self._early.append(one)
        except NotThere as problem:
            raise NoStreams from problem
        if not isinstance(one, Opened):
            raise Unreachable(host=host, reason="a stream did not open")

    def _next(self, patience: float) -> Told | None:
        try:
            one = self._came.get(timeout=patience) if patience else self._came.get_nowait()
        except Empty:
            return None
        if isinstance(one, SourceProblem):
            raise one
        return one

    def _read(self, key: str, address: str) -> None:
        try:
            self._pass_on(key, address)
        except SourceProblem as problem:
            self._put(problem)
        else:
            self._put(Ended(key, "", ""))

    def _pass_on(self, key: str, address: str) -> None:
        with self._fetcher.stream(address, headers=self._headers) as lines:
            self._put(Opened(key, "", ""))
            for event in events(key, takewhile(lambda _: not self._ending.is_set(), lines)):
                self._put(event)

    def _put(self, one: Told | SourceProblem) -> None:
        """Hand it on as soon as there is room, unless nobody asks any more."""
        waiting = True
        while waiting and not self._ending.is_set():
            with suppress(Full):
                self._came.put(one, timeout=1.0)
                waiting = False
