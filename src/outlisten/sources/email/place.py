"""How far a folder was read: the cursor of a mailbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from outlisten.sources.connector import Cursor

FIRST = 100  # mails of a folder that is read for the first time; older ones are its history
REMEMBERED = 2_000  # newest mails whose absence is noticed


class Numbered(Protocol):
    """What a folder tells of its numbers."""

    validity: int

    def uids(self, first: int = 1) -> list[int]: ...
    def names(self, uids: Sequence[int]) -> dict[int, str]: ...


@dataclass(slots=True)
class Place:
    """`last` is the highest number taken in, `known` the native id of each mail that is watched, by its number; `missed` are
    ids of mails that are in the folder no more, and may lie elsewhere. Numbers mean something together with `validity` only
    (RFC 3501, 2.3.1.1)."""

    validity: int = 0
    last: int = 0
    known: dict[int, str] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, cursor: Cursor) -> Place:
        """From what `as_cursor` gave; empty at first."""
        known = {int(uid): str(name) for uid, name in dict(cursor.get("known", {})).items()}
        return cls(
            int(cursor.get("validity", 0)), int(cursor.get("last", 0)), known, list(cursor.get("missed", []))
        )

    def as_cursor(self) -> dict[str, Any]:
        """To be kept with the source."""
        known = {str(uid): name for uid, name in self.known.items()}
        return {"validity": self.validity, "last": self.last, "known": known, "missed": list(self.missed)}

    def look(self, folder: Numbered) -> list[int]:
        """The numbers of mails that are new; those that are no longer there are missed from now on."""
        if self.validity != folder.validity:
            return self._renumbered(folder) if self.validity else self._begun(folder)
        there = folder.uids(min(self.known, default=self.last + 1))
        self._miss(self.known[uid] for uid in self.known.keys() - set(there))
        self.known = {uid: name for uid, name in self.known.items() if uid in set(there)}
        return [uid for uid in there if uid > self.last]

    def take(self, uid: int, name: str) -> bool:
        """Note a mail; whether it is a new one. A mail that says it is another one is not: anybody can write that id."""
        new = name not in self.known.values()
        self.known[uid] = name
        self.last = max(self.last, uid)
        if len(self.known) > REMEMBERED:
            del self.known[min(self.known)]
        return new

    def _begun(self, folder: Numbered) -> list[int]:
        self.validity = folder.validity
        newest = folder.uids()[-FIRST:]
        self.last = newest[0] - 1 if newest else 0
        return newest

    def _renumbered(self, folder: Numbered) -> list[int]:
        """The server numbered the folder anew: what was taken in is told by its ids."""
        names = folder.names(folder.uids()[-REMEMBERED:])
        before = set(self.known.values())
        self._miss(before - set(names.values()))
        self.known = {uid: name for uid, name in names.items() if name in before}
        self.validity, self.last = folder.validity, 0
        if not self.known:
            return sorted(names)[-FIRST:]
        first = min(self.known)
        return [uid for uid in sorted(names) if uid > first and uid not in self.known]

    def _miss(self, names: Iterable[str]) -> None:
        self.missed += sorted(set(names) - set(self.missed))
