"""Example content of the living page /ui: our own words in both languages, friendly and hostile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import sin
from typing import Any

from outlisten.app.web.theme import Theme
from outlisten.words import Locale

NOW = datetime(2026, 3, 9, 15, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to look at every block."""

    language: Locale
    theme: Theme

    @property
    def key(self) -> str:
        """A name fit for an id."""
        return f"{self.language}-{self.theme}"

    @property
    def spec(self) -> dict[str, Any]:
        """A time line with its interval as a band."""
        return chart(self.language, self.theme)

    @property
    def posts(self) -> list[dict[str, Any]]:
        """Posts, each with a key of its own on the page."""
        return [{**post, "id": f"{post['id']}-{self.key}", "marks": _marks(post)} for post in POSTS]


VARIANTS = tuple(Variant(language, theme) for language in ("en", "zh-hans") for theme in ("light", "dark"))

POSTS: tuple[dict[str, Any], ...] = (
    {
        "id": "0000000000000001", "platform": "weibo", "author": "小雨不带伞", "to": "阿喜茶馆", "lang": "zh",
        "text": "等了两个小时，叫号系统又坏了，没人管。上次也是这样，店员说会改，到今天还是老样子。",
        "created_at": NOW, "sentiment": "negative", "sentiment_score": 0.91, "intent": ["complaint"], "url": "https://weibo.example/1",
        "found": ["两个小时", "叫号"], "why": "等了两个小时，叫号系统又坏了",
    },
    {
        "id": "0000000000000002", "platform": "x", "author": "Robin Ash", "author_handle": "robinash",
        "lang": "en", "title": "A kind answer at last",
        "text": "Third shop this week, and the first where somebody listened. They called back within the "
        "hour and the refund was there the next morning.",
        "created_at": NOW - timedelta(days=3), "sentiment": "positive", "sentiment_score": 0.88,
        "url": "https://x.example/2",
        "found": ["refund"], "why": "somebody listened … called back", "copies": 12,
    },
    {
        "id": "0000000000000003", "platform": "forum", "author": "<script>alert(1)</script>", "lang": "en",
        "text": "<img src=x onerror=alert(2)> \x00 NUL, \u202eevil drawkcab\u202c, zero\u200bwidth, \ud83d "
        "lone surrogate, {{ 7|add:7 }}, =HYPERLINK(\"http://bad\"), javascript:alert(3)",
        "created_at": None, "sentiment": "neutral", "sentiment_score": 0.43, "url": "javascript:alert(4)", "found": ["<img"],
    },
    {
        "id": "0000000000000004", "platform": "news", "author": "صحيفة الميناء", "lang": "ar",
        "text": "انتظرت ساعتين أمام المتجر ثم قالوا إن النظام معطل. AB-1204",
        "created_at": NOW - timedelta(days=400), "url": "", "found": [],
    },
)  # fmt: skip


def examples() -> dict[str, Any]:
    """The names the template `web/ui.html` uses."""
    return {"variants": VARIANTS, "blocks": BLOCKS}


BLOCKS = ("type", "buttons", "form", "posts", "figure", "interval", "person", "states", "messages", "table")


def _marks(post: dict[str, Any]) -> list[tuple[int, int]]:
    places = [(post["text"].index(word), len(word)) for word in post["found"]]
    return [(start, start + length) for start, length in places]


def chart(locale: Locale, theme: Theme) -> dict[str, Any]:
    """Twelve weeks of a made-up share with its band, drawn as insights are."""
    from outlisten.charts.theme import config
    from outlisten.charts.tokens import BAND, HEIGHT, PALETTES

    colours = PALETTES[theme]
    said = {"en": "Share of complaints, made up", "zh-hans": "投诉占比（示例）"}[locale]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": said,
        "width": "container",
        "height": HEIGHT,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": list(_weeks())},
        "encoding": {
            "x": {"field": "week", "type": "temporal", "title": None, "axis": {"format": "%-m/%-d"}}
        },
        "layer": [
            {"mark": {"type": "area", "color": colours.accent, "opacity": BAND},
             "encoding": {"y": _axis("low"), "y2": {"field": "high"}}},
            {"mark": {"type": "line", "color": colours.accent, "point": {"color": colours.accent}},
             "encoding": {"y": _axis("share"), "tooltip": [{"field": "share", "format": ".0%"}]}},
        ],
        "config": config(locale, theme),
    }  # fmt: skip


def _axis(field: str) -> dict[str, Any]:
    axis = {"format": ".0%"}
    return {"field": field, "type": "quantitative", "title": None, "scale": {"zero": True}, "axis": axis}


def _weeks() -> Iterator[dict[str, Any]]:
    for week in range(12):
        share = 0.28 + 0.06 * sin(week / 2)
        day = NOW - timedelta(weeks=11 - week)
        yield {"week": day.isoformat(), "share": share, "low": share - 0.04, "high": share + 0.05}
