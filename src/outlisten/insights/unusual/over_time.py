"""People hour by hour, or the share of them that complains, beside what is usual: the table of an alert's picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from outlisten.insights.evidence import narrowed
from outlisten.insights.insight import Insight
from outlisten.insights.notes import Note
from outlisten.insights.unusual.band import band
from outlisten.insights.unusual.hours import HOUR, Hours
from outlisten.insights.unusual.share import share_band
from outlisten.insights.unusual.usual import ENOUGH, Usual
from outlisten.posts.store import TimeRange
from outlisten.query import Query

STEP = 6  # hours of a share: one hour holds too few people to give one
FEWEST = 5  # people: of fewer, a share says nothing
COLUMNS = pa.schema(
    [
        ("bucket", pa.timestamp("s")),
        ("seen", pa.float64()),
        ("expected", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("people", pa.int64()),
        ("alert", pa.bool_()),
        ("evidence", pa.string()),
    ]
)


def people_over_time(
    usually: Usual, query: Query, window: TimeRange, *, zone: ZoneInfo, alerts: Sequence[TimeRange] = ()
) -> Insight:
    """People in each hour of a window beside those usual then (`expected`, and `low` to `high` of 95 of 100 such hours).

    `bucket` is the hour's wall-clock start; `alert` marks hours that one of the alerts touches. Without rows, and with a note,
    where too little is kept to know what is usual.
    """
    hours, settings = usually.hours, {"of": "people", "hours": 1}
    if not usually.known:
        return _insight([], query, window, zone, settings)
    begin, end = _place(hours, window), len(hours)
    usual = band(usually, begin, end)
    figures = (
        {"seen": hours.people[begin + at], "expected": usual.expected[at], "low": usual.low[at], "high": usual.high[at],
         "people": int(hours.people[begin + at])}
        for at in range(end - begin)
    )  # fmt: skip
    spans = (_span(hours, at, at + 1, window) for at in range(begin, end))
    return _insight(_rows(spans, figures, query, zone, alerts), query, window, zone, settings)


def share_over_time(
    complaining: Hours, people: Hours, query: Query, window: TimeRange, *, zone: ZoneInfo,
    alerts: Sequence[TimeRange] = (),
) -> Insight:  # fmt: skip
    """The share of people that complains in every six hours of a window, beside the usual share.

    `query` finds those who complain. Of fewer than `FEWEST` people no share is given. Otherwise as `people_over_time`.
    """
    settings = {"of": "complaints", "hours": STEP}
    if people.used.sum() < ENOUGH:
        return _insight([], query, window, zone, settings)
    starts = list(range(_place(people, window, STEP), len(people), STEP))
    ends = [min(start + STEP, len(people)) for start in starts]
    figures = (_share(complaining, people, start, end) for start, end in zip(starts, ends, strict=True))
    spans = (_span(people, start, end, window) for start, end in zip(starts, ends, strict=True))
    return _insight(_rows(spans, figures, query, zone, alerts), query, window, zone, settings)


def _share(complaining: Hours, people: Hours, begin: int, end: int) -> dict[str, Any]:
    n, k = int(people.people[begin:end].sum()), int(complaining.people[begin:end].sum())
    usual, low, high = share_band(complaining, people, begin, end)
    if n < FEWEST:
        return {"seen": None, "expected": usual, "low": None, "high": None, "people": n}
    return {"seen": k / n, "expected": usual, "low": low, "high": high, "people": n}


def _place(hours: Hours, window: TimeRange, step: int = 1) -> int:
    """The first hour that is shown, one that `step` divides on the clock."""
    start = window.start or hours.start
    place = max(int((start - hours.start) // HOUR), 0)
    if place >= len(hours):
        return len(hours)
    early = place - int(hours.at[place]) % step
    return early if early >= 0 else early + step


def _span(hours: Hours, begin: int, end: int, window: TimeRange) -> TimeRange:
    last = hours.moment(end)
    return TimeRange(hours.moment(begin), min(last, window.end or last))


def _rows(
    spans: Iterable[TimeRange], figures: Iterable[dict[str, Any]], query: Query, zone: ZoneInfo,
    alerts: Sequence[TimeRange],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    for span, found in zip(spans, figures, strict=True):
        yield {
            "bucket": _clock(span.start, zone), **found, "alert": any(_touch(span, alert) for alert in alerts),
            "evidence": narrowed(query, window=span, zone=zone),
        }  # fmt: skip


def _touch(span: TimeRange, alert: TimeRange) -> bool:
    earliest, latest = (span.start, span.end)
    before = latest is not None and alert.start is not None and latest <= alert.start
    after = earliest is not None and alert.end is not None and earliest >= alert.end
    return not before and not after


def _clock(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment and moment.astimezone(zone).replace(tzinfo=None)


def _insight(
    rows: Iterable[dict[str, Any]], query: Query, window: TimeRange, zone: ZoneInfo, settings: dict[str, Any]
) -> Insight:
    table = pa.Table.from_pylist(list(rows), schema=COLUMNS)
    days = ENOUGH * HOUR // timedelta(days=1)
    return Insight(
        "unusual", table, narrowed(query, window=window, zone=zone), "authors",
        interval="negative binomial" if settings["of"] == "people" else "beta binomial",
        notes=() if table.num_rows else (Note("no_usual_week", {"days": days}),), window=window,
        settings={"bucket": "hour", "zone": zone.key, **settings},
    )  # fmt: skip
