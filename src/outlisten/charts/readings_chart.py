"""What people want, and what they feel, over time: a row for each, a cell for each bucket, darker where more posts are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from outlisten.charts.drawing import data, framed, nothing
from outlisten.charts.gaps import Gap
from outlisten.charts.moments import as_utc, axis_format, bucket_name
from outlisten.charts.tokens import PALETTES, SMALL, Theme
from outlisten.insights.figures_in_words import count_in_words
from outlisten.insights.insight import Insight
from outlisten.insights.windows import next_bucket
from outlisten.posts.store import Bucket
from outlisten.words import Locale, words

ROW = 24  # pixels of a row
GAP = 0.06  # share of a bucket left empty between two cells
LIGHTEST = 0.12  # of a cell with one post


def intents_over_time(
    insight: Insight, locale: Locale = "en", theme: Theme = "light", *, gaps: Sequence[Gap] = ()
) -> Any:
    """Posts of each intent in every bucket, most frequent intent first; its total stands beside it.

    A cell's datum carries its `evidence`.
    """
    return _drawn(insight, locale, theme, words("charts", locale)("What people want"), gaps)


def emotions_over_time(
    insight: Insight, locale: Locale = "en", theme: Theme = "light", *, gaps: Sequence[Gap] = ()
) -> Any:
    """The same for emotions."""
    return _drawn(insight, locale, theme, words("charts", locale)("What people feel"), gaps)


def value_names(locale: Locale) -> dict[str, str]:
    """What each intent and emotion is called."""
    _ = words("charts", locale)
    return {
        "help": _("asks for help"), "inquiry": _("asks a question"), "complaint": _("complains"),
        "suggestion": _("suggests"), "praise": _("praises"), "thanks": _("thanks"),
        "purchase": _("wants to buy"), "leaving": _("is about to leave"), "comparison": _("compares"),
        "anger": _("anger"), "joy": _("joy"), "sadness": _("sadness"), "fear": _("fear"),
        "surprise": _("surprise"), "disgust": _("disgust"), "optimism": _("optimism"),
        "gratitude": _("gratitude"),
    }  # fmt: skip


def _drawn(insight: Insight, locale: Locale, theme: Theme, title: str, gaps: Sequence[Gap]) -> Any:
    rows = insight.table.to_pylist()
    if not any(row["posts"] for row in rows):
        return nothing(insight, locale, theme, title=title)
    _ = words("charts", locale)
    bucket: Bucket = insight.settings["bucket"]  # type: ignore[assignment]
    cells, order = _cells(rows, bucket, locale)
    axis = alt.Axis(
        format=axis_format(rows[0]["bucket"], rows[-1]["bucket"], bucket, locale), labelFlush=True, grid=False
    )
    names = alt.Axis(
        title=None, labelLimit=180, labelFontSize=SMALL + 1, domain=False, ticks=False, grid=False
    )
    picture = alt.Chart(data(cells)).mark_rect(color=PALETTES[theme].accent, cornerRadius=2).encode(
        x=alt.X("start:T", title=None, scale=alt.Scale(type="utc"), axis=axis),
        x2="end:T",
        y=alt.Y("name:N", sort=order, scale=alt.Scale(domain=order, paddingInner=0.12), axis=names),
        opacity=alt.Opacity("posts:Q", scale=alt.Scale(type="sqrt", range=[LIGHTEST, 1], zero=True), legend=None),
        tooltip=[
            alt.Tooltip("said_name:N", title=_("Read as")),
            alt.Tooltip("when:N", title=_("When")),
            alt.Tooltip("said:N", title=_("Posts")),
        ],
    )  # fmt: skip
    subtitle = _("Posts, as the models read them; darker is more")
    height = ROW * len(order)
    return framed(picture, insight, locale, theme, title=title, subtitle=subtitle, height=height, gaps=gaps)


def _cells(
    rows: list[dict[str, Any]], bucket: Bucket, locale: Locale
) -> tuple[list[dict[str, Any]], list[str]]:
    """The cells that hold posts, and the names of the rows from the most frequent on."""
    names = value_names(locale)
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["value"]] = totals.get(row["value"], 0) + row["posts"]
    label = {value: f"{names[value]} · {count_in_words(posts)}" for value, posts in totals.items()}
    order = [label[value] for value in sorted(totals, key=lambda value: -totals[value])]
    cells = [
        {
            "start": as_utc(row["bucket"]),
            "end": as_utc(row["bucket"] + (next_bucket(row["bucket"], bucket) - row["bucket"]) * (1 - GAP)),
            "when": bucket_name(row["bucket"], bucket, locale),
            "name": label[row["value"]], "said_name": names[row["value"]],
            "posts": row["posts"], "said": count_in_words(row["posts"]), "evidence": row["evidence"],
        }
        for row in rows
        if row["posts"]
    ]  # fmt: skip
    return cells, order
