"""Whether a network still answers in the shape it used to: fields that were always there and are gone, or are of another kind.

The shape of a record is the set of its fields with the kind of each (`account.id: text`). What a source sends is counted; a
field counts as steady when nearly every record had it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ENOUGH = 50  # records before anything is steady
STEADY = 0.98
MISSING = 0.5  # a steady field absent from this share of new records is gone
JUDGED = 5  # new records before they are judged
REMEMBERED = 5_000  # records; older ones count less
MOST_FIELDS = 600
DEPTH = 4


@dataclass(frozen=True, slots=True)
class Drift:
    """Fields that are gone, and fields of another kind than before (field, kind before, kind now)."""

    gone: tuple[str, ...] = ()
    other: tuple[tuple[str, str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.other)

    def named(self) -> str:
        """The fields in one line."""
        changed = [f"{field} ({before} → {now})" for field, before, now in self.other]
        return ", ".join([*self.gone, *changed][:8])


@dataclass(slots=True)
class Shapes:
    """What a source has sent so far: how many records, and how many of them had each field of each kind."""

    records: float
    fields: dict[str, float]

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Shapes:
        """From what `as_json` gave; empty at first."""
        return cls(
            float(kept.get("records", 0)), {str(k): float(v) for k, v in dict(kept.get("fields", {})).items()}
        )

    def as_json(self) -> dict[str, Any]:
        """To be kept with the source."""
        return {"records": round(self.records, 2), "fields": {k: round(v, 2) for k, v in self.fields.items()}}

    def drift(self, records: Sequence[Mapping[str, Any]]) -> Drift:
        """What is different in new records. Nothing before enough is known."""
        if self.records < ENOUGH or len(records) < JUDGED:
            return Drift()
        now = _counted(records)
        gone, other = [], []
        for key, times in sorted(self.fields.items()):
            field, kind = key.rsplit(": ", 1)
            if times < STEADY * self.records or now[key] >= (1 - MISSING) * len(records):
                continue
            kinds = [
                k.rsplit(": ", 1)[1] for k, n in now.items() if k.rsplit(": ", 1)[0] == field and n > now[key]
            ]
            if kinds:
                other.append((field, kind, kinds[0]))
            else:
                gone.append(field)
        changed = [*gone, *(field for field, _, _ in other)]
        inner = {field for field in gone if any(field.startswith(f"{outer}.") for outer in changed)}
        return Drift(tuple(field for field in gone if field not in inner), tuple(other))

    def learn(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Count new records in."""
        fade = min(1.0, REMEMBERED / (self.records + len(records))) if records else 1.0
        self.records = self.records * fade + len(records)
        self.fields = {key: times * fade for key, times in self.fields.items()}
        for key, times in _counted(records).items():
            if key in self.fields or len(self.fields) < MOST_FIELDS:
                self.fields[key] = self.fields.get(key, 0.0) + times


def _counted(records: Sequence[Mapping[str, Any]]) -> Counter[str]:
    return Counter(key for record in records for key in set(_fields(record)))


def _fields(value: Any, path: str = "", depth: int = 0) -> Iterator[str]:
    """Every field with its kind; a missing value and a list are kinds too, what a list holds is not looked into."""
    if isinstance(value, Mapping) and depth < DEPTH:
        if path:
            yield f"{path}: object"
        for name, inner in value.items():
            yield from _fields(inner, f"{path}.{name}" if path else str(name), depth + 1)
    elif path:
        yield f"{path}: {_kind(value)}"


def _kind(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes or no"
        case int() | float():
            return "number"
        case str():
            return "text"
        case list() | tuple():
            return "list"
    return "object"
