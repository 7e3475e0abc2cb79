"""People by the hour: from counts and from a store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.insights.conftest import DAY0, on

from outlisten.insights.unusual import Hours, hours_of
from outlisten.posts import PostStore
from outlisten.posts.store import TimeRange
from outlisten.query import parse

HOUR = timedelta(hours=1)


def test_each_hour_counts_its_people_once(fill: Callable[..., PostStore]):
    store = fill(
        on(0, author_id="a"), on(0, author_id="a"), on(0, author_id="b"),
        on(0, author_id="a", created_at=DAY0 + 2 * HOUR), on(0, text="味道不错", author_id="c"),
    )  # fmt: skip
    hours = hours_of(store, parse("等位"), TimeRange(DAY0 - HOUR, DAY0 + 3 * HOUR))
    assert (hours.start, hours.people.tolist()) == (DAY0 - HOUR, [0, 2, 0, 1])


def test_the_last_hour_counts_for_the_part_that_is_over(fill: Callable[..., PostStore]):
    hours = hours_of(fill(on(0)), parse("等位"), TimeRange(DAY0, DAY0 + timedelta(minutes=15)))
    assert (hours.people.tolist(), hours.exposure.tolist()) == ([1], [0.25])


def test_a_window_without_an_end_is_refused(fill: Callable[..., PostStore]):
    with pytest.raises(ValueError, match="two ends"):
        hours_of(fill(), None, TimeRange(DAY0, None))


@pytest.mark.parametrize(
    ("since", "until", "used"),
    [
        (DAY0 + HOUR, DAY0 + 2 * HOUR, [True, False, True, True]),
        (DAY0 + timedelta(minutes=90), DAY0 + timedelta(minutes=130), [True, False, False, True]),
        (None, DAY0 + HOUR, [False, True, True, True]),
        (DAY0 + 3 * HOUR, None, [True, True, True, False]),
        (DAY0 - 9 * HOUR, DAY0 - 5 * HOUR, [True, True, True, True]),
    ],
)
def test_hours_that_a_gap_touches_are_not_used(
    since: datetime | None, until: datetime | None, used: list[bool]
):
    assert Hours.of(DAY0, [1, 2, 3, 4], left_out=[TimeRange(since, until)]).used.tolist() == used


def test_the_hour_of_the_week_is_that_of_the_zone():
    assert Hours.of(DAY0, [0], zone=ZoneInfo("Asia/Shanghai")).at.tolist() == [20]
