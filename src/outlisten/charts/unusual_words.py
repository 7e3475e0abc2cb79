"""The figures of people by the hour beside the usual, in words: for tooltips, tables and the text of the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from outlisten.charts.moments import bucket_name
from outlisten.insights.figures_in_words import count_in_words, percent
from outlisten.insights.insight import Insight
from outlisten.words import Locale, words

MISSING = "–"
PRECISE = 10  # people expected: below, a decimal says something


@dataclass(frozen=True, slots=True)
class UnusualWords:
    """One bucket: when, what was seen (`–` where that says nothing), of how many people, what is usual and its range."""

    when: str
    seen: str
    people: str
    usual: str
    range: str


def unusual_words(insight: Insight, locale: Locale = "en") -> list[UnusualWords]:
    """Every row of an insight of `people_over_time` or `share_over_time` in words."""
    return [_said(row, insight, locale) for row in insight.table.to_pylist()]


def unusual_names(insight: Insight, locale: Locale = "en") -> dict[str, str]:
    """What the figures of such an insight are called, by field of `UnusualWords`; only those that it has."""
    _ = words("charts", locale)
    share = {"seen": _("Complain")} if insight.settings["of"] == "complaints" else {}
    return {**share, "people": _("People"), "usual": _("Usual"), "range": _("95 of 100 usual times")}


def unusual_in_words(insight: Insight, locale: Locale) -> str | None:
    """The picture in a sentence: from when to when, and the highest bar beside what is usual then."""
    rows, told = insight.table.to_pylist(), unusual_words(insight, locale)
    seen = [number for number, row in enumerate(rows) if row["seen"] is not None]
    if not seen:
        return None
    _ = words("charts", locale)
    peak = told[max(seen, key=lambda number: rows[number]["seen"])]
    sentence = (
        _("Share that complains, {first} to {last}: most {peak} with {most}, where {range} is usual.")
        if insight.settings["of"] == "complaints"
        else _("People by the hour, {first} to {last}: most {peak} with {most}, where {range} are usual.")
    )
    return sentence.format(
        first=_clock(rows[0]["bucket"], locale), last=_clock(rows[-1]["bucket"], locale), peak=peak.when, most=peak.seen,
        range=peak.range,
    )  # fmt: skip


def _said(row: Mapping[str, Any], insight: Insight, locale: Locale) -> UnusualWords:
    when, people = _when(row["bucket"], insight, locale), count_in_words(row["people"])
    if insight.settings["of"] == "people":
        usual, ends = row["expected"], (count_in_words(int(row["low"])), count_in_words(int(row["high"])))
        said = f"{usual:.1f}" if usual < PRECISE else count_in_words(round(usual))
        return UnusualWords(when, people, people, said, "–".join(ends))
    usual = percent(row["expected"], locale)
    if row["seen"] is None:
        return UnusualWords(when, MISSING, people, usual, MISSING)
    ends = (f"{100 * row['low']:.0f}", percent(row["high"], locale))
    return UnusualWords(when, percent(row["seen"], locale), people, usual, "–".join(ends))


def _when(start: datetime, insight: Insight, locale: Locale) -> str:
    hours = int(insight.settings["hours"])
    said = _clock(start, locale)
    return said if hours == 1 else f"{said}–{start + timedelta(hours=hours):%H:%M}"


def _clock(start: datetime, locale: Locale) -> str:
    return bucket_name(start, "hour", locale)
