"""Who speaks over time: people above the line, companies and those they pay below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from outlisten.charts.drawing import corner, data, framed, nothing
from outlisten.charts.gaps import Gap
from outlisten.charts.moments import as_utc, axis_format, bucket_name
from outlisten.charts.tokens import HEIGHT, PALETTES, SMALL, Palette, Theme
from outlisten.insights.figures_in_words import count_in_words
from outlisten.insights.insight import Insight
from outlisten.insights.voices import FOR_COMPANIES
from outlisten.insights.windows import next_bucket
from outlisten.posts.store import Bucket
from outlisten.words import Locale, words

GAP = 0.12  # share of a bucket left empty between two bars
# From the line outwards, on each side of it.
ORDER = ("earned", "unknown", "owned", "employee", "partner", "paid")


def voices_over_time(
    insight: Insight, locale: Locale = "en", theme: Theme = "light", *, height: int = HEIGHT, gaps: Sequence[Gap] = ()
) -> Any:  # fmt: skip
    """Posts in every bucket by voice, on one scale: what people say stands up, what companies say hangs down.

    A bar's datum carries its `evidence`.
    """
    _ = words("charts", locale)
    title, rows = _("Who speaks"), insight.table.to_pylist()
    if not any(row["posts"] for row in rows):
        return nothing(insight, locale, theme, title=title)
    bucket: Bucket = insight.settings["bucket"]  # type: ignore[assignment]
    present = [voice for voice in ORDER if any(row["voice"] == voice for row in rows)]
    names = voice_names(locale)
    bars = alt.Chart(data(_bars(rows, bucket, locale))).mark_bar()
    drawn = bars.encode(
        x=alt.X(
            "start:T",
            title=None,
            scale=alt.Scale(type="utc"),
            axis=alt.Axis(
                format=axis_format(rows[0]["bucket"], rows[-1]["bucket"], bucket, locale), labelFlush=True
            ),
        ),
        x2="end:T",
        y=alt.Y(
            "top:Q",
            title=None,
            axis=alt.Axis(labelExpr="format(abs(datum.value), ',d')", tickMinStep=1, tickCount=5),
        ),
        y2="foot:Q",
        color=_colours([names[voice] for voice in present], present, PALETTES[theme]),
        tooltip=[
            alt.Tooltip("said_voice:N", title=_("Voice")),
            alt.Tooltip("when:N", title=_("When")),
            alt.Tooltip("said:N", title=_("Posts")),
        ],
    )
    zero = alt.Chart(data([{"zero": 0}])).mark_rule(color=PALETTES[theme].quiet).encode(y="zero:Q")
    quiet = PALETTES[theme].quiet
    sides = [
        corner(_("people"), quiet, x=4, y=8, align="left"),
        corner(_("companies and those they pay"), quiet, x=4, y=height - 8, align="left"),
    ]
    picture = alt.layer(drawn, zero, *sides)
    return framed(picture, insight, locale, theme, title=title, height=height, gaps=gaps)


def voice_names(locale: Locale) -> dict[str, str]:
    """What each voice is called."""
    _ = words("charts", locale)
    return {
        "earned": _("earned"), "unknown": _("unknown"), "owned": _("owned"), "employee": _("employee"),
        "partner": _("partner"), "paid": _("paid"),
    }  # fmt: skip


def _bars(rows: list[dict[str, Any]], bucket: Bucket, locale: Locale) -> list[Mapping[str, Any]]:
    """The bars of each bucket, stacked outwards from the line; empty ones are left out."""
    names = voice_names(locale)
    bars: list[Mapping[str, Any]] = []
    reached: dict[tuple[Any, bool], int] = {}
    for row in sorted(rows, key=lambda row: (row["bucket"], ORDER.index(row["voice"]))):
        if not row["posts"]:
            continue
        start, below = row["bucket"], row["voice"] in FOR_COMPANIES
        foot = reached.get((start, below), 0)
        reached[start, below] = top = foot + (-row["posts"] if below else row["posts"])
        bars.append(
            {
                "start": as_utc(start),
                "end": as_utc(start + (next_bucket(start, bucket) - start) * (1 - GAP)),
                "when": bucket_name(start, bucket, locale),
                "voice": names[row["voice"]],
                "said_voice": names[row["voice"]],
                "foot": foot,
                "top": top,
                "said": count_in_words(row["posts"]),
                "evidence": row["evidence"],
            }
        )
    return bars


def _colours(names: list[str], voices: list[str], colours: Palette) -> Any:
    """People are shades of the accent; companies are grey, and those they pay have hues of their own."""
    hues = {
        "earned": colours.accent,
        "unknown": mixed(colours.accent, colours.paper),
        "owned": colours.muted,
        "employee": colours.positive,
        "partner": mixed(colours.negative, colours.paper),
        "paid": colours.negative,
    }
    legend = alt.Legend(
        title=None,
        orient="top",
        symbolType="square",
        labelFontSize=SMALL + 1,
        labelColor=colours.ink,
        columns=3,
    )
    return alt.Color(
        "voice:N", scale=alt.Scale(domain=names, range=[hues[voice] for voice in voices]), legend=legend
    )


def mixed(colour: str, paper: str, share: float = 0.45) -> str:
    """A paler shade: this share of the colour on the paper. Both are #rrggbb."""
    parts = [[int(hue[at : at + 2], 16) for at in (1, 3, 5)] for hue in (colour, paper)]
    shades = (round(share * ink + (1 - share) * ground) for ink, ground in zip(*parts, strict=True))
    return "#" + "".join(f"{shade:02x}" for shade in shades)
