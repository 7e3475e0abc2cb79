"""The post, and the store that keeps posts: `open_store(url)` gives a `PostStore`."""

from outlisten.posts.errors import (
    BadColumn,
    BadCursor,
    BadField,
    BadIdentifier,
    StoreBusy,
    StoreError,
    StoreFull,
    StoreMissing,
)
from outlisten.posts.opening import open_store
from outlisten.posts.store import PostStore

__all__ = [
    "BadColumn",
    "BadCursor",
    "BadField",
    "BadIdentifier",
    "PostStore",
    "StoreBusy",
    "StoreError",
    "StoreFull",
    "StoreMissing",
    "open_store",
]
