"""What a chart's figures are, said under its title: the unit, and that a band or a bar is an interval."""

from __future__ import annotations

from typing import Any

import altair as alt

from outlisten.insights.insight import Insight
from outlisten.words import Locale, words


def estimate_subtitle(insight: Insight, locale: Locale) -> str:
    """For shares with intervals."""
    _ = words("charts", locale)
    shares = {"authors": _("Share of authors"), "posts": _("Share of posts")}[insight.unit]
    return _("{shares}, with 95 % intervals").format(shares=shares)


def share_axis(locale: Locale, **options: Any) -> Any:
    """An axis of shares, written as the figures are; shares drawn downwards read as the shares they are."""
    sign = "%" if locale == "zh-hans" else " %"
    return alt.Axis(labelExpr=f"format(100 * abs(datum.value), '.0f') + '{sign}'", **options)
