"""How far a table was read: the highest value of the column that grows, and which of its rows were there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from outlisten.sources.connector import Cursor

READ: Mapping[str, Callable[[Any], Any]] = {
    "int": int, "float": float, "str": str, "Decimal": Decimal,
    "datetime": datetime.fromisoformat, "date": date.fromisoformat,
}  # fmt: skip


@dataclass(slots=True)
class Place:
    """Several rows may have the same highest value, and more of them come later: `seen` are digests of those taken in."""

    value: Any = None
    seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, cursor: Cursor) -> Place:
        """From what `as_cursor` gave; empty at first."""
        if "value" not in cursor:
            return cls()
        return cls(READ[cursor["kind"]](cursor["value"]), set(cursor.get("seen", [])))

    def as_cursor(self) -> dict[str, Any]:
        """To be kept with the source."""
        if self.value is None:
            return {}
        kind = type(self.value).__name__
        kept = self.value if kind in {"int", "float", "str"} else _written(self.value)
        return {"kind": kind, "value": kept, "seen": sorted(self.seen)}

    def take(self, rows: Sequence[Mapping[str, Any]], grows: str) -> list[Mapping[str, Any]]:
        """Those of the rows, which come in the order of their values, that are new; they are noted. Raises ValueError when
        the column holds no numbers, texts or times."""
        fresh = [row for row in rows if not (row[grows] == self.value and _digest(row) in self.seen)]
        if not rows:
            return fresh
        highest = rows[-1][grows]
        if type(highest).__name__ not in READ:
            raise ValueError(type(highest).__name__)
        before = self.seen if highest == self.value else set()
        self.seen = before | {_digest(row) for row in rows if row[grows] == highest}
        self.value = highest
        return fresh


def _written(value: Any) -> str:
    return str(value) if isinstance(value, Decimal) else str(value.isoformat())


def _digest(row: Mapping[str, Any]) -> str:
    return blake2b(json.dumps(dict(row), default=str, sort_keys=True).encode(), digest_size=8).hexdigest()
