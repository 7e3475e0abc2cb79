"""What is being kept right now, on disk, so that a crash between keeping and acting is made up for."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol
from uuid import uuid4


class Journal(Protocol):
    """Remembers batches from before they are kept until they were acted on."""

    def begin(self, ids: Sequence[str]) -> str: ...
    def end(self, entry: str) -> None: ...
    def left(self) -> Iterator[tuple[str, list[str]]]: ...


class FolderJournal:
    """One small file a batch, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def begin(self, ids: Sequence[str]) -> str:
        """Note a batch; returns the entry to end."""
        entry = uuid4().hex
        draft = self._folder / f"{entry}.draft"
        with draft.open("w", encoding="ascii") as file:
            json.dump(list(ids), file)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self._folder / f"{entry}.json")
        return entry

    def end(self, entry: str) -> None:
        """The batch was acted on."""
        (self._folder / f"{entry}.json").unlink(missing_ok=True)

    def left(self) -> Iterator[tuple[str, list[str]]]:
        """(entry, ids) of batches that a crash left between keeping and acting, oldest first."""
        for file in sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime):
            yield file.stem, json.loads(file.read_text(encoding="ascii"))


class NoJournal:
    """For a store without hooks: nothing to make up for."""

    def begin(self, ids: Sequence[str]) -> str:
        """Nothing is noted."""
        return ""

    def end(self, entry: str) -> None:
        """Nothing was noted."""

    def left(self) -> Iterator[tuple[str, list[str]]]:
        """Nothing is ever left."""
        yield from ()
