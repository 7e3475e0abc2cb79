"""Fetching from the web for a source: guarded, polite, within limits, and every failure told apart."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx2

from outlisten.sources.fetching.addresses import Guard, GuardedNetwork
from outlisten.sources.fetching.answers import Answer, checked
from outlisten.sources.fetching.politeness import Politeness
from outlisten.sources.problems import AddressRefused, SourceProblem, TooMuch, Unreachable

LARGEST = 16 * 1024 * 1024  # bytes of an answer, unpacked: the largest honest feeds are near 10 MB
LONGEST = 60.0  # seconds from the request to the last byte
PATIENCE = httpx2.Timeout(20.0, connect=10.0)
REDIRECTS = 5
AGENT = "Outlisten/0.1 (+https://github.com/outlisten/outlisten)"
PORTS_REFUSED = frozenset(
    {0, 1, 7, 9, 19, 22, 23, 25, 53, 110, 143, 465, 587, 993, 995, 3306, 5432, 6379, 9200, 11211, 27017}
)


class Fetcher:
    """GET, POST and streams. One for a process: it shares the politeness. Close it when done, or use it in `with`."""

    def __init__(
        self, *, guard: Guard | None = None, politeness: Politeness | None = None, agent: str = AGENT,
        largest: int = LARGEST, longest: float = LONGEST, clock: Callable[[], float] = time.monotonic,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:  # fmt: skip
        self._politeness = politeness or Politeness()
        self._largest, self._longest, self._clock = largest, longest, clock
        self._guard = guard or Guard()
        self._client = httpx2.Client(
            transport=transport or guarded_transport(self._guard),
            timeout=PATIENCE,
            follow_redirects=True,
            max_redirects=REDIRECTS,
            trust_env=False,  # no proxy or .netrc of the machine decides where a source's key goes
            headers={"User-Agent": agent, "Accept-Encoding": "gzip, deflate"},
            event_hooks={"request": [self._before]},
        )

    @property
    def guard(self) -> Guard:
        """The guard, for clients that open their own connections."""
        return self._guard

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, address: str, **asked: Any) -> Answer:
        """GET; keywords as for `send`."""
        return self.send("GET", address, **asked)

    def rest(self, address: str, seconds: float) -> None:
        """Let no source ask this host for so long."""
        self._politeness.rest(urlsplit(address).netloc, seconds)

    def send(
        self, method: str, address: str, *, params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None, json: Any = None, data: Mapping[str, Any] | None = None,
        content: bytes | None = None, pace: float | None = None, largest: int | None = None,
        judged: Collection[int] = (),
    ) -> Answer:  # fmt: skip
        """The answer whole, also one of a status in `judged`, which the caller reads itself.

        Raises the SourceProblem that its status, its size or the lack of an answer means.
        """
        self._politeness.turn(urlsplit(address).netloc, pace)
        until = self._clock() + self._longest
        with (
            told(address),
            self._client.stream(
                method, address, params=params, headers=headers, json=json, data=data, content=content
            ) as response,
        ):
            body = b"".join(self._within(response, until, largest or self._largest))
            answer = Answer(str(response.url), response.status_code, _headers(response), body)
        return answer if answer.status in judged else checked(answer, datetime.now(UTC))

    @contextmanager
    def stream(
        self, address: str, *, headers: Mapping[str, str] | None = None, silence: float = 90.0
    ) -> Iterator[Iterator[str]]:
        """The lines of an answer that never ends, as they come. Raises Unreachable after `silence` seconds without any."""
        patience = httpx2.Timeout(20.0, connect=10.0, read=silence)
        with (
            told(address),
            self._client.stream("GET", address, headers=headers, timeout=patience) as response,
        ):
            if response.status_code >= 400:
                body = b"".join(self._within(response, self._clock() + 10, 65_536))
                checked(
                    Answer(str(response.url), response.status_code, _headers(response), body),
                    datetime.now(UTC),
                )
            yield self._lines(response)

    def _lines(self, response: httpx2.Response) -> Iterator[str]:
        waiting = b""
        for piece in response.iter_bytes():
            *lines, waiting = (waiting + piece).split(b"\n")
            if len(waiting) > self._largest:
                raise TooMuch(address=str(response.url), reason="a line without an end")
            yield from (line.rstrip(b"\r").decode("utf-8", "replace") for line in lines)

    def _within(self, response: httpx2.Response, until: float, largest: int) -> Iterator[bytes]:
        """The body, unpacked piece by piece, so that a small answer that unpacks into a huge one is noticed early."""
        size = 0
        for piece in response.iter_bytes(65_536):
            size += len(piece)
            if size > largest:
                raise TooMuch(address=str(response.url), reason=f"more than {largest / 1e6:.0f} MB")
            if self._clock() > until:
                raise TooMuch(address=str(response.url), reason=f"not finished after {self._longest:.0f} s")
            yield piece

    def _before(self, request: httpx2.Request) -> None:
        """Every request, each redirect's included, goes to a web address and a port that can be one."""
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        if request.url.scheme not in {"http", "https"}:
            raise AddressRefused(address=str(request.url), reason="no web address")
        if port in PORTS_REFUSED:
            raise AddressRefused(address=str(request.url), reason=f"port {port} is not one of web pages")


def guarded_transport(guard: Guard) -> httpx2.HTTPTransport:
    """httpx2's own transport with connections that the guard lets through."""
    transport = httpx2.HTTPTransport(http2=False, trust_env=False, limits=httpx2.Limits(keepalive_expiry=30))
    # The pool takes a network, the transport has no argument to hand one on: a test checks that it is still asked.
    transport._pool._network_backend = GuardedNetwork(guard)
    return transport


@contextmanager
def told(address: str) -> Iterator[None]:
    """Every failure of the connection as a SourceProblem that names the host and no secret."""
    host = urlsplit(address).hostname or address
    try:
        yield
    except SourceProblem:
        raise
    except httpx2.TooManyRedirects as problem:
        raise Unreachable(host=host, reason="it redirects in a circle") from problem
    except httpx2.TimeoutException as problem:
        raise Unreachable(host=host, reason="no answer in time") from problem
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as problem:
        raise AddressRefused(address=address, reason="no web address") from problem
    except httpx2.DecodingError as problem:
        raise TooMuch(address=address, reason="it cannot be unpacked") from problem
    except httpx2.HTTPError as problem:
        raise Unreachable(host=host, reason=type(problem).__name__) from problem


def _headers(response: httpx2.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}
