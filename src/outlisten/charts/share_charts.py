"""Share of voice, and the tone of a whole window, as dots with intervals."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from outlisten.charts.dots import Dot, dots
from outlisten.charts.drawing import framed, nothing
from outlisten.charts.tokens import PALETTES, ROW, Theme
from outlisten.charts.units import estimate_subtitle
from outlisten.insights.estimate import Estimate
from outlisten.insights.figures_in_words import count_in_words
from outlisten.insights.insight import Insight
from outlisten.words import Locale, words


def share_of_voice(
    insight: Insight, locale: Locale = "en", theme: Theme = "light", *, own: Collection[str] = ()
) -> Any:
    """Each topic's share, biggest first. The topics in `own` have the accent, all others are muted."""
    _ = words("charts", locale)
    title, colours, rows = _("Share of voice"), PALETTES[theme], insight.table.to_pylist()
    if not any(row["share"] is not None for row in rows):
        return nothing(insight, locale, theme, title=title)
    listed = [
        Dot(
            row["topic"],
            _share(row),
            colours.accent if row["topic"] in own else colours.muted,
            _counts(row, locale),
            row["evidence"],
        )
        for row in sorted(rows, key=lambda row: -row["share"])
    ]
    return _framed(listed, insight, locale, theme, title)


def tone(insight: Insight, locale: Locale = "en", theme: Theme = "light") -> Any:
    """The shares of negative, neutral and positive, told by position, word and hue."""
    _ = words("charts", locale)
    title, colours, rows = _("Tone"), PALETTES[theme], insight.table.to_pylist()
    if not any(row["share"] is not None for row in rows):
        return nothing(insight, locale, theme, title=title)
    names = {
        "negative": (_("negative"), colours.negative),
        "neutral": (_("neutral"), colours.neutral),
        "positive": (_("positive"), colours.positive),
    }
    listed = [
        Dot(
            *(
                names[row["sentiment"]][0],
                _share(row),
                names[row["sentiment"]][1],
                _counts(row, locale),
                row["evidence"],
            )
        )
        for row in rows
        if row["sentiment"] in names
    ]
    return _framed(listed, insight, locale, theme, title)


def _framed(listed: list[Dot], insight: Insight, locale: Locale, theme: Theme, title: str) -> Any:
    subtitle, height = estimate_subtitle(insight, locale), ROW * len(listed) + 8
    return framed(
        dots(listed, locale, theme), insight, locale, theme, title=title, subtitle=subtitle, height=height
    )


def _share(row: dict[str, Any]) -> Estimate | None:
    return None if row["share"] is None else Estimate(row["share"], row["low"], row["high"])


def _counts(row: dict[str, Any], locale: Locale) -> tuple[tuple[str, str], ...]:
    _ = words("charts", locale)
    return ((_("Posts"), count_in_words(row["posts"])), (_("Authors"), count_in_words(row["authors"])))
