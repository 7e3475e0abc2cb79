"""A volume line without axes, the size of a word."""

from __future__ import annotations

from typing import Any

import altair as alt

from outlisten.charts.alt_text import alt_text
from outlisten.charts.drawing import data
from outlisten.charts.moments import as_utc
from outlisten.charts.theme import config
from outlisten.charts.tokens import BAND, PALETTES, Theme
from outlisten.insights.insight import Insight
from outlisten.words import Locale


def sparkline(
    insight: Insight, locale: Locale = "en", theme: Theme = "light", *, width: int = 120, height: int = 28
) -> Any:
    """The shape of a volume insight, from zero; numbers belong beside it, and its description has them."""
    accent = PALETTES[theme].accent
    rows = [{"start": as_utc(row["bucket"]), "posts": row["posts"]} for row in insight.table.to_pylist()]
    most = max([row["posts"] for row in rows], default=0)
    base = alt.Chart(data(rows)).encode(
        x=alt.X("start:T", axis=None, scale=alt.Scale(type="utc")),
        y=alt.Y("posts:Q", axis=None, scale=alt.Scale(domain=[0, max(most, 1)], nice=False)),
    )
    picture = alt.layer(
        base.mark_area(color=accent, opacity=BAND), base.mark_line(color=accent, size=1.5, clip=False)
    )
    return picture.properties(
        width=width,
        height=height,
        description=alt_text(insight, locale),
        padding=2,
        config=config(locale, theme),
    )
