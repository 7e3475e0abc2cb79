"""Who speaks: posts by voice over time and of each brand, and how much was earned beside what companies said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from outlisten.insights.authors import AUTHOR_COLUMNS, design_effect, posts_per_author
from outlisten.insights.estimate import Estimate
from outlisten.insights.evidence import having, narrowed, reparsed
from outlisten.insights.insight import Insight
from outlisten.insights.notes import Note
from outlisten.insights.proportions import wilson
from outlisten.insights.rate_ratio import rate_ratio
from outlisten.insights.rows import ROWS, read_rows
from outlisten.insights.timeline import timeline
from outlisten.insights.volume_over_time import wall_clock
from outlisten.insights.windows import UTC_ZONE, span_of
from outlisten.language.provenance import VOICES
from outlisten.posts.store import ALL_TIME, Bucket, PostStore, TimeRange
from outlisten.query import Query

COLUMNS = pa.schema(
    [
        ("bucket", pa.timestamp("s")),
        ("voice", pa.string()),
        ("posts", pa.int64()),
        ("evidence", pa.string()),
    ]
)
OF_EACH = pa.schema(
    [
        ("topic", pa.string()),
        ("voice", pa.string()),
        ("posts", pa.int64()),
        ("authors", pa.int64()),
        ("evidence", pa.string()),
    ]
)
# Those who speak for a company or are rewarded by one.
FOR_COMPANIES = ("owned", "employee", "partner", "paid")


def voices_over_time(
    store: PostStore,
    query: Query | None,
    window: TimeRange = ALL_TIME,
    *,
    bucket: Bucket | None = None,
    zone: ZoneInfo = UTC_ZONE,
) -> Insight:
    """Posts of every voice in every bucket of the window, empty ones included. Counts are exact.

    `settings` hold the ratio earned : owned of the whole window with its interval, where there is one (`ratio`, `low`,
    `high`).
    """
    line = timeline(store, query, window, bucket, zone)
    rows = store.histogram(query, bucket=line.bucket, zone=zone, window=window, by="voice")
    counts: dict[tuple[datetime, str], int] = {}
    for row in rows.table.to_pylist():
        key = (wall_clock(row["bucket"]), row["voice"] or "unknown")
        counts[key] = counts.get(key, 0) + row["posts"]
    table = _table(line.starts({start for start, _voice in counts}), counts, line.bucket, query, window, zone)
    ratio = earned_to_owned(store, query, window)
    settings: dict[str, str | int | float] = {"bucket": line.bucket, "zone": zone.key}
    if ratio:
        settings |= {"ratio": ratio.value, "low": ratio.low, "high": ratio.high}
    return Insight(
        "voices_over_time",
        table,
        narrowed(query, window=window, zone=zone),
        "posts",
        interval=RATIO if ratio else None,
        notes=(*line.notes, *_ratio_notes(ratio), *([Note("cut")] if rows.cut else [])),
        window=window,
        cut=rows.cut,
        settings=settings,
    )


RATIO = "ratio of two counts, 95 %"


def voices_of_each(
    store: PostStore,
    topics: Mapping[str, Query],
    window: TimeRange = ALL_TIME,
    *,
    zone: ZoneInfo = UTC_ZONE,
) -> Insight:
    """Posts and authors of every voice, for each topic in the order given. Counts are exact."""
    rows: list[dict[str, object]] = []
    for name, query in topics.items():
        held = _by_voice(store, query, window)
        rows += [
            {
                "topic": name,
                "voice": voice,
                "posts": held.get(voice, (0, 0))[0],
                "authors": held.get(voice, (0, 0))[1],
                "evidence": narrowed(query, having("voice", voice), window=window, zone=zone),
            }
            for voice in VOICES
        ]
    either = " OR ".join(f"({query.text})" for query in topics.values())
    return Insight(
        "voices_of_each",
        pa.Table.from_pylist(rows, schema=OF_EACH),
        narrowed(None, f"({either})", window=window, zone=zone),
        "posts",
        window=window,
        settings={"zone": zone.key},
    )


def earned_to_owned(store: PostStore, query: Query | None, window: TimeRange = ALL_TIME) -> Estimate | None:
    """How many earned posts there are to one owned post; None when either is missing.

    Both counts are exact; the interval is for the rates behind them. People arrive independently and write several
    posts each, so the earned count has a design effect; what a company posts is taken post by post.
    """
    held = _by_voice(store, query, window)
    earned, owned = (held.get(voice, (0, 0))[0] for voice in ("earned", "owned"))
    if not earned or not owned:
        return None
    asked = reparsed(narrowed(query, having("voice", "earned"), zone=UTC_ZONE), query)
    read = read_rows(store, asked, AUTHOR_COLUMNS, window=window, size=ROWS, seed=0)
    effect = design_effect(posts_per_author(read.posts), read.share)
    return rate_ratio(earned, owned, design_after=effect)


def share_for_companies(
    store: PostStore, query: Query | None, window: TimeRange = ALL_TIME
) -> Estimate | None:
    """The share of posts by those who speak for a company or are rewarded by one; None without posts.

    Wilson's interval for as many posts as there are independent ones: one account writes many.
    """
    held = _by_voice(store, query, window)
    total = posts_by(held, VOICES)
    read = read_rows(store, query, AUTHOR_COLUMNS, window=window, size=ROWS, seed=0)
    effect = design_effect(posts_per_author(read.posts), read.share)
    return wilson(posts_by(held, FOR_COMPANIES) / effect, total / effect)


def posts_by(held: Mapping[str, tuple[int, int]], voices: Iterable[str]) -> int:
    """Posts of some voices together."""
    return sum(held.get(voice, (0, 0))[0] for voice in voices)


def _by_voice(store: PostStore, query: Query | None, window: TimeRange) -> dict[str, tuple[int, int]]:
    """Posts and authors of each voice; a post without a voice counts as unknown."""
    found: dict[str, tuple[int, int]] = {}
    table = store.facets(query, ["voice"], top=len(VOICES) + 1, window=window)["voice"].table
    for row in table.to_pylist():
        posts, authors = found.get(row["value"] or "unknown", (0, 0))
        found[row["value"] or "unknown"] = (posts + row["posts"], authors + row["authors"])
    return found


def _table(
    starts: list[datetime],
    counts: Mapping[tuple[datetime, str], int],
    bucket: Bucket,
    query: Query | None,
    window: TimeRange,
    zone: ZoneInfo,
) -> pa.Table:
    present = [voice for voice in VOICES if any(held == voice for _start, held in counts)]
    rows: list[dict[str, Any]] = []
    for start in starts:
        span = span_of(start, bucket, zone, window)
        rows += [
            {
                "bucket": start,
                "voice": voice,
                "posts": counts.get((start, voice), 0),
                "evidence": narrowed(query, having("voice", voice), window=span, zone=zone),
            }
            for voice in present
        ]
    return pa.Table.from_pylist(rows, schema=COLUMNS)


def _ratio_notes(ratio: Estimate | None) -> list[Note]:
    return [Note("ratio_of_counts")] if ratio else [Note("no_owned_voice")]
