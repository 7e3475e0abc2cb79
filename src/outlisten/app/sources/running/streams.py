"""Sources that stream: each is held open by a thread of its own, and every page it gives is taken in like any other."""

from __future__ import annotations

import logging
import os
import random
import secrets
import time
from datetime import datetime, timedelta
from threading import Thread

from django.db import connection
from django.utils import timezone

from outlisten.app.sources.health import fared_well, noted
from outlisten.app.sources.models import Run, Source
from outlisten.app.sources.running.asking import ENDING, ask, finished, look_back, take_page
from outlisten.app.sources.running.leases import LeaseLost, claim, keep
from outlisten.app.sources.setting import connected
from outlisten.app.web.live import publish
from outlisten.sources.problems import NotOffered
from outlisten.sources.registry import manifests

log = logging.getLogger(__name__)
MOST = 20  # open connections of one process
# A stream is closed and opened again now and then: options that a person changed and health are looked at in between.
LONGEST = timedelta(minutes=30)
BETWEEN_HISTORY = timedelta(minutes=2)  # older posts that were asked for come in between two streams
SOON = timedelta(seconds=1)
SAID_EVERY = 60.0  # seconds after which an open stream says again that it answers
_open: dict[int, Thread] = {}


def names() -> list[str]:
    """The connectors that stream."""
    return [name for name, manifest in manifests().items() if manifest.streams]


def work_off() -> int:
    """Open a stream for every source that has one and is not held; returns how many."""
    for pk in [pk for pk, thread in _open.items() if not thread.is_alive()]:
        del _open[pk]
    opened = 0
    while len(_open) < MOST and not ENDING.is_set():
        source = claim(f"{os.getpid()}-{secrets.token_hex(4)}", among=names())
        if source is None:
            break
        thread = Thread(target=_hold, args=(source,), name=f"stream-{source.pk}", daemon=True)
        _open[source.pk] = thread
        thread.start()
        opened += 1
    return opened


def join(patience: float) -> None:
    """Wait until the open streams let go."""
    until = time.monotonic() + patience
    for thread in list(_open.values()):
        thread.join(max(0.0, until - time.monotonic()))


def _hold(source: Source) -> None:
    try:
        listen(source)
    except LeaseLost:
        log.info("Stream %d was changed while it was open.", source.pk)
    except Exception:
        log.exception("Stream %d stopped unexpectedly.", source.pk)
    finally:
        connection.close()


def listen(source: Source) -> Run:
    """Listen to a source until its time is over, it fails or the process ends; ask it where it cannot stream, for lack of a
    token say. Raises LeaseLost."""
    run = Run(source=source, at=timezone.now())

    def heard() -> datetime:
        _pages_in(source, run)
        fared_well(source, run)
        return timezone.now() + SOON

    try:
        return finished(source, run, heard, chance=random.SystemRandom(), passing=(LeaseLost, NotOffered))
    except NotOffered:
        return ask(source)


def _pages_in(source: Source, run: Run) -> None:
    one = connected(source)
    until = time.monotonic() + (BETWEEN_HISTORY if source.history_since else LONGEST).total_seconds()
    try:
        said_at = float("-inf")
        for page in one.stream(source.cursor):
            take_page(source, run, one, page)
            source.asked_at = source.good_at = timezone.now()
            if time.monotonic() - said_at > SAID_EVERY:
                _say_well(source, run)
                said_at = time.monotonic()
            if ENDING.is_set() or time.monotonic() > until:
                break
        if not ENDING.is_set():
            look_back(source, run, one)
    finally:
        one.close()


def _say_well(source: Source, run: Run) -> None:
    """Let pages know now, not when the stream is closed, that it answers and that a gap is over. Raises LeaseLost."""
    fared_well(source, run)
    keep(source, asked_at=source.asked_at, **noted(source))
    publish("source", {"source": source.pk})
