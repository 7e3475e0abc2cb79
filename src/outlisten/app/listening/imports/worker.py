"""The thread of the server process that brings files in, one after the other."""

from __future__ import annotations

import logging
import os
import secrets
from threading import Event, Lock, Thread

from django.db import connection

from outlisten.app.listening.imports.leases import claim
from outlisten.app.listening.imports.steps import ENDING, step

log = logging.getLogger(__name__)
# Finds what a crash left once its lease is over; new runs wake the thread at once.
SWEEP_SECONDS = 15.0
HOLDER = f"{os.getpid()}-{secrets.token_hex(4)}"

_wanted = Event()
_starting = Lock()
_thread: Thread | None = None


def start() -> None:
    """Start the thread once in this process; it first carries on with what an earlier process left."""
    global _thread  # noqa: PLW0603 - one importing thread a process is the point
    with _starting:
        if _thread is None or not _thread.is_alive():
            ENDING.clear()
            _thread = Thread(target=_work, name="imports", daemon=True)
            _thread.start()


def stop(patience: float = 10.0) -> None:
    """End the thread within so many seconds; a run under way is given back for the next start."""
    with _starting:
        ENDING.set()
        _wanted.set()
        if _thread is not None:
            _thread.join(patience)


def wake() -> None:
    """There is a run to do now."""
    start()
    _wanted.set()


def _work() -> None:
    while not ENDING.is_set():
        try:
            work_off()
        except Exception:  # the thread must outlive a database that is away for a moment
            log.exception("The import worker could not look for work; it tries again.")
        finally:
            connection.close()
        _wanted.wait(SWEEP_SECONDS)
        _wanted.clear()


def work_off() -> int:
    """Do every run that is waiting or was left; returns how many."""
    done = 0
    while not ENDING.is_set() and (run := claim(HOLDER)):
        step(run)
        done += 1
    return done
