"""The series of a claim, from the store: whole days or weeks, missing where its networks were not collected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from outlisten.app.decisions.claims.collection import missing_in, nothing_to_test_on, regular_from
from outlisten.app.decisions.claims.content import Asked, Content
from outlisten.app.decisions.models import Claim
from outlisten.insights import sentiment, volume
from outlisten.insights.effects import ClaimSeries
from outlisten.insights.effects.series import LENGTHS, Numbers, Step
from outlisten.posts.store import PostStore, TimeRange
from outlisten.query import Context, Query, parse

LOOKS_BACK = timedelta(days=3 * 365)  # older habits say little about what would have been
UNHAPPY = "sentiment:negative"
FEWEST_PEOPLE = 5  # a share of fewer is a coin, not a point


@dataclass(frozen=True, slots=True)
class Reading:
    """The buckets a claim is read in: from `first` up to `end` (not included), in a zone."""

    store: PostStore
    first: date
    end: date
    content: Content
    context: Context

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.content.zone)

    @property
    def window(self) -> TimeRange:
        return TimeRange(
            *(datetime.combine(day, time.min, self.zone).astimezone(UTC) for day in (self.first, self.end))
        )

    @property
    def starts(self) -> tuple[date, ...]:
        return self.starts_of(self.content.step)

    def starts_of(self, step: Step) -> tuple[date, ...]:
        """The first days of its days or weeks."""
        length = LENGTHS[step]
        return tuple(self.first + place * length for place in range((self.end - self.first) // length))

    def query(self, asked: Asked, more: str = "") -> Query:
        return parse(f"({asked.query}) {more}".strip(), self.context)

    def counts(self, query: Query | None, unit: str, step: Step | None = None) -> Numbers:
        """Posts or authors of every bucket (of the claim's own length unless told), zero where none match."""
        step = step or self.content.step
        table = volume(self.store, query, self.window, bucket=step, zone=self.zone).table
        found = dict(zip(table["bucket"].to_pylist(), table[unit].to_pylist(), strict=True))
        starts = self.starts_of(step)
        return np.array([float(found.get(datetime.combine(day, time.min), 0) or 0) for day in starts])


def series_of(content: Content, store: PostStore, context: Context, today: date) -> ClaimSeries:
    """The series up to the last whole bucket before `today`. Raises ValidationError."""
    reading = _reading(content, store, context, today)
    missing = missing_in(reading)
    regular = regular_from(missing, reading.content.start, reading.starts)
    if regular:
        reading, missing = replace(reading, first=reading.starts[regular]), missing[regular:]
    treated = np.where(missing, np.nan, _metric(reading, content.subject))
    controls: dict[str, Numbers] = {}
    if content.metric != Claim.Metric.VOICE:  # there the comparisons are the rest of the voice
        controls = {one.name: np.where(missing, np.nan, _metric(reading, one)) for one in content.comparisons}
    return ClaimSeries(reading.starts, treated, controls, content.kind, content.step)


def _reading(content: Content, store: PostStore, context: Context, today: date) -> Reading:
    days = store.days()
    if days is None:
        raise nothing_to_test_on()
    first = max(days[0], content.start - LOOKS_BACK)
    end = min(today, content.until + timedelta(days=1))
    if content.step == "week":  # whole weeks, from Monday
        first, end = first + timedelta(days=-first.weekday() % 7), end - timedelta(days=end.weekday())
    if end <= first:
        raise nothing_to_test_on()
    return Reading(store, first, end, content, context)


def _metric(reading: Reading, asked: Asked) -> Numbers:
    return _METRICS[Claim.Metric(reading.content.metric)](reading, asked)


def _posts(reading: Reading, asked: Asked) -> Numbers:
    return reading.counts(reading.query(asked), "posts")


def _authors(reading: Reading, asked: Asked) -> Numbers:
    return reading.counts(reading.query(asked), "authors")


def _unhappy(reading: Reading, asked: Asked) -> Numbers:
    """As the model reads them, uncorrected: its errors are the same before and after."""
    return reading.counts(reading.query(asked, UNHAPPY), "authors")


def _negative(reading: Reading, asked: Asked) -> Numbers:
    """The corrected share of negative authors; missing where fewer than 30 wrote."""
    found = sentiment(
        reading.store, reading.query(asked), reading.window, bucket=reading.content.step, zone=reading.zone
    )
    shares = {
        row["bucket"].date(): row["share"]
        for row in found.table.to_pylist()
        if row["sentiment"] == "negative"
    }
    return np.array([_or_missing(shares.get(day)) for day in reading.starts])


def _voice(reading: Reading, asked: Asked) -> Numbers:
    """Authors on the subject among authors on the subject and each comparison; who speaks of two counts for both."""
    ours = _authors(reading, asked)
    return _share(
        ours, np.sum([ours, *(_authors(reading, other) for other in reading.content.comparisons)], axis=0)
    )


def _share(part: Numbers, whole: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole >= FEWEST_PEOPLE, np.minimum(part / whole, 1.0), np.nan)


def _or_missing(value: float | None) -> float:
    return np.nan if value is None else value


_METRICS = {
    Claim.Metric.POSTS: _posts,
    Claim.Metric.AUTHORS: _authors,
    Claim.Metric.UNHAPPY: _unhappy,
    Claim.Metric.NEGATIVE: _negative,
    Claim.Metric.VOICE: _voice,
}
