"""The one open store of posts in this process, opened once from the settings."""

from __future__ import annotations

import os
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

import pyarrow as pa
from django.conf import settings

from outlisten.app.listening.sight import as_seen
from outlisten.app.web.live import publish
from outlisten.posts.store import PostStore

if TYPE_CHECKING:
    from outlisten.pipeline import Pipeline

_lock = Lock()
_open: tuple[int, PostStore] | None = None


def posts() -> PostStore:
    """The process-wide store as whoever reads now may see it (`sight.reading_as`). Raises as `whole` does."""
    return as_seen(whole())


def whole() -> PostStore:
    """The process-wide store itself, for work of the system: taking posts in, keeping, erasing.

    Raises StoreBusy, StoreFull or StoreError with one clear sentence.

    A forked child must not use its parent's engine: its threads do not survive a fork, its folder is locked.
    """
    global _open  # noqa: PLW0603 - one store a process is the point
    with _lock:
        if _open is None:
            _open = (os.getpid(), _fresh())
        owner, store = _open
    if owner != os.getpid():
        raise RuntimeError(
            "The post store was opened before this process was forked; start the worker afresh."
        )
    return store


def use(store: PostStore | None) -> None:
    """Give this process a store that is already open (the server, a test), or none."""
    global _open  # noqa: PLW0603
    with _lock:
        _open = (os.getpid(), store) if store is not None else None
    pipeline.cache_clear()


def _fresh() -> PostStore:
    from outlisten.posts import open_store

    return open_store(settings.POSTS_URL)


@cache
def pipeline() -> Pipeline:
    """The process-wide way in to that store; open pages hear when posts come in."""
    from outlisten.pipeline import Hooks, Pipeline

    return Pipeline(whole(), hooks=Hooks(declare=_declare, act=_tell))


def _declare(posts: pa.Table) -> pa.Table:
    """What people declared of voices and tags, as it stands when the posts come in."""
    from outlisten.app.listening.voices import read_register

    return read_register().declare(posts)


def _tell(kept: pa.Table, _matches: object) -> None:
    """Nothing makes up for it after a crash: a page that is opened anew asks anew."""
    publish("posts", {"added": kept.num_rows})
