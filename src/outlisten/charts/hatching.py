"""Gaps in collection as hatched ground behind a chart over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import altair as alt

from outlisten.charts.gaps import Gap, gap_said, in_picture, on_clock, span
from outlisten.charts.moments import as_utc
from outlisten.charts.tokens import PALETTES, Theme
from outlisten.insights.insight import Insight
from outlisten.words import Locale, words

WIDTH = 640  # px a chart is taken to be wide when its lines are laid out; on another screen they are as many
APART = 8  # px between two lines
LEAST = 0.006  # of the axis: an hour in a quarter is still seen
GROUND, LINES = 0.1, 0.55  # opacity


def hatched(
    picture: Any, gaps: Sequence[Gap], insight: Insight, locale: Locale, theme: Theme, *, height: int
) -> Any:
    """The picture with its gaps hatched behind it; as it is where it covers none.

    Vega-Lite has no pattern, so the lines are drawn: in time across, in pixels down.
    """
    shown, ends = in_picture(gaps, insight), span(insight)
    if not shown or ends is None:
        return picture
    first, last = (on_clock(end, insight) for end in ends)
    boxes = [(*_wide_enough(gap, insight, first, last), gap) for gap in shown]
    colour = PALETTES[theme].quiet
    ground = [
        {"start": as_utc(start), "end": as_utc(end), "gap": gap_said(gap, insight, locale)}
        for start, end, gap in boxes
    ]
    x = alt.X("start:T", title=None, scale=alt.Scale(type="utc"))
    tooltip = alt.Tooltip("gap:N", title=words("charts", locale)("Gap in collection"))
    area = alt.Chart(_inline(ground)).mark_rect(color=colour, opacity=GROUND).encode(x, x2="end:T", tooltip=tooltip)  # fmt: skip
    points = list(_lines(_apart([(start, end) for start, end, _ in boxes]), last - first, height))
    lines = alt.Chart(_inline(points)).mark_line(
        color=colour, strokeWidth=1, opacity=LINES, tooltip=None, y=alt.ExprRef("datum.down")
    )
    return alt.layer(area, lines.encode(x, detail="line:N"), picture)


def _wide_enough(gap: Gap, insight: Insight, first: datetime, last: datetime) -> tuple[datetime, datetime]:
    """Where the gap stands on the axis, widened around its middle where it would be too thin to be seen."""
    start, end, least = on_clock(gap.start, insight), on_clock(gap.end, insight), (last - first) * LEAST
    if end - start >= least:
        return start, end
    middle = start + (end - start) / 2
    begin = min(max(first, middle - least / 2), last - least)
    return begin, begin + least


def _apart(boxes: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The boxes of all sources together, so that lines are not drawn over lines."""
    merged: list[tuple[datetime, datetime]] = []
    for start, end in sorted(boxes):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _lines(
    boxes: Sequence[tuple[datetime, datetime]], axis: timedelta, height: int
) -> Iterator[dict[str, Any]]:
    """The two ends of every line: from the foot up to the right, cut at the box's sides."""
    per_pixel, number = axis / WIDTH, 0
    for start, end in boxes:
        wide = (end - start) / per_pixel
        foot = APART / 2 - height
        while foot < wide:
            left, right = max(foot, 0.0), min(foot + height, wide)
            for across in (left, right):
                yield {
                    "line": number,
                    "start": as_utc(start + across * per_pixel),
                    "down": round(height - (across - foot), 1),
                }
            number, foot = number + 1, foot + APART


def _inline(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=list(rows))
