"""What every chart has in common: data rows, a frame with title and description, and the empty state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

import altair as alt

from outlisten.charts.alt_text import alt_text
from outlisten.charts.gaps import Gap, gaps_said
from outlisten.charts.hatching import hatched
from outlisten.charts.theme import config
from outlisten.charts.tokens import PALETTES, SMALL, TEXT, Theme
from outlisten.insights.insight import Insight
from outlisten.words import LOCALES, Locale, words

Row = Mapping[str, Any]
LINE = 56  # Latin letters: some 320 px
HAN = re.compile(r"[\u3400-\u9fff]")
NOT_ENOUGH = ("too_few_authors", "nothing_to_compare", "no_usual_week")


def data(rows: Sequence[Row]) -> alt.InlineData:
    """Rows as inline data."""
    return alt.InlineData(values=[dict(row) for row in rows])


def framed(
    chart: Any,
    insight: Insight,
    locale: Locale,
    theme: Theme,
    *,
    title: str,
    height: Any,
    subtitle: str | list[str] | None = None,
    gaps: Sequence[Gap] = (),
) -> Any:
    """A chart with its title, its description in both languages, a responsive width and the theme.

    Gaps in collection that it covers are hatched behind it and said in the description.
    `usermeta.outlisten` tells a page what it needs to react: insight, evidence, bucket, zone, descriptions.
    """
    meta = {
        "insight": insight.name,
        "evidence": insight.evidence,
        "description": {name: _described(insight, gaps, name) for name in LOCALES},
        **{name: insight.settings[name] for name in ("bucket", "zone") if name in insight.settings},
    }
    if gaps:
        chart = hatched(chart, gaps, insight, locale, theme, height=height)
    return chart.properties(
        title=alt.TitleParams(title, subtitle=_lines(subtitle) or alt.Undefined),
        description=_described(insight, gaps, locale),
        width="container",
        height=height,
        usermeta={"outlisten": meta},
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        config=config(locale, theme),
    )


def _described(insight: Insight, gaps: Sequence[Gap], locale: Locale) -> str:
    parts = [alt_text(insight, locale), gaps_said(gaps, insight, locale) if gaps else ""]
    return ("" if locale == "zh-hans" else " ").join(part for part in parts if part)


def _lines(said: str | list[str] | None) -> list[str]:
    """A subtitle in lines that fit a phone: a Han character is as wide as two Latin letters."""
    lines = [said] if isinstance(said, str) else said or []
    widths = [LINE // 2 if HAN.search(line) else LINE for line in lines]
    return [part for line, width in zip(lines, widths, strict=True) for part in wrap(line, width)]


def nothing(insight: Insight, locale: Locale, theme: Theme, *, title: str, height: int = 96) -> Any:
    """The chart of an insight without rows: it says so, and why where that is known."""
    reason = next((note.text(locale) for code in NOT_ENOUGH if (note := insight.note(code))), None)
    said = reason or words("charts", locale)("Nothing to show: no posts match.")
    mark = alt.Chart(data([{"said": said}])).mark_text(
        align="left", x=0, y=height / 2, fontSize=TEXT, color=PALETTES[theme].quiet
    )
    return framed(mark.encode(text="said:N"), insight, locale, theme, title=title, height=height)


def corner(said: str, colour: str, *, x: Any, y: Any, align: str) -> Any:
    """A word placed in the picture, instead of a legend."""
    mark = alt.Chart(data([{"said": said}])).mark_text(
        align=align, x=x, y=y, fontSize=SMALL, fontWeight=600, color=colour, baseline="middle"
    )
    return mark.encode(text="said:N")
