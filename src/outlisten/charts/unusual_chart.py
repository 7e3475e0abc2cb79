"""People by the hour, or the share of them that complains, over the band of what is usual, with alerts marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import altair as alt

from outlisten.charts.drawing import data, framed, nothing
from outlisten.charts.gaps import Gap
from outlisten.charts.moments import as_utc, axis_format
from outlisten.charts.tokens import BAND, HEIGHT, PALETTES, Theme
from outlisten.charts.units import share_axis
from outlisten.charts.unusual_words import UnusualWords, unusual_names, unusual_words
from outlisten.insights.insight import Insight
from outlisten.words import Locale, words

GAP = 0.2  # share of a bar's hours left empty between two bars
CALM = 0.5  # how much of their colour bars outside an alert have
GROUND = 0.08  # opacity of an alert's ground
LABEL = 14  # px kept free at the top for the alert's name
EARLY = 0.15  # of the axis: an alert that begins there is named on its right


def unusual(
    insight: Insight, locale: Locale = "en", theme: Theme = "light", *, height: int = HEIGHT, gaps: Sequence[Gap] = ()
) -> Any:  # fmt: skip
    """A bar for what was seen, a line for what is usual with the band of 95 of 100 such hours, and the hours of alerts marked.

    A bar's datum carries its `evidence`. The hours of an alert stand on ground of their own and have a name.
    """
    _ = words("charts", locale)
    complaints = insight.settings["of"] == "complaints"
    title = _("Share that complains, by six hours") if complaints else _("People by the hour")
    rows = insight.table.to_pylist()
    if not rows:
        return nothing(insight, locale, theme, title=title)
    length = timedelta(hours=int(insight.settings["hours"]))
    colours, names = PALETTES[theme], [row["bucket"] for row in rows]
    x = alt.X(
        "start:T", title=None, scale=alt.Scale(type="utc", nice=False),
        axis=alt.Axis(format=axis_format(names[0], names[-1], "hour", locale), labelFlush=True, tickCount="day"),
    )  # fmt: skip
    axis = (
        share_axis(locale, tickCount=4) if complaints else alt.Axis(format=",d", tickMinStep=1, tickCount=4)
    )
    domain = alt.Scale(domain=[0, _top(rows, complaints, height)], nice=False)
    y = alt.Y("seen:Q", title=None, scale=domain, axis=axis)
    edges = alt.Chart(data(list(_edges(rows, length))))
    told = alt.Chart(
        data(
            [_bar(row, length, said) for row, said in zip(rows, unusual_words(insight, locale), strict=True)]
        )
    )
    picture = alt.layer(
        *_marked(rows, length, locale, theme, height),
        edges.mark_area(color=colours.quiet, opacity=BAND, tooltip=None)
        .transform_filter("isValid(datum.low)")
        .encode(x, alt.Y("low:Q", title=None, scale=domain), alt.Y2("high:Q"), alt.Detail("run:N")),
        told.mark_bar(invalid="filter").encode(
            x, x2="end:T", y=y, y2=alt.datum(0), tooltip=_tooltip(insight, locale),
            color=alt.condition("datum.alert", alt.value(colours.accent), alt.value(_pale(theme))),
        ),
        edges.mark_line(color=colours.quiet, strokeWidth=1.25, tooltip=None).encode(
            x, alt.Y("expected:Q", title=None, scale=domain)
        ),
    )  # fmt: skip
    subtitle = _("Line: usual. Band: the range of 95 of 100 usual times.")
    return framed(picture, insight, locale, theme, title=title, subtitle=subtitle, height=height, gaps=gaps)


def _bar(row: Mapping[str, Any], length: timedelta, said: UnusualWords) -> dict[str, Any]:
    return {
        "start": as_utc(row["bucket"]), "end": as_utc(row["bucket"] + length * (1 - GAP)), "seen": row["seen"],
        "alert": row["alert"], "when": said.when, "seen_said": said.seen, "people_said": said.people,
        "usual_said": said.usual, "range_said": said.range, "evidence": row["evidence"],
    }  # fmt: skip


def _pale(theme: Theme) -> str:
    """The accent mixed with the paper: unlike a transparent bar, it lets no band shine through."""
    colours = (PALETTES[theme].accent, PALETTES[theme].paper)
    accent, paper = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in colours)
    return "#" + "".join(
        f"{round(CALM * a + (1 - CALM) * p):02x}" for a, p in zip(accent, paper, strict=True)
    )


def _edges(rows: Sequence[Mapping[str, Any]], length: timedelta) -> Iterator[dict[str, Any]]:
    """Both ends of every bucket, so that line and band are stairs; a bucket without a band parts two runs of it."""
    run = 0
    for row in rows:
        run += row["low"] is None
        for moment in (row["bucket"], row["bucket"] + length):
            yield {
                "start": as_utc(moment), "expected": row["expected"], "low": row["low"], "high": row["high"], "run": run,
            }  # fmt: skip


def _top(rows: Sequence[Mapping[str, Any]], complaints: bool, height: int) -> float:
    """The upper end of the axis: what was seen and the band, with room for the alert's name."""
    most = max(
        value for row in rows for value in (row["seen"], row["high"], row["expected"]) if value is not None
    )
    room = height / (height - LABEL) if any(row["alert"] for row in rows) else 1.05
    return float(max(most, 0.1 if complaints else 3.0) * room)


def _marked(
    rows: Sequence[Mapping[str, Any]], length: timedelta, locale: Locale, theme: Theme, height: int
) -> list[Any]:
    """The ground of every alert, from the top to the foot, and its name beside it."""
    colours, spans = PALETTES[theme], list(_spans(rows, length))
    if not spans:
        return []
    first, last = rows[0]["bucket"], rows[-1]["bucket"] + length
    ground = [{"start": as_utc(start), "end": as_utc(end)} for start, end in spans]
    x = alt.X("start:T", title=None, scale=alt.Scale(type="utc", nice=False))
    base = alt.Chart(data(ground))
    named = [
        alt.Chart(data([{"start": as_utc(start)}])).encode(x)
        .mark_text(
            text=words("charts", locale)("Alert"), color=colours.accent, fontWeight=600, fontSize=11, y=6, baseline="middle",
            align="left" if start - first < EARLY * (last - first) else "right",
            dx=4 if start - first < EARLY * (last - first) else -4, tooltip=None,
        )
        for start, _end in spans
    ]  # fmt: skip
    return [
        base.mark_rect(color=colours.accent, opacity=GROUND, tooltip=None).encode(x, x2="end:T"),
        base.mark_rule(color=colours.accent, strokeWidth=1, strokeDash=[3, 3], tooltip=None).encode(x),
        *named,
    ]


def _spans(rows: Sequence[Mapping[str, Any]], length: timedelta) -> Iterator[tuple[datetime, datetime]]:
    for alert, together in groupby(rows, key=lambda row: bool(row["alert"])):
        of_one = [row["bucket"] for row in together]
        if alert:
            yield of_one[0], of_one[-1] + length


def _tooltip(insight: Insight, locale: Locale) -> list[Any]:
    names = unusual_names(insight, locale)
    return [
        alt.Tooltip("when:N", title=words("charts", locale)("When")),
        *(alt.Tooltip(f"{name}_said:N", title=title) for name, title in names.items()),
    ]
