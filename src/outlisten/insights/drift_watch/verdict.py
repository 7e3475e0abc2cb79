"""What the drift watch comes to: one state and one sentence about the newest window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from outlisten.insights.drift_watch.comparing import LEAST, State
from outlisten.insights.drift_watch.watching import INDICES
from outlisten.insights.estimate import Estimate
from outlisten.insights.figures_in_words import percent, share_in_words
from outlisten.insights.insight import Insight
from outlisten.words import Locale, words

ORDER: tuple[State, ...] = ("reference", "few", "fine", "watch", "again")


@dataclass(frozen=True, slots=True)
class DriftVerdict:
    """`state` of the newest window beside the one of reference (wall-clock starts, None where no two are large enough);
    `row` and `measure` (mix, tone, confidence or labels) are what decided."""

    state: State
    reference: datetime | None = None
    newest: datetime | None = None
    row: Mapping[str, Any] | None = None
    measure: str = ""

    @property
    def psi(self) -> float | None:
        """The index that decided; None where labels did or nothing could."""
        return self.row[f"{self.measure}_psi"] if self.row and self.measure in INDICES else None


def verdict(insight: Insight) -> DriftVerdict:
    """Of a drift insight. Nothing is said where no language has enough posts in both windows."""
    rows = insight.table.to_pylist()
    if not rows:
        return DriftVerdict("few")
    reference, newest = rows[0]["bucket"], rows[-1]["bucket"]
    last = [row for row in rows if row["bucket"] == newest]
    if reference == newest:
        return DriftVerdict("reference", reference, newest)
    judged = [row for row in last if row["state"] in ("fine", "watch", "again")]
    if not any(row["lang"] for row in judged):
        return DriftVerdict("few", reference, newest)
    return _worst(judged, reference, newest)


def _worst(rows: list[dict[str, Any]], reference: datetime, newest: datetime) -> DriftVerdict:
    """The most serious row; labels before indices, then the index furthest from what chance explains."""
    state: State = max((row["state"] for row in rows), key=ORDER.index)
    short = [row for row in rows if row["falls_short"]]
    if short:
        row = min(short, key=lambda row: row["right"] - row["promised"])
        return DriftVerdict(state, reference, newest, row, "labels")
    found = [
        (
            row[f"{name}_psi"] if row[f"{name}_psi"] > row[f"{name}_chance"] or state == "fine" else 0.0,
            at,
            name,
        )
        for at, row in enumerate(rows)
        for name in INDICES
        if row[f"{name}_psi"] is not None
    ]
    _psi, at, name = max(found)
    return DriftVerdict(state, reference, newest, rows[at], name)


def sentence(found: DriftVerdict, bucket: str, locale: Locale = "en") -> str:
    """The verdict as a person reads it."""
    _ = words("insights", locale)
    if found.reference is None or found.newest is None or found.state == "few":
        return _(
            "Not enough to say whether posts have changed: {minimum} posts of one language are needed in each of two "
            "months or weeks."
        ).format(minimum=LEAST)
    when = {"now": _moment(found.newest, bucket, locale), "then": _moment(found.reference, bucket, locale)}
    if found.state == "reference":
        return _("The newest posts ({now}) are those the models are measured on: nothing came since.").format(
            **when
        )
    assert found.row is not None
    if found.measure == "labels":
        row = found.row
        return _(
            "In {now} the models are right less often than they say: {right} of {n} labelled posts in {language}, "
            "where their chances promise {promised}. Label again and let them learn."
        ).format(
            **when, right=share_in_words(Estimate(row["right"], row["low"], row["high"]), locale), n=row["labels"],
            language=language_name(row["lang"], locale), promised=percent(row["promised"], locale),
        )  # fmt: skip
    what = {"what": measure_name(found.measure, found.row["lang"], locale), "psi": f"{found.psi:.2f}"}
    said = {
        "fine": _(
            "Fine: the posts of {now} are like those of {then}. What moved most is {what} (stability index {psi}), which "
            "is within the limits or within chance."
        ),
        "watch": _(
            "Watch: the posts of {now} differ somewhat from those of {then}. What moved most is {what} (stability index "
            "{psi}; from 0.1 on it is to be watched)."
        ),
        "again": _(
            "Label again: the posts of {now} are no longer like those of {then}. What moved most is {what} (stability "
            "index {psi}; from 0.25 on it is another population), so the models' chances may not hold."
        ),
    }[found.state]
    return said.format(**when, **what)


def measure_name(measure: str, lang: str | None, locale: Locale = "en") -> str:
    """What an index is of: the mix of languages, the tone or the certainty of a language's posts."""
    _ = words("insights", locale)
    if measure == "mix" or lang is None:
        return _("the mix of languages")
    said = {
        "tone": _("the tone of posts in {language}"),
        "confidence": _("how sure the models are of posts in {language}"),
    }
    return said[measure].format(language=language_name(lang, locale))


def language_name(lang: str, locale: Locale = "en") -> str:
    """A language that the models read."""
    _ = words("insights", locale)
    return {"en": _("English"), "zh": _("Chinese")}.get(lang, lang)


def _moment(start: datetime, bucket: str, locale: Locale) -> str:
    """March 2026, or the week from 2 March 2026."""
    _ = words("insights", locale)
    if bucket == "month":
        return _("{year}-{month:02}").format(year=start.year, month=start.month)
    return _("the week from {day}").format(day=start.date().isoformat())
