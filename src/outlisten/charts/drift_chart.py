"""The drift watch: how far posts have moved from the window of reference, window by window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from outlisten.charts.drawing import corner, data, framed, nothing
from outlisten.charts.moments import as_utc, axis_format, bucket_name
from outlisten.charts.tokens import HEIGHT, PALETTES, Theme
from outlisten.insights.drift_watch.stability import LARGE, WATCH
from outlisten.insights.drift_watch.verdict import measure_name
from outlisten.insights.drift_watch.watching import INDICES
from outlisten.insights.insight import Insight
from outlisten.posts.store import Bucket
from outlisten.words import Locale, words

LOW = HEIGHT - 30
LEAST_TOP = 0.32  # so that both limits are in the picture


def drift(insight: Insight, locale: Locale = "en", theme: Theme = "light") -> Any:
    """A dot for each index of a window, filled where it is beyond chance; the line joins the furthest of each window."""
    _ = words("charts", locale)
    title, colours = _("How far posts have moved"), PALETTES[theme]
    rows = insight.table.to_pylist()
    points = [point for row in rows for point in _points(row, insight, locale)]
    if not points:
        return nothing(insight, locale, theme, title=title)
    points.insert(0, _reference(rows[0], insight, locale))
    top = max(LEAST_TOP, 1.1 * max(point["psi"] for point in points))
    scale = alt.Scale(domain=[0, top], nice=False)
    bucket: Bucket = insight.settings["bucket"]  # type: ignore[assignment]
    starts = sorted({row["bucket"] for row in rows})
    axis = alt.Axis(format=axis_format(starts[0], starts[-1], bucket, locale), labelFlush=True, grid=False)
    y = alt.Y(
        "psi:Q", title=None, scale=scale, axis=alt.Axis(values=[0, WATCH, LARGE], format=".2f", grid=False)
    )
    base = alt.Chart(data(points)).encode(
        x=alt.X("start:T", title=None, scale=alt.Scale(type="utc"), axis=axis),
        tooltip=[
            alt.Tooltip("when:N", title=_("When")), alt.Tooltip("what:N", title=_("What")),
            alt.Tooltip("said:N", title=_("Stability index")), alt.Tooltip("chance:N", title=_("Chance alone reaches")),
        ],
    )  # fmt: skip
    most: dict[str, float] = {}
    for point in points:
        most[point["start"]] = max(point["psi"], most.get(point["start"], 0.0))
    furthest = alt.Chart(data([{"start": start, "psi": psi} for start, psi in most.items()]))
    limits = alt.Chart(data([{"at": WATCH}, {"at": LARGE}])).mark_rule(color=colours.quiet, strokeDash=[4, 3])
    fill = alt.condition("datum.real", alt.value(colours.accent), alt.value(colours.paper))
    picture = alt.layer(
        limits.encode(alt.Y("at:Q", title=None, scale=scale)),
        furthest.mark_line(color=colours.accent, strokeWidth=1.5, opacity=0.6).encode(
            alt.X("start:T", title=None), alt.Y("psi:Q", title=None, scale=scale)
        ),
        base.mark_point(filled=True, size=44, opacity=1, stroke=colours.accent, strokeWidth=1.5).encode(
            y, fill=fill
        ),
        corner(_("label again"), colours.quiet, x=4, y=_above(LARGE, top), align="left"),
        corner(_("watch"), colours.quiet, x=4, y=_above(WATCH, top), align="left"),
    )
    subtitle = _("Population stability index beside the window of reference; filled: beyond chance")
    return framed(picture, insight, locale, theme, title=title, subtitle=subtitle, height=LOW)


def _above(limit: float, top: float) -> float:
    """Pixels from the top at which a word stands just above a limit."""
    return LOW * (1 - limit / top) - 8


def _reference(row: Mapping[str, Any], insight: Insight, locale: Locale) -> dict[str, Any]:
    """The window of reference, at zero."""
    _ = words("charts", locale)
    bucket: Bucket = insight.settings["bucket"]  # type: ignore[assignment]
    when = bucket_name(row["bucket"], bucket, locale)
    return {
        "start": as_utc(row["bucket"]), "when": when, "what": _("the window of reference"), "psi": 0, "said": "0",
        "chance": "–", "real": False, "evidence": row["evidence"],
    }  # fmt: skip


def _points(row: Mapping[str, Any], insight: Insight, locale: Locale) -> list[dict[str, Any]]:
    bucket: Bucket = insight.settings["bucket"]  # type: ignore[assignment]
    return [
        {
            "start": as_utc(row["bucket"]), "when": bucket_name(row["bucket"], bucket, locale),
            "what": measure_name(name, row["lang"], locale), "psi": row[f"{name}_psi"],
            "said": f"{row[f'{name}_psi']:.3f}", "chance": f"{row[f'{name}_chance']:.3f}",
            "real": row[f"{name}_psi"] > row[f"{name}_chance"], "evidence": row["evidence"],
        }
        for name in INDICES
        if row[f"{name}_psi"] is not None
    ]  # fmt: skip
