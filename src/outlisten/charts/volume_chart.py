"""Volume over time as bars from zero, to be brushed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import altair as alt

from outlisten.charts.drawing import data, framed, nothing
from outlisten.charts.gaps import Gap
from outlisten.charts.moments import as_utc, axis_format, bucket_name
from outlisten.charts.tokens import HEIGHT, PALETTES, Theme
from outlisten.insights.figures_in_words import count_in_words
from outlisten.insights.insight import Insight
from outlisten.insights.windows import next_bucket
from outlisten.posts.store import Bucket
from outlisten.words import Locale, words

BRUSH = "brush"
GAP = 0.12  # share of a bucket left empty between two bars


def volume(
    insight: Insight, locale: Locale = "en", theme: Theme = "light", *, height: int = HEIGHT, gaps: Sequence[Gap] = ()
) -> Any:  # fmt: skip
    """Posts in every bucket. Brushing sets the selection `brush`.

    Its values are wall-clock moments of the insight's zone written as UTC milliseconds, so a page reads
    them with the UTC getters and puts them into `since:` and `until:` as they are. A bar's datum carries
    its `evidence`. Authors are in the tooltip where the insight has them.
    """
    _ = words("charts", locale)
    bucket: Bucket = insight.settings["bucket"]  # type: ignore[assignment]
    title = {
        "hour": _("Posts an hour"),
        "day": _("Posts a day"),
        "week": _("Posts a week"),
        "month": _("Posts a month"),
    }[bucket]
    rows = insight.table.to_pylist()
    if not any(row["posts"] for row in rows):
        return nothing(insight, locale, theme, title=title)
    colours, brush = PALETTES[theme], _brush(theme)
    bars = alt.Chart(data([_bar(row, bucket, locale) for row in rows])).mark_bar(color=colours.accent)
    encoded = bars.encode(
        x=alt.X("start:T", title=None, scale=alt.Scale(type="utc"), axis=_axis(rows, bucket, locale)),
        x2="end:T",
        y=alt.Y(
            "posts:Q",
            title=None,
            scale=alt.Scale(zero=True),
            axis=alt.Axis(format=",d", tickMinStep=1, tickCount=4),
        ),
        y2=alt.datum(0),  # a bar with two ends in x would else float at its value
        opacity=alt.condition(brush, alt.value(1.0), alt.value(0.35)),
        tooltip=[
            alt.Tooltip("when:N", title=_("When")),
            alt.Tooltip("posts_said:N", title=_("Posts")),
            *([alt.Tooltip("authors_said:N", title=_("Authors"))] if rows[0]["authors"] is not None else []),
        ],
    ).add_params(brush)
    return framed(encoded, insight, locale, theme, title=title, height=height, gaps=gaps)


def _brush(theme: Theme) -> Any:
    colours = PALETTES[theme]
    mark = alt.BrushConfig(fill=colours.quiet, fillOpacity=0.12, stroke=colours.quiet)
    return alt.selection_interval(name=BRUSH, encodings=["x"], mark=mark)


def _axis(rows: list[dict[str, Any]], bucket: Bucket, locale: Locale) -> Any:
    return alt.Axis(
        format=axis_format(rows[0]["bucket"], rows[-1]["bucket"], bucket, locale), labelFlush=True
    )


def _bar(row: dict[str, Any], bucket: Bucket, locale: Locale) -> dict[str, Any]:
    start: datetime = row["bucket"]
    length: timedelta = next_bucket(start, bucket) - start
    return {
        "start": as_utc(start),
        "end": as_utc(start + length * (1 - GAP)),
        "when": bucket_name(start, bucket, locale),
        "posts": row["posts"],
        "posts_said": count_in_words(row["posts"]),
        "authors_said": None if row["authors"] is None else count_in_words(row["authors"]),
        "evidence": row["evidence"],
    }
