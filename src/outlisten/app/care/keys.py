"""Which posts belong together: the customer, and the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def customer_key(post: Mapping[str, Any]) -> str:
    """The account that wrote a post; a post without any author is a customer of its own."""
    for field in ("author_id", "author_handle", "author"):
        if post.get(field):
            return _hashed(post["platform"], field, str(post[field]).casefold())
    return _hashed(post["platform"], "post", post["id"])


def conversation_key(post: Mapping[str, Any]) -> str:
    """The thread and the customer: what a later post of the same person in the same thread shares."""
    root = post.get("thread") or post.get("reply_to") or post.get("native_id") or post["id"]
    return _hashed(post["platform"], str(root), customer_key(post))


def _hashed(*parts: object) -> str:
    return sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
