"""The series of a claim, from the store: whole days or weeks, missing where nothing was collected at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from outlisten.app.decisions.claims.content import Asked, Content
from outlisten.app.decisions.models import Claim
from outlisten.app.listening.filters import clause
from outlisten.insights import sentiment, volume
from outlisten.insights.effects import ClaimSeries
from outlisten.insights.effects.series import LENGTHS, Booleans, Numbers
from outlisten.insights.evidence import reparsed
from outlisten.posts.store import PostStore, TimeRange
from outlisten.query import Context, Query, parse

LOOKS_BACK = timedelta(days=3 * 365)  # older habits say little about what would have been
UNHAPPY = "sentiment:negative"
PLATFORMS = 50
MOST_MISSING = 0.1
FEWEST_PEOPLE = 5  # a share of fewer is a coin, not a point


class NothingCollected(Exception):
    """There are no posts to test a claim on; `sentence` is for the reader."""

    @property
    def sentence(self) -> str:
        from django.utils.translation import gettext as _

        return _(
            "No posts match this claim's query before and after its start, so there is nothing to test it on."
        )

    def __str__(self) -> str:
        return self.sentence


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
        step = LENGTHS[self.content.step]
        return tuple(self.first + place * step for place in range((self.end - self.first) // step))

    def query(self, asked: Asked, more: str = "") -> Query:
        return parse(f"({asked.query}) {more}".strip(), self.context)

    def counts(self, query: Query | None, unit: str) -> Numbers:
        """Posts or authors of every bucket, zero where none match."""
        table = volume(self.store, query, self.window, bucket=self.content.step, zone=self.zone).table
        found = dict(zip(table["bucket"].to_pylist(), table[unit].to_pylist(), strict=True))
        return np.array([float(found.get(datetime.combine(day, time.min), 0) or 0) for day in self.starts])


def series_of(content: Content, store: PostStore, context: Context, today: date) -> ClaimSeries:
    """The series up to the last whole bucket before `today`. Raises NothingCollected."""
    reading = _reading(content, store, context, today)
    missing = ~_collected(reading)
    regular = _regular_from(missing, reading.content.start, reading.starts)
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
        raise NothingCollected
    first = max(days[0], content.start - LOOKS_BACK)
    end = min(today, content.until + timedelta(days=1))
    if content.step == "week":  # whole weeks, from Monday
        first, end = first + timedelta(days=-first.weekday() % 7), end - timedelta(days=end.weekday())
    if end <= first:
        raise NothingCollected
    return Reading(store, first, end, content, context)


def _collected(reading: Reading) -> Booleans:
    """Where anything at all was collected from the networks that speak of the subject. A quiet day of theirs is a zero;
    a day on which they brought nothing about anybody is missing."""
    subject = reading.query(reading.content.subject)
    table = reading.store.facets(subject, ["platform"], top=PLATFORMS, window=reading.window)[
        "platform"
    ].table
    platforms = [value for value in table["value"].to_pylist() if value]
    if not platforms:
        raise NothingCollected
    anything = reparsed(clause("platform", platforms), subject)
    return reading.counts(anything, "posts") > 0


def _regular_from(missing: Booleans, start: date, starts: tuple[date, ...]) -> int:
    """The place from which collection was regular: at most one bucket in ten missing from there to the promise.

    It looks at what was collected, never at the metric. The whole past where it was regular nowhere.
    """
    before = sum(1 for day in starts if day < start)
    regular = (
        place
        for place in range(before - 1)
        if not missing[place] and missing[place:before].mean() <= MOST_MISSING
    )
    return next(regular, 0)


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
