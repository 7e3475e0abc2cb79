"""The WHERE of a question: the query's condition, the time range, and where the last page ended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import ceil

from outlisten.posts.errors import BadCursor
from outlisten.posts.store import TimeRange

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"([0-9]{1,10})-([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Where:
    """A boolean SQL expression over `posts`, its bound values and the settings it wants.

    `cut`: it selects only the newest of the posts that were asked for. `dear`: finding them costs much more than counting
    them, so several questions about them should find them once.
    """

    sql: str = "1"
    params: Mapping[str, object] = field(default_factory=dict)
    settings: Mapping[str, str | int | float] = field(default_factory=dict)
    cut: bool = False
    dear: bool = False
    first: str = ""

    @property
    def clause(self) -> str:
        """What stands behind FROM: `first`, which is cheap and leaves few posts, then all of it."""
        return f"PREWHERE {self.first} WHERE {self.sql}" if self.first else f"WHERE {self.sql}"

    def also(self, sql: str, **params: object) -> Where:
        """This and one more condition."""
        joined = sql if self.sql == "1" else f"({self.sql}) AND {sql}"
        return replace(self, sql=joined, params={**self.params, **params})

    def cut_off(self) -> Where:
        """The same, known not to be everything."""
        return replace(self, cut=True)


def within(found: Where, window: TimeRange) -> Where:
    """Only the posts of a time range."""
    if window.start is not None or window.end is not None:
        # Undated posts are stored as 0: any bound leaves them out.
        found = found.also(
            "created_at >= {window_start:UInt32}", window_start=max(1, _second(window.start or EPOCH))
        )
    if window.end is not None:
        found = found.also("created_at < {window_end:UInt32}", window_end=_second(window.end))
    return found


def _second(moment: datetime) -> int:
    """The first whole second from a moment on, within what the table can hold."""
    return min(max(ceil(moment.timestamp()), 0), 2**32 - 1)


def cursor(created_at: int, number: int) -> str:
    """The address of the page after this post: seconds since 1970 (0 undated) and id."""
    return f"{created_at}-{number:016x}"


def after(found: Where, address: str | None) -> Where:
    """Only the posts after a page's address, in the order newest first. Raises BadCursor."""
    if address is None:
        return found
    at, number = _parts(address)
    # The plain comparison lets the engine skip months and granules; the tuple alone does not.
    sql = "created_at <= {cursor_at:UInt32} AND (created_at, id) < ({cursor_at:UInt32}, {cursor_id:UInt64})"
    return found.also(sql, cursor_at=at, cursor_id=number)


def second_of(address: str) -> int:
    """When the last post before a page was written. Raises BadCursor."""
    return _parts(address)[0]


def _parts(address: str) -> tuple[int, int]:
    matched = _CURSOR.fullmatch(address)
    if not matched or int(matched[1]) >= 2**32:
        raise BadCursor(cursor=repr(address[:80]))
    return int(matched[1]), int(matched[2], 16)
