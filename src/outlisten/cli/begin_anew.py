"""The demo begins anew once its sample is loaded: a fresh process serves in 150 MB less than the one that loaded.

The same process number, terminal and arguments; what it needs to know of the time before comes in the environment.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

_KEY = "_OUTLISTEN_DEMO_LOADED"  # not a setting: nobody sets it by hand
# Held back from one process to the next, so that whoever ends the demo in between ends it in order.
_ENDING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A demo whose sample is loaded: its home, whether that is thrown away, and the number of its listening socket."""

    home: str
    throw_away: bool
    listening: int

    def socket(self) -> socket.socket:
        """The socket that was bound before."""
        return socket.socket(fileno=self.listening)


def begin_anew(home: Path, listening: socket.socket, *, throw_away: bool) -> NoReturn:
    """Put a fresh process in place of this one; files and the store must be closed."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    listening.set_inheritable(True)
    os.environ[_KEY] = json.dumps(asdict(Loaded(str(home), throw_away, listening.fileno())))
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "outlisten", *sys.argv[1:]])  # noqa: S606


def loaded_before() -> Loaded | None:
    """What an earlier process of this demo left; asked once."""
    said = os.environ.pop(_KEY, None)
    return Loaded(**json.loads(said)) if said else None


def endings_let_through() -> None:
    """Whoever wanted to end the demo meanwhile is heard now."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
