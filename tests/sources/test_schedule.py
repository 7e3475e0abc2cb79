"""When a source is asked next: by what it brings, never sooner than it may be, and with patience while it fails."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlisten.sources.schedule import (
    FIRST_RETRY,
    HALF_LIFE,
    LONGEST_RETRY,
    MOST,
    WANTED,
    rate,
    retry,
    scattered,
    spread,
    wait,
)

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
EVERY, LEAST = 30 * MINUTE, 5 * MINUTE
spans = st.timedeltas(timedelta(0), timedelta(days=800))


def test_the_first_ask_gives_what_came_by_the_hour():
    assert rate(None, 12, 2 * HOUR) == 6
    assert rate(None, 0, 2 * HOUR) == 0


@pytest.mark.parametrize(("hours", "expected"), [(12, 5), (24, 2.5), (0.1, 9.9424)])
def test_half_a_day_without_posts_halves_the_rate_however_often_it_was_asked(hours, expected):
    assert rate(10, 0, hours * HOUR) == pytest.approx(expected, rel=1e-4)
    asked_often = 10.0
    for _ in range(10):
        asked_often = rate(asked_often, 0, hours * HOUR / 10)
    assert asked_often == pytest.approx(expected, rel=1e-4)


def test_a_source_that_changes_is_known_anew_within_days():
    quick = 0.5
    for _ in range(4):
        quick = rate(quick, 240, HALF_LIFE)
    assert 18 < quick < 20


@given(st.floats(0, 1e6), st.integers(0, 10_000), st.timedeltas(timedelta(days=-2), timedelta(days=800)))
def test_a_rate_lies_between_what_was_and_what_is_seen_even_when_the_clock_is_set_back(
    before, new_posts, since
):
    after = rate(before, new_posts, since)
    seen = rate(None, new_posts, since)
    assert min(before, seen) - 1e-6 <= after <= max(before, seen) * (1 + 1e-9) + 1e-6


@pytest.mark.parametrize(
    ("per_hour", "expected"),
    [
        (None, EVERY), (WANTED, HOUR), (2 * WANTED, 30 * MINUTE), (1e9, LEAST), (WANTED / 6, MOST), (0.1, MOST), (0.0, MOST),
        (-1.0, MOST), (1e-9, MOST), (1e-12, MOST), (5e-324, MOST),
    ],
)  # fmt: skip
def test_the_wait_brings_about_eight_posts_an_ask_within_its_bounds(per_hour, expected):
    assert wait(per_hour, every=EVERY, least=LEAST) == expected


def test_a_source_that_was_silent_for_a_year_is_still_asked_four_times_a_day():
    per_hour, asks = 1.0, 0
    for _ in range(365 * 4):
        per_hour = rate(per_hour, 0, MOST)
        assert wait(per_hour, every=EVERY, least=LEAST) == MOST
        asks += 1
    assert asks == 1460


@given(st.none() | st.floats(0, 1e6), spans, spans, st.booleans())
def test_no_source_is_asked_sooner_than_it_may_be(per_hour, every, least, more):
    found = wait(per_hour, every=every, least=least, more=more)
    assert found >= least
    assert found <= max(MOST, least, every)
    assert spread(found, random.Random(1)) >= least


def test_a_full_page_is_followed_by_the_next_as_soon_as_may_be():
    assert wait(0.01, every=EVERY, least=LEAST, more=True) == LEAST
    assert wait(None, every=EVERY, least=12 * HOUR) == 12 * HOUR
    assert wait(0.0, every=EVERY, least=12 * HOUR) == 12 * HOUR


@given(st.integers(1, 10_000), st.randoms(use_true_random=False))
def test_a_retry_comes_within_seconds_at_first_and_within_two_hours_at_last(failures, chance):
    found = retry(failures, None, chance)
    assert FIRST_RETRY / 3 <= found <= FIRST_RETRY / 3 + LONGEST_RETRY
    assert failures > 1 or found <= FIRST_RETRY * 4 / 3


def test_retries_grow_on_the_average():
    chance = random.Random(7)
    means = [sum((retry(n, None, chance) for _ in range(400)), timedelta(0)) / 400 for n in range(1, 10)]
    assert means == sorted(means)
    assert means[-1] > 100 * means[0]


@given(st.integers(1, 50), st.floats(0, 86_400), st.randoms(use_true_random=False))
def test_a_wait_that_the_network_named_is_never_shortened(failures, asked, chance):
    found = retry(failures, asked, chance)
    assert timedelta(seconds=asked) < found <= timedelta(seconds=asked * 1.1 + 1.000001)


def test_a_thousand_sources_do_not_return_in_one_second():
    chance = random.Random(3)
    for waits in (
        [retry(5, 600.0, chance) for _ in range(1000)],
        [spread(HOUR, chance) for _ in range(1000)],
    ):
        seconds = [int(one / SECOND) for one in waits]
        assert max(seconds.count(second) for second in set(seconds)) < 50


@given(st.timedeltas(timedelta(0), timedelta(days=1)), st.randoms(use_true_random=False))
def test_a_spread_wait_is_at_most_a_fifth_longer_and_never_shorter(wait_for, chance):
    assert wait_for <= spread(wait_for, chance) <= wait_for * 1.2


@given(spans, spans, st.randoms(use_true_random=False))
def test_a_scattered_wait_is_no_longer_than_the_wait_and_no_shorter_than_may_be(wait_for, least, chance):
    found = scattered(wait_for, least, chance)
    assert least <= found <= max(wait_for, least)


def test_a_thousand_sources_asked_at_once_come_back_evenly_over_the_whole_wait():
    chance = random.Random(5)
    minutes = [int((scattered(EVERY, LEAST, chance) - LEAST) / (5 * MINUTE)) for _ in range(1000)]
    assert all(150 < minutes.count(part) < 250 for part in range(5))
