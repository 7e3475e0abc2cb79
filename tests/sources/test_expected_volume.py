"""A silence is told as a gap when chance does not explain it: about as rarely as promised, and soon when a source stops."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outlisten.sources.expected_volume import (
    ALARM,
    ENOUGH_HOURS,
    ENOUGH_POSTS,
    HOUR,
    WEEK,
    Usual,
    silence,
    usual,
)

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
SHANGHAI = timezone(timedelta(hours=8))
Rate = Callable[[datetime], float]


def counted(rate: Rate, hours: int, *, seed: int = 1, burst: float = math.inf) -> dict[datetime, int]:
    """Posts by hour of a stream of that rate; with `burst`, the rate of each hour is drawn from a Gamma of that shape."""
    chance = np.random.default_rng(seed)
    counts = {}
    for number in range(hours):
        mean = rate(MONDAY + number * HOUR)
        if math.isfinite(burst):
            mean *= chance.gamma(burst, 1 / burst)
        counts[MONDAY + number * HOUR] = int(chance.poisson(mean))
    return {hour: count for hour, count in counts.items() if count}


def known(rate: Rate, hours: int = 4 * WEEK, **how: float) -> Usual:
    return usual(counted(rate, hours, **how), MONDAY, MONDAY + hours * HOUR)


def hours_until_gap(usually: Usual, last: datetime, step: timedelta = timedelta(minutes=10)) -> float:
    """How long after the last post its silence is told as a gap."""
    now = last
    while not silence(usually, last, now).gap:
        now += step
        assert now - last < timedelta(days=21), "it is never told"
    return (now - last) / HOUR


def false_alarms(usually: Usual, rate: float, after: datetime) -> float:
    """The share of moments at which a Poisson stream that goes on as usual is told to have a gap.

    At any moment the time since its last post is exponential, so the share is e^(-rate × the silence that is just told).
    """
    shares = []
    for hours in (0.3, 7, 31, 50.5, 77, 99, 120, 141.9, 163):
        now = after + hours * HOUR
        short, long = 0.0, 60 / rate
        while long - short > 0.01 / rate:
            middle = (short + long) / 2
            short, long = (
                (short, middle) if silence(usually, now - middle * HOUR, now).gap else (middle, long)
            )
        shares.append(math.exp(-rate * long))
    return sum(shares) / len(shares)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.floats(-2, 3.4), st.integers(ENOUGH_HOURS, 6 * WEEK), st.integers(0, 10_000))
def test_a_stream_that_goes_on_as_usual_is_called_a_gap_hardly_more_often_than_promised(
    log_rate, hours, seed
):
    rate = math.exp(log_rate)
    usually = known(lambda _: rate, hours, seed=seed)
    if (
        usually.known
    ):  # what is usual was itself seen by chance: five times as often is the unluckiest history
        assert false_alarms(usually, rate, MONDAY + hours * HOUR) <= 5 * ALARM


def test_over_many_streams_false_alarms_are_as_rare_as_promised():
    shares = []
    for seed in range(60):
        rate, hours = math.exp(-2 + 5.4 * seed / 60), ENOUGH_HOURS + 16 * seed
        usually = known(lambda _, rate=rate: rate, hours, seed=seed)
        if usually.known:
            shares.append(false_alarms(usually, rate, MONDAY + hours * HOUR))
    assert len(shares) > 40
    assert sum(shares) / len(shares) <= ALARM


@pytest.mark.parametrize("weeks", [1, 2, 4, 8])
@pytest.mark.parametrize(("rate", "at_least", "at_most"), [(0.5, 10, 40), (5, 1, 4), (50, 0.1, 1)])
def test_a_stream_that_stops_is_a_gap_within_hours(rate, weeks, at_least, at_most):
    usually = known(lambda _: rate, weeks * WEEK)
    assert at_least <= hours_until_gap(usually, MONDAY + weeks * timedelta(days=7, hours=1)) <= at_most


def test_a_source_of_three_days_that_stops_is_a_gap_within_hours_too():
    assert hours_until_gap(known(lambda _: 5, 72), MONDAY + 72 * HOUR) <= 4


def test_a_bursty_stream_is_judged_more_gently_than_an_even_one_of_the_same_mean():
    even, bursty = known(lambda _: 5), known(lambda _: 5, burst=0.3)
    assert bursty.mean == pytest.approx(even.mean, rel=0.25)
    assert bursty.shape < 1 < even.shape
    last = MONDAY + 4 * WEEK * HOUR
    assert hours_until_gap(bursty, last) > 2.5 * hours_until_gap(even, last)
    three = silence(bursty, last, last + 3 * HOUR)
    assert not three.gap
    assert three.chance > 50 * silence(even, last, last + 3 * HOUR).chance


def weekdays(zone: timezone, first: int = 0, last: int = 24) -> Rate:
    """Five posts an hour from Monday to Friday between two hours of the day there, none otherwise."""

    def rate(at: datetime) -> float:
        here = at.astimezone(zone)
        return 5.0 if here.weekday() < 5 and first <= here.hour < last else 0.0

    return rate


# A day in Shanghai ends at 16:00 UTC: its weekend is no pair of days of UTC.
PATTERNS = {
    "all day, London": (weekdays(UTC), UTC, 0, 24),
    "all day, Shanghai": (weekdays(SHANGHAI), SHANGHAI, 0, 24),
    "office hours, London": (weekdays(UTC, 9, 18), UTC, 9, 18),
    "office hours, Shanghai": (weekdays(SHANGHAI, 9, 18), SHANGHAI, 9, 18),
}


@pytest.mark.parametrize("weeks", [1, 2, 4, 8])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_stream_of_working_days_does_not_alarm_at_the_weekend_and_does_on_monday(pattern, weeks):
    rate, zone, opens, closes = PATTERNS[pattern]
    usually = known(rate, weeks * WEEK, seed=weeks)
    monday = datetime(2026, 1, 5, tzinfo=zone) + timedelta(weeks=weeks)
    friday_evening = monday + timedelta(days=4, hours=closes) - timedelta(minutes=20)
    opening = monday + timedelta(days=7, hours=opens)
    for hours in range(int((opening - friday_evening) / HOUR)):
        assert not silence(usually, friday_evening, friday_evening + hours * HOUR).gap
    assert 0 < hours_until_gap(usually, friday_evening) - (opening - friday_evening) / HOUR <= 4
    wednesday = monday + timedelta(days=2, hours=opens + 1)
    assert hours_until_gap(usually, wednesday) <= 10


@pytest.mark.parametrize("zone", [UTC, SHANGHAI])
def test_a_night_is_no_gap_when_nights_are_quiet(zone):
    usually = known(lambda at: 8.0 if 8 <= at.astimezone(zone).hour < 23 else 0.0)
    evening = datetime(2026, 2, 3, 22, 50, tzinfo=zone)
    assert not silence(usually, evening, evening + 9 * HOUR).gap
    assert silence(usually, evening, evening + 13 * HOUR).gap


@pytest.mark.parametrize(
    ("hours", "posts", "enough"),
    [(0, 0, False), (ENOUGH_HOURS - 1, 500, False), (ENOUGH_HOURS, ENOUGH_POSTS - 1, False), (ENOUGH_HOURS, ENOUGH_POSTS, True)],
)  # fmt: skip
def test_a_young_or_quiet_source_has_no_usual_volume_and_no_gap(hours, posts, enough):
    usually = usual({MONDAY: posts}, MONDAY, MONDAY + hours * HOUR)
    assert usually.known == enough
    month = silence(usually, MONDAY, MONDAY + timedelta(days=30))
    assert (month.chance < 1.0) == enough


def test_a_source_that_brought_nothing_ever_is_never_a_gap():
    usually = usual({}, MONDAY, MONDAY + 5 * WEEK * HOUR)
    assert silence(usually, MONDAY, MONDAY + timedelta(days=900)).chance == 1.0


def test_a_silence_says_since_when_and_how_much_would_have_come():
    usually = usual({MONDAY + n * HOUR: 4 for n in range(4 * WEEK)}, MONDAY, MONDAY + 4 * WEEK * HOUR)
    found = silence(usually, MONDAY, MONDAY + 2.5 * HOUR)
    assert found.since == MONDAY
    assert found.expected == pytest.approx(10, rel=0.05)
    assert silence(usually, MONDAY, MONDAY).expected == 0
    assert silence(usually, MONDAY, MONDAY - HOUR).chance == 1.0, "a clock that was set back"


@given(st.floats(0, 400), st.floats(0.01, 100))
def test_the_longer_the_silence_the_smaller_its_chance(hours, more):
    usually = EVENLY
    shorter, longer = (silence(usually, MONDAY, MONDAY + long * HOUR) for long in (hours, hours + more))
    assert 0 <= longer.chance <= shorter.chance <= 1


EVENLY = usual({MONDAY + n * HOUR: n % 3 for n in range(3 * WEEK)}, MONDAY, MONDAY + 3 * WEEK * HOUR)


def test_hours_are_counted_whole_whatever_the_zone_and_the_minute():
    counts = {MONDAY + n * HOUR: 2 for n in range(100)}
    there = usual(counts, (MONDAY + timedelta(minutes=40)).astimezone(SHANGHAI), MONDAY + 99.5 * HOUR)
    assert (there.hours, there.posts, there.mean) == (99, 198, 2.0)
    assert there.by_hour == (2.0,) * WEEK
    assert math.isinf(there.shape)
