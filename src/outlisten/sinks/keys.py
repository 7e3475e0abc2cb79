"""Names that a channel can hold for a message's key: short, of plain letters, and telling nothing of the key."""

from __future__ import annotations

from hashlib import blake2b


def short(key: str, secret: str = "") -> str:
    """Thirty-two hexadecimal digits for a key; with a secret nobody else can work them out."""
    with_secret = blake2b(secret.encode("utf-8", "surrogatepass"), digest_size=32).digest() if secret else b""
    return blake2b(key.encode("utf-8", "surrogatepass"), key=with_secret, digest_size=16).hexdigest()
