"""Addresses: which host and path an address names, and which addresses lie under a place."""

from __future__ import annotations

import re
from functools import lru_cache

from outlisten.query.fields import small

_SCHEME = re.compile(r"(?i:https?)://")


def place_of(typed: str) -> str:
    """Host, in small letters, and path of an address, without scheme and final slash; empty when there is none."""
    host, slash, path = _SCHEME.sub("", typed.strip(), count=1).rstrip("/").partition("/")
    return host.lower() + slash + path if host else ""


def under(place: str, end: str = "$") -> str:
    """The regular expression of the addresses under a place: the host or its sub-domains, whole path segments.

    It is the same in Python and in RE2, which ClickHouse uses, but for the sign of the end.
    """
    host, slash, path = place.partition("/")
    path = f"/{_literal(path)}" if slash else ""
    return rf"^(?i:https?)://(?:[^/?#]*[@.])?(?i:{_literal(host)})(?::[0-9]+)?{path}(?:[/?#]|{end})"


def _literal(text: str) -> str:
    """Every character by itself; both engines read a single character in a class so."""
    return "".join(char if char.isalnum() or ord(char) > 127 else rf"\x{ord(char):02x}" for char in text)


@lru_cache(1024)
def _compiled(place: str) -> re.Pattern[str]:
    return re.compile(under(place, r"\Z"))


def lies_under(address: str, place: str) -> bool:
    """Whether an address lies under a place."""
    return _compiled(place).search(address) is not None


def is_within(host: str, domain: str) -> bool:
    """Whether a host is a domain or one of its sub-domains."""
    host = small(host)
    return host == domain or host.endswith(f".{domain}")
