"""How WeChat shows that a request is its own, and how its encrypted messages are opened.

https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html
https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html
"""

from __future__ import annotations

import binascii
import hmac
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha1

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

WINDOW = (
    300  # seconds between WeChat's clock and ours: an address that was seen on the way is of no use later
)
RANDOM, LENGTH = 16, 4  # bytes before a message: random ones, then how long it is
BLOCK = 32  # bytes; WeChat pads to its key's length, not to the block of AES
KEY = 43  # signs of an EncodingAESKey


class Unreadable(Exception):
    """An encrypted message that is of another key or another account, or was changed on the way."""


def signature(*parts: str) -> str:
    """SHA-1 over the parts in the order of their letters."""
    return sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def is_signed(token: str, query: Mapping[str, str], now: datetime, *, sealed: str | None = None) -> bool:
    """Whether a request was signed with the token, and just now. With `sealed`, the encrypted message was signed too."""
    said = query.get("timestamp", "")
    if not token or not (said.isascii() and said.isdigit() and len(said) <= 12):
        return False
    if abs(now.timestamp() - int(said)) > WINDOW:
        return False
    parts = [token, said, query.get("nonce", "")]
    name = "signature" if sealed is None else "msg_signature"
    right = signature(*parts) if sealed is None else signature(*parts, sealed)
    return hmac.compare_digest(right.encode(), query.get(name, "").encode("utf-8", "surrogatepass"))


def key_of(encoding_key: str) -> bytes:
    """The AES key of an EncodingAESKey. Raises ValueError."""
    if len(encoding_key) != KEY or not (encoding_key.isascii() and encoding_key.isalnum()):
        raise ValueError("an EncodingAESKey has 43 letters and digits")
    return b64decode(encoding_key + "=")


def opened(sealed: str, key: bytes, app_id: str) -> bytes:
    """The message inside. Raises Unreadable."""
    try:
        secret = b64decode(sealed, validate=True)
        lock = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        plain = lock.update(secret) + lock.finalize()
    except (ValueError, binascii.Error) as problem:
        raise Unreadable from problem
    padding = plain[-1] if plain else 0
    if not 1 <= padding <= BLOCK or len(plain) < RANDOM + LENGTH + padding:
        raise Unreadable
    content = plain[RANDOM:-padding]
    end = LENGTH + int.from_bytes(content[:LENGTH], "big")
    if content[end:] != app_id.encode():
        raise Unreadable
    return content[LENGTH:end]
