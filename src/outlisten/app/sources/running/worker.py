"""The threads of the server process that ask sources: each takes the one that waited longest."""

from __future__ import annotations

import logging
import os
import secrets

from outlisten.app.listening.background import Background
from outlisten.app.sources.running import streams
from outlisten.app.sources.running.asking import ENDING, ask
from outlisten.app.sources.running.leases import LeaseLost, claim

log = logging.getLogger(__name__)
THREADS = 4  # most of an ask is waiting for the network; keeping what came is one at a time


def work_off() -> int:
    """Ask every source that is due; returns how many."""
    done = 0
    holder = f"{os.getpid()}-{secrets.token_hex(4)}"
    while not ENDING.is_set() and (source := claim(holder, besides=streams.names())):
        try:
            ask(source)
        except LeaseLost:
            log.info("Source %d was changed while it was asked.", source.pk)
        done += 1
    return done


_threads = [
    *(Background(f"sources-{number}", work_off, ENDING) for number in range(THREADS)),
    Background("streams", streams.work_off, ENDING),
]


def start() -> None:
    """Start the threads once in this process."""
    for thread in _threads:
        thread.start()


def stop(patience: float = 10.0) -> None:
    """End the threads; a source under way is given back after its page."""
    ENDING.set()
    for thread in _threads:
        thread.stop(patience)
    streams.join(patience)


def wake() -> None:
    """A source is due now."""
    for thread in _threads:
        thread.wake()
