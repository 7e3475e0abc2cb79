"""The thread of the server process that brings files in, one after the other."""

from __future__ import annotations

import os
import secrets

from outlisten.app.listening.background import Background
from outlisten.app.listening.imports.leases import claim
from outlisten.app.listening.imports.steps import ENDING, step

HOLDER = f"{os.getpid()}-{secrets.token_hex(4)}"


def work_off() -> int:
    """Do every run that is waiting or was left; returns how many."""
    done = 0
    while not ENDING.is_set() and (run := claim(HOLDER)):
        step(run)
        done += 1
    return done


_thread = Background("imports", work_off, ENDING)
start, stop = _thread.start, _thread.stop


def wake() -> None:
    """There is a run to do now: an upload is brought in by whichever process took it."""
    start()
    _thread.wake()
