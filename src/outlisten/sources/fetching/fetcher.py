"""Fetching from the web for a source: guarded, polite, within limits, and every failure told apart."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import httpx2

from outlisten.sources.fetching.addresses import Guard, GuardedNetwork
from outlisten.sources.fetching.answers import Answer, checked
from outlisten.sources.fetching.deadlines import Deadline
from outlisten.sources.fetching.politeness import Politeness
from outlisten.sources.fetching.sockets import Socket, opened_socket
from outlisten.sources.problems import (
    AddressRefused,
    Because,
    CredentialRefused,
    SourceProblem,
    TooMuch,
    Unreachable,
)

LARGEST = 16 * 1024 * 1024  # bytes of an answer, unpacked: the largest honest feeds are near 10 MB
LONGEST = 60.0  # seconds from the request to the last byte
PATIENCE = httpx2.Timeout(20.0, connect=10.0)
REDIRECTS = 5
AGENT = "Outlisten/0.1 (+https://github.com/outlisten/outlisten)"
PORTS_REFUSED = frozenset(
    {0, 1, 7, 9, 19, 22, 23, 25, 53, 110, 143, 465, 587, 993, 995, 3306, 5432, 6379, 9200, 11211, 27017}
)
# Headers that may go along when a host sends us on to another one; any other may hold a key.
HARMLESS = frozenset(
    """accept accept-encoding accept-language connection content-length content-type host if-modified-since if-none-match
    transfer-encoding user-agent""".split()
)
NO_ADDRESS = "no web address"
# Its line for each request holds the whole address, and with it the keys of networks that want them there.
logging.getLogger("httpx2").setLevel(logging.WARNING)


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
        self._deadline = Deadline(clock)
        self._client = httpx2.Client(
            transport=transport or guarded_transport(self._guard, self._deadline),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),  # one source's are none of another's
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
        judged: Collection[int] = (), follow: bool = True,
    ) -> Answer:  # fmt: skip
        """The answer whole, also one of a status in `judged`, which the caller reads itself. One that sends us on is followed
        unless `follow` is False: what is posted would often arrive as a mere question.

        Raises the SourceProblem that its status, its size or the lack of an answer means.
        """
        with told(address):
            self._politeness.turn(urlsplit(address).netloc, pace)
            until = self._clock() + self._longest
            with (
                self._deadline.within(self._longest),
                self._client.stream(
                    method, address, params=params, headers=headers, json=json, data=data, content=content,
                    extensions={"asked": httpx2.URL(address)}, follow_redirects=follow,
                ) as response,
            ):  # fmt: skip
                body = b"".join(self._within(response, until, largest or self._largest))
                answer = _answer(response, body)
        return answer if answer.status in judged else checked(answer, datetime.now(UTC))

    @contextmanager
    def stream(
        self, address: str, *, headers: Mapping[str, str] | None = None, silence: float = 90.0,
        judge: Callable[[Answer], object] | None = None,
    ) -> Iterator[Iterator[str]]:  # fmt: skip
        """The lines of an answer that never ends, as they come. Raises Unreachable after `silence` seconds without any.

        A refusal is shown to `judge`, which may raise what it says to those who know the network; else its status counts.
        """
        patience = httpx2.Timeout(20.0, connect=10.0, read=silence)
        with told(address), ExitStack() as opened:
            asked = {"asked": httpx2.URL(address)}
            with self._deadline.within(self._longest):
                response = opened.enter_context(
                    self._client.stream("GET", address, headers=headers, timeout=patience, extensions=asked)
                )
                if response.status_code >= 400:
                    refusal = _answer(response, b"".join(self._within(response, self._clock() + 10, 65_536)))
                    if judge is not None:
                        judge(refusal)
                    checked(refusal, datetime.now(UTC))
            yield self._lines(response)

    @contextmanager
    def socket(self, address: str) -> Iterator[Socket]:
        """A WebSocket at an address of http(s) or ws(s). Raises SourceProblem."""
        with told(address), opened_socket(self._client, address) as socket:
            yield socket

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
        for piece in response.iter_bytes():  # as they come: pieces of one size would be waited for
            size += len(piece)
            if size > largest:
                reason = Because.of("more than {size} MB", size=f"{largest / 1e6:.1f}".removesuffix(".0"))
                raise TooMuch(address=str(response.url), reason=reason)
            if self._clock() > until:
                reason = Because.of("not finished after {seconds} s", seconds=f"{self._longest:.0f}")
                raise TooMuch(address=str(response.url), reason=reason)
            yield piece

    def _before(self, request: httpx2.Request) -> None:
        """Every request, each redirect's included, goes to a web address and a port that can be one, and takes no key along
        to another host."""
        url = request.url
        if url.scheme not in {"http", "https"}:
            raise AddressRefused(address=str(url), reason=NO_ADDRESS)
        port = url.origin.port
        if port in PORTS_REFUSED:
            reason = Because.of("port {port} is not one of web pages", port=port)
            raise AddressRefused(address=str(url), reason=reason)
        if not _at_home(request):
            if request.method not in {"GET", "HEAD"}:
                raise Unreachable(host=url.host, reason="it would send what is posted on to another host")
            for name in request.headers.keys() - HARMLESS:
                del request.headers[name]


def _at_home(request: httpx2.Request) -> bool:
    """Whether a request goes where the first one went: to the same origin, or from http to https of the same host."""
    asked: httpx2.URL = request.extensions.get("asked", request.url)
    here = request.url.origin
    return here in {asked.origin, asked.copy_with(scheme="https", port=None).origin}


def guarded_transport(guard: Guard, deadline: Deadline | None = None) -> httpx2.HTTPTransport:
    """httpx2's own transport with connections that the guard lets through and the deadline ends."""
    transport = httpx2.HTTPTransport(http2=False, trust_env=False, limits=httpx2.Limits(keepalive_expiry=30))
    # The pool takes a network, the transport has no argument to hand one on: a test checks that it is still asked.
    transport._pool._network_backend = GuardedNetwork(guard, deadline)
    return transport


@contextmanager
def told(address: str) -> Iterator[None]:
    """Every failure of the connection as a SourceProblem that names the host and no secret."""
    host = _host(address)
    try:
        yield
    except SourceProblem:
        raise
    except httpx2.TooManyRedirects as problem:
        raise Unreachable(host=host, reason="it redirects in a circle") from problem
    except httpx2.TimeoutException as problem:
        raise Unreachable(host=host, reason="no answer in time") from problem
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as problem:
        raise AddressRefused(address=address, reason=NO_ADDRESS) from problem
    except httpx2.DecodingError as problem:
        raise TooMuch(address=address, reason="it cannot be unpacked") from problem
    except httpx2.HTTPError as problem:
        raise Unreachable(host=host, reason=_why(problem)) from problem
    except UnicodeEncodeError:
        # A header takes ASCII alone. The error holds the key, so that nothing of it goes along.
        raise CredentialRefused(host=host, status="it holds signs that no key has") from None


def _why(problem: httpx2.HTTPError) -> str:
    """What a person can make of a failed connection."""
    if "CERTIFICATE" in str(problem):
        return "its certificate is not valid"
    match problem:
        case httpx2.ConnectError():
            return "no connection"
        case httpx2.RemoteProtocolError():
            return "it does not speak HTTP"
    return "the connection broke off"


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname
        address.encode()
    except ValueError:
        host = None
    if not host:
        raise AddressRefused(address=address.encode("utf-8", "replace").decode(), reason=NO_ADDRESS)
    return host


def _answer(response: httpx2.Response, body: bytes) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(str(response.url), response.status_code, headers, body, _stands_at(response))


def _stands_at(response: httpx2.Response) -> str:
    """Where to ask the next time: what moved for good (301, 308) is followed, what is elsewhere for now is not."""
    steps = [*response.history, response]
    return next((str(step.url) for step in steps if step.status_code not in {301, 308}), str(response.url))
