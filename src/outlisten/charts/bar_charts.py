"""Top authors and top sources as bars from zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import altair as alt

from outlisten.charts.drawing import data, framed, nothing
from outlisten.charts.tokens import PALETTES, ROW, SMALL, Theme
from outlisten.insights.estimate import Estimate
from outlisten.insights.figures_in_words import count_in_words, share_in_words
from outlisten.insights.insight import Insight
from outlisten.words import Locale, words


def top_authors(insight: Insight, locale: Locale = "en", theme: Theme = "light") -> Any:
    """The authors with most posts. They are people, so the bars are muted: a fact, not a ranking to win."""
    _ = words("charts", locale)
    rows = [
        {**row, "name": row["author"] or row["handle"] or _("no name"), "where": row["platform"]}
        for row in insight.table.to_pylist()
    ]
    return _bars(insight, rows, locale, theme, title=_("Authors with most posts"))


def top_sources(insight: Insight, locale: Locale = "en", theme: Theme = "light") -> Any:
    """The platforms or sites with most posts."""
    _ = words("charts", locale)
    rows = [
        {**row, "name": row["source"] or _("not known"), "where": count_in_words(row["authors"])}
        for row in insight.table.to_pylist()
    ]
    title = _("Sites with most posts") if insight.settings["by"] == "site" else _("Platforms with most posts")
    return _bars(insight, rows, locale, theme, title=title)


def _bars(
    insight: Insight, rows: Sequence[dict[str, Any]], locale: Locale, theme: Theme, *, title: str
) -> Any:
    if not rows:
        return nothing(insight, locale, theme, title=title)
    _ = words("charts", locale)
    colours = PALETTES[theme]
    where = _("Platform") if insight.name == "top_authors" else _("Authors")
    named = [_row(row, name, locale) for row, name in zip(rows, _distinct(rows), strict=True)]
    base = alt.Chart(data(named)).encode(
        y=alt.Y(
            "name:N",
            title=None,
            sort=[row["name"] for row in named],
            axis=alt.Axis(labelColor=colours.ink, labelFontSize=SMALL + 1, labelLimit=170),
        ),
        tooltip=[
            alt.Tooltip("name:N", title=" "),
            alt.Tooltip("where:N", title=where),
            alt.Tooltip("said:N", title=_("Posts")),
        ],
    )
    most = max(row["posts"] for row in rows)
    x = alt.X("posts:Q", title=None, axis=None, scale=alt.Scale(domain=[0, most * 1.3], nice=False))
    picture = alt.layer(
        base.mark_bar(color=colours.muted, height={"band": 0.62}).encode(x),
        base.mark_text(align="left", dx=6, fontSize=SMALL, color=colours.ink).encode(x, text="said:N"),
    )
    return framed(picture, insight, locale, theme, title=title, height=ROW * len(rows))


def _row(row: dict[str, Any], name: str, locale: Locale) -> dict[str, Any]:
    """A sampled author's posts are an estimate, so the share with its interval stands beside the count."""
    said = count_in_words(row["posts"])
    if row.get("low") is not None:
        said = share_in_words(Estimate(row["share"], row["low"], row["high"]), locale)
    return {
        "name": name,
        "where": row["where"],
        "posts": row["posts"],
        "said": said,
        "evidence": row["evidence"],
    }


def _distinct(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Names that differ: two people may share one, and a row without a name of its own would vanish."""
    used = Counter(row["name"] for row in rows)
    names = [row["name"] if used[row["name"]] == 1 else f"{row['name']} · {row['where']}" for row in rows]
    met: Counter[str] = Counter()
    for at, name in enumerate(names):
        met[name] += 1
        names[at] = name if met[name] == 1 else f"{name} ({met[name]})"
    return names
