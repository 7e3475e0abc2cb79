"""The moment by which an answer must have come, head included, however slowly a server sends it."""

from __future__ import annotations

import math
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Any

import httpcore2


class Deadline(local):
    """One for each thread, since a connection is read by the thread that asks. None is set at first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = math.inf

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """What this thread reads meanwhile must have come after so many seconds."""
        self._until = self._clock() + seconds
        try:
            yield
        finally:
            self._until = math.inf

    def left(self, seconds: float | None) -> float | None:
        """How long a read of at most `seconds` may take. Raises httpcore2.ReadTimeout when no time is left."""
        if math.isinf(self._until):
            return seconds
        left = self._until - self._clock()
        if left <= 0:
            raise httpcore2.ReadTimeout("the answer took too long")
        return left if seconds is None else min(left, seconds)


class Hurried(httpcore2.NetworkStream):
    """A connection whose reads keep the deadline: each read's own patience would let a server send a byte at a time."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return Hurried(self._stream.start_tls(ssl_context, server_hostname, timeout), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
