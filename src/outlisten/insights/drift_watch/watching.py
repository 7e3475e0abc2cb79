"""Whether the posts of today are still like those that the models' chances were measured on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from outlisten.insights.drift_watch.comparing import FALSE_ALARMS, LEAST, Row, compared, described
from outlisten.insights.drift_watch.labelled import Judged, JudgedPosts
from outlisten.insights.drift_watch.reading import POSTS, TONES, read_window
from outlisten.insights.evidence import having, narrowed
from outlisten.insights.insight import Insight
from outlisten.insights.notes import Note
from outlisten.insights.volume_over_time import wall_clock
from outlisten.insights.windows import UTC_ZONE, bucket_start, span_of
from outlisten.language import model_card
from outlisten.language.fast.scoring import LANGUAGES
from outlisten.posts.store import ALL_TIME, Bucket, PostStore, TimeRange
from outlisten.query import Query

MOST = 12  # windows compared: a year of months
INTERVAL = "Wilson, 95 %"
INDICES = ("mix", "tone", "confidence")
FIGURES = (
    "share", "confidence", "cannot_tell", *TONES,
    *(f"{name}_{what}" for name in INDICES for what in ("psi", "chance")),
    "right", "low", "high", "promised",
)  # fmt: skip
COLUMNS = pa.schema(
    [
        ("bucket", pa.timestamp("s")),
        ("lang", pa.string()),
        ("state", pa.string()),
        ("posts", pa.int64()),
        *((name, pa.float64()) for name in FIGURES),
        ("labels", pa.int64()),
        ("falls_short", pa.bool_()),
        ("evidence", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows with enough posts by their wall-clock starts: the one of reference, and those after it."""

    bucket: Bucket
    reference: datetime
    later: tuple[datetime, ...]


def drift(
    store: PostStore,
    query: Query | None,
    window: TimeRange = ALL_TIME,
    *,
    bucket: Bucket | None = None,
    zone: ZoneInfo = UTC_ZONE,
    reference: datetime | None = None,
    judged: JudgedPosts | None = None,
    size: int = POSTS,
    seed: int = 0,
) -> Insight:
    """Each month (or week, where two months have not 200 posts each) beside the window of reference: the one that holds
    the moment `reference`, else the first with enough posts.

    One row for all posts of a window (`lang` null: the mix of languages) and one for each language: share of the posts,
    mean chance of the likeliest tone (`confidence`), share of which a person is told *cannot tell*, shares of the tones as
    read, not corrected. `…_psi` is the population stability index, `…_chance` what sampling alone exceeds in 1 % of
    windows, all tests of a window together. `right` is the share that people's labels call right, with its Wilson
    interval, `promised` what the chances said. `state`: reference, few (nothing said below 200 posts), fine, watch (index
    from 0.1 on), again (from 0.25 on, or `falls_short`: right less often than promised). The newest windows only, of each
    a random sample read by today's fast model.
    """
    found = _windows(store, query, window, bucket, zone, reference)
    evidence = narrowed(query, window=window, zone=zone)
    if found is None:
        few = Note("drift_too_few", {"minimum": LEAST})
        return Insight("drift", COLUMNS.empty_table(), evidence, "posts", notes=(few,), window=window)
    spans = {start: span_of(start, found.bucket, zone, window) for start in (found.reference, *found.later)}
    read = {start: read_window(store, query, span, size=size, seed=seed) for start, span in spans.items()}
    rows: list[Row] = []
    for start, span in spans.items():
        labels = _judged(judged, span)
        if start == found.reference:
            made = described(read[start], labels)
        else:
            made = compared(read[found.reference], read[start], labels)
        for row in made:
            clause = having("lang", row["lang"]) if row["lang"] else ""
            said = narrowed(query, clause, window=span, zone=zone)
            rows.append({"bucket": start, "evidence": said, "falls_short": False, **row})
    return Insight(
        "drift", pa.Table.from_pylist(rows, schema=COLUMNS), evidence, "posts", INTERVAL,
        (Note("drift_read_now", {"n": size, "model": str(model_card())}),), window,
        settings={"bucket": found.bucket, "zone": zone.key, "seed": seed, "false_alarms": FALSE_ALARMS},
    )  # fmt: skip


def _judged(judged: JudgedPosts | None, span: TimeRange) -> Mapping[str, Judged]:
    return {lang: judged.of(lang, span) for lang in LANGUAGES} if judged else {}


def _windows(
    store: PostStore,
    query: Query | None,
    window: TimeRange,
    bucket: Bucket | None,
    zone: ZoneInfo,
    reference: datetime | None,
) -> Windows | None:
    """By months, else by weeks, whichever first has two windows with enough posts."""
    kinds: tuple[Bucket, ...] = (bucket,) if bucket else ("month", "week")
    for kind in kinds:
        counted = store.histogram(query, bucket=kind, zone=zone, window=window).table.to_pylist()
        enough = sorted(wall_clock(row["bucket"]) for row in counted if row["posts"] >= LEAST)
        if len(enough) < 2:
            continue
        asked = bucket_start(reference, kind, zone) if reference else None
        first = asked if asked in enough else enough[0]
        return Windows(kind, first, tuple(start for start in enough if start > first)[-MOST:])
    return None
