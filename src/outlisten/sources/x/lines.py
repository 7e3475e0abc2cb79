"""The lines of a stream, read by a thread of their own so that whoever takes them can look after other things."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from queue import Empty, Full, Queue
from threading import Event, Thread

from outlisten.sources.problems import SourceProblem, Unreachable

WAITING = 2_000  # lines read ahead: X closes the connection of a reader that falls behind
PATIENCE = 30.0  # seconds until the stream must be open
TOGETHER = 1.0  # seconds in which what comes is given together: each time costs a write
SILENCE = 15.0  # seconds after which the caller is told that there is nothing
Opening = Callable[[], AbstractContextManager[Iterator[str]]]


class Lines:
    """A stream that `opening` opens. `ended` once it is over and all its lines were given."""

    def __init__(self, opening: Opening, host: str) -> None:
        self._opening, self._host = opening, host
        self._came: Queue[str | SourceProblem | None] = Queue(WAITING)
        self._open, self._stopping = Event(), Event()
        self.ended = False

    @contextmanager
    def opened(self) -> Iterator[Lines]:
        """The open stream. Raises the SourceProblem by which it was refused."""
        Thread(target=self._read, name="stream-x", daemon=True).start()
        try:
            if not self._open.wait(PATIENCE):
                raise Unreachable(host=self._host, reason="a stream did not open")
            if not self._came.empty() and isinstance(first := self._came.queue[0], SourceProblem):
                raise first
            yield self
        finally:
            self._stopping.set()

    def next(self, most: int = 100) -> list[str]:
        """What comes within about a second, once something has come; nothing after a while of silence."""
        found: list[str] = []
        patience, until = SILENCE, 0.0
        while len(found) < most and not self.ended:
            line = self._next(patience)
            if line is None:
                break
            until = until or time.monotonic() + TOGETHER
            found.append(line)
            patience = max(until - time.monotonic(), 0.0)
        return found

    def _next(self, patience: float) -> str | None:
        try:
            one = self._came.get(timeout=patience) if patience else self._came.get_nowait()
        except Empty:
            return None
        if isinstance(one, str):
            return one
        self.ended = True
        return None

    def _read(self) -> None:
        """Pass the lines on. An open stream that breaks off has ended: it is opened again, and the search fills the gap."""
        end: SourceProblem | None = None
        try:
            with self._opening() as lines:
                self._open.set()
                for line in lines:
                    if self._stopping.is_set():
                        return
                    self._put(line)
        except SourceProblem as problem:
            end = problem
        finally:
            self._put(end)
            self._open.set()

    def _put(self, one: str | SourceProblem | None) -> None:
        """Hand it on as soon as there is room, unless nobody asks any more."""
        while not self._stopping.is_set():
            with suppress(Full):
                self._came.put(one, timeout=1.0)
                return
