"""The thread of the server process that gives kept posts their vectors while no posts come in.

There is no row for this work: what is left is the posts without a vector, which the store names.
"""

from __future__ import annotations

import logging
from time import monotonic

from outlisten.app.listening.background import Background
from outlisten.app.listening.store import whole
from outlisten.language.card import ModelBroken
from outlisten.pipeline.meaning import give_vectors
from outlisten.posts import StoreError

log = logging.getLogger(__name__)
# An import brings a batch every second or two; it is not made slower.
QUIET_SECONDS = 5.0
_last_posts = -QUIET_SECONDS


def posts_came_in() -> None:
    """Posts were taken in just now: their turn comes when it is quiet."""
    global _last_posts  # noqa: PLW0603 - one moment a process
    _last_posts = monotonic()


def _busy() -> bool:
    return _thread.ending.is_set() or monotonic() - _last_posts < QUIET_SECONDS


def work_off() -> int:
    """Give vectors to the posts that lack one while no others come in; returns how many got one."""
    try:
        return give_vectors(whole(), stop=_busy)
    except (StoreError, ModelBroken) as problem:
        log.warning("Posts could not be given their vectors: %s It is tried again.", problem)
        return 0


_thread = Background("meaning", work_off)
start, stop, wake = _thread.start, _thread.stop, _thread.wake
