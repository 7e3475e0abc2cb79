"""Gaps in collection as charts show them, and what one source brought day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import pyarrow as pa
from django.utils.translation import gettext as _

from outlisten.app.listening.figures import FigureTable
from outlisten.app.listening.over_time import table_of
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Act, Actor, may
from outlisten.app.sources.models import Source
from outlisten.app.sources.queries import by_day, gaps
from outlisten.charts import Gap, gaps_said, sources_by_bucket, span
from outlisten.insights import Insight
from outlisten.insights.volume_over_time import COLUMNS


def gaps_over(insight: Insight, by: Actor, of: Source | None = None) -> tuple[Gap, ...]:
    """The gaps in the time that an insight covers, oldest first; who may not search reads no source's name.

    `of` is the one source to look at; without it, all.
    """
    ends = span(insight)
    if ends is None:
        return ()
    named = may(by, Act.SEARCH)
    return tuple(
        Gap(gap.since, gap.until, gap.source if named else "", open=gap.open) for gap in gaps(*ends, of=of)
    )


@dataclass(frozen=True, slots=True)
class Day:
    """A day's new posts, their share of the busiest day's in per cent, and whether collection had a gap."""

    day: date
    posts: int
    percent: int
    gap: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """What a source brought: its days, the sentence on their gaps (blank without any), and the same as a table."""

    days: list[Day]
    said: str
    table: FigureTable


def brought(source: Source, by: Actor) -> Brought:
    """The last four weeks of a source."""
    counts = by_day(source)
    insight = _volume(counts)
    found = gaps_over(insight, by, of=source)
    missing = sources_by_bucket(found, insight, locale())
    most = max((posts for _day, posts in counts), default=0)
    days = [
        Day(day, posts, round(100 * posts / most) if most else 0, datetime.combine(day, time.min) in missing)
        for day, posts in counts
    ]
    return Brought(days, gaps_said(found, insight, locale()), table_of({_("New posts"): insight}, found))


def _volume(counts: list[tuple[date, int]]) -> Insight:
    rows = [
        {"bucket": datetime.combine(day, time.min), "posts": posts, "authors": None, "evidence": ""}
        for day, posts in counts
    ]
    settings = {"bucket": "day", "zone": "UTC"}  # the days of `by_day`
    return Insight("volume", pa.Table.from_pylist(rows, schema=COLUMNS), "", "posts", settings=settings)
