"""A reliability diagram: of the posts read with a certain chance, the share that was read rightly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import altair as alt
import pyarrow as pa

from outlisten.charts.drawing import corner, data, framed, nothing
from outlisten.charts.tokens import BAND, HEIGHT, PALETTES, Theme
from outlisten.charts.units import share_axis
from outlisten.insights.estimate import Estimate
from outlisten.insights.figures_in_words import count_in_words, percent, share_in_words
from outlisten.insights.insight import Insight
from outlisten.language.reliability import ReliabilityRow
from outlisten.language.telling import LEAST_CHANCE
from outlisten.words import Locale, words

WHOLE = alt.Scale(domain=[0, 1], nice=False)


def reliability(found: Iterable[ReliabilityRow], locale: Locale = "en", theme: Theme = "light") -> Any:
    """A dot for each range of chances, its area the number of posts, with its 95 % interval. On the dashed line the models
    are right as often as they say; below it they promise too much. The shaded part is *cannot tell*."""
    _ = words("charts", locale)
    title, colours = _("How sure, and how often right"), PALETTES[theme]
    insight = Insight(
        "reliability", pa.Table.from_pylist([row._asdict() for row in found]), "", "posts", "Wilson, 95 %"
    )
    rows = insight.table.to_pylist()
    if not rows:
        return nothing(insight, locale, theme, title=title)
    base = alt.Chart(data([_told(row, locale) for row in rows])).encode(
        x=alt.X("confidence:Q", title=None, scale=WHOLE, axis=share_axis(locale, tickCount=5, grid=False)),
        tooltip=[
            alt.Tooltip("range:N", title=_("Chance")), alt.Tooltip("said:N", title=_("Read rightly")),
            alt.Tooltip("posts:N", title=_("Posts")),
        ],
    )  # fmt: skip
    y = alt.Y("right:Q", title=None, scale=WHOLE, axis=share_axis(locale, tickCount=3, grid=True))
    size = alt.Size("n:Q", scale=alt.Scale(type="linear", range=[30, 240], zero=True), legend=None)
    ends = alt.Chart(data([{"x": 0, "y": 0}, {"x": 1, "y": 1}]))
    untold = alt.Chart(data([{"from": 0, "to": LEAST_CHANCE}])).mark_rect(
        color=colours.muted, opacity=BAND / 2
    )
    picture = alt.layer(
        untold.encode(alt.X("from:Q", scale=WHOLE), alt.X2("to:Q")),
        ends.mark_line(color=colours.quiet, strokeDash=[4, 3], strokeWidth=1).encode(
            alt.X("x:Q", scale=WHOLE), alt.Y("y:Q", scale=WHOLE)
        ),
        base.mark_rule(color=colours.accent, size=3, opacity=0.55).encode(
            alt.Y("low:Q", title=None, scale=WHOLE), alt.Y2("high:Q")
        ),
        base.mark_point(color=colours.accent, filled=True, opacity=1).encode(y, size),
        corner(_("cannot tell"), colours.quiet, x=6, y=10, align="left"),
    )
    subtitle = _(
        "Share read rightly by the models' chance, with 95 % intervals; dashed: right as often as they say"
    )
    return framed(picture, insight, locale, theme, title=title, subtitle=subtitle, height=HEIGHT)


def _told(row: dict[str, Any], locale: Locale) -> dict[str, Any]:
    ends = f"{percent(row['start'], locale)} – {percent(row['end'], locale)}"
    said = share_in_words(Estimate(row["right"], row["low"], row["high"]), locale)
    return {**row, "range": ends, "said": said, "posts": count_in_words(row["n"])}
