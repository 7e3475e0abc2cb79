"""One process owns a store's folder: a lock that the system drops with the process, however it ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from outlisten.posts.errors import StoreBusy


class Ownership:
    """Held from construction until `release()`. Raises StoreBusy, naming the holder, when another has it."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / "owner", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            pid = os.read(self._file, 20).decode("ascii", "replace").strip()
            self.release()
            raise StoreBusy(folder=folder, pid=int(pid) if pid.isdigit() else "?") from held
        # The name is a courtesy to whoever is refused; on a full disk the lock alone must do.
        with suppress(OSError):
            os.ftruncate(self._file, 0)
            os.write(self._file, str(os.getpid()).encode("ascii"))

    def release(self) -> None:
        """Let another process have the folder."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
