"""A thread of the server process that works off rows of the database: woken at once, and sweeping by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread

from django.db import connection

log = logging.getLogger(__name__)
# Finds what a crash left once its lease is over; new rows wake the thread at once.
SWEEP_SECONDS = 15.0


class Background:
    """`work_off` does every row that waits and says how many; `ending` asks it to let go of the row it holds.

    Until it is started `wake` does nothing, and whoever wants the work done calls `work_off` itself.
    """

    def __init__(self, name: str, work_off: Callable[[], int], ending: Event | None = None) -> None:
        self.ending = ending or Event()
        self._name, self._work_off = name, work_off
        self._wanted, self._starting = Event(), Lock()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Start the thread once in this process; it first carries on with what an earlier process left."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self.ending.clear()
                self._thread = Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def stop(self, patience: float = 10.0) -> None:
        """End the thread within so many seconds; the row under way is given back for the next start."""
        with self._starting:
            self.ending.set()
            self._wanted.set()
            if self._thread is not None:
                self._thread.join(patience)
                self._thread = None

    def wake(self) -> None:
        """There is something to do now."""
        self._wanted.set()

    def _work(self) -> None:
        while not self.ending.is_set():
            try:
                self._work_off()
            except Exception:  # the thread must outlive a database that is away for a moment
                log.exception("The %s thread could not look for work; it tries again.", self._name)
            finally:
                connection.close()
            self._wanted.wait(SWEEP_SECONDS)
            self._wanted.clear()
