"""One process owns a store's folder: an advisory lock that the system drops with the process, however it ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import IO

from outlisten.posts.errors import StoreBusy


class Ownership:
    """Held from construction until `release()`. Raises StoreBusy, naming the holder, when another has it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[str] = (folder / "owner").open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            pid = self._holder()
            self._file.close()
            raise StoreBusy(folder=folder, pid=pid if pid is not None else "?") from held
        # The name is a courtesy to whoever is refused; on a full disk the lock alone must do.
        with suppress(OSError):
            self._file.truncate(0)
            self._file.write(str(os.getpid()))
            self._file.flush()

    def _holder(self) -> int | None:
        self._file.seek(0)
        said = self._file.read().strip()
        return int(said) if said.isdigit() else None

    def release(self) -> None:
        """Let another process have the folder."""
        self._file.close()
