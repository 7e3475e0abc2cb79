"""Pictures over time: the gaps in collection that they cover, said under them and in their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from outlisten.app.listening.figures import FigureTable
from outlisten.app.listening.wording import locale
from outlisten.charts import Gap, gaps_said, sources_by_bucket
from outlisten.charts.moments import bucket_name
from outlisten.insights import Insight
from outlisten.insights.figures_in_words import count_in_words
from outlisten.posts.store import Bucket


def gap_notes(gaps: Sequence[Gap], insight: Insight) -> tuple[str, ...]:
    """What must be said under a picture that covers gaps; nothing where it covers none."""
    said = gaps_said(gaps, insight, locale())
    return (said,) if said else ()


def table_of(insights: Mapping[str, Insight], gaps: Sequence[Gap] = ()) -> FigureTable:
    """Posts in every bucket, a column for each of these volumes of one window and bucket, newest first."""
    first = next(iter(insights.values()))
    bucket: Bucket = first.settings["bucket"]  # type: ignore[assignment]
    counts = {
        name: {row["bucket"]: row["posts"] for row in insight.table.to_pylist()}
        for name, insight in insights.items()
    }
    missing: dict[datetime, list[str]] = {}
    for insight in insights.values():
        missing |= sources_by_bucket(gaps, insight, locale())
    starts = sorted({start for column in counts.values() for start in column}, reverse=True)
    comma = "、" if locale() == "zh-hans" else ", "
    rows = tuple(
        (
            bucket_name(start, bucket, locale()),
            tuple(count_in_words(column.get(start, 0)) for column in counts.values()),
            comma.join(missing.get(start, [])),
        )
        for start in starts
    )
    return FigureTable(tuple(counts), rows, _("Gap in collection") if missing else "")
