"""Terms that set two sides apart: dots left and right of zero, with intervals."""

from __future__ import annotations

from typing import Any

import altair as alt

from outlisten.charts.drawing import data, framed, nothing
from outlisten.charts.tokens import PALETTES, ROW, SMALL, Theme
from outlisten.insights.estimate import Estimate
from outlisten.insights.figures_in_words import count_in_words, odds_in_words
from outlisten.insights.insight import Insight
from outlisten.words import Locale, words

TERM_ROW = ROW - 4


def keyness(
    insight: Insight,
    locale: Locale = "en",
    theme: Theme = "light",
    *,
    names: tuple[str, str] | None = None,
    top: int = 12,
) -> Any:
    """The `top` terms of each side by log-odds ratio, the query's side first and in the accent.

    `names` are the two sides as people call them. A hollow dot is a term that does not stand after
    correction for the number of terms compared.
    """
    _ = words("charts", locale)
    title = _("Terms that set these apart")
    rows = _best(insight.table.to_pylist(), top)
    if not rows:
        return nothing(insight, locale, theme, title=title)
    colours, height = PALETTES[theme], TERM_ROW * len(rows) + 24
    ours, theirs = names or (_("these posts"), _("the others"))
    picture = alt.layer(
        alt.Chart(data([{"zero": 0}])).mark_rule(color=colours.quiet).encode(alt.X("zero:Q")),
        *_terms(rows, locale, theme, (ours, theirs)),
    )
    subtitle = [
        _("How much more authors of one side use the term (log-odds ratio), with 95 % intervals"),
        _("Left: {theirs} · right: {ours}").format(ours=ours, theirs=theirs),
    ]
    return framed(picture, insight, locale, theme, title=title, subtitle=subtitle, height=height)


def _terms(rows: list[dict[str, Any]], locale: Locale, theme: Theme, names: tuple[str, str]) -> list[Any]:
    colours = PALETTES[theme]
    hues = alt.Scale(domain=["query", "against"], range=[colours.accent, colours.muted])
    base = alt.Chart(data([_row(row, locale) for row in rows])).encode(
        y=alt.Y(
            "term:N",
            title=None,
            sort=[row["term"] for row in rows],
            axis=alt.Axis(labelColor=colours.ink, labelFontSize=SMALL + 1, labelLimit=190, grid=True),
        ),
        color=alt.Color("side:N", legend=None, scale=hues),
        tooltip=_tooltip(locale, names),
    )
    x = alt.X("log_odds:Q", title=None, axis=alt.Axis(grid=False, tickCount=7, format="~g"))
    return [
        base.mark_rule(size=2.5, opacity=0.5).encode(alt.X("low:Q"), alt.X2("high:Q")),
        base.transform_filter("datum.distinctive").mark_point(filled=True, size=64, opacity=1).encode(x),
        base.transform_filter("!datum.distinctive")
        .mark_point(filled=True, size=56, opacity=1, strokeWidth=2)
        .encode(
            x,
            color=alt.Undefined,
            fill=alt.value(colours.paper),
            stroke=alt.Stroke("side:N", legend=None, scale=hues),
        ),
    ]


def _best(rows: list[dict[str, Any]], top: int) -> list[dict[str, Any]]:
    """The first `top` rows of each side, from the most typical of the query to that of the others."""
    kept = [row for side in ("query", "against") for row in [r for r in rows if r["side"] == side][:top]]
    return sorted(kept, key=lambda row: -row["log_odds"])


def _row(row: dict[str, Any], locale: Locale) -> dict[str, Any]:
    _ = words("charts", locale)
    return {
        **{
            name: row[name] for name in ("term", "side", "log_odds", "low", "high", "distinctive", "evidence")
        },
        "odds_said": odds_in_words(Estimate(row["log_odds"], row["low"], row["high"]), locale),
        "ours_said": count_in_words(row["authors"]),
        "theirs_said": count_in_words(row["authors_against"]),
        "stands": _("yes") if row["distinctive"] else _("no"),
    }


def _tooltip(locale: Locale, names: tuple[str, str]) -> list[Any]:
    _ = words("charts", locale)
    titles = {
        "term": _("Term"),
        "odds_said": _("Log-odds ratio"),
        "ours_said": _("Authors: {side}").format(side=names[0]),
        "theirs_said": _("Authors: {side}").format(side=names[1]),
        "stands": _("Distinctive"),
    }
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]
