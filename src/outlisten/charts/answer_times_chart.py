"""The share of people who have an answer, by how long they have waited."""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa

from outlisten.charts.drawing import data, framed, nothing
from outlisten.charts.tokens import BAND, HEIGHT, PALETTES, Theme
from outlisten.charts.units import share_axis
from outlisten.insights.estimate import Estimate
from outlisten.insights.figures_in_words import share_in_words
from outlisten.insights.insight import Insight
from outlisten.insights.waiting import Waiting
from outlisten.words import Locale, words

# Minutes at which the axis has a tick, from one minute to a month.
TICKS = (1, 10, 60, 360, 1440, 10_080, 43_200)


def answer_times(found: Waiting | None, locale: Locale = "en", theme: Theme = "light") -> Any:
    """A staircase from nobody to everybody, with its 95 % band; time runs on a logarithmic scale from one minute."""
    _ = words("charts", locale)
    title, colours = _("Answered after"), PALETTES[theme]
    insight = _insight(found)
    rows = insight.table.to_pylist()
    if not rows:
        return nothing(insight, locale, theme, title=title)
    told = [
        {**row, "at": max(row["minutes"], 1.0), "after": minutes_in_words(row["minutes"], locale),
         "said": share_in_words(Estimate(row["share"], row["low"], row["high"]), locale)}
        for row in rows
    ]  # fmt: skip
    ticks = [tick for tick in TICKS if tick <= max(row["at"] for row in told) * 3]
    base = alt.Chart(data(told)).encode(
        x=alt.X(
            "at:Q", title=None, scale=alt.Scale(type="log", nice=False),
            axis=alt.Axis(values=ticks, labelExpr=_labels(ticks, locale), grid=True),
        ),
        tooltip=[alt.Tooltip("after:N", title=_("After")), alt.Tooltip("said:N", title=_("Answered"))],
    )  # fmt: skip
    scale = alt.Scale(domain=[0, 1])
    y = alt.Y("share:Q", title=None, scale=scale, axis=share_axis(locale, tickCount=3, grid=True))
    picture = alt.layer(
        base.mark_area(color=colours.accent, opacity=BAND, interpolate="step-after").encode(
            alt.Y("low:Q", title=None, scale=scale), alt.Y2("high:Q")
        ),
        base.mark_line(color=colours.accent, interpolate="step-after", strokeWidth=2).encode(y),
    )
    subtitle = _("Share of people who have an answer, those who still wait included, with 95 % intervals")
    return framed(picture, insight, locale, theme, title=title, subtitle=subtitle, height=HEIGHT)


def minutes_in_words(minutes: float, locale: Locale) -> str:
    """8 min, 3.5 h, 12 days: a span as people say it."""
    _ = words("charts", locale)
    if minutes < 1:
        return _("under a minute")
    if minutes < 90:
        return _("{n} min").format(n=round(minutes))
    if minutes < 2880:
        return _("{n} h").format(n=f"{minutes / 60:.2g}")
    return _("{n} days").format(n=f"{minutes / 1440:.2g}")


def _labels(ticks: list[int], locale: Locale) -> str:
    """The words of each tick as a plain expression."""
    choices = "".join(f"datum.value == {tick} ? '{minutes_in_words(tick, locale)}' : " for tick in ticks)
    return f"{choices}''"


def _insight(found: Waiting | None) -> Insight:
    rows = [
        {"minutes": step.minutes, "share": step.answered.value, "low": step.answered.low, "high": step.answered.high}
        for step in (found.steps if found else ())
    ]  # fmt: skip
    return Insight("answer_times", pa.Table.from_pylist(rows), "", "posts")
