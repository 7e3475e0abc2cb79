"""Where a timeline is read on: from its newest post down to those known, page by page, safe to stop anywhere.

Ids are opaque. Servers say that a smaller one is older, but posts of other servers arrive late and are sorted in by when they
were written, and some servers (snac) sort posts of one second by chance. So the place kept lies OVERLAP posts below the newest:
those are asked for again each time, which also brings their newer counts and edits, and the pipeline drops what it knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

OVERLAP = 20


@dataclass(frozen=True, slots=True)
class Place:
    """`since`: all above it is new. While a walk down is under way, `below` is where it goes on and `then` what `since` will
    be when it is done."""

    since: str = ""
    below: str = ""
    then: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Place:
        """From what `as_json` gave."""
        return cls(str(kept.get("since", "")), str(kept.get("below", "")), str(kept.get("then", "")))

    def as_json(self) -> dict[str, str]:
        """To be kept with the source."""
        told = {"since": self.since, "below": self.below, "then": self.then}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Step:
    """How many of a page's first and last posts are not new, where to go on, and whether the walk is done."""

    start: int
    end: int
    place: Place
    done: bool


def step(place: Place, ids: Sequence[str], *, first: bool = False) -> Step:
    """After a page with these ids, newest first. The `first` page ever is the whole walk: older posts are history.

    A server that knows nothing of `since_id` or `max_id` sends what it sent before: that is cut off here. Only an empty page
    is the end, as servers drop posts from a page after counting it out.
    """
    start = ids.index(place.below) + 1 if place.below in ids else 0
    end = ids.index(place.since) if place.since in ids[start:] else len(ids)
    fresh = ids[start:end]
    if not fresh:
        return Step(start, start, Place(place.then or place.since), done=True)
    then = place.then or _settled(place.since, fresh)
    if first or end < len(ids):
        return Step(start, end, Place(then), done=True)
    return Step(start, end, Place(place.since, fresh[-1], then), done=False)


def _settled(since: str, newest: Sequence[str]) -> str:
    """The place once all is read: OVERLAP posts below the newest, or where it is while fewer came."""
    if len(newest) > OVERLAP:
        return newest[OVERLAP]
    return since or newest[-1]
