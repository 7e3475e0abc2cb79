"""Insights made by hand, so that what a chart must show is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from outlisten import charts
from outlisten.charts import Theme
from outlisten.insights import Insight, Note
from outlisten.insights.busiest import AUTHORS, SOURCES
from outlisten.insights.drift_watch.watching import COLUMNS as DRIFT
from outlisten.insights.key_terms import COLUMNS as TERMS
from outlisten.insights.sentiment_over_time import COLUMNS as TONES
from outlisten.insights.unusual.over_time import COLUMNS as UNUSUAL
from outlisten.insights.voice_shares import COLUMNS as SHARES
from outlisten.insights.volume_over_time import COLUMNS as VOLUMES
from outlisten.words import Locale

DAY0 = datetime(2026, 3, 2)
HOSTILE = "<script>alert(1)</script>\"'"
Draw = Callable[[Insight, Locale, Theme], Any]


def volume(posts: list[int]) -> Insight:
    rows = [
        {"bucket": DAY0 + timedelta(days=at), "posts": n, "authors": n, "evidence": f"day {at}"}
        for at, n in enumerate(posts)
    ]
    return _insight("volume", rows, VOLUMES, settings={"bucket": "day", "zone": "Asia/Shanghai"})


def sentiment(shares: list[float | None]) -> Insight:
    """Shares of negative, one a day; positive is half as much, neutral the rest."""
    rows = []
    for at, share in enumerate(shares):
        parts = {"negative": 1.0, "positive": 0.5}
        for name, part in parts.items():
            value = None if share is None else share * part
            rows.append(
                _share(value) | {"bucket": DAY0 + timedelta(days=at), "sentiment": name, "evidence": name}
            )
        rest = None if share is None else 1 - 1.5 * share
        rows.append(
            _share(rest)
            | {"bucket": DAY0 + timedelta(days=at), "sentiment": "neutral", "evidence": "neutral"}
        )
    counted = [row | {"posts": 200, "authors": 180} for row in rows]
    return _insight("sentiment", counted, TONES, "authors", settings={"bucket": "day", "zone": "UTC"})


def tone(negative: float | None) -> Insight:
    shares = {"negative": negative, "neutral": 0.4, "positive": 0.3}
    rows = [
        _share(share if negative is not None else None)
        | {"sentiment": name, "posts": 9, "authors": 9, "evidence": name}
        for name, share in shares.items()
    ]
    return _insight("tone", rows, TONES.remove(0), "authors")


def voices(**shares: float) -> Insight:
    rows = [
        _share(n) | {"topic": name, "posts": 9, "authors": 9, "evidence": name} for name, n in shares.items()
    ]
    return _insight("share_of_voice", rows, SHARES, "authors")


def terms(**odds: float) -> Insight:
    rows = [
        {
            "term": term, "side": "query" if value > 0 else "against", "log_odds": value, "low": value - 0.5,
            "high": value + 0.5, "zeta": value, "p": 0.01, "distinctive": abs(value) > 1, "authors": 12,
            "authors_against": 3, "evidence": term,
        }
        for term, value in odds.items()
    ]  # fmt: skip
    return _insight("keyness", rows, TERMS, "authors")


def authors(*names: tuple[str, str, int]) -> Insight:
    rows = [
        {"author": name, "platform": where, "posts": n, "share": n / 100, "evidence": name}
        for name, where, n in names
    ]
    return _insight("top_authors", rows, AUTHORS)


def sources(**posts: int) -> Insight:
    rows = [
        {"source": name, "posts": n, "authors": n, "share": n / 100, "evidence": name}
        for name, n in posts.items()
    ]
    return _insight("top_sources", rows, SOURCES, settings={"by": "platform"})


def _share(value: float | None) -> dict[str, Any]:
    if value is None:
        return {"share": None, "low": None, "high": None}
    return {"share": value, "low": max(value - 0.05, 0.0), "high": value + 0.05}


def drift(*indices: float) -> Insight:
    """A window of reference and one for each index, of the tone of Chinese posts; chance reaches 0.08."""
    rows = [
        {"bucket": DAY0 + timedelta(weeks=at), "lang": "zh", "state": state, "posts": 300, "labels": 0,
         "evidence": f"week {at}", "tone_psi": psi, "tone_chance": psi and 0.08, "falls_short": False}
        for at, (psi, state) in enumerate([(None, "reference"), *((psi, "again" if psi > 0.25 else "fine") for psi in indices)])
    ] if indices else []  # fmt: skip
    return _insight("drift", rows, DRIFT, settings={"bucket": "week", "zone": "UTC"})


def unusual(people: list[int], alert: tuple[int, int] = (0, 0)) -> Insight:
    """People by the hour, where two and up to four are usual."""
    rows = [
        {"bucket": DAY0 + timedelta(hours=at), "seen": n, "expected": 2.0, "low": 0.0, "high": 4.0, "people": n,
         "alert": alert[0] <= at < alert[1], "evidence": f"hour {at}"}
        for at, n in enumerate(people)
    ]  # fmt: skip
    settings = {"bucket": "hour", "hours": 1, "zone": "UTC", "of": "people"}
    return _insight("unusual", rows, UNUSUAL, "authors", settings=settings)


def complaints(shares: list[float | None]) -> Insight:
    """Shares by six hours, where a fifth is usual; of forty people, or of three where there is none."""
    rows = [
        {"bucket": DAY0 + timedelta(hours=6 * at), "seen": share, "expected": 0.2, "low": share and 0.1,
         "high": share and 0.3, "people": 40 if share else 3, "alert": False, "evidence": f"hours {at}"}
        for at, share in enumerate(shares)
    ]  # fmt: skip
    settings = {"bucket": "hour", "hours": 6, "zone": "UTC", "of": "complaints"}
    return _insight("unusual", rows, UNUSUAL, "authors", settings=settings)


def _insight(
    name: str, rows: list[dict[str, Any]], schema: pa.Schema, unit: Any = "posts", **more: Any
) -> Insight:
    notes = () if rows else (Note("too_few_authors", {"minimum": 30}),)
    return Insight(name, pa.Table.from_pylist(rows, schema=schema), "捞王", unit, notes=notes, **more)


# Every chart with an insight it can draw and one that has nothing to show.
CHARTS: dict[str, tuple[Draw, Insight, Insight]] = {
    "drift": (charts.drift, drift(0.05, 0.31), drift()),
    "unusual": (charts.unusual, unusual([2, 0, 9, 7], alert=(2, 4)), unusual([])),
    "complaints": (charts.unusual, complaints([0.2, None, 0.6]), complaints([])),
    "volume": (charts.volume, volume([3, 0, 8, 5]), volume([0, 0])),
    "sentiment": (charts.sentiment, sentiment([0.3, None, 0.4, 0.2]), sentiment([None])),
    "tone": (charts.tone, tone(0.31), tone(None)),
    "share_of_voice": (charts.share_of_voice, voices(捞王=0.4, Hotpot=0.6), voices()),
    "keyness": (charts.keyness, terms(**{"客服态度": 2.0, "late fee": -1.5, "queue": 0.6}), terms()),
    "top_authors": (charts.top_authors, authors(("小王", "weibo", 9), (HOSTILE, "x", 4)), authors()),
    "top_sources": (charts.top_sources, sources(weibo=9, x=4), sources()),
}
