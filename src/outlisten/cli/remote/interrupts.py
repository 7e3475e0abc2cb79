"""Ctrl-C at the command's end: the first asks the server to stop, the second leaves at once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import Any

from outlisten.cli.remote.protocol import Wire


class Interrupts:
    """While entered, SIGINT asks the far end to stop instead of breaking a line in half."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._asked = False
        self._at_once = False
        self._before: Any = None

    def __enter__(self) -> Interrupts:
        if current_thread() is main_thread():
            self._before = signal.signal(signal.SIGINT, self._on_interrupt)
        return self

    def __exit__(self, *_error: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """While waiting for the keyboard the first Ctrl-C already leaves."""
        self._at_once = True
        try:
            yield
        finally:
            self._at_once = False

    def _on_interrupt(self, _number: int, _frame: FrameType | None) -> None:
        leave = self._asked or self._at_once
        self._asked = True
        # In a thread: the signal may have come while this thread was in the middle of sending a line.
        Thread(target=self._ask_to_stop, daemon=True).start()
        if leave:
            raise KeyboardInterrupt

    def _ask_to_stop(self) -> None:
        with suppress(OSError):
            self._wire.send(stop=True)
