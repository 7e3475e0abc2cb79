"""Sentiment over time: positive above the line, negative below, each with its interval's band."""

from __future__ import annotations

from typing import Any

import altair as alt

from outlisten.charts.drawing import corner, data, framed, nothing
from outlisten.charts.moments import as_utc, axis_format, bucket_name
from outlisten.charts.tokens import BAND, HEIGHT, PALETTES, Theme
from outlisten.charts.units import estimate_subtitle, share_axis
from outlisten.insights.estimate import Estimate
from outlisten.insights.figures_in_words import count_in_words, share_in_words
from outlisten.insights.insight import Insight
from outlisten.posts.store import Bucket
from outlisten.words import Locale, words

SIDES = {"positive": 1, "negative": -1}
HOLES = "break-paths-show-domains"  # a bucket with not enough to say is a hole, never a line drawn across


def sentiment(
    insight: Insight, locale: Locale = "en", theme: Theme = "light", *, height: int = HEIGHT
) -> Any:
    """The shares of positive (upwards) and negative (downwards) in every bucket; neutral is in the tooltip.

    Tone is told by position, word and hue. Buckets with not enough to say are holes.
    """
    _ = words("charts", locale)
    title, rows = _("Positive and negative over time"), insight.table.to_pylist()
    if not any(row["share"] is not None for row in rows):
        return nothing(insight, locale, theme, title=title)
    bucket: Bucket = insight.settings["bucket"]  # type: ignore[assignment]
    colours = PALETTES[theme]
    hues = alt.Scale(domain=list(SIDES), range=[colours.positive, colours.negative])
    base = alt.Chart(data(_points(rows, bucket, locale))).encode(
        x=alt.X("start:T", title=None, scale=alt.Scale(type="utc"), axis=_time_axis(rows, bucket, locale)),
        color=alt.Color("sentiment:N", scale=hues, legend=None),
    )
    share = alt.Y(
        "share:Q", title=None, axis=share_axis(locale, tickCount=5), scale=alt.Scale(domain=_domain(rows))
    )
    picture = alt.layer(
        base.mark_area(opacity=BAND, invalid=HOLES).encode(alt.Y("low:Q"), alt.Y2("high:Q")),
        base.mark_rule(opacity=2 * BAND, invalid="filter").encode(alt.Y("low:Q"), alt.Y2("high:Q")),
        alt.Chart(data([{"zero": 0}])).mark_rule(color=colours.quiet, size=1).encode(alt.Y("zero:Q")),
        base.mark_line(size=2, invalid=HOLES).encode(share),
        base.mark_point(filled=True, size=28, opacity=1, invalid="filter").encode(
            share, tooltip=_tooltip(locale)
        ),
        corner(_("positive"), colours.positive, x=4, y=2, align="left"),
        corner(_("negative"), colours.negative, x=4, y=height - 4, align="left"),
    )
    return framed(
        picture,
        insight,
        locale,
        theme,
        title=title,
        subtitle=estimate_subtitle(insight, locale),
        height=height,
    )


def _points(rows: list[dict[str, Any]], bucket: Bucket, locale: Locale) -> list[dict[str, Any]]:
    said = {(row["bucket"], row["sentiment"]): _said(row, locale) for row in rows}
    return [
        {
            "start": as_utc(row["bucket"]),
            "when": bucket_name(row["bucket"], bucket, locale),
            "sentiment": row["sentiment"],
            "evidence": row["evidence"],
            **{name: _signed(row[name], SIDES[row["sentiment"]]) for name in ("share", "low", "high")},
            **{f"{name}_said": said[row["bucket"], name] for name in ("positive", "neutral", "negative")},
            "authors_said": count_in_words(row["authors"]),
        }
        for row in rows
        if row["sentiment"] in SIDES
    ]


def _signed(value: float | None, sign: int) -> float | None:
    return None if value is None else sign * value


def _said(row: dict[str, Any], locale: Locale) -> str:
    if row["share"] is None:
        return words("charts", locale)("not enough to say")
    return share_in_words(Estimate(row["share"], row["low"], row["high"]), locale)


def _domain(rows: list[dict[str, Any]]) -> list[float]:
    """From the lowest negative to the highest positive end of an interval, at least ten points each way."""
    ends = {
        side: [row["high"] for row in rows if row["sentiment"] == side and row["high"] is not None]
        for side in SIDES
    }
    reach = {side: min(max([0.1, *high]) * 1.12, 1.0) for side, high in ends.items()}
    return [-reach["negative"], reach["positive"]]


def _time_axis(rows: list[dict[str, Any]], bucket: Bucket, locale: Locale) -> Any:
    return alt.Axis(
        format=axis_format(rows[0]["bucket"], rows[-1]["bucket"], bucket, locale), labelFlush=True
    )


def _tooltip(locale: Locale) -> list[Any]:
    _ = words("charts", locale)
    titles = {
        "when": _("When"),
        "positive_said": _("positive"),
        "neutral_said": _("neutral"),
        "negative_said": _("negative"),
        "authors_said": _("Authors"),
    }
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]
