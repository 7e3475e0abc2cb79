"""Which addresses may be connected to: never a private network because a person or a post said so.

Checked at the moment of connecting, on the numbers that are then connected to, so that neither a redirect nor a name that
changes its numbers between check and use (DNS rebinding) gets around it. OWASP, *Server-Side Request Forgery Prevention*.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpcore2

from outlisten.sources.fetching.deadlines import Deadline, Hurried
from outlisten.sources.problems import AddressRefused, Because

PRIVATE = "{number} is inside a private network"
Resolve = Callable[[str, int], Sequence[str]]
# RFC 6052: addresses that carry another one inside, as mapped ones and those of 6to4 (RFC 3056) do.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# What IANA gives out as public so far; the rest is old (site-local, IPv4-compatible), special, or not given out.
PUBLIC_V6 = ipaddress.ip_network("2000::/3")
HOST_AND_PORT = re.compile(r"\[?(.*?)\]?(:\d+)?$")


def resolved(host: str, port: int) -> Sequence[str]:
    """The numbers of a name. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as problem:  # a part of the name is empty, or longer than names can be
        raise OSError("no name of a host") from problem
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public Internet, an address inside it included."""
    address = ipaddress.ip_address(number.split("%", maxsplit=1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(str(inside))
        if address not in PUBLIC_V6:
            return False
    return address.is_global and not address.is_multicast


def _named(own: str) -> str:
    """A server's name as connections write it: numbers without brackets, names in the letters of DNS."""
    host, port = HOST_AND_PORT.findall(own)[0]
    with suppress(UnicodeError):
        host = host.encode("idna").decode()
    return f"{host}{port}"


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets connections through to public addresses, and to `own` servers ("host" or "host:port") that the operator named."""

    own: frozenset[str] = frozenset()
    resolve: Resolve = field(default=resolved)

    @classmethod
    def naming(cls, own: Iterable[str]) -> Guard:
        """A guard for these own servers."""
        return cls(frozenset(_named(name.strip().lower()) for name in own if name.strip()))

    def numbers(self, host: str, port: int) -> Sequence[str]:
        """What may be connected to for this host. Raises AddressRefused, or OSError when it has no number."""
        found = self.resolve(host, port)
        if {host.lower(), f"{host.lower()}:{port}"} & self.own:
            return found
        if inside := [number for number in found if not is_public(number)]:
            raise AddressRefused(address=host, reason=Because.of(PRIVATE, number=inside[0]))
        return found


class GuardedNetwork(httpcore2.NetworkBackend):
    """Connects to the numbers the guard let through and to no others; TLS still checks the name."""

    def __init__(self, guard: Guard, deadline: Deadline | None = None) -> None:
        self._guard = guard
        self._deadline = deadline or Deadline()
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:  # fmt: skip
        """Connect to the first number that answers. Raises AddressRefused or httpcore2's own errors."""
        try:
            numbers = self._guard.numbers(host, port)
        except OSError as problem:
            raise httpcore2.ConnectError(str(problem)) from problem
        last: Exception = httpcore2.ConnectError(f"{host} has no address")
        for number in numbers:
            try:
                stream = self._plain.connect_tcp(number, port, timeout, local_address, socket_options)
                return Hurried(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as problem:
                last = problem
        raise last
