"""Where a list that is sorted by time is read on: from its newest post down to the time read before.

The network puts posts into its lists a moment after they are written and not always in order, so the time kept lies OVERLAP
before the newest: those minutes are read again each time, and the pipeline drops what it knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from outlisten.sources.atproto.written import when

OVERLAP = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Place:
    """`since`: all after it is new. While a walk down is under way, `cursor` is the service's own word for where it goes on,
    and `then` what `since` will be when it is done."""

    since: datetime | None = None
    cursor: str = ""
    then: datetime | None = None

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Place:
        """From what `as_json` gave."""
        return cls(when(kept.get("since")), str(kept.get("cursor", "")), when(kept.get("then")))

    def as_json(self) -> dict[str, str]:
        """To be kept with the source."""
        times = {"since": self.since, "then": self.then}
        told = {name: at.isoformat() for name, at in times.items() if at}
        return told | ({"cursor": self.cursor} if self.cursor else {})


@dataclass(frozen=True, slots=True)
class Step:
    """Where to go on after a page, whether the walk is done, and which of the page's posts are new."""

    place: Place
    done: bool
    new: tuple[int, ...]


def step(place: Place, times: Sequence[datetime | None], cursor: str, *, first: bool = False) -> Step:
    """After a page whose posts came into the list at these times, newest first; `cursor` leads to the next, if there is one.

    The `first` page ever is the whole walk: older posts are history.
    """
    new = tuple(at for at, time in enumerate(times) if not (place.since and time and time <= place.since))
    then = place.then or _settled(place.since, [time for time in times if time])
    if first or not cursor or not new or len(new) < len(times):
        return Step(Place(then), done=True, new=new)
    return Step(Place(place.since, cursor, then), done=False, new=new)


def _settled(since: datetime | None, times: Sequence[datetime]) -> datetime | None:
    newest = max(times, default=None)
    if newest is None:
        return since
    return max(newest - OVERLAP, since) if since else newest - OVERLAP
