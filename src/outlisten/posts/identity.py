"""Who a post is: a stable key from (platform, native id), or from what it says when the source sent no id."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b


def post_id(
    platform: str, native_id: str | None, *, author: str | None, created_at: datetime | None, text: str
) -> str:
    """The post's id, 16 hex digits: a hash of platform and native id, else of platform, author, date and text."""
    if native_id:
        parts = ["native", platform, native_id]
    else:
        parts = ["said", platform, author or "", created_at.isoformat() if created_at else "", text]
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def account(*, author_id: str | None, handle: str | None, name: str | None) -> str | None:
    """The best the source says of who wrote: the stable account id, else the handle, else the display name."""
    return author_id or handle or name


def key(identifier: str) -> int:
    """The id as the 64-bit number the store keeps. Raises ValueError when it is not 16 hex digits."""
    if len(identifier) != 16:
        raise ValueError(f"a post's id has 16 hex digits, not {identifier!r}")
    return int(identifier, 16)


def identifier(key: int) -> str:
    """The store's number as an id."""
    return f"{key:016x}"
