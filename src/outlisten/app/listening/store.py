"""The one open store of posts in this process, opened once from the settings."""

from __future__ import annotations

import os
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

import pyarrow as pa
from django.conf import settings

from outlisten.app.listening.sight import as_seen, reading_as
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
    """The process-wide way in to that store; what an earlier crash kept without acting on it is made up for when this
    is first asked."""
    from outlisten.pipeline import FolderJournal, Hooks, Pipeline

    hooks = Hooks(refuse=_refuse, declare=_declare, act=_act, edited=_edited)
    way_in = Pipeline(whole(), hooks=hooks, journal=FolderJournal(settings.HOME.path / "journal"))
    way_in.recover()
    return way_in


def _refuse(posts: pa.Table) -> list[int]:
    """Which posts must not be kept: their authors asked not to be collected."""
    from outlisten.app.trust.privacy.refusals import refused

    return refused(posts)


def _declare(posts: pa.Table) -> pa.Table:
    """What people declared of voices and tags, and said or taught of readings, as it stands when the posts come in."""
    from outlisten.app.listening.teaching.learned import learned_applied
    from outlisten.app.listening.voices import read_register

    return read_register().declare(learned_applied(posts))


def _act(kept: pa.Table, _matches: object) -> None:
    """What the other rooms do with posts that came in, then open pages hear of them.

    After a crash this happens again: each room takes the same posts in once, and a page told twice asks twice.
    """
    from outlisten.app.alerts.judging import take_in as alert_of
    from outlisten.app.care.intake import take_in
    from outlisten.app.listening.deepening import ask_for_new
    from outlisten.app.listening.meaning import posts_came_in

    posts_came_in()
    with reading_as(None):  # whoever brought the file, the rooms' own work sees every post
        _edited(kept)
        take_in(kept)
        alert_of(kept)
        ask_for_new(kept)
    publish("posts", {"added": kept.num_rows})


def _edited(kept: pa.Table) -> None:
    """Posts whose words are new are watched for disclosure, the first time and after every edit."""
    from outlisten.app.trust.disclosure.watch import watch

    watch(kept)
