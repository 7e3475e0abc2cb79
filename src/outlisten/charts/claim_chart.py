"""A tested promise in two pictures: what was seen beside what was to be expected, and the placebo dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from math import copysign, isfinite
from typing import Any

import altair as alt
import pyarrow as pa

from outlisten.charts.drawing import data, framed, nothing
from outlisten.charts.gaps import Gap
from outlisten.charts.moments import as_utc, axis_format, bucket_name
from outlisten.charts.tokens import BAND, HEIGHT, PALETTES, SMALL, Theme
from outlisten.insights.effects import Kind, Verdict
from outlisten.insights.effects.sentences import MOST, effect_in_words
from outlisten.insights.insight import Insight
from outlisten.posts.store import Bucket
from outlisten.words import Locale, words

HOLES = "break-paths-show-domains"  # a missing bucket is a hole, never a line drawn across
STRIP = 110  # px: the placebo strip beside the time line of 180
OBSERVED = pa.schema(
    [
        ("bucket", pa.timestamp("s")),
        ("observed", pa.float64()),
        ("expected", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)


def observed_and_expected(
    verdict: Verdict, locale: Locale = "en", theme: Theme = "light", *, kind: Kind = "count", bucket: Bucket = "day",
    evidence: str = "", height: int = HEIGHT, gaps: Sequence[Gap] = (),
) -> Any:  # fmt: skip
    """The metric as a line; from the promised day on what would have been, dashed, with its band; a line at the day."""
    _ = words("charts", locale)
    title, rows = _("Seen, and to be expected without it"), _points(verdict, kind, bucket, locale)
    insight = _insight("claim", verdict, rows, evidence, bucket)
    if not any(row["expected_after"] is not None for row in rows):
        return nothing(insight, locale, theme, title=title)
    colours, first, last = PALETTES[theme], rows[0]["clock"], rows[-1]["clock"]
    base = alt.Chart(data([{k: v for k, v in row.items() if k != "clock"} for row in rows])).encode(
        x=alt.X(
            "start:T",
            title=None,
            scale=alt.Scale(type="utc"),
            axis=alt.Axis(format=axis_format(first, last, bucket, locale), labelFlush=True),
        )
    )
    axis = alt.Axis(format=".0%" if kind == "share" else ",.0f", tickCount=4)
    y = alt.Y("observed:Q", title=None, scale=alt.Scale(zero=True), axis=axis)
    picture = alt.layer(
        base.mark_area(opacity=BAND, color=colours.muted, invalid=HOLES).encode(
            alt.Y("low:Q"), alt.Y2("high:Q")
        ),
        base.mark_line(size=1.5, color=colours.accent, invalid=HOLES).encode(y),
        base.mark_line(size=2, color=colours.muted, strokeDash=[5, 3], invalid=HOLES).encode(
            alt.Y("expected_after:Q")
        ),
        _start_line(verdict, theme, _("promised from here"), height),
        base.mark_point(filled=True, size=60, opacity=0, invalid="filter").encode(
            y, tooltip=_tooltip(locale)
        ),
    )
    subtitle = _("Line: seen. Dashes and band: to be expected, with a 95 % interval of each point")
    return framed(picture, insight, locale, theme, title=title, subtitle=subtitle, height=height, gaps=gaps)


def observed(verdict: Verdict, *, kind: Kind = "count", bucket: Bucket = "day") -> Insight:
    """What was seen in every bucket beside what was to be expected: what `observed_and_expected` draws."""
    return _insight("claim", verdict, _points(verdict, kind, bucket, "en"), "", bucket)


def placebo_strip(
    verdict: Verdict, locale: Locale = "en", theme: Theme = "light", *, kind: Kind = "count", bucket: Bucket = "day",
    evidence: str = "",
) -> Any:  # fmt: skip
    """The effect found at each pretended date, and the real one with its interval: does it stand out among them?"""
    _ = words("charts", locale)
    title, rows = _("On dates when nothing was promised"), _dots(verdict, kind, bucket, locale)
    percent = verdict.promise.relative or kind == "share"
    insight = _insight("placebos", verdict, rows, evidence, bucket, percent=percent)
    if verdict.effect is None or not verdict.placebos:
        return nothing(insight, locale, theme, title=title)
    colours = PALETTES[theme]
    axis = alt.Axis(format="+.0%" if percent else "+,.1f", tickCount=4)
    base = alt.Chart(data([{k: v for k, v in row.items() if k != "clock"} for row in rows])).encode(
        x=alt.X(
            "start:T", title=None, scale=alt.Scale(type="utc"),
            axis=alt.Axis(format=axis_format(rows[0]["clock"], rows[-1]["clock"], bucket, locale), labelFlush=True),
        ),
        color=alt.Color(
            "real:N", legend=None, scale=alt.Scale(domain=[False, True], range=[colours.muted, colours.accent])
        ),
        tooltip=[alt.Tooltip("when:N", title=_("When")), alt.Tooltip("said:N", title=_("Effect"))],
    )  # fmt: skip
    effect = alt.Y("value:Q", title=None, axis=axis, scale=alt.Scale(domain=_reach(rows)))
    picture = alt.layer(
        alt.Chart(data([{"zero": 0}])).mark_rule(color=colours.quiet).encode(alt.Y("zero:Q")),
        base.transform_filter("datum.real")
        .mark_rule(size=2, clip=True)
        .encode(alt.Y("low:Q"), alt.Y2("high:Q")),
        base.mark_point(filled=True, opacity=0.75).encode(
            effect,
            size=alt.condition("datum.real", alt.value(80), alt.value(22)),
        ),
    )
    subtitle = _("Small: pretended dates. Large: the promise, with its 95 % interval")
    return framed(picture, insight, locale, theme, title=title, subtitle=subtitle, height=STRIP)


def _points(verdict: Verdict, kind: Kind, bucket: Bucket, locale: Locale) -> list[dict[str, Any]]:
    return [
        {
            "clock": _clock(one.start),
            "start": as_utc(_clock(one.start)),
            "when": bucket_name(_clock(one.start), bucket, locale),
            "observed": one.observed,
            "expected_after": one.expected if one.start >= verdict.promise.start else None,
            "low": one.low,
            "high": one.high,
            "observed_said": _said(one.observed, kind, locale),
            "expected_said": _said(one.expected, kind, locale),
        }
        for one in verdict.path
    ]


def _dots(verdict: Verdict, kind: Kind, bucket: Bucket, locale: Locale) -> list[dict[str, Any]]:
    shown = [(one.start, one.effect, False) for one in verdict.placebos]
    if verdict.effect is not None:
        shown.append((verdict.promise.start, verdict.effect, True))
    return [
        {
            "clock": _clock(start),
            "start": as_utc(_clock(start)),
            "when": bucket_name(_clock(start), bucket, locale),
            **{name: _drawable(end) for name, end in effect.as_json().items()},
            "real": real,
            "said": effect_in_words(
                effect, verdict.promise, locale, kind=kind, step="week" if bucket == "week" else "day"
            ),
        }
        for start, effect, real in shown
    ]


def _drawable(effect: float) -> float:
    """The effect as far as it is written in words: JSON holds nothing that is endless."""
    return effect if isfinite(effect) else copysign(MOST / 100, effect)


def _reach(rows: list[dict[str, Any]]) -> list[float]:
    """From the lowest to the highest effect, and the interval as far as three times the widest of them."""
    effects = [row["value"] for row in rows]
    least, most = min(0.0, *effects), max(0.0, *effects)
    room = 3 * max(-least, most, 0.05)
    real = rows[-1]
    return [max(min(least, real["low"]), -room), min(max(most, real["high"]), room)]


def _start_line(verdict: Verdict, theme: Theme, said: str, height: int) -> Any:
    colours = PALETTES[theme]
    base = alt.Chart(data([{"start": as_utc(_clock(verdict.promise.start)), "said": said}])).encode(
        alt.X("start:T")
    )
    word = base.mark_text(align="right", dx=-5, y=6, fontSize=SMALL, fontWeight=600, color=colours.ink)
    return alt.layer(base.mark_rule(color=colours.ink, size=1.5), word.encode(text="said:N"))


def _insight(
    name: str, verdict: Verdict, rows: list[dict[str, Any]], evidence: str, bucket: Bucket, *,
    percent: bool = False,
) -> Insight:  # fmt: skip
    """What the frame of every chart asks for: the rows its alternative text is made from."""
    if name == "claim":
        table = pa.Table.from_pylist(
            [{**row, "bucket": row["clock"], "expected": row["expected_after"]} for row in rows],
            schema=OBSERVED,
        )
    else:
        table = pa.table({"effect": [row["value"] for row in rows if not row["real"]]})
    return Insight(name, table, evidence, "posts", "placebo dates, 95 %",
                   settings={"bucket": bucket, "percent": percent})  # fmt: skip


def _said(value: float | None, kind: Kind, locale: Locale) -> str:
    if value is None:
        return words("charts", locale)("missing")
    return f"{100 * value:.0f}%" if kind == "share" else f"{value:,.1f}".removesuffix(".0")


def _tooltip(locale: Locale) -> list[Any]:
    _ = words("charts", locale)
    titles = {"when": _("When"), "observed_said": _("Seen"), "expected_said": _("To be expected")}
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]


def _clock(day: date) -> datetime:
    return datetime.combine(day, time.min)
