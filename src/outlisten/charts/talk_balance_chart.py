"""The share of talk with customers, week by week, against the line of one half."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

import altair as alt
import pyarrow as pa

from outlisten.charts.drawing import data, framed, nothing
from outlisten.charts.tokens import BAND, HEIGHT, PALETTES, Theme
from outlisten.charts.units import share_axis
from outlisten.insights.figures_in_words import percent
from outlisten.insights.insight import Insight
from outlisten.words import Locale, words


class Balance(Protocol):
    """What is drawn of a week: a share of one, and the ends of what is possible; None where nothing is known."""

    @property
    def share(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


def talk_balance(weeks: Sequence[tuple[date, Balance]], locale: Locale = "en", theme: Theme = "light") -> Any:
    """A dot a week in which something is known; the bar is what meetings that cannot be told could make of it."""
    _ = words("charts", locale)
    title, colours = _("Talk with customers"), PALETTES[theme]
    insight = _insight(weeks)
    rows = insight.table.to_pylist()
    if not rows:
        return nothing(insight, locale, theme, title=title)
    told = [{**row, "week": row["week"].isoformat(), "said": percent(row["share"], locale)} for row in rows]
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(data(told)).encode(
        x=alt.X("week:T", title=None, axis=alt.Axis(format="%m-%d", tickCount=6, grid=False)),
        tooltip=[alt.Tooltip("week:N", title=_("Week from")), alt.Tooltip("said:N", title=_("Share"))],
    )
    y = alt.Y("share:Q", title=None, scale=scale, axis=share_axis(locale, values=[0, 0.5, 1], grid=True))
    half = alt.Chart(data([{"half": 0.5}])).mark_rule(color=colours.quiet, strokeDash=[4, 3])
    picture = alt.layer(
        half.encode(alt.Y("half:Q", title=None, scale=scale)),
        base.mark_rule(color=colours.accent, size=8, opacity=BAND * 1.5).encode(
            alt.Y("low:Q", title=None, scale=scale), alt.Y2("high:Q")
        ),
        base.mark_line(color=colours.accent, strokeWidth=1.5, opacity=0.6).encode(y),
        base.mark_point(color=colours.accent, filled=True, size=60, opacity=1).encode(y),
    )
    subtitle = _(
        "Share of hours; bars: if meetings that cannot be told were all internal, or all with customers"
    )
    return framed(picture, insight, locale, theme, title=title, subtitle=subtitle, height=HEIGHT - 40)


def _insight(weeks: Sequence[tuple[date, Balance]]) -> Insight:
    rows = [
        {"week": week, "share": one.share, "low": one.low, "high": one.high}
        for week, one in weeks
        if one.share is not None
    ]
    return Insight("talk_balance", pa.Table.from_pylist(rows), "", "posts")
