"""The share of conversation among a company's own posts, month by month."""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa

from outlisten.charts.drawing import data, framed, nothing
from outlisten.charts.moments import bucket_name
from outlisten.charts.tokens import BAND, HEIGHT, PALETTES, Theme
from outlisten.charts.units import share_axis
from outlisten.insights.figures_in_words import count_in_words, share_in_words
from outlisten.insights.insight import Insight
from outlisten.insights.mirror import Broadcast
from outlisten.words import Locale, words


def conversation(found: Broadcast, locale: Locale = "en", theme: Theme = "light") -> Any:
    """A dot and a band a month; months with too few posts are left out."""
    _ = words("charts", locale)
    title, colours = _("Conversation among own posts"), PALETTES[theme]
    insight = _insight(found)
    rows = [
        {**row, "when": bucket_name(row["bucket"], "month", locale), "day": row["bucket"].isoformat(),
         "said": share_in_words(month.share, locale), "n": count_in_words(month.posts)}
        for row, month in zip(insight.table.to_pylist(), _told(found), strict=True) if month.share
    ]  # fmt: skip
    if not rows:
        return nothing(insight, locale, theme, title=title)
    base = alt.Chart(data([{**row, "bucket": row["day"]} for row in rows])).encode(
        x=alt.X("when:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, grid=False)),
        tooltip=[
            alt.Tooltip("when:N", title=" "),
            alt.Tooltip("said:N", title=_("Share")),
            alt.Tooltip("n:N", title=_("Posts")),
        ],
    )
    scale = alt.Scale(domain=[0, 1])
    y = alt.Y("share:Q", title=None, scale=scale, axis=share_axis(locale, tickCount=3, grid=True))
    picture = alt.layer(
        base.mark_rule(color=colours.accent, size=8, opacity=BAND * 1.5).encode(
            alt.Y("low:Q", title=None, scale=scale), alt.Y2("high:Q")
        ),
        base.mark_line(color=colours.accent, strokeWidth=1.5, opacity=0.6).encode(y),
        base.mark_point(color=colours.accent, filled=True, size=60, opacity=1).encode(y),
    )
    subtitle = _("Share of posts, with 95 % intervals")
    return framed(picture, insight, locale, theme, title=title, subtitle=subtitle, height=HEIGHT - 40)


def _told(found: Broadcast) -> list[Any]:
    return [month for month in found.months if month.share]


def _insight(found: Broadcast) -> Insight:
    rows = [
        {"bucket": month.start, "posts": month.posts, "share": month.share.value, "low": month.share.low,
         "high": month.share.high}
        for month in found.months if month.share
    ]  # fmt: skip
    return Insight("conversation", pa.Table.from_pylist(rows), "", "posts", settings={"bucket": "month"})
