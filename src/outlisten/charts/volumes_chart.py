"""Volumes of several topics over one time axis, a line for each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import altair as alt

from outlisten.charts.drawing import data, framed, nothing
from outlisten.charts.gaps import Gap
from outlisten.charts.moments import as_utc, axis_format, bucket_name
from outlisten.charts.tokens import HEIGHT, PALETTES, SMALL, Theme
from outlisten.insights.figures_in_words import count_in_words
from outlisten.insights.insight import Insight
from outlisten.posts.store import Bucket
from outlisten.words import Locale, words

# Competitors share one muted colour, so their dashes tell them apart, in print and to every eye.
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 6])


def volumes(
    insights: Mapping[str, Insight],
    locale: Locale = "en",
    theme: Theme = "light",
    *,
    own: Collection[str] = (),
    height: int = HEIGHT,
    gaps: Sequence[Gap] = (),
) -> Any:
    """Posts in every bucket of each topic, from zero. The topics in `own` have the accent and a full line.

    `insights` are volume insights of one window and bucket, by the topic's name, in the order of the legend.
    """
    _ = words("charts", locale)
    first = next(iter(insights.values()))
    bucket: Bucket = first.settings["bucket"]  # type: ignore[assignment]
    points = [
        _point(name, row, bucket, locale)
        for name, insight in insights.items()
        for row in insight.table.to_pylist()
    ]
    title = _("Posts over time")
    if not any(point["posts"] for point in points):
        return nothing(first, locale, theme, title=title)
    starts = sorted(row for insight in insights.values() for row in insight.table["bucket"].to_pylist())
    base = alt.Chart(data(points)).encode(
        x=alt.X(
            "start:T",
            title=None,
            scale=alt.Scale(type="utc"),
            axis=alt.Axis(format=axis_format(starts[0], starts[-1], bucket, locale), labelFlush=True),
        ),
        y=alt.Y(
            "posts:Q",
            title=None,
            scale=alt.Scale(zero=True),
            axis=alt.Axis(format=",d", tickMinStep=1, tickCount=4),
        ),
        **_looks(list(insights), own, theme),
        tooltip=[
            alt.Tooltip("topic:N", title=_("Topic")),
            alt.Tooltip("when:N", title=_("When")),
            alt.Tooltip("said:N", title=_("Posts")),
        ],
    )
    picture = alt.layer(base.mark_line(size=2), base.mark_point(filled=True, size=40, opacity=0))
    return framed(picture, first, locale, theme, title=title, height=height, gaps=gaps)


def _looks(names: list[str], own: Collection[str], theme: Theme) -> dict[str, Any]:
    """Colour by whose it is, dashes by which it is, in one legend above the picture."""
    colours = PALETTES[theme]
    hues = [colours.accent if name in own else colours.muted for name in names]
    dashes = [DASHES[place % len(DASHES)] for place in range(len(names))]
    legend = alt.Legend(
        title=None,
        orient="top",
        symbolType="stroke",
        symbolSize=400,
        symbolStrokeWidth=2,
        labelFontSize=SMALL + 1,
        labelColor=colours.ink,
        columns=3,
    )
    return {
        "color": alt.Color("topic:N", scale=alt.Scale(domain=names, range=hues), legend=legend),
        "strokeDash": alt.StrokeDash("topic:N", scale=alt.Scale(domain=names, range=dashes), legend=legend),
    }


def _point(name: str, row: Mapping[str, Any], bucket: Bucket, locale: Locale) -> dict[str, Any]:
    return {
        "topic": name,
        "start": as_utc(row["bucket"]),
        "when": bucket_name(row["bucket"], bucket, locale),
        "posts": row["posts"],
        "said": count_in_words(row["posts"]),
        "evidence": row["evidence"],
    }
