"""Each list of a source as a walk: by when a post came into it, with the service's own word for the next page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.bluesky.client import BlueskyClient, View
from outlisten.sources.bluesky.timelines import Timeline
from outlisten.sources.times import utc
from outlisten.sources.walking import Ask, Found, Listed

# Posts come into the lists a moment after they are written, and not always in order.
LATE = 600  # seconds


def asking(client: BlueskyClient, timeline: Timeline) -> Ask:
    """Asks a list for a page. A search that shows no more is asked for what came before the oldest it showed."""

    def ask(at: Any, floor: int | None) -> Listed:
        at = at or {}
        since = datetime.fromtimestamp(floor, UTC) if floor is not None else None
        until = utc(at.get("until"))
        views, further = client.page(timeline, since=since, until=until, cursor=str(at.get("cursor", "")))
        if until:
            views = [view for view in views if (came(view) or until) < until]
        found = [Found(_rank(view), str(view["uri"]), view) for view in views]
        return Listed(found, _following(timeline, at, further, views))

    return ask


def came(view: View) -> datetime | None:
    """When a post came into the network's lists."""
    return utc(view.get("indexedAt"))


def _rank(view: View) -> int:
    at = came(view)
    return int(at.timestamp()) if at else 0


def _following(
    timeline: Timeline, at: Mapping[str, str], further: str, views: list[View]
) -> Mapping[str, str] | None:
    oldest = min((found for view in views if (found := came(view))), default=None)
    if further:
        bound = {"until": at["until"]} if at.get("until") else {}
        return {**bound, "cursor": further}
    return {"until": oldest.isoformat()} if timeline.bounded and oldest else None
