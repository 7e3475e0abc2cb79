"""Gaps in collection, as charts and the sentences under them know them: a fall there may be a fall of collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from outlisten.charts.moments import BABEL, NAMES
from outlisten.insights.insight import Insight
from outlisten.insights.windows import next_bucket
from outlisten.posts.store import Bucket
from outlisten.words import Locale, words

NAMED = 3  # gaps that the sentence tells one by one


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which a source brought less than there was.

    `source` is its name, blank for readers who may not know it; an `open` gap was still going on at its end.
    """

    start: datetime
    end: datetime
    source: str = ""
    open: bool = False


def span(insight: Insight) -> tuple[datetime, datetime] | None:
    """From the first bucket of an insight over time to the end of its last, in UTC; None without buckets."""
    starts = insight.table["bucket"].to_pylist()
    if not starts:
        return None
    zone, last = _zone(insight), _after(max(starts), insight)
    return min(starts).replace(tzinfo=zone).astimezone(UTC), last.replace(tzinfo=zone).astimezone(UTC)


def in_picture(gaps: Sequence[Gap], insight: Insight) -> list[Gap]:
    """The parts of the gaps that the chart covers, oldest first; those of one source that touch are one."""
    ends = span(insight)
    if ends is None:
        return []
    first, last = ends
    cut = [
        replace(gap, start=max(gap.start, first), end=min(gap.end, last), open=gap.open and gap.end <= last)
        for gap in gaps
        if gap.start < last and gap.end > first
    ]
    return sorted(_joined(cut), key=lambda gap: (gap.start, gap.source))


def on_clock(moment: datetime, insight: Insight) -> datetime:
    """The moment on the wall clock that the insight's buckets are cut by."""
    return moment.astimezone(_zone(insight)).replace(tzinfo=None)


def gaps_said(gaps: Sequence[Gap], insight: Insight, locale: Locale = "en") -> str:
    """The sentence under a chart that covers gaps; blank where it covers none. The longest are told one by one."""
    shown = in_picture(gaps, insight)
    if not shown:
        return ""
    _ = words("charts", locale)
    longest = sorted(shown, key=lambda gap: gap.start - gap.end)[:NAMED]
    told = [gap_said(gap, insight, locale) for gap in shown if gap in longest]
    if len(shown) > len(told):
        told.append(_("{n} more").format(n=len(shown) - len(told)))
    listed = ("；" if locale == "zh-hans" else "; ").join(told)
    return _("Collection had gaps: {listed}. A fall there may be a fall of collection.").format(listed=listed)


def gap_said(gap: Gap, insight: Insight, locale: Locale = "en") -> str:
    """`Shop talk from 3 Mar 2026, 14:00 to 17:00`."""
    _ = words("charts", locale)
    start, end = on_clock(gap.start, insight), on_clock(gap.end, insight)
    named = {"source": gap.source or _("a source"), "start": _moment(start, locale)}
    if gap.open:
        return _("{source} from {start} until now").format(**named)
    same_day = start.date() == end.date()
    return _("{source} from {start} to {end}").format(
        **named, end=f"{end:%H:%M}" if same_day else _moment(end, locale)
    )


def sources_by_bucket(
    gaps: Sequence[Gap], insight: Insight, locale: Locale = "en"
) -> dict[datetime, list[str]]:
    """The sources that had a gap in each bucket, by its wall-clock start; buckets without one are left out."""
    unnamed = words("charts", locale)("a source")
    found: dict[datetime, list[str]] = {}
    shown = in_picture(gaps, insight)
    for start in sorted(set(insight.table["bucket"].to_pylist())) if shown else []:
        after = _after(start, insight)
        names = [
            gap.source or unnamed
            for gap in shown
            if on_clock(gap.start, insight) < after and on_clock(gap.end, insight) > start
        ]
        if names:
            found[start] = list(dict.fromkeys(names))
    return found


def _joined(gaps: Sequence[Gap]) -> list[Gap]:
    """Gaps of one source that touch or overlap, as one."""
    joined: list[Gap] = []
    for gap in sorted(gaps, key=lambda gap: (gap.source, gap.start)):
        before = joined[-1] if joined else None
        if before and before.source == gap.source and gap.start <= before.end:
            joined[-1] = replace(before, end=max(before.end, gap.end), open=before.open or gap.open)
        else:
            joined.append(gap)
    return joined


def _zone(insight: Insight) -> ZoneInfo:
    return ZoneInfo(str(insight.settings.get("zone", "UTC")))


def _after(start: datetime, insight: Insight) -> datetime:
    """The wall-clock end of a bucket; `hours` in the settings makes one of hours longer."""
    bucket: Bucket = insight.settings["bucket"]  # type: ignore[assignment]
    if bucket == "hour":
        return start + timedelta(hours=int(insight.settings.get("hours", 1)))
    return next_bucket(start, bucket)


def _moment(clock: datetime, locale: Locale) -> str:
    return format_datetime(clock, NAMES[locale]["hour"], locale=BABEL[locale])
