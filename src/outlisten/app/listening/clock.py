"""Which day counts as today: the clock's, or in an archive or sample the newest post's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from outlisten.app.listening.kept import kept
from outlisten.app.listening.models import Workspace
from outlisten.app.listening.periods import ALL, Period
from outlisten.posts.store import PostStore
from outlisten.query import Context
from outlisten.query.limits import LIMITS

# Room for the brackets, filters and days that a page puts around a query.
ON_PAGES = replace(LIMITS, margin=0.1)


@dataclass(frozen=True)
class AsOf:
    """The moment that default periods and relative dates count from, its zone, and where it comes from."""

    moment: datetime
    zone: ZoneInfo
    newest: bool  # taken from the newest post, not from the clock

    @cached_property
    def today(self) -> date:
        return self.moment.astimezone(self.zone).date()

    @property
    def context(self) -> Context:
        """How a query is read on this day, with what a page puts around it."""
        return replace(self.saved_context, limits=ON_PAGES)

    @property
    def saved_context(self) -> Context:
        """How a query that is to be saved is read: pages put nothing around it yet."""
        return read_in(self.zone, self.moment)

    @property
    def default_period(self) -> Period:
        """The last 90 days of what is going on; the whole of an archive."""
        return ALL if self.newest else Period(days=90)


def as_of(workspace: Workspace, store: PostStore, now: datetime | None = None) -> AsOf:
    """The workspace's moment. An archive without dated posts falls back to the clock."""
    zone = zone_of(workspace)
    newest = store.newest() if workspace.as_of == Workspace.AsOf.NEWEST else None
    return AsOf(newest or now or datetime.now(UTC), zone, newest=newest is not None)


def read_in(zone: ZoneInfo, now: datetime | None = None) -> Context:
    """How every query of people is read: in their zone, with what they saved by name; without `now` by the clock."""
    return Context(now=now, zone=zone, kept=kept())


def zone_of(workspace: Workspace) -> ZoneInfo:
    """Its time zone; UTC when the name is unknown on this machine."""
    try:
        return ZoneInfo(workspace.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
