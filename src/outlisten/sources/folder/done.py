"""Which files of a folder were taken in, and how far the one under way: the cursor of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from outlisten.sources.connector import Cursor

Mark = list[Any]  # size, time of the last change in nanoseconds, hash of the contents


@dataclass(slots=True)
class Done:
    """`files` are the marks of those taken in, by name; `row` rows of the `begun` file, which had this `mark`, are durable."""

    files: dict[str, Mark] = field(default_factory=dict)
    begun: str = ""
    mark: Mark = field(default_factory=list)
    row: int = 0

    @classmethod
    def of(cls, cursor: Cursor) -> Done:
        """From what `as_cursor` gave; empty at first."""
        files = {str(name): list(mark) for name, mark in dict(cursor.get("files", {})).items()}
        return cls(
            files, str(cursor.get("begun", "")), list(cursor.get("mark", [])), int(cursor.get("row", 0))
        )

    def as_cursor(self) -> dict[str, Any]:
        """To be kept with the source."""
        return {"files": dict(self.files), "begun": self.begun, "mark": list(self.mark), "row": self.row}

    def forget_all_but(self, names: Iterable[str]) -> None:
        """Files that were taken away need no mark."""
        there = set(names)
        self.files = {name: mark for name, mark in self.files.items() if name in there}

    def begin(self, path: Path) -> bool:
        """Whether a file is to be read, from `row` on: not one that was, under this name or with these contents."""
        stat = path.stat()
        known = self.files.get(path.name)
        if known and known[:2] == [stat.st_size, stat.st_mtime_ns]:
            return False
        mark = [stat.st_size, stat.st_mtime_ns, _hash(path)]
        if any(mark[2] == other[2] for other in self.files.values()):
            self.files[path.name] = mark
            return False
        if (self.begun, self.mark[2:]) != (path.name, mark[2:]):
            self.row = 0
        self.begun, self.mark = path.name, mark
        return True

    def end(self) -> None:
        """The file under way is done."""
        self.files[self.begun] = self.mark
        self.begun, self.mark, self.row = "", [], 0


def _hash(path: Path) -> str:
    found = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()
