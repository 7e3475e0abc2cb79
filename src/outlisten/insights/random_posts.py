"""Posts to read: a fair draw, not the loudest."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from outlisten.insights.evidence import narrowed
from outlisten.insights.insight import Insight
from outlisten.insights.notes import Note
from outlisten.insights.windows import UTC_ZONE
from outlisten.posts.store import ALL_TIME, PostStore, TimeRange
from outlisten.query import Query

SHOWN = (
    "id",
    "platform",
    "created_at",
    "title",
    "text",
    "author",
    "author_handle",
    "url",
    "lang",
    "sentiment",
    "sentiment_score",
)


def sample(
    store: PostStore,
    query: Query | None,
    window: TimeRange = ALL_TIME,
    *,
    size: int = 20,
    seed: int = 0,
    zone: ZoneInfo = UTC_ZONE,
) -> Insight:
    """`size` posts drawn at random from all that match, each equally likely; the same seed, the same posts.

    A row is a post, so its own evidence is its `id`. Raises ValueError for a size below 1.
    """
    if size < 1:
        raise ValueError(f"a sample needs a size of 1 or more, not {size}")
    found = store.sample(query, size=size, seed=seed, columns=SHOWN, window=window)
    notes = (Note("cut"),) if found.cut else ()
    return Insight(
        "sample",
        found.table,
        narrowed(query, window=window, zone=zone),
        "posts",
        None,
        notes,
        window,
        found.cut,
        {"seed": seed, "zone": zone.key},
    )
