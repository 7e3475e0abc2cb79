"""A WebSocket: messages of text, one after the other, on a connection that the guard let through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx2

from outlisten.sources.fetching.answers import Answer, checked
from outlisten.sources.problems import Unreachable

LARGEST = 1024 * 1024  # bytes of a message
WAITING = 512  # messages read ahead
PING = 20.0  # seconds between our pings, and until one must be answered


class Socket:
    """An open connection to one host."""

    def __init__(self, session: Any, host: str) -> None:
        self._session, self._host = session, host

    def next(self, patience: float) -> str | None:
        """The next message, or None after `patience` seconds without any. Raises Unreachable when the connection ends, with
        the `code` that the other side gave for it."""
        from httpx2.websockets import HTTPXWSException

        try:
            said: str = self._session.receive_text(timeout=patience)
        except TimeoutError:
            return None
        except HTTPXWSException as problem:
            raise self._ended(problem) from problem
        return said

    def say(self, message: str) -> None:
        """Send a message. Raises Unreachable when the connection has ended."""
        from httpx2.websockets import HTTPXWSException
        from wsproto.utilities import LocalProtocolError

        try:
            self._session.send_text(message)
        except (HTTPXWSException, LocalProtocolError) as problem:
            raise self._ended(problem) from problem

    def hang_up(self, code: int) -> None:
        """End the connection, and say why by a code."""
        self._session.close(code)

    def _ended(self, problem: Exception) -> Unreachable:
        code = getattr(problem, "code", None)
        return Unreachable(host=self._host, reason="the connection ended", code=code)


@contextmanager
def opened_socket(client: httpx2.Client, address: str) -> Iterator[Socket]:
    """A connection to an address of http(s) or ws(s), by the client's own transport. Raises SourceProblem."""
    from httpx2.websockets import WebSocketClient, WebSocketUpgradeError

    sockets = WebSocketClient(
        client, max_message_size_bytes=LARGEST, queue_size=WAITING,
        keepalive_ping_interval_seconds=PING, keepalive_ping_timeout_seconds=PING,
    )  # fmt: skip
    host = urlsplit(address).hostname or address
    plain = address.replace("ws", "http", 1) if address.startswith("ws") else address
    try:
        with sockets.connect(plain, timeout=20.0, extensions={"asked": httpx2.URL(plain)}) as session:
            yield Socket(session, host)
    except WebSocketUpgradeError as problem:
        response = problem.response
        checked(Answer(address, response.status_code, dict(response.headers), b""), datetime.now(UTC))
        raise Unreachable(host=host, reason="it opens no socket") from problem
