"""Which posts are kept: id → when written, and the fingerprint of its words. In memory, read back at open.

20 bytes a post (8 id, 4 seconds, 8 fingerprint) in sorted arrays, plus a dictionary of recent changes that is folded
in at 50,000 entries (about 10 MB). Among ten million, 10,000 ids are looked up in tens of milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ids = npt.NDArray[np.uint64]
Seconds = npt.NDArray[np.uint32]
RECENT = 50_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered of a post: when it was written (seconds, 0 undated) and its fingerprint."""

    created_at: int
    fingerprint: int


class KnownPosts:
    """One writer changes it; any thread may look. All its parts are replaced together, in one assignment."""

    def __init__(self, ids: Ids, created_at: Seconds, fingerprints: Ids) -> None:
        order = np.argsort(ids, kind="stable")
        self._parts = _Parts(ids[order], created_at[order], fingerprints[order], {})

    @classmethod
    def read(cls, batches: Iterator[pa.RecordBatch], rows: int) -> KnownPosts:
        """From batches of (id, created_at, fingerprint), `rows` of them."""
        ids, created_at = np.empty(rows, np.uint64), np.empty(rows, np.uint32)
        fingerprints = np.empty(rows, np.uint64)
        at = 0
        for batch in batches:
            part = slice(at, at + batch.num_rows)
            ids[part], created_at[part], fingerprints[part] = (column.to_numpy() for column in batch.columns)
            at += batch.num_rows
        return cls(ids[:at], created_at[:at], fingerprints[:at])

    def doubles(self) -> list[int]:
        """Ids that stand there twice: an edit that a crash stopped halfway."""
        ids = self._parts.ids
        return [int(number) for number in np.unique(ids[1:][ids[1:] == ids[:-1]])]

    def find(self, numbers: Sequence[int]) -> dict[int, Kept]:
        """Those of the ids that are kept."""
        parts = self._parts
        wanted = np.array(numbers, np.uint64)
        places = np.searchsorted(parts.ids, wanted)
        hits = np.zeros(len(wanted), bool)
        inside = places < len(parts.ids)
        hits[inside] = parts.ids[places[inside]] == wanted[inside]
        at = places[hits]
        columns = (wanted[hits].tolist(), parts.created_at[at].tolist(), parts.fingerprints[at].tolist())
        found = {number: Kept(created, mark) for number, created, mark in zip(*columns, strict=True)}
        if parts.recent:
            found.update((number, parts.recent[number]) for number in numbers if number in parts.recent)
        return found

    def put(self, posts: Mapping[int, Kept]) -> None:
        """Remember posts just kept, or kept with other words."""
        self._parts.recent.update(posts)
        if len(self._parts.recent) > RECENT:
            self._parts = _folded(self._parts)

    def drop(self, numbers: Sequence[int]) -> None:
        """Forget erased posts."""
        parts = _folded(self._parts)
        stay = ~np.isin(parts.ids, np.array(numbers, np.uint64))
        self._parts = _Parts(parts.ids[stay], parts.created_at[stay], parts.fingerprints[stay], {})


@dataclass(frozen=True, slots=True)
class _Parts:
    """Sorted by id and aligned; `recent` overrules them."""

    ids: Ids
    created_at: Seconds
    fingerprints: Ids
    recent: dict[int, Kept]


def _folded(parts: _Parts) -> _Parts:
    """The recent changes merged into the arrays: well under a second among ten million."""
    if not parts.recent:
        return parts
    recent = sorted(parts.recent.items())
    ids = np.array([number for number, _ in recent], np.uint64)
    moments = np.array([kept.created_at for _, kept in recent], np.uint32)
    marks = np.array([kept.fingerprint for _, kept in recent], np.uint64)
    places = np.searchsorted(parts.ids, ids)
    there = np.zeros(len(ids), bool)
    inside = places < len(parts.ids)
    there[inside] = parts.ids[places[inside]] == ids[inside]
    created_at, fingerprints = parts.created_at.copy(), parts.fingerprints.copy()
    created_at[places[there]], fingerprints[places[there]] = moments[there], marks[there]
    at, fresh = places[~there], ~there
    return _Parts(
        np.insert(parts.ids, at, ids[fresh]),
        np.insert(created_at, at, moments[fresh]),
        np.insert(fingerprints, at, marks[fresh]),
        {},
    )
