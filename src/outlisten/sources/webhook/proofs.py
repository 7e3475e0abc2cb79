"""How a sender shows that it may: a signature over time and body, or a token."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

WINDOW = 300  # seconds between the sender's clock and ours: a request that was caught on the way is of no use later
SHORTEST = 24  # characters of a secret; a shorter one proves nothing
SIGNATURE, TIMESTAMP = "X-Outlisten-Signature", "X-Outlisten-Timestamp"


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """What a sender puts into X-Outlisten-Signature, with the seconds of the epoch in X-Outlisten-Timestamp."""
    return "sha256=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, sha256).hexdigest()


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Whether a request was signed with the secret, and just now."""
    said = headers.get(TIMESTAMP, "")
    if len(secret) < SHORTEST or not (said.isascii() and said.isdigit() and len(said) <= 12):
        return False
    if abs(now.timestamp() - int(said)) > WINDOW:
        return False
    return _same(signature(secret, int(said), body), headers.get(SIGNATURE, ""))


def has_token(secret: str, headers: Mapping[str, str]) -> bool:
    """Whether a request carries the secret as its bearer token (RFC 6750, 2.1)."""
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    return len(secret) >= SHORTEST and scheme.lower() == "bearer" and _same(secret, token.strip())


def _same(one: str, other: str) -> bool:
    """Compared in a time that says nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "surrogatepass"))
