"""Shares as dots with their intervals, one row a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from outlisten.charts.drawing import data
from outlisten.charts.tokens import PALETTES, SMALL, Theme
from outlisten.charts.units import share_axis
from outlisten.insights.estimate import Estimate
from outlisten.insights.figures_in_words import share_in_words
from outlisten.words import Locale, words


@dataclass(frozen=True, slots=True)
class Dot:
    """One row: its name, its share, its colour, and what else the tooltip says as (title, text)."""

    name: str
    share: Estimate | None
    colour: str
    more: tuple[tuple[str, str], ...]
    evidence: str | None


def dots(rows: Sequence[Dot], locale: Locale, theme: Theme) -> Any:
    """Dots on a scale from zero, a bar for each interval, the figure beside it. Rows keep their order."""
    colours, order = PALETTES[theme], [row.name for row in rows]
    widest = max((row.share.high for row in rows if row.share), default=1.0)
    base = alt.Chart(data([_row(row, locale) for row in rows])).encode(
        y=alt.Y(
            "name:N",
            title=None,
            sort=order,
            axis=alt.Axis(labelLimit=170, labelColor=colours.ink, labelFontSize=SMALL + 1),
        ),
        color=alt.Color("colour:N", scale=None),
        tooltip=[alt.Tooltip(f"{name}:N", title=title) for name, title in _titles(rows, locale)],
    )
    scale = alt.Scale(domain=[0, widest * 1.6], nice=False)
    axis = share_axis(locale, grid=True, domain=False, ticks=False, tickCount=5, values=_ticks(widest))
    x = alt.X("share:Q", title=None, scale=scale, axis=axis)
    return alt.layer(
        base.mark_rule(size=3, opacity=0.55).encode(alt.X("low:Q"), alt.X2("high:Q")),
        base.mark_point(filled=True, size=90, opacity=1).encode(x),
        base.mark_text(align="left", dx=8, fontSize=SMALL, color=colours.ink).encode(
            x=alt.X("after:Q"), text="said:N", color=alt.value(colours.ink)
        ),
    )


def _row(row: Dot, locale: Locale) -> dict[str, Any]:
    share = row.share
    said = share_in_words(share, locale) if share else words("charts", locale)("not enough to say")
    return {
        "name": row.name,
        "share": share and share.value,
        "low": share and share.low,
        "high": share and share.high,
        "after": share.high if share else 0,
        "said": said,
        "colour": row.colour,
        "evidence": row.evidence,
        **{f"more{at}": text for at, (_, text) in enumerate(row.more)},
    }


def _titles(rows: Sequence[Dot], locale: Locale) -> list[tuple[str, str]]:
    share = words("charts", locale)("Share")
    more = rows[0].more if rows else ()
    return [("name", " "), ("said", share), *((f"more{at}", title) for at, (title, _) in enumerate(more))]


def _ticks(widest: float) -> list[float]:
    """Round shares up to the widest interval, never beyond the whole."""
    step = 0.05 if widest <= 0.25 else 0.1 if widest <= 0.5 else 0.25
    return [round(step * at, 2) for at in range(int(1 / step) + 1) if step * at <= min(widest + step, 1.0)]
